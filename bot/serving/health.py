"""Whether each part works right now: what `/readyz` says.

A part that fails is noticed within a few seconds without anybody pressing a button, and at once when somebody does; it
is asked again all the time, so that it counts as working again without a restart.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from bot import logs
from bot.metrics import Metrics

EVERY_SECONDS: Final = 3.0
"""How often parts are asked."""
PART_SECONDS: Final = 3.0
"""How long a part may take to say that it works."""
FREE_BYTES: Final = 16 * 1024 * 1024
"""Room that the disk must have: a write-ahead log and then some."""

Check = Callable[[], Awaitable[bool]]


class Health:
    """What works, asked again and again."""

    def __init__(self, checks: Mapping[str, Check], metrics: Metrics) -> None:
        self._checks = dict(checks)
        self._metrics = metrics
        self._state = dict.fromkeys(self._checks, False)
        self._ask_now = asyncio.Event()
        self._stopping = False

    def add(self, part: str, check: Check) -> None:
        """Another part, which does not count as working before it was asked."""
        self._checks[part] = check
        self._state[part] = False

    def parts(self) -> Mapping[str, bool]:
        """Each part and whether it works. While stopping, none is offered."""
        return dict.fromkeys(self._state, False) if self._stopping else dict(self._state)

    def stopping(self) -> None:
        """From now on nothing is ready: no new requests, please, to whoever balances them."""
        self._stopping = True

    def doubt(self, part: str) -> None:
        """Something just went wrong there: not ready until it has been asked again."""
        if part in self._state:
            self._state[part] = False
            self._ask_now.set()

    async def ask(self) -> None:
        """Ask every part once, all at the same time."""
        before = dict(self._state)
        for part, works in zip(self._checks, await asyncio.gather(*map(_ask, self._checks.values())), strict=True):
            self._state[part] = works
        self._metrics.ready(self._state)
        broken = sorted(part for part, works in self._state.items() if not works)
        if broken and before != self._state:
            logs.get_logger().error("not_ready", parts=",".join(broken))

    async def watch(self) -> None:
        """Ask for ever."""
        while True:
            self._ask_now.clear()
            await self.ask()
            try:
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._ask_now.wait()
                await asyncio.sleep(0.2)  # a burst of trouble is one question, not hundreds
            except TimeoutError:
                pass


async def _ask(check: Check) -> bool:
    try:
        async with asyncio.timeout(PART_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001  # a part that fails in any way does not work
        return False


class File:
    """The database's file: there, the one that was opened, and on a disk with room."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity = self._now()

    def _now(self) -> tuple[int, int]:
        found = self._path.stat()
        return found.st_dev, found.st_ino

    async def works(self) -> bool:
        """SQLite goes on writing into a file that was deleted or replaced, and all of it is lost: look at the disk."""
        free = os.statvfs(self._path.parent)
        return self._now() == self._identity and free.f_bavail * free.f_frsize >= FREE_BYTES
