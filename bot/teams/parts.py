"""Each part of a screen as Adaptive Card elements, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never
from urllib.parse import urlsplit

from bot.teams import inputs
from bot.teams.cards import Element, Seal, action_set, asked_first, clean, container, data, decorable, lines, rich, run
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Heading,
    Item,
    Line,
    Link,
    Links,
    Paragraph,
    Part,
    People,
    Question,
    Rows,
    Small,
    TextBox,
)

ROW: Final = 6
"""Buttons in one row; Teams folds more away."""
BESIDE: Final = 8
"""The longest label of a button, in characters, beside which a phone has room for words and telephone numbers."""
BULLET: Final = "• "
WRONG: Final = "Attention"
"""The colour of what is wrong with a field."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What a part needs to know of the screen it stands on."""

    seal: Seal
    in_form: bool
    """A form's buttons all submit it; a message's buttons open a form or answer in place."""
    token: str = ""
    """The form's token: of buttons that have none of their own."""
    several: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


def draw(part: Part, pen: Pen) -> list[Element]:
    """The elements of one part; none for a part without words."""
    match part:
        case Heading(text):
            return _heading(text)
        case Paragraph(text):
            return lines(text)
        case Caution(text):
            return caution(text)
        case Small(text):
            return lines(text, size="Small", isSubtle=True)
        case Bullets(items, boxed):
            listed = list(_bullets(items))
            return [container(listed, "emphasis")] if boxed and listed else listed
        case Rows(rows):
            return [drawn for label, value in rows for drawn in _row(label, value)]
        case Links(links):
            return [drawn for link in links for drawn in _link(link)]
        case Item():
            return [_item(part, pen)]
        case Buttons(buttons):
            drawn = [action(button, pen) for button in buttons]
            return [action_set(drawn[start : start + ROW]) for start in range(0, len(drawn), ROW)]
        case Question() | TextBox() | People():
            return [*_wrong(part.id, pen), inputs.field(part)]
        case _:
            assert_never(part)


def caution(text: str) -> list[Element]:
    """A box of its own, its first line in bold."""
    said = lines(text)
    if not said:
        return []
    return [container([*lines(_first(text), weight="Bolder"), *said[1:]], "attention")]


def wrong(text: str) -> list[Element]:
    """What is wrong with a field, in red above it."""
    return lines(text, color=WRONG, weight="Bolder")


def action(pressed: Button, pen: Pen) -> Element:
    """A button. In a message one that opens a form must be drawn as such: Teams opens no other dialog."""
    title = clean(pressed.label).strip() or pressed.intent
    if pen.in_form:
        held = data(pressed, pen.seal, token=pen.token, several=pen.several)
        drawn: Element = {"type": "Action.Submit", "title": title, "data": held}
    elif pressed.opens_form:
        held = {"msteams": {"type": "task/fetch"}, **data(pressed, pen.seal)}
        drawn = {"type": "Action.Submit", "title": title, "data": held}
    else:
        drawn = {
            "type": "Action.Execute",
            "title": title,
            "verb": pressed.intent,
            "data": data(pressed, pen.seal),
        }
    if pressed.main:
        drawn["style"] = "positive"  # filled, as Slack's primary button is
    return asked_first(drawn, pressed.ask_first) if pressed.ask_first else drawn


def _first(text: str) -> str:
    return next(line for line in clean(text).split("\n") if line.strip())


def _heading(text: str) -> list[Element]:
    """A heading that a screen reader announces as one, where Markdown leaves it alone."""
    drawn = lines(text, weight="Bolder", size="Medium")
    for element in drawn:
        if element["type"] == "TextBlock":
            element["style"] = "heading"
    return drawn


def _bullets(items: Sequence[Line]) -> Iterator[Element]:
    for item in items:
        text, note = clean(item.text).strip(), " ".join(clean(item.note).split())
        if not (text or note):
            continue
        first, *more = [line.strip() for line in text.split("\n") if line.strip()] or [""]
        runs = [run(f"{BULLET}{first}")]
        if note and not more:
            runs.append(run(f" {note}", isSubtle=True, size="Small"))
        yield rich(runs, spacing="Small")
        yield from (rich([run(line)], spacing="None") for line in more)
        if note and more:
            yield rich([run(note, isSubtle=True, size="Small")], spacing="None")


def _row(label: str, value: str) -> Iterable[Element]:
    named = lines(label, weight="Bolder")
    return [*named, *lines(value, spacing="None" if named else "")]


def _link(link: Link) -> list[Element]:
    """A link to a fixed https address; anything else is only written out."""
    title = " ".join(clean(link.title).split()) or link.url
    if not _safe(link.url):
        return lines(f"{title} {link.url}")
    if decorable(title) and not set(link.url) & set("()\\*_`"):
        return [{"type": "TextBlock", "text": f"[{title}]({link.url})", "wrap": True, "spacing": "Small"}]
    return [action_set([{"type": "Action.OpenUrl", "title": title, "url": link.url}])]


def _safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and url.isascii() and not set(url) & set(" <>\"'\n\t\r")


def _item(item: Item, pen: Pen) -> Element:
    """Label and line with the button beside them, or under them where a phone would leave the words no room."""
    words = list(_row(item.label, item.text))
    pressed = action_set([action(item.button, pen)])
    if words and len(item.button.label) > BESIDE:
        return {"type": "Container", "items": [*words, pressed]}
    columns = [{"type": "Column", "width": "stretch", "items": words}] if words else []
    return {"type": "ColumnSet", "columns": [*columns, {"type": "Column", "width": "auto", "items": [pressed]}]}


def _wrong(name: str, pen: Pen) -> list[Element]:
    return wrong(pen.errors[name]) if name in pen.errors else []
