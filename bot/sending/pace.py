"""How long a message waits for its next attempt, and whose waiting it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from handlers.ports import Delivery

FIRST_RETRY: Final = 1.0
LONGEST_RETRY: Final = 300.0
"""Seconds from one attempt to the next, at first and at most."""
LONGEST_PAUSE: Final = 300.0
"""However long a platform asks us to wait: what is urgent is tried again by then."""


def paced(delivery: Delivery) -> str:
    """What a platform's limit is about: Slack's method in a workspace; on Teams each conversation by itself."""
    to = delivery.to
    return str(to) if to.platform == "teams" else f"{to.platform}:{to.org}"


def backoff(attempts: int, after: float | None, chance: float) -> float:
    """Seconds until the next attempt: doubling, at most five minutes, never before what the platform asked for.

    Of that too at most `LONGEST_PAUSE` is waited: a platform may ask for an hour, and nothing here can wait for one.
    Who is asked for little patience again and again waits longer all the same: else a platform that has been limiting
    us for minutes would use up every attempt. Up to a quarter is added by `chance` (0 to 1), so that what failed
    together does not come back together.
    """
    doubled = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(attempts - 1, 20))
    return max(doubled, min(after or 0.0, LONGEST_PAUSE)) * (1 + chance / 4)


class Pauses:
    """Where a platform wants to hear nothing from us for a while: nobody is sent anything there until it is over."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def left(self, delivery: Delivery) -> float:
        """Seconds that are left of it; 0 where there is none."""
        return max(0.0, self._until.get(paced(delivery), 0.0) - self._clock())

    def begin(self, delivery: Delivery, seconds: float) -> None:
        """The platform asked for it when this was sent."""
        now = self._clock()
        self._until = {place: until for place, until in self._until.items() if until > now}
        self._until[paced(delivery)] = now + min(seconds, LONGEST_PAUSE)
