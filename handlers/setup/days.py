"""Days as people write and read them: `14/12/2026`, `14/12`, `7 December`, `Mon 7 Dec 26`, `2026-12-14`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from handlers.clocks import day_told
from handlers.sites import StandIn

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAY: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?\.?\Z", re.ASCII)
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}|\d{2}))?\Z", re.ASCII
)
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?\Z", re.ASCII)
_YEARS: Final = 8
"""As far ahead as 29 February can be."""


def days_said(entry: StandIn) -> str:
    """When somebody stands in: `from 14 December 2026 to 18 December 2026`, or `on` the one day."""
    if entry.first == entry.last:
        return f"on {day_told(entry.first)}"
    return f"from {day_told(entry.first)} to {day_told(entry.last)}"


def read_day(text: str, near: date) -> date | None:
    """A day, the British way round; without a year the one nearest to `near`. None for anything else.

    The nearest and not the next: `1 November`, written in December, is over already, and not eleven months away.
    """
    text = _WEEKDAY.sub("", " ".join(text.lower().split()), count=1)
    try:
        if found := _NUMBERS.match(text):
            return _day(found[1], int(found[2]), found[3], near)
        if found := _DAY_FIRST.match(text):
            return _day(found[1], _month(found[2]), found[3], near)
        if found := _MONTH_FIRST.match(text):
            return _day(found[2], _month(found[1]), found[3], near)
        return date.fromisoformat(text)
    except ValueError:
        return None


def _month(word: str) -> int:
    """The number of a month, by its first three letters or more; `sept` too. Raises ValueError."""
    found = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    if not found:
        raise ValueError
    return found[0]


def _day(day: str, month: int, year: str | None, near: date) -> date:
    """Raises ValueError where there is no such day."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))  # noqa: PLR2004
    found: list[date] = []
    for one in range(near.year - 1, near.year + _YEARS + 1):
        try:
            found.append(date(one, month, int(day)))
        except ValueError:
            continue
    if not found:
        raise ValueError
    return min(found, key=lambda one: (abs(one - near), -one.toordinal()))
