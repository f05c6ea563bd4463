"""Tells whoever waits that something is different now: what the stream of the page goes by."""

from __future__ import annotations

import asyncio


class News:
    """A number that grows with each change."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: list[asyncio.Future[None]] = []

    def changed(self) -> None:
        """Tell everybody who waits that something is different now."""
        self.version += 1
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def change_after(self, version: int) -> int:
        """Wait until something is newer than `version`, and return the newest."""
        while self.version <= version:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            await future
        return self.version
