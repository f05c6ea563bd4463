"""SR-25: a contact's channel is read again right before the post; and its one button is anybody's who is in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channel import NotSent, Refused, Sent
from bot.play.slack import Channel
from bot.slack.send import _not_fit
from handlers.people import Account
from handlers.setup.words import SUSPENDS
from tests.slack.bench import note

if TYPE_CHECKING:
    from tests.slack.bench import Bench

ROOM = Account("slack", "T1", "C9")


def police(bench: Bench) -> Channel:
    channel = Channel("C9", "northside-police", [], is_ext_shared=True)
    channel.connected_team_ids = ["T9"]
    return bench.slack.add_channel(channel)


def officer(bench: Bench, channel: Channel, user: str = "UMARSH", **flags: bool) -> None:
    bench.slack.add_person(user, "Jo Marsh", home_team="T9", **flags)
    channel.members.append(user)


async def test_a_channel_that_is_as_expected_is_posted_in(bench: Bench) -> None:
    officer(bench, police(bench))

    assert await bench.platform.channel.withheld(ROOM, ("T9",)) is None
    sent = await bench.platform.channel.post(ROOM, note("A notice."))
    assert isinstance(sent, Sent)
    assert len(bench.slack.in_channel("C9")) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_private": False}, "not_private"),
        ({"is_mpim": True}, "not_private"),
        ({"is_frozen": True}, "archived"),
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
    channel = police(bench)
    officer(bench, channel)
    channel.name = "something-else"

    assert await bench.platform.channel.withheld(ROOM, ("T9",)) is None


async def test_an_organisation_that_nobody_expects_is_one_too_many(bench: Bench) -> None:
    police(bench)

    assert await bench.platform.channel.withheld(ROOM, ()) == Refused("outside_organisation")
    found = await bench.platform.channel.withheld(ROOM, ("T8",))
    assert isinstance(found, Refused)
    assert (found.why, found.organisations, found.missing) == ("outside_organisation", ("T9",), ("T8",))


async def test_a_channel_that_is_shared_with_nobody_knows_whom_is_not(bench: Bench) -> None:
    """Slack says that it is shared and names no organisation: where nobody else is expected that is one too many."""
    channel = police(bench)
    channel.connected_team_ids = []

    assert await bench.platform.channel.withheld(ROOM, ()) == Refused("not_shared_as_expected")


ABOUT = {"is_archived": False, "is_private": True, "is_member": True, "is_ext_shared": False, "shared_team_ids": ["T1"]}
"""What Slack says of a channel of our own that will do."""


@pytest.mark.parametrize("says", [False, None, "yes", 1])
@pytest.mark.parametrize(
    ("flag", "why"), [("is_member", "not_in_channel"), ("is_private", "not_private"), ("is_archived", "archived")]
)
def test_on_doubt_nothing_is_posted(flag: str, says: object, why: str) -> None:
    """A private channel that may be read although the app is not in it, and whatever Slack does not say outright."""
    assert not _not_fit(ABOUT, "T1", frozenset())
    about = {**ABOUT, flag: says}
    assert _not_fit(about, "T1", frozenset()) == ("" if ABOUT[flag] is says else why)


async def test_a_channel_that_cannot_be_read_just_now_is_tried_again(lenient: Bench) -> None:
    police(lenient)
    lenient.slack.faults.rate_limit("conversations.info", retry_after=7, times=5)

    found = await lenient.platform.channel.withheld(ROOM, ("T9",))
    assert isinstance(found, NotSent)


@pytest.mark.parametrize("code", ["token_revoked", "access_denied", "ekm_access_denied", "team_access_not_granted"])
async def test_what_speaks_of_us_is_not_said_of_the_channel(lenient: Bench, code: str) -> None:
    police(lenient)
    lenient.slack.faults.refuse("conversations.info", code, times=5)

    found = await lenient.platform.channel.withheld(ROOM, ("T9",))
    assert isinstance(found, Refused)
    assert found.why not in SUSPENDS


async def test_without_the_scope_for_private_channels_nobody_says_that_this_one_is_public(lenient: Bench) -> None:
    police(lenient)
    lenient.slack.workspace().scopes.discard("groups:read")

    assert await lenient.platform.channel.withheld(ROOM, ("T9",)) == Refused("no_groups_read")


async def test_a_guest_who_was_let_in_is_one_too_many(bench: Bench) -> None:
    channel = police(bench)
    officer(bench, channel)
    for flags in ({"is_restricted": True}, {"is_ultra_restricted": True}):
        bench.slack.add_person("UGUEST", "A guest", **flags)
        channel.members.append("UGUEST")
        assert await bench.platform.channel.withheld(ROOM, ("T9",)) == Refused("guest")
        channel.members.remove("UGUEST")
        assert await bench.platform.channel.withheld(ROOM, ("T9",)) is None


async def test_a_stranger_is_one_too_many_also_where_slack_names_no_other_organisation(bench: Bench) -> None:
    channel = police(bench)
    officer(bench, channel)
    bench.slack.add_person("USTRANGER", "Somebody", home_team="T8")
    channel.members.append("USTRANGER")
    found = await bench.platform.channel.withheld(ROOM, ("T9",))
    assert isinstance(found, Refused)
    assert (found.why, found.organisations) == ("outside_organisation", ("T8",))


async def test_once_nobody_of_the_named_organisation_is_left_nothing_is_posted(bench: Bench) -> None:
    channel = police(bench)
    officer(bench, channel)
    assert await bench.platform.channel.withheld(ROOM, ("T9",)) is None
    channel.members.remove("UMARSH")
    assert await bench.platform.channel.withheld(ROOM, ("T9",)) == Refused("nobody_left")


async def test_people_who_cannot_be_asked_about_just_now_are_waited_for(lenient: Bench) -> None:
    channel = police(lenient)
    officer(lenient, channel)
    lenient.slack.faults.rate_limit("users.info", times=5)
    assert await lenient.platform.channel.withheld(ROOM, ("T9",)) == NotSent("people_not_read")


async def test_somebody_of_whom_slack_never_says_anything_holds_nothing_up(lenient: Bench) -> None:
    channel = police(lenient)
    channel.members.append("UNOBODY")
    assert await lenient.platform.channel.withheld(ROOM, ("T9",)) is None


async def test_those_who_read_in_many_channels_are_asked_about_at_a_pace_that_leaves_room_for_others(
    bench: Bench,
) -> None:
    channel = police(bench)
    for number in range(100):
        officer(bench, channel, f"U{number:04}")
    assert await bench.platform.channel.withheld(ROOM, ("T9",)) == NotSent("people_not_read")
    assert len(bench.slack.calls_of("users.info")) <= 45
