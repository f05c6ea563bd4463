"""What every part of the stand-in shares: the clock, the tenant, ids, the log of calls, and news of changes."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.play.teams.faults import Faults
from bot.play.teams.world import Json, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class BadCardError(AssertionError):
    """The bot sent something that Teams would refuse or show wrongly; the message lists what and where."""


class NotPossibleError(Exception):
    """A person could not do this in Teams' own client: no such button, no such field, no dialog."""

    def __init__(self, why: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.fields = dict(fields or {})


@dataclass(frozen=True, slots=True)
class Call:
    """One call that the bot made, and the status it was answered with."""

    what: str
    path: str
    body: Json = field(default_factory=dict)
    status: int = 200
    at: float = 0.0


class Core:
    """State and small services; the service's routes and the driver both work on one of these."""

    def __init__(self, *, tenant: str, clock: Callable[[], float] = time.time, strict: bool = True) -> None:
        self.clock = clock
        self.ahead = 0.0
        """Seconds by which the times of messages are ahead, as people see them. Tokens and activities are not."""
        self.strict = strict
        self.world = World(tenant)
        self.calls: list[Call] = []
        self.findings: list[tuple[str, str]] = []
        self.notices: dict[str, list[str]] = {}
        self.faults = Faults()
        self.base_url = ""
        self.version = 0
        self._reported = 0
        self._numbers = itertools.count(1)
        self._waiting: list[asyncio.Future[None]] = []

    def shown_time(self) -> float:
        """The time as people see it, in seconds since 1970."""
        return self.clock() + self.ahead

    def new_id(self, prefix: str = "") -> str:
        """Return an id that was not used before, like the ones of Teams: milliseconds since 1970."""
        return f"{prefix}{1_700_000_000_000 + next(self._numbers)}"

    # --- news ------------------------------------------------------------------------------------------------------
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

    async def until(self, condition: Callable[[], object], *, within: float = 5.0) -> None:
        """Wait until `condition()` holds. Raises `TimeoutError` after `within` seconds."""
        async with asyncio.timeout(within):
            while not condition():
                self.check()
                await self.change_after(self.version)
        self.check()

    def notice(self, user: str, text: str) -> None:
        """Keep what Teams' own client would tell this person."""
        self.notices.setdefault(user, []).append(text)
        self.changed()

    # --- findings --------------------------------------------------------------------------------------------------
    def found(self, where: str, findings: Iterable[str]) -> None:
        """Keep what is wrong with something that the bot sent, to be reported by `check`."""
        self.findings += [(where, finding) for finding in findings]

    def check(self) -> None:
        """Raise `BadCardError` if strict and the bot sent what Teams would refuse. Each finding is raised once."""
        fresh = self.findings[self._reported :]
        self._reported = len(self.findings)
        if fresh and self.strict:
            raise BadCardError("\n".join(f"{where}: {finding}" for where, finding in fresh))

    # --- the log ---------------------------------------------------------------------------------------------------
    def noted(self, what: str, path: str, body: Json, status: int) -> None:
        """Keep one call of the bot."""
        self.calls.append(Call(what, path, body, status, self.clock()))
        self.changed()

    def calls_of(self, what: str) -> list[Call]:
        """Return the calls of one kind, oldest first: token, keys, create, post, update, member, members, graph."""
        return [call for call in self.calls if call.what == what]
