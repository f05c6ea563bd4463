"""Transactions on SQLite: one thread that writes, one that reads, a connection each, one hop a transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from bot.store.connection import Kept, Rows
from bot.store.group_commit import Writer
from bot.store.place import SqliteFile
from bot.store.statements import Driver

T = TypeVar("T")


class _Reader:
    """The thread that reads: what it does waits for no writer."""

    def __init__(self, place: SqliteFile) -> None:
        self._kept = Kept(place, writes=False)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-read")

    async def read(self, fn: Callable[[Driver], T]) -> T:
        """Run `fn` in a transaction that sees one moment."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transaction, fn)

    def _transaction(self, fn: Callable[[Driver], T]) -> T:
        try:
            connection = self._kept.use()
            connection.execute("BEGIN")
            try:
                return fn(Rows(connection))
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._kept.drop()
            raise

    async def close(self) -> None:
        """Finish what runs, then close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._kept.drop)
        self._thread.shutdown()


class Sqlite:
    """A SQLite database as the store uses it."""

    one_process: Final = True
    """Whether one process alone delivers from it."""

    def __init__(self, place: SqliteFile) -> None:
        self.place = place
        self._writer = Writer(place)
        self._reader = _Reader(place)

    async def write(self, fn: Callable[[Driver], T], committed: Callable[[T], None] | None = None) -> T:
        """Run `fn` in a transaction that holds the write lock from its start. `committed` is told in the thread.

        It shares a commit with others that wait at the same time, and may be run again from its start because of them.
        """
        return await self._writer.write(fn, committed)

    async def read(self, fn: Callable[[Driver], T]) -> T:
        """Run `fn` in a transaction that sees one moment and may not write."""
        return await self._reader.read(fn)

    async def scrub(self) -> bool:
        """Let go of what was deleted: write the journal back into the file and cut it to nothing.

        False if somebody was reading: then the next time does it.
        """

        def cut(connection: sqlite3.Connection) -> bool:
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy

        return await self._writer.alone(cut)

    async def close(self) -> None:
        """Finish what runs, then let go of the file."""
        await self._reader.close()
        await self._writer.close()
