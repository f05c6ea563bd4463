"""Remembers answers for a while, asks once for many who wait, and never grows without end."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Answers by key. `keeps` says for how many seconds an answer holds; at most `most` answers are kept."""

    def __init__(
        self,
        ask: Callable[[K], Awaitable[V]],
        keeps: Callable[[V], float],
        *,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._keeps, self._most, self._clock = ask, keeps, most, clock
        self._held: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._asking: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K, *, fresh: bool = False) -> V:
        """The answer, asked for now if there is none that holds; with `fresh` asked for in any case.

        Whoever asks while the same question is under way waits for that answer. With `fresh` it is asked anew, since
        the one under way may be older than what the asker knows to have changed.
        """
        held = self._held.get(key)
        if held is not None and not fresh and self._clock() < held[0]:
            self._held.move_to_end(key)
            return held[1]
        task = self._asking.get(key)
        if task is None or fresh:
            task = asyncio.create_task(self._fetch(key))
            self._asking[key] = task
        # Shielded: one who gives up waiting must not take the answer away from the others.
        return await asyncio.shield(task)

    async def _fetch(self, key: K) -> V:
        try:
            value = await self._ask(key)
        finally:
            newest = self._asking.get(key) is asyncio.current_task()
            if newest:
                del self._asking[key]
        if not newest:  # somebody asked anew meanwhile: what they are told must not be overwritten by older news
            return value
        self._held[key] = (self._clock() + self._keeps(value), value)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return value
