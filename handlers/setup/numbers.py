"""Numbers that somebody may have to ring in a hurry: as they are dialled in the UK, and which of them are the same."""

from __future__ import annotations

import re
from typing import Final

from handlers.setup.plain_text import text_wrong

NO_NUMBER: Final = (
    "Write the number as it is dialled, with its area code, such as 01632 960001, 101 or 01632 960001 ext 204."
)
ALWAYS: Final = "999 is on every screen already. Write the number for everything that is not an emergency."
NO_MARKS: Final = (
    "Write plain words and numbers, without angle brackets, stars, underscores, tildes, backticks or upright lines."
)
"""Says none of the signs: Slack sets nothing in bold that holds one."""
_EMERGENCY: Final = frozenset({"999", "112"})
_EXTENSION: Final = r"(?:ext(?:ension|n)?\.?|x|option|opt\.?)\s*#?\d{1,6}"
_MORE: Final = re.compile(rf"(?:[\s,;]+{_EXTENSION}|x\d{{1,6}}|\s*\([A-Za-z][A-Za-z .,'-]*\))\s*\Z", re.IGNORECASE)
_ONLY_EXTENSION: Final = re.compile(rf"{_EXTENSION}\Z", re.IGNORECASE)
_ANY_EXTENSION: Final = re.compile(rf"(?<![A-Za-z]){_EXTENSION}", re.IGNORECASE)
_DIALLED: Final = re.compile(r"\(?\+?[0-9(][0-9()\s.\-]*\Z", re.ASCII)
_DIGITS: Final = re.compile(r"\(?\+?[0-9(](?:[0-9()\s.\-]*[0-9)])?", re.ASCII)
_PLAIN: Final = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "\u00a0": " ", "\u202f": " "}
)
"""Dashes and spaces that come along when a number is copied."""
_SHORT: Final = re.compile(r"1[01]\d|159|116\d{3}|118\d{3}")
"""101, 105, 111, 159, and those of six digits."""
_NATIONAL: Final = re.compile(r"0(?:[1-35789]\d{8,9}|8001111)")
_ABROAD: Final = re.compile(r"(?!44)[1-9]\d{6,14}")
_MARKS: Final = frozenset("<>*_~`|")
_EITHER: Final = re.compile(r"\s+or\s+", re.IGNORECASE)


def number_wrong(text: str, most: int) -> str:
    """What is wrong with a number, in a sentence; empty if nothing is, or nothing was written."""
    if wrong := text_wrong(text, most):
        return wrong
    return next((wrong for one in _EITHER.split(text.strip()) if text.strip() and (wrong := _one_wrong(one))), "")


def way_wrong(text: str, most: int) -> str:
    """The same of a way to reach somebody that may be words: `101, ask for the safer schools officer`."""
    if wrong := text_wrong(text, most):
        return wrong
    if _MARKS & set(text):
        return NO_MARKS
    return number_wrong(text, most) if text.strip() and not re.search(r"[A-Za-z]{3}", text) else ""


def dialled(text: str) -> frozenset[str]:
    """The numbers in a text as they are dialled within the UK, however they are written; extensions left out.

    `+44 (0)1632 960001`, `0044 1632 960001` and `(01632) 960-001 ext 4` are one number.
    """
    plain = _ANY_EXTENSION.sub(" ", text.translate(_PLAIN))
    return frozenset(found for one in _DIGITS.findall(plain) if (found := _national(one)))


def short(text: str) -> frozenset[str]:
    """The short numbers in a text, such as 101, which are the same everywhere and nobody's own."""
    return frozenset(one for one in dialled(text) if _SHORT.fullmatch(one))


def same_line(one: str, other: str) -> bool:
    """Whether two texts share a number, whatever the extensions; short ones are nobody's own."""
    return bool((dialled(one) - short(one)) & dialled(other))


def same_place(one: str, other: str) -> bool:
    """Whether two texts ring the same telephones: the same numbers with the same extensions."""
    return _places(one) == _places(other)


def _places(text: str) -> tuple[frozenset[str], frozenset[str]]:
    return dialled(text), frozenset(re.sub(r"\D", "", one) for one in _ANY_EXTENSION.findall(text))


def _national(text: str) -> str:
    """A number as it is dialled within the UK; one from abroad with its country's code behind 00."""
    digits = re.sub(r"\D", "", text)
    abroad = digits if text.lstrip("( ").startswith("+") else digits[2:] if digits.startswith("00") else ""
    if not abroad:
        return digits
    return f"0{abroad[2:].removeprefix('0')}" if abroad.startswith("44") else f"00{abroad}"


def _one_wrong(text: str) -> str:
    text = text.translate(_PLAIN)
    if _ONLY_EXTENSION.match(text):
        return ""
    while found := _MORE.search(text):
        text = text[: found.start()]
    if not _DIALLED.match(text):
        return NO_NUMBER
    number = _national(text)
    if number in _EMERGENCY:
        return ALWAYS
    if number.startswith("00"):
        return "" if _ABROAD.fullmatch(number[2:]) else NO_NUMBER
    return "" if _SHORT.fullmatch(number) or _NATIONAL.fullmatch(number) else NO_NUMBER
