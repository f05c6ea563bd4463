"""Reading a page that came back: what was answered, what is wrong with it, and what is kept all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.case import Draft
from handlers.intents import Intent, Value
from handlers.notes import refuse
from handlers.raising import leave_out, pages
from policy import FACTS, Fact

MOST_LINES = 40
"""Lines of a note that are kept as lines."""
NOT_ON_OFFER = "Choose one of the answers on offer. This question was left as not known."
FILE_REFUSED = (
    "Files and pictures are not taken here, and what was attached was not kept. Keep it where it is; nobody copies "
    "or sends it. Tell your lead by phone or in person where it is."
)


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as it came back, and the draft with all of it that can be kept."""

    draft: Draft
    page: int
    drawn: tuple[Fact, ...]
    notes: str
    """What stands in the notes box, also when it cannot be kept."""
    errors: tuple[tuple[str, str], ...]
    must_stay: bool = False
    """The notes need a second look before anybody leaves the page, back too: what is not kept would be lost."""

    def same_as(self, draft: Draft) -> bool:
        """Whether keeping this page would change nothing of the draft."""
        return (
            dict(self.draft.answers) == dict(draft.answers)
            and self.notes == draft.notes
            and set(self.draft.left_out) == set(draft.left_out)
        )


def page_of(fact_id: str) -> int:
    """The page that holds a question; the notes stand on the last one."""
    return next((fact.step for fact in FACTS if fact.id == fact_id), pages.LAST_PAGE)


def read(
    intent: Intent, draft: Draft, *, offered: frozenset[str] = frozenset(), drawn_with: Mapping[str, str] | None = None
) -> PageRead:
    """Check a page's fields against what is on offer. Fields that the page does not have are not looked at.

    `offered` holds the leads who may be left out, as accounts in configuration's form; `drawn_with` the boxes that the
    page was drawn with of those who are left out.
    """
    place = intent.subject.place
    if place in leave_out.PLACES:
        return _choice(intent, draft, offered, drawn_with or {})
    if not place.startswith("page/"):
        return PageRead(draft, 1, (), draft.notes, ())
    number = int(place.removeprefix("page/"))
    drawn = pages.asked(draft, number)
    answers, errors = dict(draft.answers), []
    for fact in drawn:
        value, fine = _answer(fact, intent.fields.get(fact.id))
        if value:
            answers[fact.id] = value
        else:
            answers.pop(fact.id, None)
        if not fine:
            errors.append((fact.id, NOT_ON_OFFER))
    if intent.has_file and drawn:
        errors.append((drawn[0].id, FILE_REFUSED))
    kept = replace(draft, answers=answers)
    if number != pages.LAST_PAGE:
        return PageRead(kept, number, drawn, draft.notes, tuple(errors))
    return _with_notes(intent, kept, drawn, errors)


def _answer(fact: Fact, value: Value) -> tuple[Value, bool]:
    """The part of a field's value that is on offer, and whether all of it was."""
    offered = {answer.id for answer in fact.answers}
    if fact.several:
        given = value if isinstance(value, tuple) else (value,) if value else ()
        return tuple(one for one in given if one in offered), all(one in offered for one in given)
    if not value:
        return None, True
    return (value, True) if isinstance(value, str) and value in offered else (None, False)


def _with_notes(intent: Intent, draft: Draft, drawn: tuple[Fact, ...], errors: list[tuple[str, str]]) -> PageRead:
    """The last page also holds the notes. A warning is given once for the same words; a refusal every time."""
    value = intent.fields.get("notes")
    notes = _in_few_lines(value.strip()) if isinstance(value, str) else ""
    checked = refuse.check_notes(notes[: pages.NOTES_LIMIT])
    stay = True
    if len(notes) > pages.NOTES_LIMIT:
        over = f"Use at most {pages.NOTES_LIMIT:,} characters. There are {len(notes):,} now; nothing is lost."
        errors.append(("notes", over))
    elif checked.refused:
        errors.append(("notes", checked.refused))
    else:
        stay = bool(checked.warned) and notes != draft.notes_warned  # once, whichever way they leave the page
        if stay:
            errors.append(("notes", checked.warned))
        draft = replace(draft, notes=notes, notes_warned=notes if checked.warned else "")
    return PageRead(draft, pages.LAST_PAGE, drawn, notes, tuple(errors), must_stay=stay)


def _in_few_lines(notes: str) -> str:
    """The same words, in one paragraph if there are more lines than a window can draw."""
    lines = notes.splitlines()
    return notes if len(lines) <= MOST_LINES else " ".join(line.strip() for line in lines if line.strip())


def _choice(intent: Intent, draft: Draft, offered: frozenset[str], drawn_with: Mapping[str, str]) -> PageRead:
    """Only the choice of leads to leave out stands there. Who is not on offer cannot be chosen, and stays left out."""
    if not offered and not drawn_with:
        return PageRead(draft, 0, (), draft.notes, ())
    found, fine = leave_out.answered(intent.fields.get("leave_out"), draft.left_out, drawn_with, offered)
    errors = () if fine else (("leave_out", "Choose from the leads on offer."),)
    return PageRead(replace(draft, left_out=found), 0, (), draft.notes, errors)
