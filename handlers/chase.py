"""Time is up: what happens when somebody has not reacted in the site's time. Silence goes up, and never closes.

Each clock is a row in the outbox with a due time; when it is due, `chase` answers it in one transaction. A clock whose
thing is done by then does nothing.
"""

from __future__ import annotations

from typing import Final

from handlers.case import Case, Decision
from handlers.check import leads_to_tell
from handlers.contacts import newest_referral, read_about
from handlers.people import Account, Known
from handlers.ports import Delivery, Work
from handlers.sites import Site
from handlers.tell import queue_notices, unread
from handlers.timers import DECIDE, FIND, LEADS, start_contact_clock, start_search

SETTLED: Final = frozenset({"sent", "acknowledged", "failed", "unsure", "dropped"})
"""States of a message of which its lead has been told, or need hear nothing."""


def chase(delivery: Delivery, known: Known, work: Work) -> None:
    """Answer a clock that has run out."""
    case = work.case(delivery.case)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return
    what, _, which = delivery.extra.partition(":")
    match what:
        case "leads":
            _nobody_opened(case, site, delivery.version, known, work)
        case "decide":
            _nobody_decided(case, site, delivery.version, known, work)
        case "find":
            _look_again(case, site, delivery.version, known, work)
        case "confirm":
            _not_confirmed(case, site, which, known, work)
        case "contact" | "contact_again":
            _not_acknowledged(case, site, which, known, work, again=what == "contact_again")
        case _:
            return


def _look_again(case: Case, site: Site, version: int, known: Known, work: Work) -> None:
    """Nobody could say who the leads are when it was raised: tell them as soon as somebody can."""
    if case.latest.number != version or case.opened_at is not None or case.decided is not None:
        return
    leads = leads_of(case, site, known, work)
    if not leads:
        if unread(site, known):
            start_search(case, work)
        return
    work.record("leads.found", by=None, case=case.id, site=case.site, detail={"clock": FIND})
    queue_notices(case, site, leads, at_once=leads[:1], work=work)


def _nobody_opened(case: Case, site: Site, version: int, known: Known, work: Work) -> None:
    if case.latest.number != version or case.opened_at is not None or case.decided is not None:
        return
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": LEADS})
    remind(leads_of(case, site, known, work), "unopened", case, work)
    work.enqueue(Delivery("own_route", case.raised_by, case.id, version, extra="unopened"))


def _nobody_decided(case: Case, site: Site, version: int, known: Known, work: Work) -> None:
    if case.latest.number != version or case.decided is not None:
        return
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": DECIDE})
    remind(leads_of(case, site, known, work), "undecided", case, work)
    work.enqueue(Delivery("own_route", case.raised_by, case.id, version, extra="undecided"))


def _not_confirmed(case: Case, site: Site, which: str, known: Known, work: Work) -> None:
    sent = newest_referral(case, which, work)
    if sent is None or sent.state in SETTLED:
        return
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": "confirm", "about": which})
    tell_trouble(case, site, which, known, work)


def _not_acknowledged(case: Case, site: Site, which: str, known: Known, work: Work, *, again: bool) -> None:
    number, contact = read_about(which)
    decision = case.decision(number)
    if decision is None or case.acknowledgement(number, contact) is not None:
        return
    clock = "contact_again" if again else "contact"
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": clock, "about": which})
    if again:
        remind(_everyone(decision, case, site, known, work), f"phone:{which}", case, work)
        return
    remind((decision.by,), f"phone:{which}", case, work)
    start_contact_clock(case, site, which, work, again=True)


def tell_trouble(case: Case, site: Site, which: str, known: Known, work: Work) -> None:
    """Tell whoever decided, and the first other lead, that a message is not confirmed, with what to do."""
    decision = case.decision(read_about(which)[0])
    if decision is None:
        return
    for lead in _everyone(decision, case, site, known, work)[:2]:
        work.enqueue(Delivery("trouble", lead, case.id, decision.version, extra=which))


def remind(leads: tuple[Account, ...], why: str, case: Case, work: Work) -> None:
    """Queue a reminder for each of these leads."""
    for lead in leads:
        work.enqueue(Delivery("reminder", lead, case.id, case.latest.number, extra=why))


def leads_of(case: Case, site: Site, known: Known, work: Work) -> tuple[Account, ...]:
    """The leads of a case, whoever raised it and was left out aside."""
    return leads_to_tell(site, work.directory, known, raiser=case.raised_by, left_out=case.left_out)


def _everyone(decision: Decision, case: Case, site: Site, known: Known, work: Work) -> tuple[Account, ...]:
    """Whoever decided, then the other leads."""
    rest = leads_of(case, site, known, work)
    return (decision.by, *(lead for lead in rest if not work.directory.same_person(lead, decision.by)))
