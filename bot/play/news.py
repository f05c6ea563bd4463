"""Tells whoever waits that something is different now: what the stream of the page goes by."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


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


class Watched(News):
    """A stand-in that tests wait for, and that reports what the platform would refuse or show wrongly."""

    bad: ClassVar[type[AssertionError]] = AssertionError
    """What is raised for that."""

    def __init__(self, *, strict: bool) -> None:
        """`strict`: `check` raises what was found."""
        super().__init__()
        self.strict = strict
        self.notices: dict[str, list[str]] = {}
        self.findings: list[tuple[str, object]] = []
        self._reported = 0

    async def until(self, condition: Callable[[], object], *, within: float = 60.0) -> None:
        """Wait until `condition()` holds. Raises `TimeoutError` after `within` seconds, so that nothing hangs."""
        async with asyncio.timeout(within):
            while not condition():
                self.check()
                await self.change_after(self.version)
        self.check()

    def notice(self, user: str, text: str) -> None:
        """Keep what the platform's own client would tell this person."""
        self.notices.setdefault(user, []).append(text)
        self.changed()

    def found(self, where: str, findings: Iterable[object]) -> None:
        """Keep what is wrong with something that the bot sent, to be reported by `check`."""
        self.findings += [(where, finding) for finding in findings]

    def check(self) -> None:
        """Raise `bad` if strict and the bot sent what the platform would refuse. Each finding is raised once."""
        fresh = self.findings[self._reported :]
        self._reported = len(self.findings)
        if fresh and self.strict:
            raise self.bad("\n".join(f"{where}: {finding}" for where, finding in fresh))
