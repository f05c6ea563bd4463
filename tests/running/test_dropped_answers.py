"""SR-22: a thousand answers that never come back from a contact's channel, on each platform.

The stand-in does what it is asked and then closes the connection, so that nobody can know. No notice may stand twice in
the channel; whatever is not confirmed within two minutes is told to the lead, with what to do; and what may have
arrived is never sent again unless a person says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handlers.case import Case
from handlers.intents import Subject
from tests.running.both_platforms import Both, Platform, both, contents

DROPS = 1000
WITHIN = 120.0
"""Seconds in which a lead hears what is not confirmed."""
UNCONFIRMED = "the message to the contact is not confirmed. Ring now."


@dataclass(frozen=True)
class Fate:
    """How many answers are lost: of the post, of the filling; `reply`: it cannot be filled, and its reply's is lost."""

    posts: int = 0
    fills: int = 0
    reply: bool = False

    @property
    def drops(self) -> int:
        return self.posts + self.fills + self.reply


FATES = (
    Fate(1), Fate(fills=1), Fate(reply=True), Fate(3, 2), Fate(2, 0, reply=True), Fate(50), Fate(0, 50), Fate(40, 40),
    Fate(30, 0, reply=True),
)  # fmt: skip
"""Between them some are confirmed in time and some are not."""
CALLS = {"slack": ("chat.postMessage", "chat.update", "chat.postMessage"), "teams": ("create", "update", "post")}
"""What each platform calls a post, a filling and a reply."""


def a_thousand() -> Iterator[Fate]:
    """Fates in turn, until so many answers have been lost."""
    lost = 0
    for fate in itertools.cycle(FATES):
        if lost >= DROPS:
            return
        lost += fate.drops
        yield fate


def order(there: Both, fate: Fate) -> None:
    """Have the next message to the contact meet this fate."""
    post, fill, reply = CALLS[there.tried]
    stand_in = there.slack if there.tried == "slack" else there.teams
    stand_in.faults.clear()
    stand_in.faults.drop_reply(post, times=fate.posts)
    if not fate.reply:
        stand_in.faults.drop_reply(fill, times=fate.fills)
        return
    if there.tried == "slack":
        there.slack.faults.delay(post, 0.0)  # the receipt is answered at last: Slack calls a reply by the same name
        there.slack.faults.refuse(fill, "edit_window_closed")
    else:
        there.teams.faults.refuse(fill, 403)
    stand_in.faults.drop_reply(reply)


async def ended(there: Both, case: Case) -> str:
    """How the one message about it stands."""
    (sent,) = await there.school.deliveries(case, "referral")
    return sent.state


def warned(there: Both, case: Case) -> list[str]:
    """What the lead was told of it."""
    return [said for said in there.chat("lead") if said and f"{case.reference}: {UNCONFIRMED}" in said]


@pytest.mark.parametrize("tried", ["slack", "teams"])
async def test_nothing_stands_twice_and_all_that_stays_uncertain_is_told_in_time(
    tmp_path: Path, tried: Platform
) -> None:
    async with both(tmp_path, tried) as there:
        teacher, lead, seen = there.who("teacher"), there.who("lead"), set[tuple[str, bool]]()
        for fate in a_thousand():
            case = await there.school.raises(teacher)
            order(there, fate)
            case = await there.school.refers(lead, case, there.contact)
            await there.school.passes(WITHIN)
            in_time = await ended(there, case)
            said = warned(there, case)
            assert bool(said) == (in_time != "sent"), fate
            assert all("I will phone" in one for one in said)
            assert all("It arrived" in one and "Send again" in one for one in said if in_time == "unsure")
            await there.school.passes(9 * 3600)

            state = await ended(there, case)
            assert state == ("unsure" if fate.reply else "sent")
            assert len(contents(there.room(), case.reference)) == 1, fate
            seen.add((state, in_time == "sent"))
            empty_the_chats(there)
        assert seen == {("sent", True), ("sent", False), ("unsure", False)}


@pytest.mark.parametrize("tried", ["slack", "teams"])
async def test_what_may_have_arrived_is_sent_again_by_a_person_alone(tmp_path: Path, tried: Platform) -> None:
    async with both(tmp_path, tried) as there:
        case = await there.school.raises(there.who("teacher"))
        order(there, Fate(reply=True))
        case = await there.school.refers(there.who("lead"), case, there.contact)
        await there.school.passes(7 * 24 * 3600)
        assert await ended(there, case) == "unsure"
        assert len(contents(there.room(), case.reference)) == 1
        assert "Send again" in warned(there, case)[0]

        about = Subject("case", case.id, "", 1, f"1:{there.contact}").write()
        for _ in range(2):
            await there.school.asks(there.who("lead"), "resend", about)
        await there.school.passes(7 * 24 * 3600)
        assert len(contents(there.room(), case.reference)) == 2


def empty_the_chats(there: Both) -> None:
    """Forget what stands there, so that the stand-ins do not slow down: the next case has a reference of its own."""
    there.slack.workspace().messages.clear()
    there.teams.world.messages.clear()
