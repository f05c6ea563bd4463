"""Who was a full member a moment ago, and who was in a group: for the minutes in which a platform cannot be asked."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from handlers.people import Account, Standing

A_DAY: Final = 24 * 3600.0
MOST: Final = 5000
"""Accounts remembered; the one not heard of for longest goes first."""


class Members:
    """Remembers each yes for a day, and forgets it at the first no. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: OrderedDict[Account, float] = OrderedDict()

    def lately(self, account: Account, standing: Standing) -> bool:
        """Note what the platform says now, and return whether it said yes within the last day."""
        if standing.member:
            self._until[account] = self._clock() + A_DAY
            self._until.move_to_end(account)
            if len(self._until) > MOST:
                self._until.popitem(last=False)
        elif standing.why_not != "unknown":
            self._until.pop(account, None)
        return self._until.get(account, 0.0) > self._clock()


class Readings:
    """Who was in each group when it could last be read, for as long as this process lives."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._read: dict[str, tuple[float, tuple[Account, ...]]] = {}
        self._seen: dict[str, set[Account]] = {}

    def note(self, groups: Mapping[str, tuple[Account, ...]]) -> None:
        """These were read just now."""
        self._read.update({ref: (self._clock(), found) for ref, found in groups.items()})
        for ref, found in groups.items():
            self._seen.setdefault(ref, set()).update(found)

    def taken(self) -> dict[str, frozenset[Account]]:
        """Everybody who was in a group at any reading since this was asked last, also if they are in it no more."""
        seen, self._seen = self._seen, {}
        return {ref: frozenset(people) for ref, people in seen.items()}

    def ever(self, refs: Iterable[str]) -> dict[str, tuple[Account, ...]]:
        """Who was in these groups, of those that were read at all."""
        return {ref: self._read[ref][1] for ref in refs if ref in self._read}

    def lately(self, refs: Iterable[str]) -> dict[str, tuple[Account, ...]]:
        """The same, of those that were read within the last day."""
        since = self._clock() - A_DAY
        return {ref: self._read[ref][1] for ref in refs if ref in self._read and self._read[ref][0] > since}

    def all(self) -> dict[str, tuple[Account, ...]]:
        """Who was in every group that was read."""
        return self.ever(self._read)
