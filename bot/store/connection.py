"""A connection to a SQLite file, set so that what was acknowledged is on the disk and what was deleted is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from bot.store.place import SqliteFile
from bot.store.statements import SQLITE

BUSY_MS: Final = 2000
"""How long to wait for another process (an export, a second copy) to let go of the file."""
_PRAGMAS: Final = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose a commit that was acknowledged when the power goes
    "secure_delete=ON",  # what is deleted (a key, above all) is overwritten
    "temp_store=MEMORY",  # what a savepoint keeps aside, in case it is rolled back, does not go to a file of its own
    "foreign_keys=ON",
)
_WRITING: Final = ("query_only=OFF",)
_READING: Final = ("query_only=ON", "cache_size=-500")  # KB: it draws what is sent, and its pages are read once


def connect(place: SqliteFile, *, writes: bool = True) -> sqlite3.Connection:
    """A connection to the file that leaves BEGIN and COMMIT to its user."""
    connection = sqlite3.connect(
        place.path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in (*_PRAGMAS, *_WRITING) if writes else (*_PRAGMAS, *_READING):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class Rows:
    """`Driver` over a connection of Python's own sqlite3."""

    dialect = SQLITE

    def __init__(self, connection: sqlite3.Connection, *, settled: bool = True) -> None:
        self._connection = connection
        self.settled = settled

    def fetch(self, sql: str, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        """Every row of a statement that returns rows."""
        return self._connection.execute(sql, values).fetchall()

    def write(self, sql: str, values: tuple[Any, ...]) -> int:
        """How many rows a statement touched."""
        return self._connection.execute(sql, values).rowcount

    def write_many(self, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement for several rows."""
        self._connection.executemany(sql, values)


class Kept:
    """A connection that stays open, for one thread. After trouble with the database it is dropped and opened anew."""

    def __init__(self, place: SqliteFile, *, writes: bool) -> None:
        self._place, self._writes = place, writes
        self._open: sqlite3.Connection | None = None

    def use(self) -> sqlite3.Connection:
        """The connection. Raises sqlite3.Error if it cannot be opened."""
        if self._open is None:
            self._open = connect(self._place, writes=self._writes)
        return self._open

    def drop(self) -> None:
        """Close it; what it had not committed is rolled back."""
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()
