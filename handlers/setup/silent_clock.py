"""The clock of a test that nobody has acknowledged yet: in the morning of a working day it is looked at again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.clocks import today, working_morning
from handlers.people import Account
from handlers.ports import Delivery, Work
from handlers.sites import Site

SILENT: Final = "silent"
"""What such a clock is about: `silent:TEST`."""
FIRST: Final = timedelta(days=3)
AGAIN: Final = timedelta(days=14)


def start(test: str, site: Site, work: Work, after: timedelta = FIRST) -> None:
    """Start it for a test, by its id, to run out after so many days."""
    due = working_morning(site.nation, today(work.now) + after)
    line = Account("slack", "clock", work.chance.id())
    work.enqueue(Delivery("chase", line, extra=f"{SILENT}:{test}"), due=due)
