"""Whether our clock agrees with a platform's, by the time that it writes on its answers."""

from __future__ import annotations

import time
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Final

from bot.doctor.finding import Finding, State

SKEW_AMBER: Final = 30
SKEW_RED: Final = 240
"""Seconds. From 300 on Slack's signatures and Microsoft's tokens count as too old, and every request is refused."""


def look(date: str, whose: str) -> Iterable[Finding]:
    """Compare with the `Date` header of an answer that has just come. Nothing to say where there is none."""
    try:
        skew = abs(time.time() - parsedate_to_datetime(date).timestamp())
    except (ValueError, TypeError):
        return
    if skew < SKEW_AMBER:
        yield Finding("clock_good", "Clock", "green", f"agrees with {whose}'s")
    else:
        state: State = "red" if skew >= SKEW_RED else "amber"
        said = f"{skew:.0f} s away from {whose}'s"
        yield Finding("clock_wrong", "Clock", state, said, "Switch on time synchronisation (NTP).")
