"""Divides what stands on a card into parts that are each small enough, with every word in its order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from bot.teams.cards import Element, decorable, rich, run
from bot.teams.parts import WRONG
from bot.teams.written import size

PIECE: Final = 2_000
"""Characters of a text that stay together: at most 8,000 bytes, whatever they are."""
BUTTONS: Final = "ActionSet"
_JOINED: Final = "\u200c\u200d\ufe0e\ufe0f"
"""What belongs to the character before it, or joins two."""


def parts_of(body: Sequence[Element], room: int) -> list[list[Element]]:
    """The elements as parts of at most `room` bytes each; the first box, about 999, begins every one of them.

    Fields are kept together on the last part. A field or a row of buttons is never divided, however large it is.
    """
    head, rest = _head(body, room)
    left = room - sum(size(one) + 2 for one in head)
    before, fields = _fields_apart(rest, left)
    parts = [[*head, *part] for part in _filled(before, left)]
    if fields:
        parts.append([*head, *fields])
    return parts or [list(head)]


def _head(body: Sequence[Element], room: int) -> tuple[list[Element], list[Element]]:
    """The box that opens the card, and the rest; of a box too long to be said again only its first line."""
    if not body or body[0]["type"] != "Container":
        return [], list(body)
    box, rest = body[0], list(body[1:])
    if size(box) * 4 < room:
        return [box], rest
    first, *more = box["items"]
    if size(first) * 4 < room and more:
        return [{**box, "items": [first]}], [{**box, "items": more}, *rest]
    return [], list(body)


def _fields_apart(rest: list[Element], room: int) -> tuple[list[Element], list[Element]]:
    """What stands above the first field, and everything from it on: without its other words if it is too large."""
    first = next((place for place, one in enumerate(rest) if _is_field(one)), len(rest))
    while 0 < first < len(rest) and _is_wrong(rest[first - 1]):
        first -= 1  # what is wrong with a field stands above it
    before, tail = rest[:first], rest[first:]
    if sum(size(one) + 2 for one in tail) <= room:
        return before, tail
    return [*before, *(one for one in tail if not _stays(one))], [one for one in tail if _stays(one)]


def _stays(element: Element) -> bool:
    """What is pressed or filled in, and what is wrong with it."""
    return _is_field(element) or _is_wrong(element) or element["type"] == BUTTONS


def _is_field(element: Element) -> bool:
    return str(element["type"]).startswith("Input.")


def _is_wrong(element: Element) -> bool:
    inlines = element.get("inlines") or [{}]
    return WRONG in (element.get("color"), inlines[0].get("color"))


def _filled(elements: Sequence[Element], room: int) -> Iterator[list[Element]]:
    """Part after part, each filled as far as it goes. Buttons stay with the words right above them."""
    part: list[Element] = []
    used = 0
    for block in _blocks([piece for one in elements for piece in _pieces(one)]):
        cost = sum(size(one) + 2 for one in block)
        if part and used + cost > room:
            yield part
            part, used = [], 0
        part.extend(block)
        used += cost
    if part:
        yield part


def _blocks(pieces: Sequence[Element]) -> Iterator[list[Element]]:
    held: list[Element] = []
    for piece in pieces:
        if len(held) == 1 and piece["type"] == BUTTONS != held[0]["type"]:
            held.append(piece)
            continue
        if held:
            yield held
        held = [piece]
    if held:
        yield held


def _pieces(element: Element) -> Iterator[Element]:
    """An element as several of its kind, if it holds more words than stay together."""
    match element["type"]:
        case "TextBlock" if len(element["text"]) > PIECE and decorable(element["text"]):
            look = {key: value for key, value in element.items() if key not in ("type", "text", "wrap")}
            for text in cut(element["text"]):
                yield {**element, "text": text} if decorable(text) else rich([run(text, **_of_a_run(look))])
        case "RichTextBlock":
            yield from _rich_pieces(element)
        case "Container":
            for items in _filled(element["items"], 4 * PIECE):
                yield {**element, "items": items}
        case _:
            yield element


def _rich_pieces(element: Element) -> Iterator[Element]:
    """The runs, in as many blocks as they need."""
    runs = [{**one, "text": text} for one in element["inlines"] for text in cut(one["text"])]
    held: list[Element] = []
    for one in runs:
        if held and sum(len(each["text"]) for each in held) + len(one["text"]) > PIECE:
            yield {**element, "inlines": held}
            held = []
        held.append(one)
    if held:
        yield {**element, "inlines": held}


def _of_a_run(look: Element) -> Element:
    return {key: look[key] for key in ("weight", "size", "color", "isSubtle") if key in look}


def cut(text: str) -> Iterator[str]:
    """A text as pieces of at most `PIECE` characters, ended at a space where there is one."""
    while len(text) > PIECE:
        end = _end(text)
        if text[:end].strip():
            yield text[:end]
        text = text[end:]
    if text.strip():
        yield text


def _end(text: str) -> int:
    """Where the first piece ends: behind a space, else never inside a character that is made of several."""
    space = text.rfind(" ", PIECE // 2, PIECE)
    if space > 0:
        return space + 1
    end = PIECE
    while end > PIECE // 2 and (unicodedata.combining(text[end]) or text[end] in _JOINED or text[end - 1] in _JOINED):
        end -= 1
    return end
