"""The delivery worker: takes what is due from the outbox, a few at a time, and never lets go of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot import logs
from bot.channel import AnyChannel
from bot.metrics import Metrics
from bot.sending.needs import Outbox, Reads, nobody_asked, nobody_known
from bot.sending.one import Draw, Sender
from bot.store.away import StoreAway
from bot.store.outbox import Claim
from handlers.people import Account, Known, Standing
from handlers.telling import deliveries

AT_ONCE: Final = 4
"""Deliveries under way at the same time: one slow recipient does not hold up the rest."""
POLL_SECONDS: Final = 1.0
"""The safety net: a commit wakes the worker at once."""
STUCK_SECONDS: Final = 15.0
"""A loop that has not turned for so long does not work."""


class Worker:
    """Delivers until it is stopped. One for each process."""

    def __init__(  # noqa: PLR0913  # what it works with, each by name
        self,
        outbox: Outbox,
        store: Reads,
        channels: Callable[[], Mapping[str, AnyChannel]],
        metrics: Metrics,
        *,
        chance: Callable[[], float] = random.random,
        trouble: Callable[[], None] = lambda: None,
        draw: Draw = deliveries.draw,
        known: Callable[[], Awaitable[Known]] = nobody_known,
        standing: Callable[[Account], Awaitable[Standing]] = nobody_asked,
    ) -> None:
        """As `Sender`: `channels` by platform, `chance` from 0 to 1, `known` asks the platforms who the leads are."""
        self._outbox, self._trouble = outbox, trouble
        self._sender = Sender(
            outbox, store, channels, metrics,
            chance=chance, trouble=trouble, draw=draw, known=known, standing=standing,
        )  # fmt: skip
        self._woken = asyncio.Event()
        self._stopping = False
        self._under_way: set[asyncio.Task[None]] = set()
        self._turned = time.monotonic()
        self._still = asyncio.Event()
        self._still.set()

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    async def works(self) -> bool:
        """Whether the loop is turning."""
        return time.monotonic() - self._turned < STUCK_SECONDS

    async def run(self) -> None:
        """Claim and deliver until `stop`. Survives every failure of the database, a platform or our own words."""
        self._still.clear()
        try:
            while not self._stopping:
                self._turned = time.monotonic()
                self._woken.clear()
                if claim := await self._claim():
                    task = asyncio.create_task(self._safely(claim))
                    self._under_way.add(task)
                    task.add_done_callback(self._finished)
                else:
                    await self._sleep()
        finally:
            self._still.set()

    async def _claim(self) -> Claim | None:
        try:
            return await self._outbox.claim() if len(self._under_way) < AT_ONCE else None
        except Exception as error:  # noqa: BLE001  # whatever it is, what was committed must still go out
            self._note_trouble(error)
            return None

    async def stop(self, seconds: float) -> None:
        """Claim nothing more and let what is being sent finish, at most so long."""
        self._stopping = True
        self._woken.set()
        await asyncio.wait({asyncio.create_task(self._still.wait())}, timeout=seconds / 2)
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=seconds / 2)
        for task in self._under_way:
            task.cancel()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._woken.set()  # there is room again, and a later message of the same case may be free now

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            pass

    def _note_trouble(self, error: Exception) -> None:
        if isinstance(error, StoreAway):
            self._trouble()
        kind = str(getattr(error, "why", "")) or logs.kind_of(error)
        logs.get_logger().error("delivery_failed", kind=kind, at=logs.places_of(error))

    async def _safely(self, claim: Claim) -> None:
        """Deliver one, and put it back if we fail ourselves: it must neither spin nor get lost."""
        try:
            await self._sender.deliver(claim)
        except Exception as error:  # noqa: BLE001  # our own failure; the message is still to be sent
            self._note_trouble(error)
            try:
                await self._sender.again(claim, "failed_here", None)
            except StoreAway:  # then the lease runs out, and it is claimed again
                return
