"""Transactions on SQLite: one thread that writes, one that reads, a connection each, one hop a transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.store.place import SqliteFile

T = TypeVar("T")

BUSY_MS: Final = 2000
"""How long to wait for another process (an export, a second copy) to let go of the file."""
_PRAGMAS: Final = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose a commit that was acknowledged when the power goes
    "secure_delete=ON",  # what is deleted (a key, above all) is overwritten
    "foreign_keys=ON",
)


def sqlite_engine(place: SqliteFile, *, writes: bool) -> Engine:
    """An engine for this file, whose errors show no parameters. One that writes takes the write lock at once."""
    engine = create_engine(
        f"sqlite:///{place.path}",
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        for pragma in (*_PRAGMAS, f"query_only={'OFF' if writes else 'ON'}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # A transaction that began by reading could not become a writer once another has written.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class _Lane:
    """A thread with a connection that stays open; after trouble with the database it opens a new one."""

    def __init__(self, place: SqliteFile, *, writes: bool) -> None:
        self._engine = sqlite_engine(place, writes=writes)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-write" if writes else "store-read")
        self._connection: Connection | None = None

    async def run(self, fn: Callable[[], T]) -> T:
        """Run `fn` in the thread, where it may use the connection."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._guarded, fn)

    def transaction(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction, in the thread."""
        connection = self._open()
        with connection.begin():
            return fn(connection)

    def outside(self, statement: str) -> None:
        """Run a statement that no transaction may hold, in the thread."""
        driver = self._open().connection.driver_connection
        if driver is not None:
            driver.execute(statement).close()

    def _guarded(self, fn: Callable[[], T]) -> T:
        try:
            return fn()
        except (sqlite3.Error, SQLAlchemyError):
            self._drop()
            raise

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    async def close(self) -> None:
        """Finish what runs, then close the connection and end the thread."""
        await self.run(self._drop)
        self._thread.shutdown()


class Sqlite:
    """A SQLite database as the store uses it."""

    one_process: Final = True
    """Whether one process alone delivers from it."""

    def __init__(self, place: SqliteFile) -> None:
        self.place = place
        self._writer = _Lane(place, writes=True)
        self._reader = _Lane(place, writes=False)

    async def write(self, fn: Callable[[Connection], T], committed: Callable[[T], None] | None = None) -> T:
        """Run `fn` in a transaction that holds the write lock from its start. `committed` is told in the thread."""

        def whole() -> T:
            result = self._writer.transaction(fn)
            if committed is not None:
                committed(result)
            return result

        return await self._writer.run(whole)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction that sees one moment and may not write."""
        return await self._reader.run(lambda: self._reader.transaction(fn))

    async def scrub(self) -> None:
        """Let go of what was deleted: write the journal back into the file and cut it to nothing."""
        await self._writer.run(lambda: self._writer.outside("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def close(self) -> None:
        """Finish what runs, then let go of the file."""
        await self._reader.close()
        await self._writer.close()
