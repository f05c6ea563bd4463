"""What a person sees when we cannot save: 999 and 101, "not saved", what they typed, and a reference to quote.

Needs no database: it is drawn from the request alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from handlers import words
from handlers.case import Draft
from handlers.intents import Intent
from handlers.raising import pages
from handlers.screens import Button, Caution, Form, Heading, Paragraph, Part
from handlers.typed_again import typed_again
from policy import FACTS

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""A draft that only lends its id and revision to a page has no time of its own."""


AT_ONCE: Final = (
    "This was not saved: others were saving at the same moment. In danger: call 999. Otherwise press the button again "
    "now. If that does not help, tell a safeguarding lead by phone, or call 101, and quote {reference} to your IT."
)
KEPT: Final = "What you typed and chose stands below: nothing of it is lost."
"""Said wherever something was typed, and nowhere else."""
_AWAY: Final = {
    "site": (
        "This was not saved: Signpost cannot reach its records. Nothing of the set-up was changed. In danger: call "
        "999. Press the button again in a minute. Quote {reference} to your IT."
    ),
    "case": (
        "Signpost cannot reach its records just now, so this was not done. The case itself is kept. In danger: call "
        "999. Otherwise ring a safeguarding lead, or 101. Try again in a minute. Quote {reference} to your IT."
    ),
}
_AWAY_ELSE: Final = (
    "This was not saved: Signpost cannot reach its records. In danger: call 999. Otherwise tell a safeguarding lead by "
    "phone now, or call 101. Nobody has been told of this through Signpost. Press the button again in a minute. Quote "
    "{reference} to your IT."
)
_OURS: Final = {
    "site": (
        "This was not saved: there is a fault in Signpost. Nothing of the set-up was changed. In danger: call 999. "
        "Tell your IT and quote {reference}: to press again may not help before they have looked."
    ),
    "case": (
        "There is a fault in Signpost, so this was not done, and nothing of the case was changed. In danger: call 999. "
        "Otherwise ring a safeguarding lead, or 101. Tell your IT and quote {reference}: to press again may not help "
        "before they have looked."
    ),
}
_OURS_ELSE: Final = (
    "This was not saved: there is a fault in Signpost. In danger: call 999. Otherwise tell a safeguarding lead by "
    "phone now, or call 101. Nobody has been told of this through Signpost. Tell your IT and quote {reference}: to "
    "press again may not help before they have looked."
)


def not_saved(intent: Intent, reference: str, *, met: bool = False, ours: bool = False) -> Form:
    """Draw what was in front of the person again, with everything that was typed, and say that it was not saved.

    `met` says that others were faster each time, `ours` that our own code failed: the records are as they should be.
    """
    if met:
        return again(intent, AT_ONCE.format(reference=reference))
    said, otherwise = (_OURS, _OURS_ELSE) if ours else (_AWAY, _AWAY_ELSE)
    return again(intent, said.get(intent.subject.kind, otherwise).format(reference=reference))


def again(intent: Intent, note: str) -> Form:
    """Draw what the person had in front of them once more, with a note at the top and nothing typed lost."""
    place, typed = intent.subject.place, any(intent.fields.values())
    note = f"{note} {KEPT}" if typed else note
    if intent.subject.kind == "draft" and place.startswith("page/") and intent.name in _SENDS_A_PAGE:
        return _page_again(intent, int(place.removeprefix("page/")), note)
    if intent.subject.kind == "none" and not typed:
        return plain(note)
    return _same_press(intent, note)


def plain(note: str) -> Form:
    """The sentence by itself, where there is nothing to go on with."""
    retry = Button("start_report", "Try again", opens_form=True, main=True)
    parts: tuple[Part, ...] = (words.emergency_first(), Heading("Not yet"), Caution(note))
    return Form(pages.TITLE, (*parts, Paragraph(words.YOURSELF)), submit=retry)


def _same_press(intent: Intent, note: str) -> Form:
    """The very press once more, for what cannot be drawn without its records: it leads where it would have led."""
    token = intent.subject.write()
    in_danger = intent.subject.place.partition("/")[0] == "danger"  # what follows is whose box was drawn
    first: Part = Caution(words.DANGER) if in_danger else words.emergency_first()
    kept = typed_again(intent)
    retry = Button(intent.name, "Try again", token, main=True)
    if intent.name == "save_setup" and not kept:  # to send it with nothing in it would clear what stands there
        retry = Button("edit_setup", "Open it again", token, opens_form=True, main=True)
    parts = (first, Heading("Not yet"), Caution(note), *kept, Paragraph(words.YOURSELF))
    return Form(pages.TITLE, parts, submit=retry, token=token)


def _page_again(intent: Intent, number: int, note: str) -> Form:
    """The questions that came back are those that were drawn; where a platform leaves out unanswered ones, all are."""
    subject = intent.subject
    drawn = tuple(fact for fact in FACTS if fact.step == number and fact.id in intent.fields)
    drawn = drawn or tuple(fact for fact in FACTS if fact.step == number)
    draft = Draft(subject.id, intent.by, subject.extra, subject.place, subject.rev, _EPOCH)
    notes = intent.fields.get("notes")
    offered = {fact.id: {answer.id for answer in fact.answers} for fact in drawn}
    answers = {
        name: value
        for name, value in intent.fields.items()
        if name in offered and value and set(value if isinstance(value, tuple) else (value,)) <= offered[name]
    }
    typed = notes if isinstance(notes, str) else ""
    return pages.draw_page(draft, number, drawn, answers, notes=typed, lead=False, note=note)


NOT_ANSWERED: Final = (
    "Signpost could not answer just now, and what you did last may not be saved. Try again in a minute. Until then "
    "ring your safeguarding lead, or the police on 101."
)
"""Our own code failed."""
_SENDS_A_PAGE: Final = frozenset({"next_page", "previous_page", "recommend_now", "answer_at_once"})
"""What brings the answers of the page along. Drawn without them it would be empty, and what is sent from it counts."""
DONE: Final = "That is done."
"""Where there is nothing else to say."""


def failed() -> Form:
    """Our own code failed, so nothing can be drawn again."""
    return Form(pages.TITLE, (words.emergency_first(), Paragraph(NOT_ANSWERED)))


def done() -> Form:
    """Where there is nothing else to show."""
    return Form(pages.TITLE, (words.emergency_first(), Paragraph(f"{DONE} You can close this window.")))


def other_version() -> Form:
    """A button that no version of ours that runs here knows."""
    return Form(
        pages.TITLE,
        (
            words.emergency_first(),
            Paragraph(
                "Signpost has changed since this was drawn, so this button no longer works. Nothing was lost by it."
            ),
            Paragraph(
                "To go on, type /signpost in Slack, or write 'report' to Signpost in Teams. It shows what you have "
                "begun and what you have raised."
            ),
        ),
    )


def press_it_there() -> Form:
    """A button that came as a written message is not carried out: what it shows must not stand in a chat."""
    return Form(
        pages.TITLE,
        (
            words.emergency_first(),
            Paragraph("That button opens a window, and it came here as a message. Nothing was done by it."),
            Paragraph(
                "Press it again on the card where it stands. Or write 'report' to begin a report, and 'cases' for "
                "those that you may see."
            ),
        ),
    )
