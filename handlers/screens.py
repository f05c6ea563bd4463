"""Screens: what a person sees, in a closed set of parts that every platform draws.

A handler returns a `Form` (a window with questions: a Slack view, a Teams dialog) or a `Message` (something that stands
in a chat). Nothing here knows Block Kit or Adaptive Cards; each platform's `render.py` is a `match` over `Part` that
ends in `assert_never`, so a new part does not type-check until every platform draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

LABEL_LIMIT: Final = 75
"""Characters in a button's label and in an option's: Slack's limit, kept for both platforms."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press.

    `intent` is a name of the contract (`open_case`, `next_page`, …). `token` is what the press is about, as
    `intents.Subject.write` gives it; the platform seals it for the one account that the screen is drawn for, so it
    can be neither changed nor used by somebody else. `opens_form` says that the answer to the press is a Form: Teams
    has to draw such a button differently.
    """

    intent: str
    label: str
    token: str = ""
    opens_form: bool = False
    main: bool = False
    ask_first: str = ""
    """A question to confirm before the press counts; empty for none."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that stands by itself, in bold or larger."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Words in a box of their own that must be seen first: 999, do not view, not saved."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Words of less weight: where something comes from, which version, what the tool is."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list, with a note (its source, for instance) set lighter behind it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. With `boxed` it is kept apart from the rest: the things not to do."""

    items: tuple[Line, ...]
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with their values: the answers of a case."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A fixed public address with its title. Never an address that a person typed."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Links:
    """Guidance to read."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A label, a line and a button beside (or under) them: a question, its answer and Change; a case and Open."""

    label: str
    text: str
    button: Button


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons in one row."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer. `value` is what comes back over the wire."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with answers on offer.

    It is the handler that refuses what is missing, so that nothing typed is lost. `needed` says that an empty one is
    no answer: no client then calls the field optional, and one may say so itself, at the field, before it sends. Where
    a case is decided it stays off: whatever was sent is answered there by the page with everything that was typed.

    `id` is the name on the wire on both platforms. With `tells_at_once` the platform reports the choice as soon as it
    is made, where it can (Slack): used for danger alone.
    """

    id: str
    label: str
    options: tuple[Option, ...]
    help: str = ""
    chosen: tuple[str, ...] = ()
    several: bool = False
    tells_at_once: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box for a few words. `id` is the name on the wire; `max_length` in characters.

    `single` is a box of one line: a name, a number. Line breaks in its `value` are drawn as spaces. `needed` as with a
    question.
    """

    id: str
    label: str
    help: str = ""
    value: str = ""
    max_length: int = 1000
    single: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """People to choose from everybody in the workspace or tenant, with the platform's own search.

    `id` is the name on the wire. What comes back are the platform's own ids (`U…`, an Entra object id), in the
    workspace or tenant of whoever presses: one text, or a tuple of at most 100 with `several`; nothing if nobody is
    chosen. Anybody can be among them, guests, bots and people who have left too: ask the platform before you trust one.

    `chosen` are the people who stand there already: `value` is the platform's own id, `label` their name or empty.
    The platform finds the name by itself; the label is for clients of Teams that cannot. An id that is none of the
    platform's kind is not drawn. `needed` as with a question.
    """

    id: str
    label: str
    help: str = ""
    chosen: tuple[Option, ...] = ()
    several: bool = False
    needed: bool = False


Field: TypeAlias = Question | TextBox | People
"""The parts that a person fills in: each has an `id`, and an error can stand at it."""
Part: TypeAlias = Heading | Paragraph | Caution | Small | Bullets | Rows | Links | Item | Buttons | Field


@dataclass(frozen=True, slots=True)
class Form:
    """A window. `title` is neutral (it can be read over a shoulder); `token` travels with every answer, sealed.

    `errors` are (question id, sentence) pairs, shown at the field; the values typed stand in the parts.
    """

    title: str
    parts: tuple[Part, ...]
    submit: Button | None = None
    token: str = ""
    close: str = "Close"
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something that stands in a chat.

    `summary` is all that a notification shows: a reference and neutral words, never a thing about a case.
    """

    summary: str
    parts: tuple[Part, ...]


Screen: TypeAlias = Form | Message


def buttons_of(screen: Screen) -> tuple[Button, ...]:
    """Every button on a screen, in reading order, the form's main button last."""
    found: list[Button] = []
    for part in screen.parts:
        if isinstance(part, Item):
            found.append(part.button)
        elif isinstance(part, Buttons):
            found.extend(part.buttons)
    if isinstance(screen, Form) and screen.submit is not None:
        found.append(screen.submit)
    return tuple(found)
