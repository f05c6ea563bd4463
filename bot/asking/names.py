"""What people are called, as their platform said within the last day. A name is worth a question, not a turn lost.

Slack answers a hundred questions about people a minute, and the same question says whether somebody is a member at all.
So names are asked for a few at a time: a screen of two hundred leads has them all after some minutes, and nobody is
turned away for it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from handlers.people import Account

KEPT: Final = 24 * 3600.0
"""Seconds for which a name is shown, where no newer one is known."""
RENEWED: Final = 600.0
"""Seconds after which it is asked for again, when somebody looks."""
AGAIN: Final = 20.0
"""The same, where no name came."""
AT_ONCE: Final = 30
"""Names asked of one workspace or tenant at the same moment."""
A_MINUTE: Final = 40
"""Names asked of one workspace or tenant in a minute."""
MOST: Final = 5000


class Names:
    """Remembers names and says which ones to ask for now. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._names: OrderedDict[Account, tuple[float, str]] = OrderedDict()
        self._left: dict[str, tuple[float, float]] = {}
        """How many may be asked of a workspace or tenant, as of when."""

    def of(self, people: Iterable[Account]) -> dict[Account, str]:
        """The names that are known."""
        since = self._clock() - KEPT
        held = {one: self._names.get(one) for one in people}
        return {one: found[1] for one, found in held.items() if found is not None and found[1] and found[0] > since}

    def all(self) -> dict[Account, str]:
        """Every name that is known."""
        return self.of(tuple(self._names))

    def missing(self, people: Iterable[Account]) -> tuple[Account, ...]:
        """Whom nobody has given a name yet."""
        known = self.of(people := tuple(people))
        return tuple(one for one in dict.fromkeys(people) if one not in known)

    def to_ask(self, people: Iterable[Account]) -> tuple[Account, ...]:
        """Whose name to ask for now: first those that are missing, then the oldest; no more than is fair."""
        since = self._clock() - RENEWED
        asked_at = {one: self._names.get(one, (float("-inf"), ""))[0] for one in people}
        due = sorted((one for one, at in asked_at.items() if at < since), key=lambda one: asked_at[one])
        return tuple(one for one in due if self._takes(f"{one.platform}:{one.org}"))

    def note(self, account: Account, name: str) -> None:
        """A platform was asked: this is the name, or an empty text if it gave none, and then an older one stays."""
        before = self._names.get(account, (0.0, ""))[1]
        self._names[account] = (self._clock() - (0.0 if name else RENEWED - AGAIN), name or before)
        self._names.move_to_end(account)
        while len(self._names) > MOST:
            self._names.popitem(last=False)

    def _takes(self, org: str) -> bool:
        at, left = self._left.get(org, (self._clock(), float(AT_ONCE)))
        left = min(float(AT_ONCE), left + (self._clock() - at) * A_MINUTE / 60)
        self._left[org] = (self._clock(), left - 1 if left >= 1 else left)
        return left >= 1
