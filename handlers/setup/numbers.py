"""Numbers that somebody may have to ring in a hurry: a number as it is dialled in the UK, and nothing that is none."""

from __future__ import annotations

import re
from typing import Final

from handlers.setup.plain_text import text_wrong

NO_NUMBER: Final = (
    "Write the number as it is dialled, with its area code, such as 01632 960001, 101 or 01632 960001 ext 204."
)
ALWAYS: Final = "999 is on every screen already. Write the number for everything that is no emergency."
NO_MARKS: Final = "Write plain words and numbers, without any of < > * _ ~ ` |"
_EMERGENCY: Final = frozenset({"999", "112"})
_EXTENSION: Final = r"(?:ext(?:ension|n)?\.?|x|option|opt\.?)\s*#?\d{1,6}"
_MORE: Final = re.compile(rf"(?:[\s,;]+{_EXTENSION}|x\d{{1,6}}|\s*\([A-Za-z][A-Za-z .,'-]*\))\s*\Z", re.IGNORECASE)
_ONLY_EXTENSION: Final = re.compile(rf"{_EXTENSION}\Z", re.IGNORECASE)
_DIALLED: Final = re.compile(r"\+?[0-9(][0-9()\s.\-]*\Z", re.ASCII)
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


def _one_wrong(text: str) -> str:
    if _ONLY_EXTENSION.match(text):
        return ""
    while found := _MORE.search(text):
        text = text[: found.start()]
    if not _DIALLED.match(text):
        return NO_NUMBER
    digits = re.sub(r"\D", "", text)
    if digits in _EMERGENCY:
        return ALWAYS
    if text.startswith("+"):
        national = f"0{digits[2:].removeprefix('0')}" if digits.startswith("44") else ""
        return "" if _NATIONAL.fullmatch(national) or _ABROAD.fullmatch(digits) else NO_NUMBER
    return "" if _SHORT.fullmatch(digits) or _NATIONAL.fullmatch(digits) else NO_NUMBER
