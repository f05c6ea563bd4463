"""Fair use: one account cannot raise without end, and is told so clearly.

Counted is what costs leads their attention: new cases. Pages, reads and repeats are not, and a page that says a child
is in danger now is never held up. Chat platforms limit by themselves how often one person can call us.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from handlers.intents import Intent
from handlers.people import Account

RAISING: Final = frozenset({"submit_report", "recommend_now"})
AT_ONCE: Final = 80
"""Cases that one account may raise in one go."""
PER_MINUTE: Final = 12.0
"""How many more it may raise with each minute. A whole staff room on one account stays far below."""
MOST_ACCOUNTS: Final = 10_000
"""Accounts that are remembered; beyond it those longest quiet are forgotten."""


@dataclass(slots=True)
class _Bucket:
    left: float = AT_ONCE
    at: float = 0.0
    seen: OrderedDict[str, None] = field(default_factory=OrderedDict)


class FairUse:
    """Counts new cases by account, in this process alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[Account, _Bucket] = OrderedDict()

    def allows(self, intent: Intent) -> bool:
        """Whether this may go on now. The same draft sent again is no new case."""
        if intent.name not in RAISING or intent.fields.get("harm_now") == "in_danger_now":
            return True
        bucket = self._bucket(intent.by)
        if intent.subject.id in bucket.seen:
            return True
        if bucket.left < 1:
            return False
        bucket.left -= 1
        bucket.seen[intent.subject.id] = None
        while len(bucket.seen) > 2 * AT_ONCE:
            bucket.seen.popitem(last=False)
        return True

    def _bucket(self, account: Account) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(account, _Bucket(at=now))
        self._buckets.move_to_end(account)
        while len(self._buckets) > MOST_ACCOUNTS:
            self._buckets.popitem(last=False)
        bucket.left = min(AT_ONCE, bucket.left + (now - bucket.at) * PER_MINUTE / 60)
        bucket.at = now
        return bucket
