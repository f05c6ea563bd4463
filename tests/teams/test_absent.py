"""Who does not have the app: noted wherever Teams says so, told how to add it, greeted and made good once they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channel import Refused, Sent
from bot.play.teams import words
from tests.teams.conftest import AMIRA, LEADS
from tests.teams.desk import recommendation
from tests.teams.steps import posted
from tests.teams.test_send import post

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def reads_how_to_add_it(teams: TeamsStandIn) -> bool:
    """Whether somebody who uses Signpost from a channel reads that it is not added for them."""
    await teams.compose(AMIRA, where=LEADS)
    said = words(teams.card(AMIRA))
    teams.close_dialog(AMIRA)
    return "Signpost is not added for you here" in said and "choose Add" in said


@pytest.fixture
def in_a_team(teams: TeamsStandIn) -> TeamsStandIn:
    """A team in which the app is installed, whatever somebody has of their own."""
    teams.world.teams["team-northside"].channels[LEADS].members.append(AMIRA)
    return teams


async def test_who_removes_the_app_has_no_address_any_more_and_reads_how_to_add_it(
    in_a_team: TeamsStandIn, bot: Bot
) -> None:
    teams = in_a_team
    await teams.install(AMIRA)
    assert bot.account() in bot.addresses.held
    assert not await reads_how_to_add_it(teams)

    await teams.install(AMIRA, action="remove")

    assert bot.account() not in bot.addresses.held
    before = len(teams.calls)
    assert await post(bot) == Refused("not_installed")
    assert teams.calls[before:] == [], "that it was removed, Teams has told us already"
    assert await reads_how_to_add_it(teams)
    bot.clock.ahead += 3600
    assert await reads_how_to_add_it(teams), "also an hour later"


async def test_a_removal_that_nobody_told_us_of_is_found_by_the_next_post(in_a_team: TeamsStandIn, bot: Bot) -> None:
    await in_a_team.message(AMIRA, "help")
    in_a_team.person(AMIRA).has_app = False

    assert await post(bot) == Refused("not_installed")

    assert bot.account() not in bot.addresses.held
    assert await reads_how_to_add_it(in_a_team)


async def test_a_message_that_cannot_be_filled_says_so_too_unless_the_reply_gets_through(
    in_a_team: TeamsStandIn, bot: Bot
) -> None:
    await in_a_team.message(AMIRA, "help")
    address = await posted(bot, recommendation())
    in_a_team.faults.refuse("update", 403, times=2)
    channel = bot.platform.channel

    assert await channel.fill(bot.account(), address, recommendation()) == Refused("cannot_edit")
    assert await reads_how_to_add_it(in_a_team)

    assert await channel.fill(bot.account(), address, recommendation()) == Refused("cannot_edit")
    assert isinstance(await channel.reply(bot.account(), address, recommendation()), Sent)
    assert not await reads_how_to_add_it(in_a_team)

    in_a_team.person(AMIRA).has_app = False
    assert await channel.reply(bot.account(), address, recommendation()) == Refused("not_installed")
    assert bot.account() not in bot.addresses.held


async def test_a_channel_that_we_were_taken_from_is_no_person(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    held = dict(bot.addresses.held)
    teams.faults.refuse("create", 403)

    assert await post(bot, LEADS) == Refused("not_in_channel")
    assert bot.addresses.held == held


async def test_who_adds_it_later_is_sent_what_they_missed(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.person(AMIRA).has_app = False
    await post(bot)
    bot.desk.reached.clear()

    await teams.install(AMIRA)
    await teams.until(lambda: bot.desk.reached == [bot.account()])
    await teams.message(AMIRA, "help")
    await teams.install(AMIRA)

    assert bot.desk.reached == [bot.account()]


async def test_who_can_be_written_to_again_without_any_word_of_teams_is_found_by_the_next_post(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, "help")
    teams.person(AMIRA).has_app = False
    await post(bot)
    bot.desk.reached.clear()
    teams.person(AMIRA).has_app = True
    bot.clock.ahead += 301

    assert isinstance(await post(bot), Sent)
    await teams.until(lambda: bot.desk.reached == [bot.account()])


async def test_somebody_is_greeted_once_and_again_only_after_they_removed_it(teams: TeamsStandIn, bot: Bot) -> None:
    for action in ("add", "add", "add-upgrade", "remove-upgrade", "add"):
        await teams.install(AMIRA, action=action)
    assert bot.desk.names() == ["show_home"]
    assert len(teams.messages(AMIRA)) == 1

    await teams.install(AMIRA, action="remove")
    await teams.install(AMIRA)
    assert bot.desk.names() == ["show_home"] * 2


async def test_who_wrote_first_is_not_greeted_by_a_later_installation(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    await teams.install(AMIRA)

    assert bot.desk.names() == ["show_help"]


async def test_an_installation_delivered_twice_greets_once(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.install(AMIRA)
    for new_id in (False, True):
        await teams.redeliver(teams.carrier.sent[-1], new_id=new_id)

    assert bot.desk.names() == ["show_home"]


async def test_a_store_that_is_away_when_the_app_is_removed_is_no_matter(
    teams: TeamsStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError("away")

    await teams.install(AMIRA)
    monkeypatch.setattr(bot.addresses, "forget", away)

    assert (await teams.install(AMIRA, action="remove")).status == 202
    assert await post(bot) == Refused("not_installed")
