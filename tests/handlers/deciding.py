"""A site with a police channel, and the steps that every test of deciding begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handlers.case import Case
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Known, Standing
from handlers.route import route
from handlers.screens import Message, Screen, buttons_of
from handlers.sites import Contact
from tests.handlers.memory import DEPUTY, DIRECTORY, LEAD, SITE, TEACHER, MemoryWork
from tests.handlers.person import Someone, sends_now
from tests.handlers.stories import V07

POLICE = Contact("police", "police", "slack", "T1/C9", verified=True, organisations=("T9",))
CARE = Contact("care", "social_care", "teams", "TEN/TEAM/19:care@thread.tacv2", verified=True)
ROOM = Account("slack", "T1", "C9")
CARE_ROOM = Account("teams", "TEN", "19:care@thread.tacv2")
MARSH = Account("slack", "T9", "U5")
OF_MARSH = Known(Standing(member=False, why_not="outside"), names={MARSH: "Jo Marsh"})
DETERS = re.compile(
    r"need not|no need|not necessary|wait for|should not|do not contact|don't contact|do not report|unless|"
    r"leave it to|not required|unnecessary",
    re.IGNORECASE,
)
"""Words that could hold somebody back from reporting."""
DECIDING_SITE = replace(SITE, contacts=(POLICE, CARE))


def a_work(**changes: object) -> MemoryWork:
    """Everything in memory, with the contacts."""
    return MemoryWork(directory=replace(DIRECTORY, sites=(replace(DECIDING_SITE, **changes),)))  # type: ignore[arg-type]


def raised(work: MemoryWork, answers: Mapping[str, Value] = V07, by: Account = TEACHER) -> Case:
    """Somebody raises a case, and the first messages arrive."""
    person = Someone(work, by)
    person.opens_form()
    sends_now(person.answers(answers))
    work.passes()
    return the_case(work)


def the_case(work: MemoryWork) -> Case:
    """The only case."""
    (case,) = work.cases.values()
    return case


def opened(work: MemoryWork, who: Account = LEAD) -> Someone:
    """A lead has the case in front of them."""
    person = Someone(work, who)
    person.asks("open_case", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
    return person


def referring(work: MemoryWork, who: Account = LEAD) -> Someone:
    """A lead with the window in front of them, read and ticked; police alone chosen."""
    person = opened(work, who)
    person.presses("refer")
    return person.answers({"contact": ("police",), "consequences_read": ("yes",)})


def acknowledges(
    work: MemoryWork,
    message: Message,
    who: Account = MARSH,
    room: Account | None = ROOM,
    known: Known | None = None,
) -> Screen:
    """Somebody presses the button that stands on a message in a room."""
    (button,) = [one for one in buttons_of(message) if one.intent == "acknowledge"]
    known = known or (OF_MARSH if who == MARSH else Known(Standing(member=True), names={who: "Someone Else"}))
    intent = Intent("acknowledge", who, known, Surface.MESSAGE, Subject.read(button.token), room=room)
    answer = route(intent, work)
    assert answer is not None
    return answer


__all__ = ["CARE_ROOM", "DEPUTY", "LEAD", "MARSH", "POLICE", "ROOM", "TEACHER"]


def referrals(work: MemoryWork) -> list[tuple[str, str]]:
    """Where each referral went, and what it is about."""
    return [(str(d.to), d.extra) for d, _ in work.outbox.values() if d.kind == "referral"]
