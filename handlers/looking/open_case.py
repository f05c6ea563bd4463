"""Opening a case, and the list of cases that are somebody's to see."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.access import Granted, case_for, note_read, note_refused
from handlers.case import Version
from handlers.clocks import told
from handlers.intents import Intent, Subject
from handlers.looking.case_list import standing
from handlers.looking.compare import before_it, outcome_then_and_now
from handlers.looking.course import decided_parts
from handlers.looking.of_the_case import WHO_RAISED, raised_parts, who_raised
from handlers.people import Directory
from handlers.ports import Delivery, Work
from handlers.raising import begin
from handlers.raising.left_to_ring import ALL, Left, nobody_left
from handlers.raising.pages import TITLE, label_of
from handlers.raising.reasons import Reader
from handlers.raising.recommendation import ask_button, footer, guidance, short_body
from handlers.raising.who_is_told import left
from handlers.referring import to_ring
from handlers.referring.referral import UPDATE_DUE, refer_label, update_due
from handlers.referring.since import Since, nobody_known, since_of
from handlers.screens import Button, Buttons, Caution, Form, Heading, Paragraph, Part, Rows, Screen
from handlers.telling import not_reached
from handlers.telling.overtaken import OPEN_IT, retire_reminders
from handlers.telling.tell import hold_back
from handlers.telling.timers import start_decision_clock
from policy import FACTS, Fact, Facts

GUIDANCE: Final = "guidance"
"""The place in a case's token that asks for what to do and where to read on."""


def open_case(intent: Intent, work: Work) -> Screen:
    """Show all of a case to somebody who may see it. A lead's first look stops the clock that tells the next lead."""
    granted = case_for(intent, work)
    if granted is None:
        note_refused("case", intent, work)
        return begin.not_yours()
    case = granted.case
    note_read(case, intent, work)
    if granted.is_lead and case.opened_at is None and not granted.is_own:
        case = case.opened(work.now, intent.by)
        work.keep_case(case)
        hold_back(case, work)
        retire_reminders(case, work, "opened", words=OPEN_IT)
        if case.decided is None:
            start_decision_clock(case, granted.site, work)
    shown = replace(granted, case=case)
    if intent.subject.place == GUIDANCE:
        return guidance_window(shown, left(case, granted.site, intent.known, work.directory))
    return case_window(shown, work.directory, intent, work.deliveries(case.id), since=since_of(work))


def case_window(  # what it shows, each by name
    granted: Granted,
    directory: Directory,
    intent: Intent,
    sent: tuple[Delivery, ...] = (),
    *,
    since: Since = nobody_known,
) -> Form:
    """Draw a case for somebody who may see it: what is to be done, the recommendation, the answers, what happened."""
    case, version = granted.case, granted.case.latest
    token = Subject("case", case.id, "", version.number).write()
    there = left(case, granted.site, intent.known, directory)
    recommendation = short_body(version, granted.site, _reader(granted), decided=case.decided is not None, left=there)
    first: Part = words.emergency_first()
    if isinstance(recommendation[0], Caution):  # in danger now: that, and nothing milder, stands first
        first, recommendation = recommendation[0], recommendation[1:]
    parts: list[Part] = [first, Heading(f"{case.reference}: {standing(case, nobody=there.nobody)}")]
    if there.nobody and granted.is_raiser:
        parts.append(Caution(nobody_left(granted.site)))
    if len(directory.sites) > 1:  # who leads several has to see at which of them this is
        parts.append(Paragraph(granted.site.name))
    parts.extend(raised_parts(granted, directory, intent.known))
    if granted.is_lead and (number := update_due(case)):
        parts.append(Paragraph(UPDATE_DUE.format(number=number)))
    parts.append(_buttons(granted, token, may_ask=not there.nobody))
    parts.extend(to_ring.parts(granted, sent, since))
    parts.extend(not_reached.parts(granted, sent, directory, intent))
    parts.extend(recommendation)
    parts.extend(_entered(granted, directory))
    parts.extend(_course(granted, directory, intent))
    parts.extend(decided_parts(granted, sent, since))
    parts.extend(footer(case, version))
    if granted.is_raiser:
        parts.append(Paragraph(words.YOURSELF))
    return Form(TITLE, tuple(parts), token=token)


def guidance_window(granted: Granted, there: Left = ALL) -> Form:
    """Draw what to do, what not to do and where to read on, with the way back to the case."""
    case, version = granted.case, granted.case.latest
    token = Subject("case", case.id, "", version.number).write()
    back = Buttons((Button("open_case", "Back to the case", token, opens_form=True),))
    heading = Heading(f"{case.reference}: what to do, and guidance")
    parts = (words.emergency_first(), heading, *guidance(version, granted.site, _reader(granted), there), back)
    return Form(TITLE, parts, token=token)


def _reader(granted: Granted) -> Reader:
    return "lead" if granted.is_lead else "raiser"


def _buttons(granted: Granted, token: str, *, may_ask: bool) -> Buttons:
    case = granted.case
    update = Button("update_facts", "Update the facts", token, opens_form=True, main=True)
    more = Subject("case", case.id, GUIDANCE, case.latest.number).write()
    read = Button("open_case", "What to do, and guidance", more, opens_form=True)
    if granted.is_lead:
        update = Button("update_facts", "Update the facts", token, opens_form=True)
        decide = (
            Button("refer", refer_label(case), token, opens_form=True, main=case.decided is None),
            Button("do_not_refer", "Do not refer", token, opens_form=True),
            Button("ask_for_facts", "Ask for facts", token, opens_form=True),
        )
        return Buttons((*decide, update, read))
    ask = (replace(ask_button(case, case.latest.number), main=False),) if may_ask else ()
    return Buttons((update, read, *ask))


def _entered(granted: Granted, directory: Directory) -> list[Part]:
    """The answers and notes: all of them for a lead; for a raiser those that they gave themselves."""
    case = granted.case
    own = case.last_by(directory.person(case.raised_by).accounts)
    if granted.is_lead:
        by_leads = next((one.notes for one in reversed(case.versions) if one is not own and one.by_lead), "")
        notes = (("Note of the person who raised it", own.notes if own else ""), ("Note of a lead", by_leads))
        shown = case.latest
    else:
        shown = own or case.latest
        notes = (("Your note", shown.notes), ("", ""))
    before = before_it(case, shown, directory, lead=granted.is_lead)
    return [*_answers(shown, before), *(part for label, text in notes if text for part in _note(label, text))]


def _note(label: str, text: str) -> tuple[Part, ...]:
    return Heading(label), Paragraph(text)


def _answers(version: Version, before: Version | None) -> list[Part]:
    """Every question that is asked, with its answer, and what it was before if it has changed."""
    facts = version.facts.heard()
    asked = [question for question in FACTS if facts.asked(question.id)]
    known = [question for question in asked if facts.answered(question.id)]
    unknown = [question for question in asked if question not in known]
    parts: list[Part] = []
    if before is not None:
        parts.append(Rows((("Recommendation, before → now", outcome_then_and_now(before, version)),)))
    for title, questions in (("What was answered", known), ("Not known", unknown)):
        if questions:
            rows = tuple((question.question, _then_and_now(question, before, facts)) for question in questions)
            parts += [Heading(title), Rows(rows)]
    return parts


def _then_and_now(question: Fact, before: Version | None, facts: Facts) -> str:
    now = label_of(question, facts)
    was = label_of(question, before.facts.heard()) if before is not None else now
    return now if was == now else f"{now} (before: {was})"


def _course(granted: Granted, directory: Directory, intent: Intent) -> list[Part]:
    """What happened when. Who changed the facts is named; nobody is named who may not be known to the reader."""
    case = granted.case
    raiser = who_raised(granted, directory, intent.known)
    happened = [(case.raised_at, "Raised" if raiser == WHO_RAISED else f"Raised by {raiser}")]
    for version in case.versions[1:]:
        own = directory.same_person(version.by, case.raised_by)
        who = raiser if own else directory.name(version.by, intent.known)
        happened.append((version.at, f"Facts updated (version {version.number}) by {who}"))
    if case.asked_at is not None:
        happened.append((case.asked_at, "The raiser asked the leads to escalate"))
    first = case.first_opened_at or case.opened_at
    if first is not None:
        happened.append((first, "First opened by a lead"))
    if case.opened_at is not None and case.opened_at != first:
        happened.append((case.opened_at, "Opened again after the facts had changed"))
    happened.sort(key=lambda one: one[0])
    rows = tuple((told(at), what) for at, what in happened)
    return [Heading("What happened when"), Rows(rows)]
