"""The store: runs a handler as one transaction, on SQLite or PostgreSQL, and says so when the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from bot.store.away import DATABASE_ERRORS, StoreAway, away, passes
from bot.store.cases import ChangedMeanwhile
from bot.store.chance import SystemChance
from bot.store.configured import Configured, SetUpChanged
from bot.store.place import SqliteFile, parse_place, prepare
from bot.store.session import Session
from bot.store.sqlite import Sqlite
from bot.store.statements import Driver
from bot.store.vault import Keys
from bot.store.work import DigestKey, Secret, StoreWork
from handlers.people import Directory
from handlers.ports import Chance, Work

if TYPE_CHECKING:
    from bot.store.postgres import Postgres

T = TypeVar("T")

_TRIES: Final = 3
"""A transaction that met another one over the same row is run again: twice, so that two such meetings are survived.
Whoever met another change of the set-up waits for its turn from then on: however many save at once, all are kept."""


class Store:
    """Transactions over cases, drafts, the audit trail and the outbox. Made by `open_store`."""

    def __init__(
        self,
        database: Sqlite | Postgres,
        keys: Keys,
        directory: Callable[[], Directory],
        connected: Callable[[], frozenset[str] | None],
        chance: Chance,
        clock: Callable[[], datetime] | None,
        ahead: Callable[[], timedelta] | None,
    ) -> None:
        self.database = database
        self.keys = keys
        self.on_enqueued: Callable[[], None] | None = None
        """Called in the event loop after a commit that queued deliveries: wakes the worker."""
        self.configured = Configured(directory, connected)
        self._chance = chance
        self._clock = clock
        self._ahead = ahead
        self._digest = DigestKey()
        self._noted: set[str] = set()

    async def run(self, fn: Callable[[Work], T]) -> T:
        """Run a handler as one transaction: it commits when `fn` returns and rolls back when it raises.

        `fn` may be called again from the start if another transaction was in its way, so it does nothing but use its
        Work. On SQLite it runs in the writer's thread: once it has begun it goes on to its end even if the caller is
        cancelled, and before that it is dropped. Raises StoreAway if the database does not do it, and Unreadable if
        something sealed does not open.
        """
        return await self.run_in(lambda _session, work: fn(work))

    async def run_in(self, fn: Callable[[Session, Work], T]) -> T:
        """As `run`, for a function of the store itself that hands a part of its transaction to a handler."""
        loop = asyncio.get_running_loop()

        def whole(session: Session) -> tuple[T, int]:
            work = StoreWork(session, self.configured, self._chance, self._digest)
            result = fn(session, work)
            work.finish()
            return result, work.enqueued

        def committed(done: tuple[T, int]) -> None:
            if done[1]:
                loop.call_soon_threadsafe(self.wake)

        result, _ = await self.transact(whole, committed)
        return result

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run a function that only reads. It takes no lock and waits for no writer; writing raises StoreAway."""
        return await self.look(lambda it: fn(StoreWork(it, self.configured, self._chance, self._digest, lock=False)))

    async def look(self, fn: Callable[[Session], T]) -> T:
        """As `read`, for a function of the store itself."""
        trouble: StoreAway
        try:
            return await self.database.read(lambda driver: fn(self._session(driver)))
        except DATABASE_ERRORS as error:
            trouble = away(error)
        raise trouble

    async def transact(self, fn: Callable[[Session], T], committed: Callable[[T], None] | None = None) -> T:
        """Run a function of the store itself as one transaction. `committed` is told once it is durable.

        Raises like `run`. The StoreAway is raised outside of the handler of the error that it stands for, so that
        nothing leads from it to a statement or its parameters.
        """
        waits = False
        for tries_left in reversed(range(_TRIES)):
            attempt = _Attempt(fn, partial(self._session, holds_set_up=waits))
            trouble: StoreAway
            try:
                return await self.database.write(attempt.run, committed)
            except ChangedMeanwhile as met:
                waits = waits or isinstance(met, SetUpChanged)
                again, trouble = True, StoreAway("conflict")
            except DATABASE_ERRORS as error:
                again, trouble = passes(error, committing=attempt.done), away(error)
            if not (again and tries_left):
                raise trouble
        raise AssertionError("the last try returns or raises")

    async def ping(self) -> None:
        """Write something small. Raises StoreAway, or Unreadable where SIGNPOST_KEYS are not this database's keys."""
        await self.transact(self._digest.touch)

    async def secret(self) -> Secret:
        """What this database keeps for itself: the same for every replica, and whatever SIGNPOST_KEYS become.

        Raises StoreAway, or Unreadable where SIGNPOST_KEYS are not this database's keys.
        """
        return Secret(await self.transact(self._digest.of))

    async def scrub(self) -> bool:
        """Let go of what was deleted, so that a destroyed key is found nowhere in the database's files.

        Never raises: what was deleted stays deleted. False if traces may be left until the next time.
        """
        try:
            return await self.database.scrub()
        except (StoreAway, *DATABASE_ERRORS):
            return False

    def now(self) -> datetime:
        """The moment that people's time is at, in UTC: ahead where the clock was moved, without asking the database."""
        return (self._clock() if self._clock else datetime.now(UTC)) + self._lead()

    async def close(self) -> None:
        """Finish what runs and let go of the database."""
        await self.database.close()

    def wake(self) -> None:
        """Tell whoever delivers that there may be something to do."""
        if self.on_enqueued is not None:
            self.on_enqueued()

    def _session(self, driver: Driver, *, holds_set_up: bool = False) -> Session:
        ahead = self._lead()
        now = (self._clock() if self._clock else datetime.now(UTC)) + ahead
        own_clock = self._clock is not None or self._ahead is not None or self.database.one_process
        return Session(
            driver, self.keys, now, own_clock=own_clock, ahead=ahead, holds_set_up=holds_set_up, noted=self._noted
        )

    def _lead(self) -> timedelta:
        return self._ahead() if self._ahead else timedelta()


class _Attempt(Generic[T]):
    """One try at a transaction. `done` says that everything but the commit went well."""

    def __init__(self, fn: Callable[[Session], T], session: Callable[[Driver], Session]) -> None:
        self._fn = fn
        self._session = session
        self.done = False

    def run(self, driver: Driver) -> T:
        """Run it."""
        result = self._fn(self._session(driver))
        self.done = True
        return result


async def open_store(
    url: str,
    *,
    keys: Keys,
    directory: Callable[[], Directory],
    connected: Callable[[], frozenset[str] | None] = lambda: None,
    chance: Chance | None = None,
    clock: Callable[[], datetime] | None = None,
    ahead: Callable[[], timedelta] | None = None,
) -> Store:
    """Open the database that SIGNPOST_DATABASE_URL names. `migrate` must have brought it up to date.

    `directory` is what the CONFIG file declares, the same object each time; `connected` as in `as_connected`.

    A PostgreSQL that is away is no trouble here: it is connected to when it is needed. Raises PlaceRefused for a bad
    address, and StoreAway if a SQLite file cannot be made. `chance` and `clock` are for tests; `ahead` is how far the
    time of everything but leases is ahead of that clock, for the playground.
    """
    place = parse_place(url)
    database: Sqlite | Postgres
    if isinstance(place, SqliteFile):
        prepare(place)
        database = Sqlite(place)
    else:
        from bot.store.postgres import Postgres  # noqa: PLC0415 - a SQLite deployment never loads the driver

        database = Postgres(place)
    return Store(database, keys, directory, connected, chance or SystemChance(), clock, ahead)
