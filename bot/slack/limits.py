"""Slack's limits, and cutting words to them: split between sentences or words, so that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

VIEW_BLOCKS: Final = 100
MESSAGE_BLOCKS: Final = 50
SECTION: Final = 3000
CONTEXT: Final = 2000
CONTEXT_ELEMENTS: Final = 10
HEADER: Final = 150
INPUT_TEXT: Final = 2000
"""A question's label and its hint."""
TEXT_BOX: Final = 3000
BUTTON: Final = 75
BUTTONS: Final = 25
OPTION: Final = 75
"""An option's text; its description has as much again."""
FEW_OPTIONS: Final = 10
"""Radio buttons and checkboxes; more need a menu."""
MENU: Final = 100
PEOPLE: Final = 100
"""Chosen in one menu. Slack has no limit of its own here; this is what we read back."""
TITLE: Final = 24
CONFIRM: Final = 300
CONFIRM_BUTTON: Final = 30

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_PHRASE: Final = re.compile(r"(?<=[,;:)])\s+|\s+(?=\()")
_WORD: Final = re.compile(r"\s+")


def length(text: str) -> int:
    """Characters as Slack's clients count them: UTF-16 units, so that most emoji are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int) -> list[str]:
    """Split a text into pieces of at most `limit`, between sentences if that leaves half a piece, else between words.

    Only white space is dropped, at the ends of a piece. A single word longer than a piece is cut.
    """
    found: list[str] = []
    rest = text.strip()
    while length(rest) > limit:
        head, rest = _halves(rest, limit, (_SENTENCE, _WORD), least=limit // 2)
        found.append(head)
    return [*found, rest] if rest else found


def two(text: str, limit: int) -> tuple[str, str]:
    """Split a label that is longer than `limit` in two at a sensible place, the second part within the limit too.

    The second part is longer than `limit` only if the whole is longer than both together.
    """
    least = max(1, length(text) - limit)
    return _halves(text, limit, (_PHRASE, _WORD), least=least)


def shortened(text: str, limit: int) -> str:
    """The text if it fits, else its first words and an ellipsis."""
    if length(text) <= limit:
        return text
    return _halves(text, limit - 1, (_WORD,), least=1)[0] + "…"


def lines_in(lines: Iterable[str], limit: int) -> list[str]:
    """Put lines that each fit together into as few texts of at most `limit` as keep their order."""
    texts: list[str] = []
    size = limit + 1
    for line in lines:
        more = length(line) + 1
        if size + more > limit:
            texts.append(line)
            size = more - 1
        else:
            texts[-1] += f"\n{line}"
            size += more
    return texts


def _halves(text: str, limit: int, places: tuple[re.Pattern[str], ...], *, least: int) -> tuple[str, str]:
    """Split at the last place of the first kind that leaves a head between `least` and `limit`."""
    window = _within(text, limit)
    for kind in places:
        wanted = least if kind is not _WORD else 1
        for found in reversed(list(kind.finditer(text, 0, len(window) + 1))):
            if wanted <= length(text[: found.start()]) <= limit:
                return text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return window, text[len(window) :]


def _within(text: str, limit: int) -> str:
    """As much of the text as fits, never half of a character."""
    window = text[:limit]
    while length(window) > limit:
        window = window[: len(window) - max(1, (length(window) - limit) // 2)]
    return window
