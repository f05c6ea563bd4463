"""The raiser asks a lead to escalate: recorded, and every lead of the case is told at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.access import Granted, case_for, note_read, note_refused
from handlers.case import Case, State
from handlers.intents import Intent, Surface
from handlers.ports import Work
from handlers.raising import begin
from handlers.raising.recommendation import recommendation_form, recommendation_message
from handlers.raising.who_is_told import ASKED, asked_whom, leads_of, left, nobody_left, why_nobody
from handlers.screens import Caution, Form, Screen
from handlers.telling.decided_news import decided, news_of
from handlers.telling.deliveries import asked_receipt
from handlers.telling.tell import ask_leads, later
from handlers.telling.timers import ASKED as TO_ASK
from handlers.telling.timers import start_decision_clock, start_search

YOU_LEAD: Final = "You lead here, and Signpost knows no other lead whom it can tell. You decide on it: press Open."


def ask_escalation(intent: Intent, work: Work) -> Screen:
    """Record the wish and tell the leads, or look for them where nobody can say who they are.

    The same press again tells nobody twice; a button drawn since asks anew.
    """
    granted = case_for(intent, work)
    if granted is None:
        note_refused("case", intent, work)
        return begin.not_yours()
    key = f"{granted.case.id}:ask_escalation:{intent.subject.place or 'first'}"
    if _nobody(granted, intent, work) is None and work.applied(key) is None:
        work.apply(key, "asked")
        granted = _ask(granted, intent, work)
    else:  # the recommendation is shown all the same
        note_read(granted.case, intent, work)
    return _shown(granted, intent, work)


def _nobody(granted: Granted, intent: Intent, work: Work) -> str | None:
    """Why there is nobody to ask, now and in a while; None where there is, or may be."""
    about = (granted.case, granted.site, intent.known, work.directory)
    if nobody_left(*about):
        return why_nobody(*about)
    alone = not leads_of(*about) and not later(*about)
    return YOU_LEAD if alone and work.directory.is_lead(intent.by, granted.site, intent.known) else None


def _ask(granted: Granted, intent: Intent, work: Work) -> Granted:
    case = granted.case
    if case.state is State.RECOMMENDED:
        case = case.moved(State.ESCALATION_REQUESTED)
    case = replace(case, asked_at=work.now)
    work.keep_case(case)
    work.record("escalation.asked", by=intent.by, case=case.id, site=case.site)
    leads = leads_of(case, granted.site, intent.known, work.directory)
    ask_leads(leads, case, work)
    if not leads and later(case, granted.site, intent.known, work.directory):
        start_search(case, work, TO_ASK)
    if _waits_anew(case):
        start_decision_clock(case, granted.site, work)
    return replace(granted, case=case)


def _waits_anew(case: Case) -> bool:
    """Whether it was decided, and somebody has to look at it again. Nobody asks who has not seen newer facts."""
    if not case.decisions or case.decided is not None:
        return False
    return case.opened_at is not None or case.decisions[-1].version == case.latest.number


def _shown(granted: Granted, intent: Intent, work: Work) -> Screen:
    case, site = granted.case, granted.site
    about = (case, site, intent.known, work.directory)
    there = left(*about)
    note = _nobody(granted, intent, work) or ("" if leads_of(*about) else why_nobody(*about, done=ASKED))
    if intent.surface is Surface.MESSAGE and site.chat_detail == "receipt":
        return asked_receipt(case, site)
    if intent.surface is Surface.MESSAGE and (news := news_of(intent.subject.extra, case)) is not None:
        return decided(case, news, site, nobody=there.nobody)
    if intent.surface is Surface.MESSAGE:
        return recommendation_message(case, case.latest, site, left=there, note=note)
    said = (Caution(note),) if note else tuple(asked_whom(*about))
    shown = recommendation_form(case, case.latest.number, work.directory, intent, said)
    first = () if isinstance(shown.parts[0], Caution) else (words.emergency_first(),)  # in danger, 999 is there already
    return Form(shown.title, (*first, *shown.parts), token=shown.token)
