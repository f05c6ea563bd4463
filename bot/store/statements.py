"""Statements as SQL text, made once each. They are declared with SQLAlchemy Core and run by the driver itself.

Core's own way of running a statement costs more than SQLite needs to carry it out, and a request runs a handful: see
the figures in `benchmarks`. What Core would do to values on the way is little here and done below: times on SQLite.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Protocol, TypeAlias

from sqlalchemy import Dialect, Insert, make_url
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler

from bot.store.tables import Utc

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
_URLS: Final = {SQLITE: "sqlite://", POSTGRESQL: "postgresql+asyncpg://"}
Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Any
"""A row: it has the statement's columns as attributes."""


class Driver(Protocol):
    """A connection in a transaction, as near to the driver as it gets."""

    dialect: str
    """`SQLITE` or `POSTGRESQL`."""
    settled: bool
    """Whether all that it reads, but for its own writing, is committed: not behind others that share its commit."""

    def fetch(self, sql: str, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        """Every row of a statement that returns rows."""

    def write(self, sql: str, values: tuple[Any, ...]) -> int:
        """How many rows a statement touched."""

    def write_many(self, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement for several rows."""


class Ready:
    """A statement as one database's SQL, and how values go in and rows come out."""

    def __init__(self, statement: Executable, dialect: str, names: tuple[str, ...]) -> None:
        core = statement.inline() if isinstance(statement, Insert) else statement
        compiled = core.compile(dialect=_dialect(dialect), column_keys=list(names) or None)  # type: ignore[attr-defined]
        if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params:
            raise TypeError("a statement must be complete: write a list of values as one parameter each")
        self.sql = str(compiled)
        self._order = compiled.positiontup or []
        self._given = dict(compiled.params)
        self._to_text = dialect == SQLITE
        times = [isinstance(compiled.binds[name].type, Utc) for name in self._order]
        self._times_in = [place for place, time in enumerate(times) if time]
        columns = list(getattr(statement, "exported_columns", ()))
        self._times_out = [place for place, column in enumerate(columns) if isinstance(column.type, Utc)]
        # A type for each statement is quicker to make rows of than anything that asks for its columns by name.
        make = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # known when it runs
        self._row: Any = make

    def values(self, given: Values) -> tuple[Any, ...]:
        """The values in the statement's order. Raises ValueError for a time without a zone."""
        known = self._given | given  # type: ignore[operator]
        ordered = [known[name] for name in self._order]
        for place in self._times_in:
            if (moment := ordered[place]) is not None:
                ordered[place] = _bound(moment, as_text=self._to_text)
        return tuple(ordered)

    def row(self, raw: Sequence[Any]) -> Row:
        """A row with its columns as attributes."""
        if self._to_text and self._times_out:
            raw = list(raw)
            for place in self._times_out:
                if (text := raw[place]) is not None:
                    raw[place] = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return self._row._make(raw)


@cache
def _dialect(name: str) -> Dialect:
    return make_url(_URLS[name]).get_dialect()()


_ready: Final[dict[tuple[Executable, str, tuple[str, ...]], Ready]] = {}


def ready(statement: Executable, dialect: str, given: Values) -> Ready:
    """The statement for a database, with the columns that `given` names. Declare statements once: they are kept."""
    key = (statement, dialect, tuple(given))
    if key not in _ready:
        _ready[key] = Ready(statement, dialect, key[2])
    return _ready[key]


def _bound(moment: datetime, *, as_text: bool) -> datetime | str:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    utc = moment.astimezone(UTC)
    # On SQLite text that sorts, as SQLAlchemy's own type writes it.
    return utc.replace(tzinfo=None).isoformat(" ", "microseconds") if as_text else utc
