"""Bring the database up to date, under a lock, so that two replicas may start at the same moment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from bot.store.away import DATABASE_ERRORS, StoreAway, away
from bot.store.connection import connect
from bot.store.place import PostgresAddress, SqliteFile, parse_place, prepare

HEAD: Final = "0004"
"""The newest migration in `migrations/versions`."""
_LOCK: Final = 0x5167_6E70_6F73_7421
"""The number of PostgreSQL's advisory lock, held until the transaction ends."""
_WAIT_MS: Final = 60_000
"""How long to wait for another replica's migration."""


async def migrate(url: str) -> None:
    """Bring the database of SIGNPOST_DATABASE_URL up to date. Raises PlaceRefused, or StoreAway if it is away."""
    place = parse_place(url)
    trouble: StoreAway
    try:
        if isinstance(place, SqliteFile):
            prepare(place)
            await asyncio.to_thread(_migrate_file, place)
        else:
            await _migrate_server(place)
    except DATABASE_ERRORS as error:
        trouble = away(error)
    else:
        return
    raise trouble


def _migrate_file(place: SqliteFile) -> None:
    engine = create_engine("sqlite://", poolclass=NullPool, creator=lambda: connect(place), hide_parameters=True)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_WAIT_MS}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # a second process waits here
        _upgrade(connection)
        connection.commit()


async def _migrate_server(place: PostgresAddress) -> None:
    from bot.store.postgres import in_patience  # noqa: PLC0415 - a SQLite deployment never loads the driver

    def whole(connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = {_WAIT_MS}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        _upgrade(connection)

    await in_patience(place, whole)


def _upgrade(connection: Connection) -> None:
    if inspect(connection).has_table("alembic_version"):
        done = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if done is not None and done >= HEAD:  # greater: a newer replica has been here, and left it fit for us
            return
    from alembic import command  # noqa: PLC0415 - takes longer to load than all else here, and is seldom needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
