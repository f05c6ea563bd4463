"""Remembers answers for a while, asks once for many who wait, and never grows without end."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

PATIENCE: Final = 0.3
"""Seconds that a fresh question waits for an older one that is under way: longer, and it may never be answered."""


class Cache(Generic[K, V]):
    """Answers by key. `keeps` says for how many seconds an answer holds; at most `most` answers are kept.

    `passing` says that an answer is only that nothing could be learnt just now: it takes no better one's place while
    that one holds.
    """

    def __init__(
        self,
        ask: Callable[[K], Awaitable[V]],
        keeps: Callable[[V], float],
        *,
        most: int,
        clock: Callable[[], float] = time.monotonic,
        passing: Callable[[V], bool] = lambda _: False,
    ) -> None:
        self._ask, self._keeps, self._most, self._clock, self._passing = ask, keeps, most, clock, passing
        self._held: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._asking: dict[K, asyncio.Task[V]] = {}
        self._following: dict[K, asyncio.Task[V]] = {}
        """Questions that begin when the one under way ends."""

    async def get(self, key: K, *, fresh: bool = False) -> V:
        """The answer, asked for now if there is none that holds; with `fresh` asked for in any case.

        Whoever asks while the same question is under way waits for that answer. With `fresh` it may be older than what
        the asker knows to have changed: so they wait for the next one, which begins as soon as that one has ended, and
        which all share who ask anew meanwhile.
        """
        held = self._held.get(key)
        if held is not None and not fresh and self._clock() < held[0]:
            self._held.move_to_end(key)
            return held[1]
        task, under_way = self._following.get(key), self._asking.get(key)
        if under_way is not None and not fresh:
            task = under_way
        elif task is None and under_way is None:
            task = self._begin(key)
        elif task is None:
            task = self._following[key] = asyncio.create_task(self._follow(key, under_way))
        # Shielded: one who gives up waiting must not take the answer away from the others.
        return await asyncio.shield(task)

    def _begin(self, key: K) -> asyncio.Task[V]:
        task = self._asking[key] = asyncio.create_task(self._fetch(key))
        return task

    async def _follow(self, key: K, before: asyncio.Task[V] | None) -> V:
        if before is not None:
            await asyncio.wait({before}, timeout=PATIENCE)
        del self._following[key]  # whoever comes from here on wants news that is newer still
        return await self._begin(key)

    async def _fetch(self, key: K) -> V:
        try:
            value = await self._ask(key)
        finally:
            newest = self._asking.get(key) is asyncio.current_task()
            if newest:
                del self._asking[key]
        if newest:  # else somebody asked anew meanwhile: what they are told must not be overwritten by older news
            self._keep(key, value)
        return value

    def _keep(self, key: K, value: V) -> None:
        held = self._held.get(key)
        if self._passing(value) and held is not None and self._clock() < held[0] and not self._passing(held[1]):
            return
        self._held[key] = (self._clock() + self._keeps(value), value)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
