"""What a desk asks and keeps its cases in, where a test decides when that answers and what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

from bot.store.store import Store
from handlers.people import Account, Standing
from handlers.ports import Work

T = TypeVar("T")
TEACHER, LEAD, DEPUTY = (Account("slack", "T1", f"U{number}") for number in (1, 2, 3))


@dataclass
class Asked:
    """A Lookup whose answers a test decides."""

    standings: dict[Account, Standing] = field(default_factory=lambda: {TEACHER: Standing(member=True)})
    groups: dict[str, tuple[Account, ...] | None] = field(default_factory=lambda: {"slack:T1/S7": (DEPUTY,)})
    held: asyncio.Event | None = None
    """Nothing is answered before this is set."""
    broken: bool = False
    questions: list[str] = field(default_factory=list)
    rounds: list[list[str]] = field(default_factory=list)
    """The same, those together that were all asked before one of them was answered."""
    _answered: bool = True

    async def _ask(self, question: str) -> None:
        self.questions.append(question)
        if self._answered:
            self.rounds.append([])
            self._answered = False
        self.rounds[-1].append(question)
        await asyncio.sleep(0)
        if self.held is not None:
            await self.held.wait()
        self._answered = True
        if self.broken:
            raise RuntimeError("SENTINEL")

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:
        await self._ask(f"standing {account.user} {fresh}")
        return self.standings.get(account, Standing(member=False, why_not="guest"))

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:
        await self._ask(f"members {group} {fresh}")
        return self.groups.get(group)

    async def name(self, account: Account) -> str:
        await self._ask(f"name {account.user}")
        return f"Name of {account.user}"


class Slowed:
    """A store whose transactions wait, or whose database is away, when a test says so."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.held: Event | None = None
        """No transaction goes on before this is set."""
        self.away: BaseException | None = None

    async def run(self, fn: Callable[[Work], T]) -> T:
        if self.away is not None:
            raise self.away

        def slowly(work: Work) -> T:
            if self.held is not None:
                assert self.held.wait(60)
            return fn(work)

        return await self.store.run(slowly)

    async def read(self, fn: Callable[[Work], T]) -> T:
        if self.away is not None:
            raise self.away
        return await self.store.read(fn)
