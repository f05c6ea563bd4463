"""Screens as Adaptive Cards: a Form is a dialog, a Message stands in the personal chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.teams.cards import Element, Seal, attachment, card, clean
from bot.teams.fit import fit
from bot.teams.parts import WRONG, Pen, action, caution, draw, wrong
from handlers.screens import Button, Buttons, Field, Form, Heading, Message, Part, People, Question

NOTHING_LOST: Final = "Look at what is marked below. What you wrote is still there."
TITLE: Final = "Signpost"


def form(screen: Form, seal: Seal) -> Element:
    """The card of a dialog. `seal` seals tokens for the one account that it is drawn for.

    Errors stand above their fields, and a line near the top says so: below the first words, which are about 999.
    """
    several = tuple(part.id for part in screen.parts if isinstance(part, Question | People) and part.several)
    pen = Pen(seal, in_form=True, token=token_of(screen), several=several, errors=dict(screen.errors))
    body = _drawn(screen.parts, pen)
    if screen.errors:
        fields = {part.id for part in screen.parts if isinstance(part, Field)}
        homeless = [one for name, said in screen.errors if name not in fields for one in wrong(said)]
        body[1:1] = [*caution(NOTHING_LOST), *homeless]
    submit = [action(screen.submit, pen)] if screen.submit else []
    return fit(card(body, submit))


def dialog(screen: Form, seal: Seal) -> Element:
    """The answer to `task/fetch`, `task/submit` and their like: a dialog goes on with a card, always."""
    title = clean(screen.title).strip() or TITLE
    value = {"title": title, "height": "large", "width": "medium", "card": attachment(form(screen, seal))}
    return {"task": {"type": "continue", "value": value}}


def message(screen: Message, seal: Seal) -> Element:
    """The card of a message. Its `summary`, all that a notification shows, travels beside it: see `summary_of`."""
    drawn = card(_drawn(screen.parts, Pen(seal, in_form=False)))
    return fit({**drawn, "msteams": {"width": "Full"}})


def summary_of(screen: Message) -> str:
    """What a notification shows of a message: one line."""
    return " ".join(clean(screen.summary).split()) or TITLE


def as_form(screen: Message) -> Form:
    """A message as a dialog, for where no message can be put into the chat."""
    return Form(TITLE, screen.parts)


def as_message(screen: Form) -> Message:
    """A form without questions as a message, for where no dialog can be opened: its main button at the end."""
    words: list[Part] = [part for part in screen.parts if not isinstance(part, Field)]
    said = [Heading(sentence) for _, sentence in screen.errors]
    end = [Buttons((_standing_alone(screen.submit, screen.token),))] if screen.submit else []
    return Message(TITLE, (*said, *words, *end))


def token_of(screen: Form) -> str:
    """The token that travels with the form: its own, or its main button's where it has none."""
    return screen.token or (screen.submit.token if screen.submit else "")


def _standing_alone(submit: Button, token: str) -> Button:
    return Button(submit.intent, submit.label, submit.token or token, opens_form=True, main=submit.main)


def _drawn(parts: Iterable[Part], pen: Pen) -> list[Element]:
    drawn: list[Element] = [element for part in parts for element in draw(part, pen)]
    return _apart(drawn)


def _apart(drawn: Sequence[Element]) -> list[Element]:
    """A little more room above a question than between lines, so that one is told from the next."""
    apart: list[Element] = []
    for one in drawn:
        belongs = bool(apart) and apart[-1].get("color") == WRONG
        wide = one["type"].startswith("Input.") or one.get("color") == WRONG
        apart.append({**one, "spacing": "Large"} if wide and not belongs else one)
    return apart
