"""SR-41: clocks as rows over a night in which the clocks change: due as they should be, told in London time, stopped.

Twice a year a Saturday evening has a Sunday of 23 or 25 hours behind it; in 2027 that is Easter, with a Monday on which
nobody works.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.case import Case
from handlers.people import Account
from handlers.screens import buttons_of
from tests.handlers.deciding import DECIDING_SITE, DEPUTY, LEAD, MARSH, ROOM, TEACHER
from tests.handlers.stories import V01, V05, V18
from tests.running.own_time import Arrived, Notebook, School, Time, school

LONDON = ZoneInfo("Europe/London")
DAYS_14 = 14 * 24 * 3600.0


@dataclass(frozen=True)
class Change:
    """A Saturday, and when the first two working days after it begin and end."""

    saturday: datetime
    monday: datetime
    """The first working day after it."""
    tuesday: datetime

    def at(self, hour: int, minute: int = 0) -> datetime:
        """A time of that Saturday in London."""
        return self.saturday.replace(hour=hour, minute=minute, tzinfo=LONDON).astimezone(UTC)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc,arg-type]


CHANGES = {  # noon, in UTC, of a Saturday and of the two working days after it
    "spring": Change(utc(2026, 3, 28, 12), utc(2026, 3, 30, 11), utc(2026, 3, 31, 11)),
    "autumn": Change(utc(2026, 10, 24, 11), utc(2026, 10, 26, 12), utc(2026, 10, 27, 12)),
    "easter": Change(utc(2027, 3, 27, 12), utc(2027, 3, 30, 11), utc(2027, 3, 31, 11)),
}
SUNDAYS = {"spring": utc(2026, 3, 29, 1), "autumn": utc(2026, 10, 25, 1), "easter": utc(2027, 3, 28, 1)}
"""When the clocks change."""


@pytest.fixture(params=list(CHANGES))
def change(request: pytest.FixtureRequest) -> Change:
    return CHANGES[request.param]


def of_day(noon: datetime, hour: int) -> datetime:
    """An hour in London on the day of that noon. Noon stands there in UTC, so this is reckoned from it alone."""
    assert noon.astimezone(LONDON).hour == 12
    return noon.replace(hour=noon.hour + hour - 12)


@asynccontextmanager
async def at_school(folder: Path, now: datetime) -> AsyncIterator[tuple[School, Notebook]]:
    """A school at that moment, with everything noted that arrives."""
    notes = Notebook(Time(now))
    made = await school(folder, DECIDING_SITE, lambda: {"slack": notes, "teams": notes}, time=notes.time)
    try:
        yield made, notes
    finally:
        await made.store.close()


def heard(notes: Notebook, who: Account, words: str) -> list[datetime]:
    """When somebody was told something."""
    return [one.at for one in notes.at(who) if words in one.said]


async def due(there: School, case: Case, which: str) -> list[datetime]:
    """When the clocks of a kind are due, as they stand in the outbox."""
    rows = await there.deliveries(case, "chase")
    return [one.due for one in rows if one.extra.split(":")[0] == which and one.due is not None]


async def test_what_can_wait_is_due_after_a_whole_working_day_in_london(tmp_path: Path, change: Change) -> None:
    async with at_school(tmp_path, change.at(21, 30)) as (there, notes):
        case = await there.raises(TEACHER, V01, pages=4)
        await there.passes(DAYS_14)

        closes, again = of_day(change.monday, 17), of_day(change.tuesday, 17)
        assert heard(notes, LEAD, "This may be managed in school") == [change.at(21, 30)]
        assert heard(notes, DEPUTY, "This may be managed in school") == [closes]
        assert await due(there, case, "leads") == [again]
        assert heard(notes, LEAD, "Nobody has opened this yet") == [again]
        (last,) = [one for one in notes.at(DEPUTY) if "Nobody has opened this yet" in one.said]
        assert f"raised 21:30 on Saturday {change.saturday.day} " in last.said
        assert heard(notes, TEACHER, "No safeguarding lead has opened this yet") == [again]


async def test_minutes_pass_by_the_clock_whatever_the_hour_is_called(tmp_path: Path, change: Change) -> None:
    async with at_school(tmp_path, change.at(23)) as (there, notes):
        case = await there.raises(TEACHER, V18)
        await there.passes()
        await opens(there, LEAD, notes)
        (moment,) = await due(there, case, "decide")
        assert moment.timestamp() - change.at(23).timestamp() == 4 * 3600
        await there.passes(4 * 3600 - 1)
        assert heard(notes, LEAD, "nobody has decided yet") == []
        await there.passes(1)

        assert heard(notes, LEAD, "nobody has decided yet") == [moment]
        assert heard(notes, DEPUTY, "nobody has decided yet") == [moment]


async def test_in_danger_everybody_has_been_told_before_the_clocks_change(tmp_path: Path, change: Change) -> None:
    async with at_school(tmp_path, change.at(23, 55)) as (there, notes):
        await there.raises(TEACHER, V05)
        await there.passes(DAYS_14)

        began = change.at(23, 55).timestamp()
        assert [one.timestamp() - began for one in heard(notes, DEPUTY, "Call 999 now")] == [600]
        assert [one.timestamp() - began for one in heard(notes, LEAD, "Nobody has opened")] == [1200]


async def test_a_contact_who_is_not_in_a_hurry_has_until_ten_on_the_next_working_day(
    tmp_path: Path, change: Change
) -> None:
    async with at_school(tmp_path, change.at(22)) as (there, notes):
        case = await there.refers(LEAD, await there.raises(TEACHER, V01, pages=4), "police")
        await there.passes(DAYS_14)

        ten, again = of_day(change.monday, 10), of_day(change.tuesday, 10)
        assert await due(there, case, "contact") == [ten]
        assert heard(notes, LEAD, "obody has acknowledged it") == [ten, again]
        assert heard(notes, DEPUTY, "obody has acknowledged it") == [again]


@pytest.mark.parametrize(("minutes", "told"), [(-15, "01:45 BST"), (45, "01:45 GMT")])
async def test_in_the_hour_that_comes_twice_it_is_said_which_one_is_meant(
    tmp_path: Path, minutes: int, told: str
) -> None:
    async with at_school(tmp_path, CHANGES["autumn"].at(22)) as (there, notes):
        case = await there.raises(TEACHER, V18)
        await there.passes(SUNDAYS["autumn"].timestamp() + minutes * 60 - there.time.seconds())
        await there.refers(LEAD, case, "police")
        await there.passes()

        assert f"Decided at {told} on Sunday 25 October 2026." in notes.at(TEACHER)[-1].said


async def test_what_was_done_in_time_is_asked_of_nobody_on_the_other_side_of_the_night(
    tmp_path: Path, change: Change
) -> None:
    async with at_school(tmp_path, change.at(22)) as (there, notes):
        case = await there.refers(LEAD, await there.raises(TEACHER, V01, pages=4), "police")
        await there.passes(60)
        (notice,) = notes.at(ROOM)
        (button,) = buttons_of(notice.message)
        await there.asks(MARSH, "acknowledge", button.token, room=ROOM)
        await there.passes(60)
        before: list[Arrived] = list(notes.every)
        await there.passes(DAYS_14)

        assert notes.every == before
        assert [one.state for one in await there.deliveries(case, "chase")] == ["sent"] * 3


async def opens(there: School, who: Account, notes: Notebook) -> None:
    """Press Open on the newest message."""
    message = notes.at(who)[-1].message
    (button, *_) = [one for one in buttons_of(message) if one.intent == "open_case"]
    await there.asks(who, "open_case", button.token)


def test_summer_time_and_easter_are_where_the_tests_think_they_are() -> None:
    for name, moment in SUNDAYS.items():
        before, after = (moment.timestamp() + seconds for seconds in (-1, 0))
        names = [datetime.fromtimestamp(one, LONDON).tzname() for one in (before, after)]
        assert names == (["BST", "GMT"] if name == "autumn" else ["GMT", "BST"])
    assert all(one.saturday.astimezone(LONDON).hour == 12 for one in CHANGES.values())
