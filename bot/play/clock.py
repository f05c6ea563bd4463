"""The time of the playground, which can be moved forward: the bot reads from a file how far it is ahead."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONDON = ZoneInfo("Europe/London")
OPENS = time_of_day(8)
MOST = 300 * 86400
"""Seconds that it can be ahead: the bot goes along with a year."""


class NoFurtherError(Exception):
    """The clock stands as far ahead as it can."""


class PlayClock:
    """Real time, and so many seconds more. `tell` hears of each change, in seconds."""

    def __init__(
        self, file: Path, tell: Callable[[int], None] = lambda _ahead: None, *, clock: Callable[[], float] = time.time
    ) -> None:
        """`file` is written at once, so that a bot can be started with it."""
        self._file, self._tell, self._clock = file, tell, clock
        self.ahead = 0
        self._write()

    def now(self) -> datetime:
        """The moment that it shows, in UTC."""
        return datetime.fromtimestamp(self._clock() + self.ahead, UTC)

    def forward(self, seconds: int) -> None:
        """Move it. Raises `NoFurtherError` where it would be further ahead than it can be."""
        if seconds < 1 or self.ahead + seconds > MOST:
            raise NoFurtherError
        self.ahead += seconds
        self._write()
        self._tell(self.ahead)

    async def to_working_morning(self) -> None:
        """Move it to 08:00 on the next working day, as schools in England have it. Raises `NoFurtherError`."""
        free = await asyncio.to_thread(bank_holidays, self.now().year)
        morning = working_morning(self.now(), free)
        self.forward(max(1, int((morning - self.now()).total_seconds()) + 1))

    def _write(self) -> None:
        # Put in place whole: the bot may read it at any moment.
        beside = self._file.with_name(f"{self._file.name}.new")
        beside.write_text(f"{self.ahead}\n", encoding="ascii")
        beside.replace(self._file)


def working_morning(after: datetime, free: frozenset[date]) -> datetime:
    """Return the first 08:00 in London after a moment that is on a working day and not on one of the `free` days."""
    day = after.astimezone(LONDON).date()
    while True:
        opens = datetime.combine(day, OPENS, LONDON)
        if opens > after and day.weekday() < 5 and day not in free:  # noqa: PLR2004 - Saturday
            return opens
        day += timedelta(days=1)


def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year and the next. The first call takes half a second."""
    from holidays import country_holidays  # noqa: PLC0415 - half a second that the start need not wait for

    return frozenset(country_holidays("GB", subdiv="ENG", years=(year, year + 1)))
