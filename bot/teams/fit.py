"""Keeps a card within what Teams takes: by drawing it more plainly, and at the very last by saying that there is more.

Teams counts the whole message as UTF-16 and refuses it above 100 KB; we stay far below, at 40,000 bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from bot.teams.cards import Element, lines

MOST_BYTES: Final = 40_000
"""Of a whole message or dialog, in UTF-16."""
_ROOM: Final = 1_600
"""Bytes for what stands around the card: the envelope of a message or a dialog."""
TOO_MUCH: Final = (
    "There is more than Teams can show in one place. Nothing is lost: ring your safeguarding lead and quote the "
    "reference. In danger now? Call 999."
)
_LOOK: Final = frozenset({"spacing", "size", "isSubtle", "style"})


def size(drawn: Any) -> int:  # noqa: ANN401  # anything that is JSON
    """Bytes that Teams counts, as we write it: what is not ASCII takes six characters."""
    return 2 * len(json.dumps(drawn))


def fit(card: Element, most: int = MOST_BYTES - _ROOM) -> Element:
    """The same card if it is small enough; else one that says the same with less decoration.

    Only a card that is too large even so loses words from its end, never a button or a field, and says that it did.
    """
    if size(card) <= most:
        return card
    plain = {**card, "body": [one for element in card["body"] for one in _plainly(element)]}
    if size(plain) <= most:
        return plain
    return _shortened(plain, most)


def _plainly(element: Element) -> Iterator[Element]:
    """An element without its columns and looks."""
    match element["type"]:
        case "ColumnSet":
            for column in element["columns"]:
                yield from (one for item in column["items"] for one in _plainly(item))
        case "RichTextBlock":
            runs = [{"type": "TextRun", "text": one["text"]} for one in element["inlines"]]
            # Braces that somebody typed stand in runs of their own, so that no template is made of them.
            joined = [{"type": "TextRun", "text": "".join(one["text"] for one in runs)}]
            yield {"type": "RichTextBlock", "inlines": runs if "{{" in joined[0]["text"] else joined}
        case "TextBlock":
            yield {key: value for key, value in element.items() if key not in _LOOK}
        case "Container":
            yield {**element, "items": [one for item in element["items"] for one in _plainly(item)]}
        case _:
            yield element


def _shortened(card: Element, most: int) -> Element:
    """The card without the last of its words: buttons and fields stay, and so does what stands above them."""
    body: list[Element] = [*card["body"], *lines(TOO_MUCH, weight="Bolder")]
    left = size({**card, "body": body}) - most
    kept = list(_without(body[:-1], left))
    if size({**card, "body": [*kept, body[-1]]}) > most:
        kept = list(_cut_fields(kept, size({**card, "body": [*kept, body[-1]]}) - most))
    return {**card, "body": [*kept, body[-1]]}


def _without(body: list[Element], left: int) -> Iterable[Element]:
    """Leave out words from the end until `left` bytes are saved; the first box, about 999, is never left out."""
    kept: list[Element] = []
    for element in reversed(body[1:]):
        if left > 0 and element["type"] in {"TextBlock", "RichTextBlock", "Container"}:
            left -= size(element) + 4
        else:
            kept.append(element)
    return [*body[:1], *reversed(kept)]


def _cut_fields(body: list[Element], left: int) -> Iterator[Element]:
    """At the very last, what was typed into a box and is larger than any box lets somebody type."""
    for element in body:
        value = element.get("value", "")
        if left > 0 and element["type"] == "Input.Text" and value:
            most = max(0, len(value) - left // 2 - 1)
            left -= 2 * (len(value) - most)
            yield {**element, "value": value[:most]}
        else:
            yield element
