"""When the database cannot be had: one exception for all reasons, without SQL and without what was being written."""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Why = Literal[
    "refused", "not_allowed", "lost", "busy", "full", "corrupt", "read_only", "not_migrated", "conflict", "failed"
]  # fmt: skip

_AGAIN: Final = frozenset({"23505", "40001", "40P01"})
"""PostgreSQL: unique violation, serialization failure, deadlock. Gone when the transaction runs again."""
_SAME_KEY: Final = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
_BY_STATE: Final[dict[str, Why]] = {
    "08": "lost",
    "28": "refused",
    "3D": "refused",
    "40": "conflict",
    "42": "not_migrated",
    "42501": "not_allowed",
    "53": "full",
    "55": "busy",
    "57": "lost",
    "58": "failed",
    "23": "conflict",
    "25": "read_only",
    "XX": "corrupt",
}
"""PostgreSQL's error classes: the first two characters of SQLSTATE, and a whole one that says more than its class."""
_BY_NAME: Final[tuple[tuple[str, Why], ...]] = (
    ("SQLITE_BUSY", "busy"),
    ("SQLITE_LOCKED", "busy"),
    ("SQLITE_FULL", "full"),
    ("SQLITE_CORRUPT", "corrupt"),
    ("SQLITE_NOTADB", "corrupt"),
    ("SQLITE_READONLY", "read_only"),
    ("SQLITE_CANTOPEN", "refused"),
    ("SQLITE_IOERR", "lost"),
    ("SQLITE_CONSTRAINT", "conflict"),
)

DATABASE_ERRORS: Final = (SQLAlchemyError, sqlite3.Error, OSError)
"""What a database that is away raises. Handlers do no I/O, so an OSError (a connection refused) is its too."""


class StoreAway(Exception):
    """The database did not do what it was asked: nothing was saved, unless it says so later (a lost answer).

    `why` is a closed word, fit for a log and a metric.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(f"the database is away ({why})")
        self.why = why


def away(error: BaseException) -> StoreAway:
    """The same trouble as a StoreAway. The text of `error` is not taken over: it may hold what was written."""
    if isinstance(error, PoolTimeout):
        return StoreAway("busy")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreAway("lost")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if state := _sqlstate(cause):
        return StoreAway(_BY_STATE.get(state) or _BY_STATE.get(state[:2], "failed"))
    if isinstance(cause, sqlite3.Error):
        return StoreAway(_of_sqlite(cause))
    return StoreAway("refused" if isinstance(cause, OSError) else "failed")


def passes(error: BaseException, *, committing: bool) -> bool:
    """Whether the same transaction may be run again at once, with hope.

    A connection lost before the commit was asked for has changed nothing; one lost during it may have.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if _sqlstate(cause) in _AGAIN or getattr(cause, "sqlite_errorname", "") in _SAME_KEY:
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated and not committing


def _sqlstate(error: BaseException | None) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _of_sqlite(error: sqlite3.Error) -> Why:
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, why in _BY_NAME:
        if name.startswith(start):
            return why
    return "not_migrated" if "no such table" in str(error) or "no such column" in str(error) else "failed"
