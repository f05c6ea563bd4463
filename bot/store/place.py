"""Where the database is: SIGNPOST_DATABASE_URL read into a SQLite file or a PostgreSQL address with our driver."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.store.away import StoreAway

_SSL: Final = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_HOW: Final = "write sqlite:////path/to/signpost.db or postgresql://user:password@host/database"


class PlaceRefused(ValueError):
    """The database's address cannot be used. The sentence says what to write and repeats no password."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A SQLite database in a file."""

    path: Path


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A PostgreSQL database, its URL with our driver's name in it."""

    url: URL


Place: TypeAlias = SqliteFile | PostgresAddress


def parse_place(text: str) -> Place:
    """Read a database URL. Raises PlaceRefused with a sentence that says what to write."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise PlaceRefused(f"SIGNPOST_DATABASE_URL is no address of a database: {_HOW}") from None
    match url.drivername.partition("+")[0]:
        case "sqlite":
            if not url.database or url.database == ":memory:" or url.host:
                raise PlaceRefused(f"SIGNPOST_DATABASE_URL must name a file: {_HOW}")
            return SqliteFile(Path(url.database))
        case "postgresql" | "postgres":
            return PostgresAddress(_with_driver(url))
        case _:
            raise PlaceRefused(f"SIGNPOST_DATABASE_URL names a database that Signpost does not use: {_HOW}")


def prepare(place: SqliteFile) -> None:
    """Make the file for us alone, and its folder if there is none. Raises StoreAway if that cannot be done."""
    made = True
    try:
        place.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(place.path, os.O_RDWR | os.O_CREAT, 0o600))
        place.path.chmod(0o600)
    except OSError:
        made = False
    if not made:
        raise StoreAway("refused")


def _with_driver(url: URL) -> URL:
    query = dict(url.query)
    mode = query.pop("sslmode", None)
    if mode is not None:
        if mode not in _SSL:
            raise PlaceRefused(f"sslmode in SIGNPOST_DATABASE_URL must be one of {', '.join(sorted(_SSL))}")
        query["ssl"] = mode  # what our driver calls it
    return url.set(drivername="postgresql+asyncpg", query=query)
