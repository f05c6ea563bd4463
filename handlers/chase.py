"""Time is up: what happens when somebody has not reacted in the site's time. Silence goes up, and never closes.

Each clock is a row in the outbox with a due time; when it is due, `chase` answers it in one transaction. A clock whose
thing is done by then does nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.case import Case, Decision
from handlers.check import leads_to_tell
from handlers.clocks import contact_due, decide_due, next_lead_due
from handlers.contacts import newest_referral, read_about
from handlers.people import Account, Known, Site
from handlers.ports import Delivery, Work
from policy import Urgency

LEADS: Final = "leads"
"""The clock after the last lead: nobody has opened the case."""
DECIDE: Final = "decide"
"""The clock since a lead opened it."""
SETTLED: Final = frozenset({"sent", "acknowledged", "failed", "unsure", "dropped"})
"""States of a message of which its lead has been told, or need hear nothing."""


def start_clock(what: str, case: Case, due: datetime, work: Work) -> None:
    """Queue a clock. It stands in a line of its own, so that no message that cannot be sent holds it up."""
    line = Account("slack", "clock", work.chance.id())
    work.enqueue(Delivery("chase", line, case.id, case.latest.number, extra=what), due=due)


def start_lead_clock(case: Case, site: Site, after: datetime, work: Work) -> None:
    """From the moment at which the last lead hears."""
    urgency, unknown = _urgency(case)
    start_clock(LEADS, case, next_lead_due(site, urgency=urgency, harm_unknown=unknown, after=after), work)


def start_decision_clock(case: Case, site: Site, work: Work) -> None:
    """From the moment at which a lead opened the case."""
    urgency, unknown = _urgency(case)
    start_clock(DECIDE, case, decide_due(site, urgency=urgency, harm_unknown=unknown, after=work.now), work)


def start_contact_clock(case: Case, site: Site, which: str, work: Work, *, again: bool = False) -> None:
    """From the moment at which a contact could have acknowledged."""
    urgent = case.latest.recommendation().urgency is Urgency.NOW
    name = "contact_again" if again else "contact"
    start_clock(f"{name}:{which}", case, contact_due(site, urgent=urgent, after=work.now), work)


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
        case "confirm":
            _not_confirmed(case, site, which, known, work)
        case "contact" | "contact_again":
            _not_acknowledged(case, site, which, known, work, again=what == "contact_again")
        case _:
            return


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


def _urgency(case: Case) -> tuple[str, bool]:
    return case.latest.recommendation().urgency.value, case.latest.facts.harm_now == "not_known"
