"""Work that goes on after a platform has its reply: held, so that it is neither forgotten nor cut off by a stop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot import logs


class Later:
    """The tasks of one platform that are under way. `whose` names it in the log."""

    def __init__(self, whose: str) -> None:
        self._whose = whose
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start work now and hold it until it ends."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way, at most so long; then cancel it."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logs.get_logger().error("task_failed", task=self._whose, kind=logs.kind_of(error), at=logs.places_of(error))
