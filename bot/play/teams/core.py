"""What every part of the stand-in shares: the clock, the tenant, ids, the log of calls, and news of changes."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.play.news import Watched
from bot.play.teams.faults import Faults
from bot.play.teams.world import Json, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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


class Core(Watched):
    """State and small services; the service's routes and the driver both work on one of these."""

    bad = BadCardError

    def __init__(self, *, tenant: str, clock: Callable[[], float] = time.time, strict: bool = True) -> None:
        super().__init__(strict=strict)
        self.clock = clock
        self.ahead = 0.0
        """Seconds by which the times of messages are ahead, as people see them. Tokens and activities are not."""
        self.world = World(tenant)
        self.calls: list[Call] = []
        self.faults = Faults()
        self.base_url = ""
        self._numbers = itertools.count(1)

    def shown_time(self) -> float:
        """The time as people see it, in seconds since 1970."""
        return self.clock() + self.ahead

    def new_id(self, prefix: str = "") -> str:
        """Return an id that was not used before, like the ones of Teams: milliseconds since 1970."""
        return f"{prefix}{1_700_000_000_000 + next(self._numbers)}"

    # --- the log ---------------------------------------------------------------------------------------------------
    def noted(self, what: str, path: str, body: Json, status: int) -> None:
        """Keep one call of the bot."""
        self.calls.append(Call(what, path, body, status, self.clock()))
        self.changed()

    def calls_of(self, what: str) -> list[Call]:
        """Return the calls of one kind, oldest first: token, keys, create, post, update, member, members, graph."""
        return [call for call in self.calls if call.what == what]
