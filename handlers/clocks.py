"""Clocks: when somebody else is told, and how a moment is written for people.

Moments come in and go out in UTC. Minutes are minutes by the clock, as they pass: a change to or from summer time
neither shortens nor stretches them. A *working day* is 540 working minutes, and working minutes run from Monday to
Friday, 08:00 to 17:00 in Europe/London, except on a bank holiday of the site's nation. So what comes at 16:55 on a
Friday is due at 16:55 on the Monday after.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from handlers.bank_holidays import BANK_HOLIDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.sites import Site

LONDON: Final = ZoneInfo("Europe/London")
OPENS: Final = time(8)
CLOSES: Final = time(17)
WORKING_DAY: Final = timedelta(hours=9)
"""The working time of one day, from `OPENS` to `CLOSES`."""
CONTACT_BY: Final = time(10)
"""When a contact who was told of something that is not urgent is chased, on the next working day."""
DANGER_MINUTES: Final = 3
"""How long somebody may stay at the 999 screen before the leads are told without them: ringing 999 takes longer."""

_TABLES: Final[Mapping[str, str]] = {
    "england": "england_and_wales",
    "wales": "england_and_wales",
    "scotland": "scotland",
    "northern_ireland": "northern_ireland",
}
_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# Written out: what `strftime` calls a day depends on the machine's language.
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def next_lead_due(site: Site, *, urgency: str, harm_unknown: bool, after: datetime) -> datetime:
    """When the next lead is told, if nobody has reacted to what the leads heard at `after`.

    `urgency` is `now`, `today` or `routine`. `now`, and any case of which it is not known whether somebody is being
    harmed, and `today` count at all hours; `routine` counts one working day, or minutes where the site sets them.
    Raises ValueError on another urgency and on a moment without a time zone.
    """
    clocks = site.clocks
    minutes = _minutes(urgency, (clocks.lead_urgent, clocks.lead_today, clocks.lead_routine), harm_unknown=harm_unknown)
    return _due(site, minutes, after)


def decide_due(site: Site, *, urgency: str, harm_unknown: bool, after: datetime) -> datetime:
    """When somebody else is told, if the lead who opened the case at `after` has not decided. As `next_lead_due`."""
    clocks = site.clocks
    minutes = _minutes(urgency, (clocks.decide_urgent, clocks.decide_today, None), harm_unknown=harm_unknown)
    return _due(site, minutes, after)


def contact_due(site: Site, *, urgent: bool, after: datetime) -> datetime:
    """When the lead is told to phone, if the contact who was told at `after` has not acknowledged.

    What is not urgent is due at 10:00 on the next working day, or after minutes where the site sets them.
    """
    minutes = site.clocks.contact_urgent if urgent else site.clocks.contact_routine
    if minutes is not None:
        return _due(site, minutes, after)
    return _utc(_next_working_day(site.nation, today(after)), CONTACT_BY)


def working_morning(nation: str, day: date) -> datetime:
    """At 10:00 on that day, or on the first working day after it."""
    return _utc(_next_working_day(nation, day - _ONE_DAY), CONTACT_BY)


def told(moment: datetime) -> str:
    """A moment as people read it in London: `16:55 on Tuesday 24 November 2026`.

    In the hour that comes twice when summer time ends, the time bears BST or GMT.
    """
    local = _aware(moment).astimezone(LONDON)
    zone = "" if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset() else f" {local.tzname()}"
    return f"{local:%H:%M}{zone} on {_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"


def day_told(day: date) -> str:
    """A day as people read it: `24 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def today(moment: datetime) -> date:
    """The date in London at that moment."""
    return _aware(moment).astimezone(LONDON).date()


def is_working_day(nation: str, day: date) -> bool:
    """Whether that day is Monday to Friday and no bank holiday of the nation."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(nation, day.year)


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of a nation in a year, days given instead included.

    None for a year beyond `bank_holidays.LAST_YEAR`: then only weekends are no working days, and `doctor` says so.
    Raises ValueError on a nation that is not of the United Kingdom.
    """
    if nation not in _TABLES:
        raise ValueError(f"'{nation[:40]}' is not a nation: write one of {', '.join(_TABLES)}")
    written = BANK_HOLIDAYS[_TABLES[nation]].get(year, "")
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in written.split())


def _minutes(urgency: str, clocks: tuple[float, float, float | None], *, harm_unknown: bool) -> float | None:
    """Choose the clock: of three, for `now`, `today` and `routine`. None is one working day."""
    now, today_, routine = clocks
    match urgency:
        case "now":
            return now
        case "today" | "routine" if harm_unknown:
            return now
        case "today":
            return today_
        case "routine":
            return routine
        case _:
            raise ValueError("urgency is now, today or routine")


def _due(site: Site, minutes: float | None, after: datetime) -> datetime:
    """Add minutes by the clock, or one working day where there are none. In UTC, where each hour comes once."""
    if minutes is None:
        return _after_working(site.nation, WORKING_DAY, after)
    return _aware(after).astimezone(UTC) + timedelta(minutes=minutes)


def _after_working(nation: str, left: timedelta, after: datetime) -> datetime:
    """Let `left` of working time pass. Clocks change at night, so inside one day's hours local time can be added up."""
    local = _aware(after).astimezone(LONDON).replace(tzinfo=None)
    while True:
        opens, closes = datetime.combine(local.date(), OPENS), datetime.combine(local.date(), CLOSES)
        begins = max(local, opens)
        if is_working_day(nation, local.date()) and begins < closes:
            if begins + left <= closes:
                end = begins + left
                return _utc(end.date(), end.time())
            left -= closes - begins
        local = datetime.combine(local.date() + _ONE_DAY, time())


def _next_working_day(nation: str, day: date) -> date:
    """The first working day after that day."""
    day += _ONE_DAY
    while not is_working_day(nation, day):
        day += _ONE_DAY
    return day


def _utc(day: date, at: time) -> datetime:
    """A time of day in London, in UTC."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    """Refuse a moment without a zone: taken for local time, it would be an hour out for half of the year."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone: use UTC")
    return moment
