"""How it comes to each entry of the trail: a press, or a clock that runs out, and who did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Standing
from handlers.ports import Delivery, DeliveryState
from handlers.route import route
from handlers.telling.chase import chase
from handlers.telling.elsewhere import elsewhere
from handlers.telling.not_reached import NOT_ADDED, send_again
from tests.handlers.deciding import (
    DEPUTY,
    LEAD,
    ROOM,
    TEACHER,
    a_work,
    acknowledges,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import MEMBER, TEACHER_ON_TEAMS, Entry, MemoryWork
from tests.handlers.person import Someone, whole_form
from tests.handlers.stories import V01, V07, V18

OUTSIDER = Account.parse("slack:T1/UOUTSIDER")
SLEADS = "slack:T1/S1"


class Trail:
    """What was written since the story came to its point."""

    def __init__(self, work: MemoryWork) -> None:
        self.work, self._from = work, len(work.trail)

    def so_far(self) -> list[Entry]:
        return self.work.trail[self._from :]


Told = tuple[Trail, Account | None]
"""The trail since the press, and who pressed."""


def at_page(story: Mapping[str, object] = V18) -> Someone:
    person = Someone(a_work())
    person.opens_form()
    return person.answers(dict(story))  # type: ignore[arg-type]  # fields


def sends(press: str) -> Told:
    """A report is sent, in one of the ways that make a case."""
    person = at_page()
    if press == "submit_report":
        whole_form(person)
    if press == "next_page":
        person.answers({"harm_now": "in_danger_now"})
    trail = Trail(person.work)
    person.presses(press)
    return trail, TEACHER


def updates(who: Account) -> Told:
    work = a_work()
    raised(work)
    person = Someone(work, who)
    person.asks("update_facts", subject=Subject("case", the_case(work).id, "", 1).write())
    trail = Trail(work)
    person.answers({"coercion": "yes"}).presses("recommend_now")
    return trail, who


def discards() -> Told:
    person = at_page()
    person.presses("next_page")
    person.opens_form()
    trail = Trail(person.work)
    person.presses("discard_draft")
    return trail, TEACHER


def on_the_message(press: str, who: Account = TEACHER) -> Told:
    """What stands below the message that somebody got."""
    work = a_work()
    raised(work)
    person = Someone(work, who).sees(work.at(who)[0])
    trail = Trail(work)
    person.presses(press)
    return trail, who


def opens(press: str) -> Told:
    work = a_work()
    raised(work)
    person = opened(work)
    trail = Trail(work)
    person.presses(press)
    return trail, LEAD


def reads() -> Told:
    work = a_work()
    raised(work)
    trail = Trail(work)
    opened(work)
    return trail, LEAD


def refers() -> Told:
    work = a_work()
    raised(work)
    person = referring(work).answers({"contact": ("police", "care")})
    trail = Trail(work)
    person.presses("confirm_refer")
    return trail, LEAD


def declines() -> Told:
    work = a_work()
    raised(work)
    person = opened(work, DEPUTY)
    person.presses("do_not_refer")
    trail = Trail(work)
    person.answers({"reason": "The parents were told, and the school keeps watch."}).presses("confirm_do_not_refer")
    return trail, DEPUTY


def asks() -> Told:
    work = a_work()
    raised(work, V18)
    person = opened(work)
    person.presses("ask_for_facts")
    trail = Trail(work)
    person.answers({"ask": ("coercion",)}).presses("confirm_ask_for_facts")
    return trail, LEAD


def in_doubt(press: str, state: DeliveryState = "unsure") -> Told:
    """What a lead does about a message that is not confirmed."""
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(ends=lambda one: state if one.kind == "referral" else "sent")
    person = Someone(work, DEPUTY).sees(work.at(DEPUTY)[-1])
    trail = Trail(work)
    person.presses(press)
    return trail, DEPUTY


def writes_down() -> Told:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(16)
    person = Someone(work, LEAD).sees(work.at(LEAD)[-1])
    person.presses("write_down_call")
    trail = Trail(work)
    person.answers({"log": "LOG 5"}).presses("confirm_call")
    return trail, LEAD


def at_the_contact(who: Account, *, times: int = 1) -> Told:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    message = work.at(ROOM)[0]
    for _ in range(times - 1):
        acknowledges(work, message, who)
    trail = Trail(work)
    acknowledges(work, message, who)
    return trail, who


def in_another_room() -> Told:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    trail = Trail(work)
    acknowledges(work, work.at(ROOM)[0], OUTSIDER, Account("slack", "T1", "C1"))
    return trail, OUTSIDER


def writes(press: str) -> Told:
    work = a_work()
    trail = Trail(work)
    route(Intent(press, OUTSIDER, MEMBER, Surface.COMMAND, event="E1"), work)
    return trail, OUTSIDER


def has_no_right(press: str, kind: str = "case") -> Told:
    """Somebody of the school who is nothing to it."""
    work = a_work()
    raised(work)
    at_work = Someone(work)
    at_work.opens_form()
    at_work.answers(V18).presses("next_page")
    (draft,) = work.drafts.values()
    case = the_case(work)
    subject = Subject("case", case.id, "", 1) if kind == "case" else Subject("draft", draft.id, draft.place, draft.rev)
    trail = Trail(work)
    route(Intent(press, OUTSIDER, MEMBER, Surface.MESSAGE, subject), work)
    return trail, OUTSIDER


def is_a_guest() -> Told:
    work = a_work()
    trail = Trail(work)
    guest = Known(Standing(member=False, why_not="guest"))
    route(Intent("start_report", OUTSIDER, guest, Surface.COMMAND), work)
    return trail, OUTSIDER


def nobody_opens(minutes: float) -> Told:
    work = a_work()
    raised(work)
    trail = Trail(work)
    work.passes(minutes)
    return trail, None


def nobody_acknowledges() -> Told:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    trail = Trail(work)
    work.passes(40, ends=lambda one: "queued" if one.kind == "referral" else "sent")
    return trail, None


def nobody_decides() -> Told:
    work = a_work()
    raised(work, V01)
    opened(work)
    trail = Trail(work)
    work.passes(60 * 24 * 4)
    return trail, None


def leads_are_found() -> Told:
    """Nobody could say who is in the group that leads, until somebody could."""
    work = a_work(leads=(SLEADS,))
    raised(work)
    trail = Trail(work)
    (clock,) = [one for one, _ in work.outbox.values() if one.kind == "chase" and one.extra.startswith("find")]
    chase(clock, Known(Standing(member=True), groups={SLEADS: (LEAD,)}), work)
    return trail, None


def missed_and_there_again() -> Told:
    work = a_work()
    person = Someone(work)
    person.opens_form()
    person.answers(V07).presses("recommend_now")
    for key, (one, due) in work.outbox.items():
        if one.to == TEACHER and one.kind == "recommendation":
            work.outbox[key] = (replace(one, state="failed", why=NOT_ADDED), due)
    trail = Trail(work)
    send_again(TEACHER, MEMBER, work)
    return trail, None


def goes_elsewhere() -> Told:
    work = a_work()
    raised(work)
    work.directory = replace(work.directory, connected=frozenset({"teams:TEN"}))
    key = work.enqueue(Delivery("own_route", TEACHER, the_case(work).id, 1, extra="unopened"))
    trail = Trail(work)
    elsewhere(work.outbox[key][0], work)
    assert [one.to for one, _ in work.outbox.values()][-1] == TEACHER_ON_TEAMS
    return trail, None
