"""How long a message waits for its next attempt, and whose waiting it is."""

from __future__ import annotations

from typing import Final

from handlers.ports import Delivery

FIRST_RETRY: Final = 1.0
LONGEST_RETRY: Final = 300.0
"""Seconds from one attempt to the next, at first and at most."""


def paced(delivery: Delivery) -> str:
    """What a platform's limit is about: Slack's method in a workspace; on Teams each conversation by itself."""
    to = delivery.to
    return str(to) if to.platform == "teams" else f"{to.platform}:{to.org}"


def backoff(attempts: int, after: float | None, chance: float) -> float:
    """Seconds until the next attempt: doubling, at most five minutes, never before what the platform asked for.

    Who is asked for little patience again and again waits longer all the same: else a platform that has been limiting
    us for minutes would use up every attempt. Up to a quarter is added by `chance` (0 to 1), so that what failed
    together does not come back together.
    """
    doubled = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(attempts - 1, 20))
    return max(doubled, after or 0.0) * (1 + chance / 4)
