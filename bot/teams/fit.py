"""Keeps a card within what Teams takes: by drawing it more plainly, and then by making several of it.

Teams counts the whole message as UTF-16 and refuses it above 100 KB; we stay far below, at 40,000 bytes. Nothing that
somebody should read, press or fill in is ever left out for that: what is too large for one card goes on in the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.teams.cards import Element
from bot.teams.split import BUTTONS, parts_of
from bot.teams.written import size

MOST_BYTES: Final = 40_000
"""Of a whole message or dialog, in UTF-16."""
ROOM: Final = MOST_BYTES - 1_600
"""Bytes for the card; the rest is for what stands around it, the envelope of a message or a dialog."""
FOOT: Final = 600
"""Bytes for the lines that say which part of it this is."""
_LOOK: Final = frozenset({"spacing", "size", "isSubtle", "style"})


class TooLarge(Exception):
    """It cannot be said in one card, and there is no way from that card to the rest."""


def fit(card: Element, most: int = ROOM) -> Element | None:
    """The same card if it is small enough, or one that says the same with less decoration; None if neither is."""
    if size(card) <= most:
        return card
    plain = plainly(card)
    return plain if size(plain) <= most else None


def plainly(card: Element) -> Element:
    """The card with the same words, fields and buttons, and little else."""
    return {**card, "body": [one for element in card["body"] for one in _plainly(element)]}


def split(card: Element, *, foot: int = 0) -> tuple[Element, ...]:
    """The card as several, each small enough, with room for `foot` bytes below. Each begins with the box about 999.

    Every word, field and button stands on one of them, and in its order; fields stand together on the last, with the
    card's own buttons, since a press brings along only what stands beside it.
    """
    plain = plainly(card)
    around = size({**plain, "body": []})
    bodies = parts_of(plain["body"], ROOM - FOOT - foot - around)
    bare = {key: value for key, value in plain.items() if key != "actions"}
    return (*({**bare, "body": body} for body in bodies[:-1]), {**plain, "body": bodies[-1]})


def buttons_in(parts: tuple[Element, ...]) -> list[Element]:
    """The rows of buttons of these cards."""
    return [element for part in parts for element in part["body"] if element["type"] == BUTTONS]


def _plainly(element: Element) -> Iterator[Element]:
    """An element without its columns and looks."""
    match element["type"]:
        case "ColumnSet":
            for column in element["columns"]:
                yield from (one for item in column["items"] for one in _plainly(item))
        case "RichTextBlock":
            look = {key: element["inlines"][0][key] for key in ("color",) if key in element["inlines"][0]}
            runs = [{"type": "TextRun", "text": one["text"], **look} for one in element["inlines"]]
            # Braces that somebody typed stand in runs of their own, so that no template is made of them.
            joined = [{"type": "TextRun", "text": "".join(one["text"] for one in runs), **look}]
            yield {"type": "RichTextBlock", "inlines": runs if "{{" in joined[0]["text"] else joined}
        case "TextBlock":
            yield {key: value for key, value in element.items() if key not in _LOOK}
        case "Container":
            yield {**element, "items": [one for item in element["items"] for one in _plainly(item)]}
        case _:
            yield element
