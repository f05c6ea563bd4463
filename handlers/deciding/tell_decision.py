"""Who hears of a decision: the contacts, the raiser, the other leads; and the clocks that it starts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.access import Granted
from handlers.case import Case, Decision
from handlers.contacts import about, contact_of, room_of
from handlers.intents import Intent
from handlers.ports import Delivery, Work
from handlers.telling.overtaken import DECIDE_IT, standing
from handlers.telling.tell import hold_back
from handlers.telling.timers import start_clock, start_contact_clock
from policy import FACTS

CONFIRMED_WITHIN: Final = timedelta(minutes=2)
"""How long a message to a contact may stay unconfirmed before a lead is told (SR-22)."""


def tell_decision(decision: Decision, granted: Granted, work: Work) -> None:
    """Queue what follows from a decision, all in its transaction."""
    case = granted.case
    hold_back(case, work)
    for contact in decision.contacts:
        send_to_contact(decision, contact, granted, work)
    if not work.directory.same_person(case.raised_by, decision.by):
        work.enqueue(Delivery("decided", case.raised_by, case.id, decision.version, extra=str(decision.number)))
    _receipts(decision, case, work)


def _receipts(decision: Decision, case: Case, work: Work) -> None:
    """Every line that told a lead to look or to decide shows the newest decision, also one that showed an older."""
    for old in standing(case, work):
        if old.kind == "reminder" and old.extra not in DECIDE_IT:
            continue
        if old.kind == "reminder" and old.state == "queued":
            work.cancel(old.id)
            continue
        extra = str(decision.number)
        work.enqueue(Delivery("notice_decided", old.to, case.id, decision.version, replaces=old.id, extra=extra))


def send_to_contact(decision: Decision, contact_id: str, granted: Granted, work: Work) -> None:
    """Queue the message for a chat contact, or the words to say for the lead who rings.

    The contact's clock runs from here, whatever becomes of the message: one that never goes out is nobody's silence.
    """
    case, which = granted.case, about(decision.number, contact_id)
    start_contact_clock(case, granted.site, which, work)
    contact = contact_of(granted.site, contact_id)
    room = room_of(contact, granted.site) if contact else None
    if room is None:
        work.enqueue(Delivery("by_hand", decision.by, case.id, decision.version, extra=which))
        return
    work.enqueue(Delivery("referral", room, case.id, decision.version, extra=which))
    start_clock(f"confirm:{which}", case, work.now + CONFIRMED_WITHIN, work)


def ask_raiser(granted: Granted, asked: tuple[str, ...], intent: Intent, work: Work) -> None:
    """Queue the questions for whoever raised it, once for the same questions about the same facts."""
    case = granted.case
    which = which_facts(asked)
    key = f"{case.id}:ask:{case.latest.number}:{which}"
    if work.applied(key) is not None:
        return
    work.apply(key, "asked")
    work.record("facts.asked", by=intent.by, case=case.id, site=case.site, detail={"facts": which})
    work.enqueue(Delivery("facts_asked", case.raised_by, case.id, case.latest.number, extra=which))


def which_facts(names: tuple[str, ...]) -> str:
    """Facts as one short word: a bit for each, in the order of the questions."""
    return format(sum(1 << place for place, one in enumerate(FACTS) if one.id in names), "x")


def facts_in(word: str) -> tuple[str, ...]:
    """The facts that `which_facts` wrote."""
    bits = int(word, 16)
    return tuple(one.id for place, one in enumerate(FACTS) if bits >> place & 1)
