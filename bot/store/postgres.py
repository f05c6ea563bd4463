"""Transactions on PostgreSQL: asyncpg, a pool of five, READ COMMITTED with the row locks that the statements take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import asyncpg  # type: ignore[import-untyped]  # it ships none
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.away import StoreAway, away
from bot.store.place import PostgresAddress
from bot.store.statements import POSTGRESQL, Driver

T = TypeVar("T")

POOL: Final = 5
_CONNECT_SECONDS: Final = 2.0
_STATEMENT_SECONDS: Final = 10.0
_SERVER: Final = {
    "application_name": "signpost",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "10000",
    "timezone": "UTC",
}


def postgres_engine(place: PostgresAddress, *, patient: bool = False) -> AsyncEngine:
    """An engine for this database. It connects at the first need; its errors show no parameters.

    A patient one lets a statement take as long as it takes: for migrations and the vacuum.
    """
    return create_async_engine(
        place.url,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=_CONNECT_SECONDS,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "command_timeout": None if patient else _STATEMENT_SECONDS,
            "server_settings": _SERVER,
        },
    )


class _Rows:
    """`Driver` over SQLAlchemy's connection, which watches over the pool when one is lost."""

    dialect = POSTGRESQL
    settled = True

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fetch(self, sql: str, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        return self._connection.exec_driver_sql(sql, values).fetchall()

    def write(self, sql: str, values: tuple[Any, ...]) -> int:
        return self._connection.exec_driver_sql(sql, values).rowcount

    def write_many(self, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
        self._connection.exec_driver_sql(sql, list(values))


class Postgres:
    """A PostgreSQL database as the store uses it."""

    one_process: Final = False
    """Whether one process alone delivers from it."""

    def __init__(self, place: PostgresAddress) -> None:
        self._place = place
        self._engine = postgres_engine(place)

    async def write(self, fn: Callable[[Driver], T], committed: Callable[[T], None] | None = None) -> T:
        """Run `fn` in a transaction. `committed` is told once it is durable."""
        with _driver_errors():
            async with self._engine.begin() as connection:
                result = await connection.run_sync(lambda plain: fn(_Rows(plain)))
        if committed is not None:
            committed(result)
        return result

    async def read(self, fn: Callable[[Driver], T]) -> T:
        """Run `fn` in a transaction that may not write."""
        with _driver_errors():
            async with self._engine.connect() as connection:
                await connection.execution_options(postgresql_readonly=True)
                async with connection.begin():
                    return await connection.run_sync(lambda plain: fn(_Rows(plain)))

    async def scrub(self) -> bool:
        """Let go of what was deleted: give back the space of destroyed keys and of what they opened."""
        engine = postgres_engine(self._place, patient=True)
        try:
            with _driver_errors():
                async with engine.connect() as connection:
                    await connection.execution_options(isolation_level="AUTOCOMMIT")
                    for table in ("keys", "drafts", "cases", "versions"):
                        await connection.exec_driver_sql(f"VACUUM {table}")
        finally:
            await engine.dispose()
        return True

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def in_patience(place: PostgresAddress, fn: Callable[[Connection], None]) -> None:
    """Run `fn` in a transaction of its own with SQLAlchemy's connection, however long it takes."""
    engine = postgres_engine(place, patient=True)
    try:
        with _driver_errors():
            async with engine.begin() as connection:
                await connection.run_sync(fn)
    finally:
        await engine.dispose()


@contextmanager
def _driver_errors() -> Iterator[None]:
    """What the driver raises while it connects comes unwrapped; here it becomes a StoreAway."""
    trouble: StoreAway | None = None
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        trouble = away(error)
    if trouble is not None:
        raise trouble  # outside of the handler, so that the first error does not hang on to it
