"""What still waits for somebody, when that is due, and in which order cases stand in a list because of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.case import Case, Decision
from handlers.contacts import about
from handlers.ports import Delivery
from handlers.telling.timers import DECIDE, LEADS
from policy import Outcome, Urgency

EMERGENCY: Final = "999 now"
URGENT: Final = {Urgency.NOW: "Now", Urgency.TODAY: "Today", Urgency.ROUTINE: "Routine"}
"""One word for a lead of how urgent it is, as the messages to contacts have it."""


def urgency_word(case: Case) -> str:
    """How urgent it is by its newest facts."""
    result = case.latest.recommendation()
    return EMERGENCY if result.outcome is Outcome.EMERGENCY else URGENT[result.urgency]


def waits(case: Case) -> bool:
    """Whether somebody has still to do something about it."""
    return case.decided is None or bool(unheard(case))


def unheard(case: Case) -> tuple[tuple[Decision, str], ...]:
    """The contacts who have not acknowledged what they were told last, with the decision that it was told by."""
    newest = {contact: one for one in case.decisions for contact in one.contacts}
    return tuple((one, contact) for contact, one in newest.items() if case.acknowledgement(one.number, contact) is None)


def waits_since(case: Case) -> datetime:
    """Since when somebody has had to do something about it, where they still have."""
    if case.decided is not None:
        return min((one.at for one, _ in unheard(case)), default=case.raised_at)
    asked = case.asked_at if any(one.version == case.latest.number for one in case.decisions) else None
    return asked or case.latest.at


def due(case: Case, sent: tuple[Delivery, ...], now: datetime) -> datetime | None:
    """When what it waits for is due; None where that is over."""
    if case.decided is not None:
        return contacts_due(case, sent)
    if case.opened_by is not None:
        return clock(case, DECIDE, sent)
    return next_notice(sent, now) or clock(case, LEADS, sent)


def next_notice(sent: tuple[Delivery, ...], now: datetime) -> datetime | None:
    """When the next lead hears of it."""
    notices = (one.due for one in sent if one.kind == "lead_notice" and one.state == "queued")
    return min((at for at in notices if at is not None and at > now), default=None)


def contacts_due(case: Case, sent: tuple[Delivery, ...]) -> datetime | None:
    """When the first contact's clock runs out who has not acknowledged."""
    waiting = unheard(case)
    wanted = {
        f"{name}:{about(one.number, contact)}" for name in ("contact", "contact_again") for one, contact in waiting
    }
    clocks = (one.due for one in sent if one.kind == "chase" and one.state == "queued" and one.extra in wanted)
    return min((at for at in clocks if at is not None), default=None)


def clock(case: Case, what: str, sent: tuple[Delivery, ...]) -> datetime | None:
    """When a clock of the newest version runs out, or None where none is running."""
    number = case.latest.number
    of_it = (one for one in sent if (one.kind, one.extra, one.state, one.version) == ("chase", what, "queued", number))
    return min((one.due for one in of_it if one.due is not None), default=None)


def place_of(case: Case, due_at: datetime | None) -> tuple[bool, float]:
    """By which a list is sorted: what is overdue, what waited longest first; what is due, soonest first; the newest."""
    if not waits(case):
        return True, -case.raised_at.timestamp()
    return False, (due_at or waits_since(case)).timestamp()
