"""Transactions on SQLite: one thread that writes, one that reads, a connection each, one hop a transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from bot.store.place import SqliteFile
from bot.store.statements import SQLITE, Driver

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


def connect(place: SqliteFile, *, writes: bool = True) -> sqlite3.Connection:
    """A connection to the file that leaves BEGIN and COMMIT to its user."""
    connection = sqlite3.connect(
        place.path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in (*_PRAGMAS, f"query_only={'OFF' if writes else 'ON'}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class _Rows:
    """`Driver` over a connection of Python's own sqlite3."""

    dialect = SQLITE

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fetch(self, sql: str, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        return self._connection.execute(sql, values).fetchall()

    def write(self, sql: str, values: tuple[Any, ...]) -> int:
        return self._connection.execute(sql, values).rowcount

    def write_many(self, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
        self._connection.executemany(sql, values)


class _Lane:
    """A thread with a connection that stays open; after trouble with the database it opens a new one."""

    def __init__(self, place: SqliteFile, *, writes: bool) -> None:
        self._place = place
        self._writes = writes
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-write" if writes else "store-read")
        self._connection: sqlite3.Connection | None = None

    async def run(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """Run `fn` in the thread, with the connection."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._guarded, fn)

    def transaction(self, connection: sqlite3.Connection, fn: Callable[[Driver], T]) -> T:
        """Run `fn` in a transaction; in the thread."""
        # A transaction that began by reading could not become a writer once another has written: lock at once.
        connection.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")
        try:
            result = fn(_Rows(connection))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _guarded(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            self._connection = connect(self._place, writes=self._writes)
        try:
            return fn(self._connection)
        except sqlite3.Error:
            self._drop()
            raise

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    async def close(self) -> None:
        """Finish what runs, then close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._drop)
        self._thread.shutdown()


class Sqlite:
    """A SQLite database as the store uses it."""

    one_process: Final = True
    """Whether one process alone delivers from it."""

    def __init__(self, place: SqliteFile) -> None:
        self.place = place
        self._writer = _Lane(place, writes=True)
        self._reader = _Lane(place, writes=False)

    async def write(self, fn: Callable[[Driver], T], committed: Callable[[T], None] | None = None) -> T:
        """Run `fn` in a transaction that holds the write lock from its start. `committed` is told in the thread."""

        def whole(connection: sqlite3.Connection) -> T:
            result = self._writer.transaction(connection, fn)
            if committed is not None:
                committed(result)
            return result

        return await self._writer.run(whole)

    async def read(self, fn: Callable[[Driver], T]) -> T:
        """Run `fn` in a transaction that sees one moment and may not write."""
        return await self._reader.run(lambda connection: self._reader.transaction(connection, fn))

    async def scrub(self) -> bool:
        """Let go of what was deleted: write the journal back into the file and cut it to nothing.

        False if somebody was reading: then the next time does it.
        """

        def cut(connection: sqlite3.Connection) -> bool:
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy

        return await self._writer.run(cut)

    async def close(self) -> None:
        """Finish what runs, then let go of the file."""
        await self._reader.close()
        await self._writer.close()
