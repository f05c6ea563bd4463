"""The pages of the form: three of questions, *Check your answers*, and what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers import words
from handlers.case import Draft
from handlers.intents import Subject, Value
from handlers.people import Directory
from handlers.screens import (
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Option,
    Paragraph,
    Part,
    Question,
    Small,
    TextBox,
)
from handlers.sites import Site
from policy import STEPS, Fact, Facts
from policy import page as questions_of

TITLE: Final = "Signpost"
NOTES_LIMIT: Final = 1000
LAST_PAGE: Final = 3
NOW: Final = "Get the recommendation now"
NOTES_HELP: Final = "No names, contact details, links or descriptions of the image. Names go to your lead by phone."


def subject_of(draft: Draft, place: str = "", *, extra: str = "") -> Subject:
    """What a button of this draft's form is about. Until the draft has a row, the site travels along."""
    return Subject("draft", draft.id, place or draft.place, draft.rev, extra or draft.site)


def page(
    draft: Draft,
    number: int,
    *,
    lead: bool,
    errors: tuple[tuple[str, str], ...] = (),
    note: str = "",
    at: str = "",
    sent: str = "",
) -> Form:
    """Page 1, 2 or 3 with what was answered so far; `sent` is the reference of what went to the leads already."""
    facts, notes = asked(draft, number), draft.notes
    if sent and not note:
        note = f"This has been sent, as {sent}, and your leads hear of it. What you add here goes to them as well."
    return draw_page(draft, number, facts, draft.answers, notes=notes, lead=lead, errors=errors, note=note, at=at)


def named(site: Site, directory: Directory) -> str:
    """The site's name where there are several: the wrong school is to be noticed here, and not on the receipt."""
    return site.name if len(directory.sites) > 1 else ""


def which_site(at: str) -> tuple[Part, ...]:
    """At which site this is, beneath the first words; nothing where there is one."""
    return (Paragraph(f"This report is for {at}."),) if at else ()


def asked(draft: Draft, number: int) -> tuple[Fact, ...]:
    """The questions that the page draws: those whose condition can still hold."""
    return questions_of(number, draft.facts())


def draw_page(  # noqa: PLR0913  # what it draws, each by name
    draft: Draft,
    number: int,
    facts: tuple[Fact, ...],
    answers: Mapping[str, Value],
    *,
    notes: str,
    lead: bool,
    errors: tuple[tuple[str, str], ...] = (),
    note: str = "",
    at: str = "",
) -> Form:
    """A page with exactly these questions and answers: for a page that comes back, what was typed.

    `at` is the name of the site, where there are several.
    """
    token = subject_of(draft, f"page/{number}").write()
    parts: list[Part] = [Caution(words.FIRST_WORDS if number == 1 else words.CALL_999), *which_site(at)]
    if note:
        parts.append(Caution(note))
    parts.append(Heading(f"Step {number} of {LAST_PAGE}. {_title(number, lead=lead)}"))
    if number == LAST_PAGE and not lead:
        parts.append(Paragraph("Do not ask the child, and do not ask around. Skip what you do not know."))
    parts.append(_quick_way(number, checking=draft.checking))
    parts.extend(question(fact, answers.get(fact.id)) for fact in facts)
    if number == LAST_PAGE:
        parts.append(_notes_box(notes))
    parts.append(_way_on(token, number))
    parts.append(Small(words.CLOSE_LATER))
    return Form(
        title=TITLE,
        parts=tuple(parts),
        submit=Button("next_page", "Continue", token, main=True),
        token=token,
        errors=errors,
    )


def _title(number: int, *, lead: bool) -> str:
    if number != LAST_PAGE:
        return STEPS[number - 1]
    return "For the review" if lead else "Your lead will ask these. Answer what you already know; skip the rest"


def _quick_way(number: int, *, checking: bool) -> Part:
    """What may be skipped: everything. Said at the top of page 1, where someone in a hurry looks."""
    if checking:
        return Small("Change what you need to. Continue brings you back to your answers.")
    if number == 1:
        return Small(
            "About a minute. Everything may be left open, or answered with 'Not known'. This page alone is enough: "
            f"'{NOW}' is at the end of it."
        )
    return Small(f"Everything may be left open. '{NOW}' is at the end of this page too.")


def _way_on(token: str, number: int) -> Part:
    now = Button("recommend_now", NOW, token)
    if number == 1:
        return Buttons((now,))
    return Buttons((now, Button("previous_page", "Back", token)))


def question(fact: Fact, value: Value) -> Question:
    """A fact's question as it is drawn, with what was chosen."""
    chosen = value if isinstance(value, tuple) else (value,) if value else ()
    return Question(
        id=fact.id,
        label=fact.question,
        help=fact.help,
        options=tuple(Option(answer.id, answer.label) for answer in fact.answers),
        chosen=chosen,
        several=fact.several,
        tells_at_once=fact.id == "harm_now",
    )


def _notes_box(notes: str) -> TextBox:
    return TextBox(
        id="notes",
        label="Anything else that your lead should know now?",
        help=NOTES_HELP,
        value=notes,
        max_length=max(NOTES_LIMIT, len(notes)),
    )


def number_of(place: str) -> int:
    """Which page a place is; what is none of them stands in front of the first."""
    return int(place.removeprefix("page/")) if place.startswith("page/") else 1


def label_of(fact: Fact, facts: Facts) -> str:
    """What was answered, in the words of the form; 'Not known' where nothing was."""
    value = facts.as_dict().get(fact.id, ())
    chosen = (value,) if isinstance(value, str) else value
    return "; ".join(fact.label(one) for one in chosen) or "Not known"
