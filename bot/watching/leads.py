"""Asks about every lead again and again, so that one who left is known to have left before an incident is raised."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

from bot.store.store import Store
from handlers.people import Account, Known, Standing
from handlers.setup.lead_standing import differs, named_leads, note

EVERY_SECONDS: Final = 55.0
"""From one round to the next."""
A_ROUND: Final = 25
"""Leads of one workspace or tenant that a round asks about, those who have waited longest first. Slack answers a
hundred such questions a minute, and people's own presses and names need most of them."""
AT_ONCE: Final = 5
GROUPS_SECONDS: Final = 300.0
"""How often it is asked who is in the groups that lead, where nobody else asks: Slack tells of fifty channels a minute,
which sending and the watch over contacts need."""


class Asks(Protocol):
    """What is needed of the front desk."""

    async def leading(self, *, ask: bool) -> Known:
        """Who is in the groups that lead, asked now or as it is remembered, and how people are called."""

    async def standing(self, account: Account) -> Standing:
        """What the platform says of somebody right now."""


class LeadWatch:
    """One round after the other: `round` is called again and again."""

    def __init__(
        self,
        store: Store,
        asks: Asks,
        *,
        every: float = EVERY_SECONDS,
        a_round: int = A_ROUND,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`every` is from one round to the next; `clock` only grows."""
        self._store, self._asks, self._every, self._a_round = store, asks, every, a_round
        self._sleep, self._clock = sleep, clock
        self._asked: dict[Account, float] = {}
        self._groups_due = 0.0

    async def round(self) -> None:
        """Ask about some of them, take note, and wait for the round to end. Raises StoreAway."""
        began = self._clock()
        ask = began >= self._groups_due
        known = await self._asks.leading(ask=ask)
        if ask:
            self._groups_due = began + GROUPS_SECONDS
        directory = await self._store.read(lambda work: work.directory)
        named = named_leads(directory, known)
        self._asked = {one: self._asked.get(one, 0.0) for one in named}
        seen = await self._seen(self._due())
        if differs(seen, known, directory):
            known = await self._asks.leading(ask=False)  # with the names that were learnt by asking
            await self._store.run(lambda work: note(seen, known, work))
        await self._sleep(max(0.0, began + self._every - self._clock()))

    def _due(self) -> list[Account]:
        """Whom to ask about now: so many of each workspace and tenant, the longest wait first."""
        due: dict[str, list[Account]] = {}
        for one in sorted(self._asked, key=lambda one: self._asked[one]):
            due.setdefault(f"{one.platform}:{one.org}", []).append(one)
        return [one for those in due.values() for one in those[: self._a_round]]

    async def _seen(self, people: Iterable[Account]) -> dict[Account, Standing]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def standing(account: Account) -> tuple[Account, Standing]:
            async with gate:
                self._asked[account] = self._clock()
                return account, await self._asks.standing(account)

        return dict(await asyncio.gather(*map(standing, people)))
