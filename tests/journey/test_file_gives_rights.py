"""SR-11: whom the CONFIG file makes a lead between two starts is told to the leads at once, as in chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.play.slack import reading
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn, words
from bot.store.vault import new_key
from tests.journey import on_slack, on_teams
from tests.journey.conftest import slack_settings
from tests.journey.running import Bot
from tests.journey.setting_up import SLACK, TEAMS, Here

NOT_ALONE = "If you did not expect this, tell the head teacher and another lead, not your IT alone."
SITE = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = [{leads}]
phone = "01632 960001"
"""
"""Seconds: no clock is moved, and what may wait waits two minutes."""


@dataclass
class World:
    """A Signpost that is set up in a file alone."""

    bot: Bot
    core: SlackStandIn | TeamsStandIn
    here: Here
    file: Path

    async def starts(self, *leads: str, beside: str = "", also: str = "") -> None:
        """Write the file and start, again where it runs. `beside` leads from another platform."""
        named = ", ".join(f'"{one}"' for one in (*map(self.here.ref, leads), beside) if one)
        self.file.write_text(SITE.format(leads=named) + also)
        await self.bot.kill()
        await self.bot.start()

    def reads(self, who: str) -> list[str]:
        user = self.here.people[who]
        if isinstance(self.core, SlackStandIn):
            return [reading.words(one.blocks) for one in self.core.messages(user)]
        return [words(one.card) for one in self.core.messages(user)]

    async def until(self, who: str, said: str) -> str:
        """Wait for a message with these words."""
        there: Callable[[], list[str]] = lambda: [one for one in self.reads(who) if said in one]  # noqa: E731
        await self.core.until(there)
        return there()[-1]


@pytest_asyncio.fixture(params=["slack", "teams"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    here = SLACK if request.param == "slack" else TEAMS
    settings = {"SIGNPOST_KEYS": new_key(), "SIGNPOST_ADMINS": here.ref("admin")}
    async with AsyncExitStack() as things:
        core: SlackStandIn | TeamsStandIn
        if request.param == "slack":
            core = slack = await things.enter_async_context(on_slack.workspace())
            settings |= slack_settings(slack)
        else:
            core = teams = await things.enter_async_context(on_teams.tenant())
            settings |= teams.settings
        bot = Bot(settings, tmp_path)
        things.push_async_callback(bot.kill)
        made = World(bot, core, here, tmp_path / "signpost.toml")
        await made.starts("lead", "deputy")
        core.bot_url = f"http://127.0.0.1:{bot.port}/{'slack/events' if request.param == 'slack' else 'api/messages'}"
        if isinstance(core, TeamsStandIn):
            for who in on_teams.PEOPLE.values():
                await core.install(who)
        yield made


async def test_an_admin_whom_the_file_makes_a_lead_is_announced_by_name_and_replaced_leads_read_who_leads_now(
    world: World,
) -> None:
    admin = f"Sam Okafor ({world.here.ref('admin')}, an admin of Signpost)"
    there = (TEAMS if world.here is SLACK else SLACK).ref("lead")
    await world.starts("lead", "deputy", beside=there)
    same = f'\n[[person]]\naccounts = ["{there}", "{world.here.ref("admin")}"]\nname = "Jo Marsh"\n'
    await world.starts("lead", "deputy", beside=there, also=same)
    said = await world.until("deputy", "Northside Academy: an admin has become a lead")
    entered = admin.replace("(", "(entered as Jo Marsh, ", 1)
    assert f"The configuration file says that {entered} is the same person as {there}" in said
    assert NOT_ALONE in said
    said = await world.until("admin", "Signpost: your account is one person with others now")
    assert f"This one is {world.here.ref('admin')}. One is an admin's of Signpost." in said
    await world.starts("admin")
    for lead in ("lead", "deputy"):
        said = await world.until(lead, "Northside Academy: you are not a lead any more")
        assert f"Who leads now: {admin}." in said
        assert NOT_ALONE in said
    assert "You are now a lead of Northside Academy" in await world.until("admin", "you are a lead now")
