"""When somebody is there, read as people write it: `Mon-Fri 08:00-16:00`, `Monday to Friday, 8am to 4.30pm`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

SUCH_AS: Final = "such as Mon-Fri 08:00-16:00"
NOT_HOURS: Final = f"must be hours {SUCH_AS}"
NO_DAY: Final = f"has no days: write hours {SUCH_AS}"
WRONG_DAY: Final = "has a day that is not one: write Mon, Tue, Wed, Thu, Fri, Sat or Sun"
WRONG_TIME: Final = f"has a time that is not one: write hours {SUCH_AS}"
ONE_HALF: Final = "has am or pm behind one time alone: write it behind both"
BACKWARDS: Final = f"must begin before it ends: write hours {SUCH_AS}"
SEVERAL: Final = f"has more than one range: write one {SUCH_AS}, and the rest under what to do outside these hours"
_DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_IN_FULL: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ODD: Final = {"weds": 2}
_SPANS: Final = {"weekdays": (0, 4), "daily": (0, 6)}
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_BETWEEN: Final = re.compile(r"\s*(?:-|\b(?:to|until|till)\b)\s*")
_TIME: Final = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?|\d{1,4})\s?(?:am|pm)?"
_RANGE: Final = re.compile(rf"{_TIME}-{_TIME}(?![\w:]|\.\d)")
_ONE_TIME: Final = re.compile(r"(\d{1,2}?)(?:[:.]?(\d{2})(?::\d{2})?)?\s?(am|pm)?")
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there, each week: days from Monday (0) to Sunday (6), and a time of day in London."""

    days: frozenset[int]
    opens: time
    closes: time
    words: str
    """As configuration has it: `Mon-Fri 08:00-16:00`."""


def read_hours(text: str) -> Hours | None:
    """Read one range of days with one range of times; None for an empty text.

    Raises ValueError with what is wrong, as the rest of a sentence that quotes nothing.
    """
    if not text:
        return None
    plain = text.lower().translate(_DASHES).replace("a.m.", "am").replace("p.m.", "pm").replace("noon", "pm")
    plain = _BETWEEN.sub("-", " ".join(plain.split()))
    ranges = list(_RANGE.finditer(plain))
    if not ranges:
        raise ValueError(NOT_HOURS)
    said, rest = plain[: ranges[0].start()].strip(" ,:"), plain[ranges[0].end() :].strip(" ,.")
    if len(ranges) > 1 or rest or re.search(r"[,&;]|\band\b", said):
        raise ValueError(SEVERAL)
    begin, end = _days(said)
    opens, closes = _times(ranges[0][0])
    if end < begin or closes <= opens:
        raise ValueError(BACKWARDS)
    days = _DAY_NAMES[begin] if begin == end else f"{_DAY_NAMES[begin]}-{_DAY_NAMES[end]}"
    return Hours(frozenset(range(begin, end + 1)), opens, closes, f"{days} {opens:%H:%M}-{closes:%H:%M}")


def _days(said: str) -> tuple[int, int]:
    if not said:
        raise ValueError(NO_DAY)
    if said in _SPANS:
        return _SPANS[said]
    first, _, last = said.partition("-")
    return _day(first), _day(last or first)


def _day(word: str) -> int:
    word = word.rstrip(".")
    found = [number for number, name in enumerate(_IN_FULL) if len(word) > 2 and name.startswith(word)]  # noqa: PLR2004
    number = _ODD.get(word, found[0] if found else -1)
    if number < 0:
        raise ValueError(WRONG_DAY)
    return number


def _times(said: str) -> tuple[time, time]:
    halves = [_ONE_TIME.fullmatch(one) for one in said.split("-")]
    if any(one is None for one in halves):
        raise ValueError(WRONG_TIME)
    if len({bool(one[3]) for one in halves if one}) > 1:
        raise ValueError(ONE_HALF)
    opens, closes = (_time(int(one[1]), int(one[2] or 0), one[3]) for one in halves if one)
    return opens, closes


def _time(hour: int, minute: int, half: str | None) -> time:
    if half and not 1 <= hour <= _NOON:
        raise ValueError(WRONG_TIME)
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(WRONG_TIME) from None
