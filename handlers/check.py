"""*Check your answers*: every answer with *Change*, who will be told, and the choice to leave a lead out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers import words
from handlers.case import Draft
from handlers.pages import TITLE, label_of, named, subject_of, which_site
from handlers.people import Account, Directory, Known
from handlers.screens import Button, Buttons, Caution, Form, Heading, Item, Option, Paragraph, Part, Question, Small
from handlers.sites import Site
from policy import FACTS, STEPS, Fact, Facts

NOBODY_LEFT: Final = (
    "Nobody is left to be told through Signpost. Go to the head teacher now, or to the chair of governors if it may be "
    "the head. They tell the council's LADO; you may ring the LADO, children's social care or 101 yourself."
)


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
) -> Form:
    """Draw the last page before sending. Only who raises it may leave a lead out."""
    facts = draft.facts()
    token = subject_of(draft, "check").write()
    parts: list[Part] = [Caution(words.CALL_999), *which_site(named(site, directory))]
    if said.note:
        parts.append(Caution(said.note))
    parts.append(Heading("Check your answers"))
    parts.extend(_answers(draft, facts))
    parts.extend(_who_is_told(draft, site, directory, known, may_leave_out=may_leave_out))
    parts.append(Buttons((Button("previous_page", "Back", token),)))
    parts.append(Small(f"{words.ADVICE_ONLY} {words.CLOSE_LATER}"))
    return Form(
        title=TITLE,
        parts=tuple(parts),
        submit=Button("submit_report", "Send and see the advice", token, main=True),
        token=token,
        errors=said.errors,
    )


def _answers(draft: Draft, facts: Facts) -> list[Part]:
    """Answered questions first, step by step; then what is not known, which is an answer too."""
    asked = [fact for fact in FACTS if facts.asked(fact.id)]
    answered = [fact for fact in asked if label_of(fact, facts) != "Not known"]
    parts: list[Part] = []
    for step, title in enumerate(STEPS, start=1):
        of_step = [fact for fact in answered if fact.step == step]
        if of_step:
            parts.append(Heading(title))
            parts.extend(_row(draft, fact, facts) for fact in of_step)
    if draft.notes:
        change = Button("change_answer", "Change", subject_of(draft, "check", extra="notes").write())
        parts.append(Item("Your note", draft.notes, change))
    open_still = [fact for fact in asked if fact not in answered]
    if open_still:
        parts.append(Heading("Not known"))
        parts.append(Small("That is an answer too. You can send it like this."))
        parts.extend(_row(draft, fact, facts) for fact in open_still)
    return parts


def _row(draft: Draft, fact: Fact, facts: Facts) -> Item:
    change = Button("change_answer", "Change", subject_of(draft, "check", extra=fact.id).write())
    return Item(fact.question, label_of(fact, facts), change)


def leads_to_tell(
    site: Site, directory: Directory, known: Known, *, raiser: Account, left_out: tuple[Account, ...] = ()
) -> tuple[Account, ...]:
    """The leads who will be told, in order: not those left out, and not the person who raises it."""
    skip = (raiser, *left_out)
    return tuple(
        lead for lead in directory.leads(site, known) if not any(directory.same_person(lead, other) for other in skip)
    )


def _who_is_told(draft: Draft, site: Site, directory: Directory, known: Known, *, may_leave_out: bool) -> list[Part]:
    everyone = leads_to_tell(site, directory, known, raiser=draft.owner)
    told = leads_to_tell(site, directory, known, raiser=draft.owner, left_out=draft.left_out)
    parts: list[Part] = [Heading("Who will be told")]
    if not everyone:
        parts.append(Paragraph(words.whom_to_ring(site) if _is_lead(draft, site, directory, known) else NOBODY_LEFT))
        return parts
    names = [directory.name(lead, known) for lead in told]
    if not names:
        parts.append(Caution(NOBODY_LEFT))
    elif len(names) == 1:
        parts.append(Paragraph(f"{names[0]} is told at once, and can read your answers."))
    else:
        parts.append(
            Paragraph(
                f"{names[0]} is told at once; if there is no reaction in time, then {', '.join(names[1:])}. "
                "All of them can read your answers."
            )
        )
    if not may_leave_out:
        return parts
    parts.append(
        Question(
            id="leave_out",
            label="Should one of them not be told?",
            help="A lead may be the person of concern. Whoever you choose here gets no message and cannot read it.",
            options=tuple(Option(str(lead), directory.name(lead, known)) for lead in everyone),
            chosen=tuple(str(lead) for lead in draft.left_out),
            several=True,
        )
    )
    return parts


def _is_lead(draft: Draft, site: Site, directory: Directory, known: Known) -> bool:
    return directory.is_lead(draft.owner, site, known)
