"""SR-25: a contact's channel is read again right before the post; and its one button is anybody's who is in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channel import NotSent, Refused, Sent
from bot.play.slack import Channel
from handlers.people import Account
from tests.slack.bench import note

if TYPE_CHECKING:
    from tests.slack.bench import Bench

ROOM = Account("slack", "T1", "C9")


def police(bench: Bench) -> Channel:
    channel = Channel("C9", "northside-police", [], is_ext_shared=True)
    channel.connected_team_ids = ["T9"]
    return bench.slack.add_channel(channel)


async def test_a_channel_that_is_as_expected_is_posted_in(bench: Bench) -> None:
    police(bench)

    assert await bench.platform.channel.withheld(ROOM, ("T9",)) is None
    sent = await bench.platform.channel.post(ROOM, note("A notice."))
    assert isinstance(sent, Sent)
    assert len(bench.slack.in_channel("C9")) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_private": False}, "not_private"),
        ({"is_archived": True}, "archived"),
        ({"connected_team_ids": ["T9", "T8"]}, "outside_organisation"),
        ({"pending_connected_team_ids": ["T7"]}, "outside_organisation"),
        ({"is_ext_shared": False, "connected_team_ids": []}, "not_shared_as_expected"),
    ],
)
async def test_a_channel_that_has_changed_is_not(bench: Bench, change: dict[str, object], why: str) -> None:
    channel = police(bench)
    for name, value in change.items():
        setattr(channel, name, value)

    assert await bench.platform.channel.withheld(ROOM, ("T9",)) == Refused(why)


async def test_a_channel_that_the_app_was_taken_out_of_is_not(lenient: Bench) -> None:
    channel = police(lenient)
    channel.members.clear()

    assert await lenient.platform.channel.withheld(ROOM, ("T9",)) == Refused("channel_not_found")


async def test_a_renamed_channel_is_the_same_channel(bench: Bench) -> None:
    police(bench).name = "something-else"

    assert await bench.platform.channel.withheld(ROOM, ("T9",)) is None


async def test_an_organisation_that_nobody_expects_is_one_too_many(bench: Bench) -> None:
    police(bench)

    assert await bench.platform.channel.withheld(ROOM, ()) == Refused("outside_organisation")


async def test_a_channel_that_cannot_be_read_just_now_is_tried_again(lenient: Bench) -> None:
    police(lenient)
    lenient.slack.faults.rate_limit("conversations.info", retry_after=7, times=5)

    found = await lenient.platform.channel.withheld(ROOM, ("T9",))
    assert isinstance(found, NotSent)
