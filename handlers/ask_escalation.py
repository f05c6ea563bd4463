"""The raiser asks a lead to escalate: recorded, and every lead of the case is told at once."""

from __future__ import annotations

from dataclasses import replace

from handlers import begin, words
from handlers.access import Granted, case_for
from handlers.case import Case, State
from handlers.check import NOBODY_LEFT, leads_to_tell
from handlers.deliveries import asked_receipt
from handlers.intents import Intent, Surface
from handlers.people import Account
from handlers.ports import Delivery, Work
from handlers.recommendation import recommendation_form, recommendation_message
from handlers.screens import Caution, Form, Paragraph, Screen
from handlers.tell import hold_back
from handlers.timers import start_decision_clock


def ask_escalation(intent: Intent, work: Work) -> Screen:
    """Record the wish and tell the leads. The same press again tells nobody twice; a button drawn since asks anew."""
    granted = case_for(intent, work)
    if granted is None:
        work.record("case.refused", by=intent.by, detail={"intent": intent.name})
        return begin.not_yours()
    key = f"{granted.case.id}:ask_escalation:{intent.subject.place or 'first'}"
    if _leads(granted, intent, work) and work.applied(key) is None:
        work.apply(key, "asked")
        granted = _ask(granted, intent, work)
    return _shown(granted, intent, work)


def _leads(granted: Granted, intent: Intent, work: Work) -> tuple[Account, ...]:
    case = granted.case
    return leads_to_tell(granted.site, work.directory, intent.known, raiser=case.raised_by, left_out=case.left_out)


def _ask(granted: Granted, intent: Intent, work: Work) -> Granted:
    case = granted.case
    if case.state is State.RECOMMENDED:
        case = case.moved(State.ESCALATION_REQUESTED)
    case = replace(case, asked_at=work.now)
    work.keep_case(case)
    work.record("escalation.asked", by=intent.by, case=case.id, site=case.site)
    hold_back(case, work)
    for lead in _leads(granted, intent, work):
        work.enqueue(Delivery("escalation_asked", lead, case.id, case.latest.number))
    if _waits_anew(case):
        start_decision_clock(case, granted.site, work)
    return Granted(case, granted.site, granted.roles)


def _waits_anew(case: Case) -> bool:
    """Whether it was decided, and somebody has to look at it again. Nobody asks who has not seen newer facts."""
    if not case.decisions or case.decided is not None:
        return False
    return case.opened_at is not None or case.decisions[-1].version == case.latest.number


def _shown(granted: Granted, intent: Intent, work: Work) -> Screen:
    case, site = granted.case, granted.site
    leads = _leads(granted, intent, work)
    if intent.surface is Surface.MESSAGE and site.chat_detail == "receipt":
        return asked_receipt(case, site)
    if intent.surface is Surface.MESSAGE:
        return recommendation_message(case, case.latest, site, nobody_left=not leads)
    said = (
        Paragraph(f"The safeguarding leads are being told that you ask them to escalate. {words.whom_to_ring(site)}")
        if leads
        else Caution(NOBODY_LEFT)
    )
    shown = recommendation_form(case, case.latest.number, work.directory, intent)
    return Form(shown.title, (words.emergency_first(), said, *shown.parts), token=shown.token)
