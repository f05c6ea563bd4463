"""*Check your answers*: every answer with *Change*, who will be told, and the choice to leave a lead out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers import words
from handlers.case import Draft
from handlers.clocks import told as at_time
from handlers.people import Account, Directory, Known
from handlers.raising import leave_out
from handlers.raising.left_to_ring import nobody_left
from handlers.raising.pages import TITLE, label_of, named, subject_of, which_site
from handlers.screens import Button, Buttons, Caution, Form, Heading, Item, Option, Paragraph, Part, Question, Small
from handlers.sites import Site
from policy import FACTS, STEPS, Fact, Facts

CHOOSE: Final = "A lead may be the person of concern. Whoever you choose here gets no message and cannot read it."
TAKEN_BACK: Final = (
    "A lead may be the person of concern. {told}: leaving them out takes the message back, but they may have read it. "
    "Anybody else whom you choose gets no message. Whoever you choose cannot read it from then on."
)
NO_NAMES: Final = "Not all names came in time: go by the account in brackets, or go back and come here again for them."


@dataclass(frozen=True, slots=True)
class Said:
    """What the page has to say of itself when it comes back: at a field, or at the top."""

    errors: tuple[tuple[str, str], ...] = ()
    note: str = ""


NOTHING: Final = Said()


def check(
    draft: Draft,
    site: Site,
    directory: Directory,
    known: Known,
    *,
    may_leave_out: bool,
    said: Said = NOTHING,
    before: Mapping[Account, datetime] = MappingProxyType({}),
) -> Form:
    """Draw the last page before sending. Only who raises it may leave a lead out.

    `before` is who was told already, and when: of danger that was chosen, and of an earlier version.
    """
    facts = draft.facts()
    everyone = leads_to_tell(site, directory, known, raiser=draft.owner)
    boxes = leave_out.boxes_of(draft.left_out, everyone, directory) if may_leave_out else {}
    place = leave_out.place_with(boxes)
    token = subject_of(draft, place).write()
    parts: list[Part] = [Caution(words.CALL_999), *which_site(named(site, directory))]
    if said.note:
        parts.append(Caution(said.note))
    parts.append(Heading("Check your answers"))
    parts.extend(_answers(draft, facts, place))
    parts.extend(who_is_told(draft, site, directory, known, before))
    if may_leave_out:
        parts.extend(who_is_not(draft, everyone, boxes, directory, known, before))
    parts.append(Buttons((Button("previous_page", "Back", token),)))
    parts.append(Small(f"{words.ADVICE_ONLY} {words.CLOSE_LATER}"))
    return Form(
        title=TITLE,
        parts=tuple(parts),
        submit=Button("submit_report", "Send and see the advice", token, main=True),
        token=token,
        errors=said.errors,
    )


def _answers(draft: Draft, facts: Facts, place: str) -> list[Part]:
    """Answered questions first, step by step; then what is not known, which is an answer too."""
    asked = [fact for fact in FACTS if facts.asked(fact.id)]
    answered = [fact for fact in asked if label_of(fact, facts) != "Not known"]
    parts: list[Part] = []
    for step, title in enumerate(STEPS, start=1):
        of_step = [fact for fact in answered if fact.step == step]
        if of_step:
            parts.append(Heading(title))
            parts.extend(_row(draft, fact, facts, place) for fact in of_step)
    if draft.notes:
        change = Button("change_answer", "Change", subject_of(draft, place, extra="notes").write())
        parts.append(Item("Your note", draft.notes, change))
    open_still = [fact for fact in asked if fact not in answered]
    if open_still:
        parts.append(Heading("Not known"))
        parts.append(Small("That is an answer too. You can send it like this."))
        parts.extend(_row(draft, fact, facts, place) for fact in open_still)
    return parts


def _row(draft: Draft, fact: Fact, facts: Facts, place: str) -> Item:
    change = Button("change_answer", "Change", subject_of(draft, place, extra=fact.id).write())
    return Item(fact.question, label_of(fact, facts), change)


def leads_to_tell(
    site: Site, directory: Directory, known: Known, *, raiser: Account, left_out: tuple[Account, ...] = ()
) -> tuple[Account, ...]:
    """The leads who will be told, in order: not those left out, and not the person who raises it."""
    skip = (raiser, *left_out)
    return tuple(
        lead for lead in directory.leads(site, known) if not any(directory.same_person(lead, other) for other in skip)
    )


def who_is_told(
    draft: Draft, site: Site, directory: Directory, known: Known, before: Mapping[Account, datetime]
) -> list[Part]:
    """Who hears of it when it is sent, in order; where nobody can, whom to ring or to go to."""
    everyone = leads_to_tell(site, directory, known, raiser=draft.owner)
    told = leads_to_tell(site, directory, known, raiser=draft.owner, left_out=draft.left_out)
    heading = Heading("Who will be told")
    if not everyone:
        alone = _is_lead(draft, site, directory, known)
        return [heading, Paragraph(words.whom_to_ring(site) if alone else nobody_left(site))]
    called = leave_out.names_of(everyone, directory, known)
    names = [called[lead] for lead in told]
    if not names:
        return [heading, Caution(nobody_left(site))]
    if heard := _told_before(called, told, before, directory):
        rest = ", ".join(names[number] for number, lead in enumerate(told) if lead not in heard)
        then = f" If there is no reaction in time, then {rest} too." if rest else ""
        said = f"{'; '.join(heard.values())}. They hear at once of what you send.{then}"
        return [heading, Paragraph(f"{said} Whoever is told can read your answers.")]
    if len(names) == 1:
        return [heading, Paragraph(f"{names[0]} is told at once, and can read your answers.")]
    said = f"{names[0]} is told at once; if there is no reaction in time, then {', '.join(names[1:])}."
    return [heading, Paragraph(f"{said} All of them can read your answers.")]


def _told_before(
    called: Mapping[Account, str],
    leads: tuple[Account, ...],
    before: Mapping[Account, datetime],
    directory: Directory,
) -> dict[Account, str]:
    """Of these leads those who were told already, each with when."""
    found: dict[Account, str] = {}
    for lead in leads:
        if at := next((when for one, when in before.items() if directory.same_person(one, lead)), None):
            found[lead] = f"{called[lead]} was told at {at_time(at)}"
    return found


def who_is_not(
    draft: Draft,
    everyone: tuple[Account, ...],
    boxes: Mapping[Account, Account],
    directory: Directory,
    known: Known,
    before: Mapping[Account, datetime],
) -> list[Part]:
    """The choice itself, and who stays left out although they cannot be offered just now."""
    parts: list[Part] = []
    if others := leave_out.without_box(draft.left_out, boxes, directory, known):
        parts.append(Paragraph(f"Also left out: {', '.join(others)}. They are no lead just now, and stay left out."))
    if not everyone:
        return parts
    called = leave_out.names_of(everyone, directory, known)
    heard = _told_before(called, everyone, before, directory)
    choose = TAKEN_BACK.format(told="; ".join(heard.values())) if heard else CHOOSE
    nameless = any(not directory.person(one).name and one not in known.names for one in everyone)
    question = Question(
        id="leave_out",
        label="Should one of them not be told?",
        help=f"{choose} {NO_NAMES}" if nameless else choose,
        options=tuple(Option(str(lead), name) for lead, name in called.items()),
        chosen=tuple(dict.fromkeys(map(str, boxes.values()))),
        several=True,
    )
    return [*parts, question]


def _is_lead(draft: Draft, site: Site, directory: Directory, known: Known) -> bool:
    return directory.is_lead(draft.owner, site, known)
