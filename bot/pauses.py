"""What a platform asked us to leave alone for a while: it said so with Retry-After, and asking on makes it longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

UNSAID: Final = 5.0
"""Seconds, where it is too much and nobody says until when."""
LONGEST: Final = 300.0
"""Nobody is kept waiting longer than this by one answer, whatever it says."""


class Pauses:
    """Until when each kind of question is not asked. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def note(self, kind: str, retry_after: float | None) -> None:
        """It was too much: not again before `retry_after` seconds have passed."""
        seconds = UNSAID if retry_after is None else min(retry_after, LONGEST)
        until = max(self._until.get(kind, 0.0), self._clock() + seconds)
        self._until = {one: end for one, end in self._until.items() if end > self._clock()} | {kind: until}

    def pauses(self, kind: str) -> bool:
        """Whether it is still too early to ask."""
        return self._clock() < self._until.get(kind, 0.0)
