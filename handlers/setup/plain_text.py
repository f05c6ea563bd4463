"""Short texts that an admin types: one line of characters that can be seen.

They are repeated in every notice, and in the test that the police read: a line break could put a sentence of its own
there, and a hidden character makes two names that read alike.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from handlers.notes.patterns import fold

ONE_LINE: Final = "Write it on one line."
HIDDEN: Final = (
    "A character in it cannot be seen; such ones often come along when something is copied. Empty the box and type it."
)
SIGNS_ALONE: Final = "Write it in letters or numbers: there is none in it."
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Counted as letters and marks by Unicode, and drawn as nothing."""


def text_wrong(text: str, most: int) -> str:
    """What is wrong with a short text, in a sentence; empty if nothing is."""
    if len(text) > most:
        return f"Use at most {most} characters."
    if len(text.splitlines()) > 1:
        return ONE_LINE
    return "" if all(map(_seen, text)) else HIDDEN


def words_wrong(text: str, most: int) -> str:
    """The same of a name or other words, which are not made of signs alone."""
    signs_alone = bool(text.strip()) and not any(map(str.isalnum, text))
    return text_wrong(text, most) or (SIGNS_ALONE if signs_alone else "")


def alike(one: str, other: str) -> bool:
    """Whether two names read as the same, or nearly so.

    Case, width, accents, spaces and signs count for nothing, and letters of other alphabets for those that they look
    like: somebody who chooses a school in a hurry would take one for the other.
    """
    return _squeezed(one) == _squeezed(other)


def cleaned(text: str, most: int) -> str:
    """A name that a platform gave, in as much of it as can be shown on one line."""
    return " ".join("".join(one if _seen(one) else " " for one in text).split())[:most].rstrip()


def _squeezed(text: str) -> str:
    plain = fold(fold(text).casefold()).casefold()  # capitals look like others than small letters do
    return "".join(one for one in plain if one.isalnum()) or cleaned(plain, len(plain))


def _seen(one: str) -> bool:
    hidden = one in _BLANK_LETTERS or "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef"
    return not hidden and (one.isprintable() or unicodedata.category(one) == "Zs")
