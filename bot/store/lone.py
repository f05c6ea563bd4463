"""When a process starts to deliver from a SQLite file and no other does, what a killed one was sending is free at once.

Every process that delivers shares a lock on a file beside the database, which the operating system lets go of however
the process ends. Whoever can have that lock alone knows that nobody is sending.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.store.sqlite import Sqlite
from bot.store.store import Store

if sys.platform != "win32":
    import fcntl


class LoneWorker:
    """A process's share in the lock, from its first claim on."""

    def __init__(self, store: Store) -> None:
        self._path = _lock_path(store)
        self._entering = asyncio.Lock()
        self._held: int | None = None

    async def enter(self, free: Callable[[], Awaitable[object]]) -> None:
        """Take a share, once. `free` is called before that if nobody else has one: until it ends nobody gets one."""
        if sys.platform == "win32" or self._path is None:
            return  # without such a lock, leases run out by themselves
        async with self._entering:
            if self._held is None:
                self._held = await _shared(self._path, free)

    def leave(self) -> None:
        """Give the share back."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    def __del__(self) -> None:
        self.leave()


async def _shared(path: Path, free: Callable[[], Awaitable[object]]) -> int:
    held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if _alone(held):
            await free()
        await asyncio.to_thread(fcntl.flock, held, fcntl.LOCK_SH)
    except BaseException:
        os.close(held)
        raise
    return held


def _alone(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_path(store: Store) -> Path | None:
    database = store.database
    if not isinstance(database, Sqlite):
        return None
    path = database.place.path
    return path.with_name(f"{path.name}-worker")
