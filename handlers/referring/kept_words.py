"""The words of a message as a lead approved them, kept with the decision: what goes out later goes out in these words.

A message may wait over an upgrade that words it otherwise, or be drawn again when it is acknowledged: nobody has
approved the other words. An earlier release kept none of this; what it decided is drawn as it is worded today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from handlers.screens import Bullets, Caution, Heading, Line, Paragraph, Part, Rows, Small

Kept: TypeAlias = tuple[tuple[str, ...], ...]
"""Each part of a message: what it is, then its texts in order. Two make up a row, and a line of a list."""
_TEXTS: Final[Mapping[str, Callable[[str], Part]]] = {
    "heading": Heading,
    "caution": Caution,
    "paragraph": Paragraph,
    "small": Small,
}


class NotKept(Exception):
    """A part that no message to a contact has."""


def to_keep(parts: list[Part]) -> Kept:
    """The parts as plain texts. Raises NotKept where one is no text, row or list."""
    return tuple(map(_plain, parts))


def as_kept(kept: Kept) -> list[Part]:
    """The parts again."""
    return [_part(one[0], one[1:]) for one in kept]


def _plain(part: Part) -> tuple[str, ...]:
    match part:
        case Heading(text) | Caution(text) | Paragraph(text) | Small(text):
            return (type(part).__name__.lower(), text)
        case Rows(rows):
            return ("rows", *(text for row in rows for text in row))
        case Bullets(items, boxed=False):
            return ("bullets", *(text for line in items for text in (line.text, line.note)))
        case _:
            raise NotKept(type(part).__name__)


def _part(kind: str, texts: tuple[str, ...]) -> Part:
    if kind in _TEXTS:
        return _TEXTS[kind](texts[0])
    pairs = tuple(zip(texts[::2], texts[1::2], strict=True))
    return Rows(pairs) if kind == "rows" else Bullets(tuple(Line(*pair) for pair in pairs))
