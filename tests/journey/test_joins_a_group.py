"""SR-11: whoever joins the group of the leads, in Slack or in Entra, is a lead from then on, and the leads are told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.play.slack import reading
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn, words
from bot.store.vault import new_key
from tests.handlers.stories import V18
from tests.journey import on_slack, on_teams, setting_up
from tests.journey.client import Client
from tests.journey.conftest import slack_settings
from tests.journey.running import Bot
from tests.journey.setting_up import SLACK, TEAMS, Admin
from tests.store.databases import postgres_url  # noqa: F401 - a fixture

ENTRA = "5b1f0f3e-2222-4333-8444-a5555666000a"
GROUP = {"slack": "slack:T1/S0LEADS01", "teams": f"teams:{on_teams.TENANT}/group:{ENTRA}"}
CALLED = {"slack": "user group @dsl-team", "teams": "Entra group DSLs"}
UNEXPECTED = "If you did not expect this, tell the head teacher and another lead, not the admin alone."
CONFIG = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["{group}"]
staff = ["{staff}"]
phone = "01632 960001"
"""
A_ROUND = 60


@dataclass
class World:
    """A Signpost whose leads are a group, and the group as its platform has it."""

    bot: Bot
    on: str
    core: SlackStandIn | TeamsStandIn
    people: Client
    admin: Admin
    members: list[str]
    clock: Path
    ahead: int = 0

    def user(self, who: str) -> str:
        return (SLACK if self.on == "slack" else TEAMS).people[who]

    def account(self, who: str) -> str:
        return (SLACK if self.on == "slack" else TEAMS).ref(who)

    def reads(self, who: str, said: str) -> list[str]:
        """The messages of somebody with these words."""
        if isinstance(self.core, SlackStandIn):
            chat = [reading.words(one.blocks) for one in self.core.messages(self.user(who))]
        else:
            chat = [words(one.card) for one in self.core.messages(self.user(who))]
        return [one for one in chat if said in one]

    async def passes(self, seconds: int = A_ROUND) -> None:
        """Let time pass, until the groups have been read again."""
        what = "usergroups.users.list" if self.on == "slack" else "graph"
        before = len(self.core.calls_of(what))
        self.ahead += seconds
        self.clock.write_text(str(self.ahead))
        await self.core.until(lambda: len(self.core.calls_of(what)) > before)

    async def until(self, who: str, said: str) -> str:
        """Wait for a message with these words."""
        await self.core.until(lambda: self.reads(who, said))
        return self.reads(who, said)[-1]


@pytest_asyncio.fixture
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    on, _, database = str(request.param).partition("-")
    clock = tmp_path / "clock"
    clock.write_text("0")
    here = SLACK if on == "slack" else TEAMS
    (tmp_path / "signpost.toml").write_text(
        CONFIG.format(group=GROUP[on], staff=here.ref("teacher"))
    )  # fmt: skip
    settings = {"SIGNPOST_KEYS": new_key(), "SIGNPOST_ADMINS": here.ref("admin")}
    if database == "postgresql":  # a database that may be elsewhere, where no clock is moved
        settings["SIGNPOST_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    else:
        settings["SIGNPOST_CLOCK_FILE"] = str(clock)
    async with AsyncExitStack() as things:
        core: SlackStandIn | TeamsStandIn
        people: Client
        admin: Admin
        if on == "slack":
            core = slack = await things.enter_async_context(on_slack.workspace())
            members = slack.add_group("S0LEADS01", ["U2", "U3"], handle="dsl-team").members
            people, admin = on_slack.OnSlack(slack), setting_up.OnSlack(slack)
            settings |= slack_settings(slack)
        else:
            core = teams = await things.enter_async_context(on_teams.tenant())
            members = teams.add_group(ENTRA, ["aad-priya", "aad-tom"], name="DSLs").members
            people, admin = on_teams.OnTeams(teams), setting_up.OnTeams(teams)
            settings |= teams.settings
        bot = Bot(settings, tmp_path)
        things.push_async_callback(bot.kill)
        await bot.start()
        core.bot_url = f"http://127.0.0.1:{bot.port}/{'slack/events' if on == 'slack' else 'api/messages'}"
        if isinstance(core, TeamsStandIn):
            for who in on_teams.PEOPLE.values():
                await core.install(who)
        yield World(bot, on, core, people, admin, members, clock)


async def raises(world: World) -> None:
    """The teacher raises something, which the first lead hears of at once: so the group was read."""
    await world.people.starts("teacher")
    await world.people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await world.people.presses("teacher", "recommend_now")
    await world.people.closes("teacher")
    await world.people.until("lead", "Refer now")


@pytest.mark.parametrize("world", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_an_admin_who_joins_the_group_of_the_leads_is_announced_before_and_after_a_restart_and_once(
    world: World,
) -> None:
    await raises(world)
    await world.passes()
    world.members.append(world.user("admin"))
    await world.passes()
    for lead in ("lead", "deputy"):
        said = await world.until(lead, "Northside Academy: an admin has become a lead")
        joined = f"Sam Okafor (an admin of Signpost) is now in {CALLED[world.on]} and so leads Northside Academy."
        assert joined in said
        assert f"The account: {world.account('admin')}." in said
        assert UNEXPECTED in said
    assert "so you are a lead: " in await world.until("admin", "Northside Academy: you are a lead now")
    assert re.search(r"SP-\w{4}-\w\w", await world.people.cases("admin")), "they lead, as was said"
    await world.bot.kill()
    world.members.remove(world.user("deputy"))
    await world.bot.start()
    left = "Northside Academy: somebody is not a lead any more"
    for _ in range(8):  # missing at two readings, and then two minutes in which nothing else has changed
        await world.passes()
        if world.reads("lead", left):
            break
    assert "Tom Reid is not in" in await world.until("lead", left)
    assert len(world.reads("lead", "an admin has become a lead")) == 1
    await world.admin.opens()
    shown = world.admin.reads()
    assert f"Sam Okafor (an admin of Signpost) is now in {CALLED[world.on]}" in shown


@pytest.mark.parametrize("world", ["slack-sqlite", "slack-postgresql", "teams-sqlite"], indirect=True)
async def test_who_joins_while_signpost_is_down_and_presses_first_of_all_is_announced(world: World) -> None:
    await raises(world)
    await world.bot.kill()
    world.members.append(world.user("admin"))
    await world.bot.start()
    assert re.search(r"SP-\w{4}-\w\w", await world.people.cases("admin"))
    said = await world.until("lead", "Northside Academy: an admin has become a lead")
    assert "Sam Okafor (an admin of Signpost) is now in" in said
