"""A contact's channel on Teams: private or shared, of the organisations that are expected, and called as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.asking.rooms import Names
from bot.channel import NotSent, Refused
from bot.metrics import Metrics
from bot.play.teams import Channel
from bot.seals import Seals
from bot.teams.platform import TeamsPlatform
from handlers.people import Account
from tests.teams.conftest import AMIRA, LEADS, PRIYA, TENANT, OneKey, options_for
from tests.teams.desk import SmallDesk

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

CARE = "19:care@thread.tacv2"
ROOM = Account("teams", TENANT, CARE)
COUNCIL = "tenant-of-the-council"


def care(teams: TeamsStandIn, kind: str, team: str = "team-northside") -> Channel:
    """A channel in which a colleague and somebody at the council are."""
    teams.add_person("aad-ola", "Ola Berg", home=COUNCIL)
    return teams.add_channel(Channel(CARE, "care", [PRIYA, "aad-ola"], kind=kind), team=team)


async def test_a_channel_of_the_whole_team_is_not_private(teams: TeamsStandIn, bot: Bot) -> None:
    care(teams, "standard")
    await teams.add_to_team(AMIRA, CARE)

    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) == Refused("not_private")


@pytest.mark.parametrize("kind", ["private", "shared", "a kind of tomorrow"])
async def test_any_other_channel_will_do(teams: TeamsStandIn, bot: Bot, kind: str) -> None:
    care(teams, kind)
    await teams.add_to_team(AMIRA, CARE)

    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) is None


async def test_the_first_channel_of_a_team_which_has_no_name_is_open_to_it(teams: TeamsStandIn, bot: Bot) -> None:
    first = teams.add_channel(Channel("19:team-northside@thread.tacv2", "General", [PRIYA]))
    await teams.add_to_team(AMIRA, first.id)

    room = Account("teams", TENANT, first.id)
    assert await bot.platform.channel.withheld(room, ()) == Refused("not_private")


async def test_whatever_happens_in_a_team_teaches_its_id_and_the_compose_box_does_not(
    teams: TeamsStandIn, bot: Bot
) -> None:
    care(teams, "standard")
    await teams.compose(AMIRA, where=CARE)
    assert await bot.addresses.teams(TENANT, 9) == ()
    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) is None  # as long as nobody can tell

    await teams.message(AMIRA, "<at>Signpost</at> hello", where=CARE)
    assert await bot.addresses.teams(TENANT, 9) == ("19:team-northside@thread.tacv2",)
    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) == Refused("not_private")


async def test_what_was_learnt_is_known_to_the_next_process(teams: TeamsStandIn, bot: Bot) -> None:
    care(teams, "standard")
    await teams.message(AMIRA, "help")
    await teams.add_to_team(AMIRA, CARE)
    next_one = TeamsPlatform(
        options_for(teams), SmallDesk({TENANT}), Seals(OneKey()), Metrics().refused, addresses=bot.addresses
    )
    await next_one.start()

    assert await next_one.channel.withheld(ROOM, (COUNCIL,)) == Refused("not_private")
    await next_one.stop()


async def test_among_several_teams_the_channels_own_is_found_though_another_is_closed_to_us(
    teams: TeamsStandIn, bot: Bot
) -> None:
    care(teams, "standard", team="team-safeguarding")
    await teams.add_to_team(AMIRA, CARE)
    for team in ("team-sports", "team-music"):
        other = teams.add_channel(Channel(f"19:{team}-room@thread.tacv2", "room", [PRIYA]), team=team)
        await teams.add_to_team(AMIRA, other.id)
        other.has_app = False

    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) == Refused("not_private")


async def test_an_organisation_that_is_expected_and_not_there_is_noticed(teams: TeamsStandIn, bot: Bot) -> None:
    channel = care(teams, "shared")
    await teams.add_to_team(AMIRA, CARE)
    assert await bot.platform.channel.withheld(ROOM, (COUNCIL.upper(),)) is None

    channel.members.remove("aad-ola")
    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) == Refused("not_shared_as_expected")
    own = await bot.platform.channel.withheld(ROOM, (TENANT,))
    assert own == Refused("not_shared_as_expected"), "that we are there ourselves says nothing of anybody else"


async def test_a_channel_says_what_it_is_called_and_that_it_was_renamed(teams: TeamsStandIn, bot: Bot) -> None:
    channel = care(teams, "private")
    named = bot.platform.channel
    assert isinstance(named, Names)
    assert named.called(ROOM) == ""
    await teams.add_to_team(AMIRA, CARE)
    await bot.platform.channel.withheld(ROOM, (COUNCIL,))
    assert named.called(ROOM) == "care"

    channel.name = "lunch"
    await bot.platform.channel.withheld(ROOM, (COUNCIL,))
    assert named.called(ROOM) == "lunch"


async def test_a_team_that_cannot_be_asked_just_now_makes_the_post_wait(teams: TeamsStandIn, bot: Bot) -> None:
    care(teams, "private")
    await teams.add_to_team(AMIRA, CARE)
    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) is None
    teams.faults.refuse("channels", 503)

    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) == NotSent("room_not_read")


async def test_a_channel_that_is_listed_nowhere_goes_by_its_roster(teams: TeamsStandIn, bot: Bot) -> None:
    care(teams, "standard", team="team-in-which-nothing-happened")
    await teams.message(PRIYA, "<at>Signpost</at> hello", where=LEADS)

    assert await bot.platform.channel.withheld(ROOM, ()) == Refused("outside_organisation", (COUNCIL,))
    assert await bot.platform.channel.withheld(ROOM, (COUNCIL,)) is None
