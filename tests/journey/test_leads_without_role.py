"""A guest, somebody who has left or somebody of another organisation is told nothing of a case, however they are named.

They hold no place in the order either: the clock by which the next lead would hear runs for ten minutes here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.play.slack import Channel
from bot.play.teams.world import Channel as TeamsChannel
from bot.store.vault import new_key
from bot.teams.lookup import FAILURE_HOLDS
from handlers.clocks import today
from tests.handlers.stories import V18
from tests.journey import on_slack, on_teams
from tests.journey.client import Client
from tests.journey.conftest import slack_settings
from tests.journey.running import CONFIG, ORGS, running
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture

NOTICE = "Refer now"
CANNOT = "somebody named as a lead cannot lead"
ENTRA, ROOM = "aaaaaaaa-2222-4333-8444-a55556666777", "19:leads@thread.tacv2"


def slack(user: str) -> str:
    """Somebody on Slack as configuration names them."""
    return f"slack:T1/{user}"


def teams(user: str) -> str:
    """The same on Teams."""
    return f"teams:{on_teams.TENANT}/{user}"


def stands_in(who: str, away: str) -> str:
    """That somebody stands in today, as configuration has it."""
    day = today(datetime.now(UTC))
    days = f"first_day = {day}\nlast_day = {day}"
    return f'[[site.stand_in]]\naway = "{away}"\nwho = "{who}"\n{days}\n'


@dataclass(frozen=True)
class Way:
    """How somebody without a role is named as the first to be told, before a lead who has one."""

    leads: tuple[str, ...]
    besides: str = ""
    prepares: Callable[[Any], object] = lambda _: None
    """Adds to the workspace or tenant whatever is named."""


ON_SLACK = {
    "named": Way((slack("U8"), slack("U2"))),
    "user group": Way((slack("S0LEADS01"),), prepares=lambda there: there.add_group("S0LEADS01", ["U8", "U2"])),
    "channel": Way((slack("C0LEADS01"),),
                   prepares=lambda there: there.add_channel(Channel("C0LEADS01", "leads", ["U8", "U2"]))),
    "stand-in": Way((slack("U2"),), stands_in(slack("U8"), slack("U2"))),
    "of another workspace": Way((slack(on_slack.MARSH), slack("U2"))),
}  # fmt: skip
_GUEST, _LEAD = on_teams.PEOPLE["guest"], on_teams.PEOPLE["lead"]
ON_TEAMS = {
    "named": Way((teams(_GUEST), teams(_LEAD))),
    "Entra group": Way((teams(f"group:{ENTRA}"),), prepares=lambda there: there.add_group(ENTRA, [_GUEST, _LEAD])),
    "roster": Way((teams(f"channel:{ROOM}"),), prepares=lambda there: there.add_channel(
        TeamsChannel(ROOM, "leads", [_GUEST, _LEAD], kind="private"))),
    "stand-in": Way((teams(_LEAD),), stands_in(teams(_GUEST), teams(_LEAD))),
}  # fmt: skip


def named(way: Way, folder: Path, on: str) -> None:
    """Write the CONFIG file."""
    config = CONFIG.format(leads=list(way.leads), contacts=way.besides, serves=[ORGS[on]])
    (folder / "signpost.toml").write_text(config.replace("'", '"'), encoding="utf-8")


async def raises(people: Client) -> str:
    """The teacher raises something urgent, and reads who is told."""
    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    said = people.window("teacher")
    await people.closes("teacher")
    return said


async def only_the_lead_hears(people: Client) -> None:
    """Raise, and see who is told."""
    await raises(people)
    await people.until("lead", NOTICE)
    await people.until("teacher", "What to do now")


@pytest.mark.parametrize("way", ON_SLACK.values(), ids=list(ON_SLACK))
async def test_on_slack_whoever_has_no_role_is_told_nothing_and_the_next_lead_at_once(way: Way, tmp_path: Path) -> None:
    named(way, tmp_path, "slack")
    async with on_slack.workspace() as there:
        way.prepares(there)
        async with running({"SIGNPOST_KEYS": new_key(), **slack_settings(there)}, tmp_path) as bot:
            there.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
            await only_the_lead_hears(on_slack.OnSlack(there))
            for user in (on_slack.PEOPLE["guest"], on_slack.MARSH):
                assert [one.text for one in there.messages(user)] == []


@pytest.mark.parametrize("way", ON_TEAMS.values(), ids=list(ON_TEAMS))
async def test_on_teams_whoever_has_no_role_is_told_nothing_and_the_next_lead_at_once(way: Way, tmp_path: Path) -> None:
    named(way, tmp_path, "teams")
    async with on_teams.tenant() as there:
        way.prepares(there)
        async with running({"SIGNPOST_KEYS": new_key(), **there.settings}, tmp_path, leads_on="teams") as bot:
            there.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
            for who in on_teams.PEOPLE.values():
                await there.install(who)
            if any("/channel:" in one for one in way.leads):  # asked in vain before anybody had installed Signpost
                await asyncio.sleep(FAILURE_HOLDS + 0.5)
            people = on_teams.OnTeams(there)
            await only_the_lead_hears(people)
            assert not [said for said in people.chat("guest") if "SP-" in said]


def becomes(world: Empty, how: str) -> None:
    """The first lead's account changes on the platform, and nobody tells Signpost."""
    if world.on == "slack":
        person = world.slack.workspace().people[on_slack.PEOPLE["lead"]]
        person.deleted, person.is_restricted = how == "has left", how == "a guest"
    else:
        other = world.teams.world.people[on_teams.PEOPLE["lead"]]
        other.deleted, other.is_guest = how == "has left", how == "a guest"


@pytest.mark.parametrize("how", ["a guest", "has left"])
@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_a_lead_whose_account_changes_hears_no_more_and_everybody_else_is_told_so(empty: Empty, how: str) -> None:  # noqa: F811
    await adds_a_site(empty.admin)
    before = empty.people.chat("lead")
    becomes(empty, how)

    await raises(empty.people)
    await empty.people.until("deputy", NOTICE)
    await empty.people.until("admin", CANNOT)
    assert not [said for said in empty.people.chat("lead")[len(before) :] if "SP-" in said]

    told = await raises(empty.people)
    assert "Tom Reid is being told now" in told
    assert "Priya" not in told
    await empty.admin.opens()
    assert "a lead or stand-in has left or has no role" in empty.admin.reads()
    await empty.admin.goes("Open", row="Northside Academy")
    assert f"1. Priya Nair ({how})" in empty.admin.reads()
    assert len([said for said in empty.people.chat("admin") if CANNOT in said]) == 1
    assert len([said for said in empty.people.chat("deputy") if CANNOT in said]) == 1


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_where_every_lead_has_left_the_raiser_reads_it_at_once_and_the_site_is_red(empty: Empty) -> None:  # noqa: F811
    await adds_a_site(empty.admin)
    becomes(empty, "has left")
    if empty.on == "slack":
        empty.slack.workspace().people[on_slack.PEOPLE["deputy"]].deleted = True
    else:
        empty.teams.world.people[on_teams.PEOPLE["deputy"]].deleted = True

    await raises(empty.people)
    await empty.people.until("teacher", "Signpost could not reach a safeguarding lead")
    assert "nobody is told through Signpost yet" in await raises(empty.people)
    await empty.people.until("admin", "nobody hears of an incident")
    await empty.admin.opens()
    assert "Red: whoever is named as lead has left or has no role" in empty.admin.reads()
    assert "Done: somebody hears" not in empty.admin.reads()
