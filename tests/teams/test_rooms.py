"""SR-25 on Teams: the roster of a contact's channel is read right before the post, which begins a thread there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channel import Refused, Sent
from bot.play.teams import Channel
from handlers.people import Account
from handlers.setup.words import SUSPENDS
from tests.teams.conftest import AMIRA, PRIYA, TENANT
from tests.teams.test_send import RECEIPT

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

CARE = "19:care@thread.tacv2"
ROOM = Account("teams", TENANT, CARE)


async def test_a_thread_begins_in_the_channel_and_is_then_filled(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.add_channel(Channel(CARE, "care", [PRIYA]))
    channel = bot.platform.channel
    assert await channel.withheld(ROOM, ()) is None
    sent = await channel.post(ROOM, RECEIPT)
    assert isinstance(sent, Sent)

    assert await channel.fill(ROOM, sent.address, RECEIPT) == sent
    (message,) = teams.in_channel(CARE)
    assert message.edited
    assert teams.messages(PRIYA) == []


async def test_without_the_app_or_without_the_channel_nothing_is_posted(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    assert await bot.platform.channel.withheld(ROOM, ()) == Refused("not_in_channel")
    teams.add_channel(Channel(CARE, "care", [PRIYA], has_app=False))

    assert await bot.platform.channel.withheld(ROOM, ()) == Refused("not_in_channel")
    assert teams.in_channel(CARE) == []


async def test_somebody_of_an_organisation_that_nobody_expects_is_one_too_many(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.add_person("aad-stranger", "A stranger", home="another-tenant")
    teams.add_channel(Channel(CARE, "care", [AMIRA, "aad-stranger"]))

    assert await bot.platform.channel.withheld(ROOM, ()) == Refused("outside_organisation")
    found = await bot.platform.channel.withheld(ROOM, ("a-third-tenant",))
    assert isinstance(found, Refused)
    assert (found.organisations, found.missing) == (("another-tenant",), ("a-third-tenant",))
    assert await bot.platform.channel.withheld(ROOM, ("another-tenant",)) is None


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_no_that_does_not_speak_of_the_channel_is_not_said_of_it(
    teams: TeamsStandIn, bot: Bot, status: int
) -> None:
    await teams.message(AMIRA, "help")
    teams.add_channel(Channel(CARE, "care", [PRIYA]))
    teams.faults.refuse("members", status, times=5, code="" if status == 404 else "Forbidden")
    found = await bot.platform.channel.withheld(ROOM, ())
    assert isinstance(found, Refused)
    assert found.why not in SUSPENDS
