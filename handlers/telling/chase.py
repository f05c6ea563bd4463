"""Time is up: what happens when somebody has not reacted in the site's time. Silence goes up, and never closes.

Each clock is a row in the outbox with a due time; when it is due, `chase` answers it in one transaction. A clock whose
thing is done by then does nothing; the search for leads whom nobody can name is put off until it has found them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.case import Case, Decision
from handlers.contacts import newest_referral, read_about
from handlers.people import Account, Known
from handlers.ports import Delivery, Work
from handlers.raising.check import leads_to_tell
from handlers.raising.left_in_danger import DANGER, still_there
from handlers.referring.to_ring import is_to_ring
from handlers.setup import silent
from handlers.setup.silent_clock import SILENT
from handlers.setup.tell import SETUP, tell_change
from handlers.sites import Site
from handlers.telling.overtaken import DECIDE_IT, is_to_ring_about, retire_reminders
from handlers.telling.tell import ask_leads, later, queue_notices
from handlers.telling.timers import (
    ASKED,
    DECIDE,
    FIND,
    LEADS,
    keep_contact_clock,
    search_again,
    start_contact_clock,
    start_search,
)

SETTLED: Final = frozenset({"sent", "acknowledged", "failed", "unsure", "dropped"})
"""States of a message of which its lead has been told, or need hear nothing."""
REACHING: Final = frozenset({"queued", "sending", "sent", "acknowledged", "unsure"})
"""States of a message to a person that is there, or may be yet."""
SAME_ROUND: Final = timedelta(minutes=1)
"""Clocks of one decision that run out within this time are one round."""


def chase(delivery: Delivery, known: Known, work: Work) -> None:
    """Answer a clock that has run out."""
    what, _, which = delivery.extra.partition(":")
    if what == SETUP:
        tell_change(which, known, work)
        return
    if what == SILENT:
        silent.look_again(delivery, work)
        return
    if what == DANGER:
        still_there(which, known, work)
        return
    case = work.case(delivery.case)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return
    match what:
        case "leads":
            _nobody_opened(case, site, delivery.version, known, work)
        case "decide":
            _nobody_decided(case, site, delivery.version, known, work)
        case "find":
            _look_again(delivery, which, case, site, known, work)
        case "confirm":
            _not_confirmed(case, site, which, known, work)
        case "contact" | "contact_again":
            _not_acknowledged(case, site, which, known, work, again=what == "contact_again")
        case _:
            return


def _look_again(search: Delivery, why: str, case: Case, site: Site, known: Known, work: Work) -> None:
    """Nobody could say who the leads are: tell or remind them as soon as somebody can, if there is still a need."""
    if not _still_waits(case, search.version, why):
        return
    leads = leads_of(case, site, known, work)
    if not leads:
        if later(case, site, known, work.directory):
            search_again(search, work)
        return
    work.record("leads.found", by=None, case=case.id, site=case.site, detail={"clock": FIND})
    if why == ASKED:
        ask_leads(leads, case, work)
    elif why:
        remind(leads, why, case, work)
    else:
        queue_notices(case, site, leads, at_once=leads[:1], work=work)


def _still_waits(case: Case, version: int, why: str) -> bool:
    what, _, which = why.partition(":")
    if what == "phone":
        return is_to_ring(case, *read_about(which))
    if what == ASKED:  # of whatever facts: until a lead has decided since
        return case.asked_at is not None and all(one.at < case.asked_at for one in case.decisions)
    opened = case.opened_at is not None and what != "undecided"
    return case.latest.number == version and not opened and case.decided is None


def _nobody_opened(case: Case, site: Site, version: int, known: Known, work: Work) -> None:
    if _still_waits(case, version, "unopened"):
        _remind_all(case, site, "unopened", known, work)


def _nobody_decided(case: Case, site: Site, version: int, known: Known, work: Work) -> None:
    if _still_waits(case, version, "undecided"):
        _remind_all(case, site, "undecided", known, work)


def _remind_all(case: Case, site: Site, why: str, known: Known, work: Work) -> None:
    """All leads once more, and the raiser; where nobody can say who the leads are, the raiser hears that instead."""
    clock = LEADS if why == "unopened" else DECIDE
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": clock})
    leads = leads_of(case, site, known, work)
    if not leads and work.directory.is_lead(case.raised_by, site, known):
        remind((case.raised_by,), why, case, work)  # a lone lead, who raised it: nobody else could
        return
    remind(leads, why, case, work)
    if not leads and later(case, site, known, work.directory):
        start_search(case, work, why)
    extra = why if leads else "nobody"
    work.enqueue(Delivery("own_route", case.raised_by, case.id, case.latest.number, extra=extra))


def _not_confirmed(case: Case, site: Site, which: str, known: Known, work: Work) -> None:
    sent = newest_referral(case, which, work)
    if sent is None or sent.state in SETTLED:
        return
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": "confirm", "about": which})
    tell_trouble(case, site, which, known, work)
    keep_contact_clock(case, site, which, work)  # one that an earlier release decided has none before it is sent


def _not_acknowledged(case: Case, site: Site, which: str, known: Known, work: Work, *, again: bool) -> None:
    """Whoever decided is told to ring; the second time all leads, and the raiser whom they can ring themselves."""
    number, contact = read_about(which)
    decision = case.decision(number)
    if decision is None or not is_to_ring(case, number, contact):
        return
    clock = "contact_again" if again else "contact"
    work.record("time.up", by=None, case=case.id, site=case.site, detail={"clock": clock, "about": which})
    everyone = everyone_about(decision, case, site, known, work)
    first = everyone if again else everyone[:1]
    heard = _reminded_now(case, number, work)
    remind(tuple(one for one in first if one not in heard), f"phone:{which}", case, work)
    if not again:
        start_contact_clock(case, site, which, work, again=True)
        return
    if later(case, site, known, work.directory) and not leads_of(case, site, known, work):
        start_search(case, work, f"phone:{which}")
    tell_raiser(case, decision, "contact" if everyone else "unheard", work)


def _reminded_now(case: Case, number: int, work: Work) -> frozenset[Account]:
    """Who is being reminded of this decision at this very moment: one reminder names all of its contacts."""
    return frozenset(
        one.to
        for one in work.deliveries(case.id)
        if one.kind == "reminder" and one.extra.startswith(f"phone:{number}:") and one.state in REACHING
        if one.due is not None and one.due >= work.now - SAME_ROUND
    )


def tell_trouble(case: Case, site: Site, which: str, known: Known, work: Work) -> None:
    """Tell whoever decided, and the first other lead, that a message is not confirmed, with what to do."""
    decision = case.decision(read_about(which)[0])
    if decision is None:
        return
    for lead in everyone_about(decision, case, site, known, work)[:2]:
        work.enqueue(Delivery("trouble", lead, case.id, decision.version, extra=which))


def tell_raiser(case: Case, decision: Decision, why: str, work: Work) -> None:
    """Tell the raiser once for each decision and reason, with whom to ring."""
    extra = f"{why}:{decision.number}"
    if any(one.kind == "own_route" and one.extra == extra for one in work.deliveries(case.id)):
        return
    work.enqueue(Delivery("own_route", case.raised_by, case.id, case.latest.number, extra=extra))


def remind(leads: tuple[Account, ...], why: str, case: Case, work: Work) -> None:
    """Queue a reminder for each of these leads, which takes the place of the one before about the same."""
    what, _, which = why.partition(":")
    earlier = is_to_ring_about(read_about(which)[0]) if what == "phone" else lambda one: one.extra in DECIDE_IT
    retire_reminders(case, work, "again", lambda one: one.to in leads and earlier(one))
    for lead in leads:
        work.enqueue(Delivery("reminder", lead, case.id, case.latest.number, extra=why))


def leads_of(case: Case, site: Site, known: Known, work: Work) -> tuple[Account, ...]:
    """The leads of a case, whoever raised it and was left out aside."""
    return leads_to_tell(site, work.directory, known, raiser=case.raised_by, left_out=case.left_out)


def everyone_about(decision: Decision, case: Case, site: Site, known: Known, work: Work) -> tuple[Account, ...]:
    """Whoever decided, unless they have been left out since, then the other leads."""
    same, rest = work.directory.same_person, leads_of(case, site, known, work)
    by = () if any(same(decision.by, one) for one in case.left_out) else (decision.by,)
    return (*by, *(lead for lead in rest if not same(lead, decision.by)))
