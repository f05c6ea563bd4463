"""Migrations: what they make is what the code declares, and two replicas may start at the same moment."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import bot.store.migrate
from bot.store.migrate import HEAD, migrate
from bot.store.place import PostgresAddress, parse_place
from bot.store.postgres import postgres_engine
from bot.store.tables import metadata
from tests.store.given import a_case, keep, opened, sql

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from sqlalchemy import Connection


async def with_connection(url: str, fn: Callable[[Connection], object]) -> object:
    place = parse_place(url)
    if not isinstance(place, PostgresAddress):
        engine = create_engine(url)
        with engine.connect() as connection:
            return fn(connection)
    server = postgres_engine(place)
    try:
        async with server.connect() as connection:
            return await connection.run_sync(fn)
    finally:
        await server.dispose()


async def test_the_migrated_database_is_what_the_code_declares(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    assert await with_connection(database_url, differences) == []


async def test_a_column_that_no_migration_makes_would_be_found(database_url: str) -> None:
    await sql(database_url, "ALTER TABLE outbox DROP COLUMN why", "DROP INDEX ix_outbox_due")

    def differences(connection: Connection) -> list[object]:
        return [change[0] for change in compare_metadata(MigrationContext.configure(connection), metadata)]

    assert sorted(await with_connection(database_url, differences)) == ["add_column", "add_index"]


async def test_ten_replicas_that_start_at_the_same_moment_make_one_schema(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(10)))
    assert await sql(empty_url, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    store = await opened(empty_url)
    await keep(store, a_case())
    await migrate(empty_url)
    assert await store.run(lambda work: work.case(a_case().id)) == a_case()
    await store.close()


async def test_what_a_newer_replica_made_is_left_alone(database_url: str) -> None:
    await sql(database_url, "UPDATE alembic_version SET version_num = '9999'")
    await migrate(database_url)
    assert await sql(database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_what_waited_when_an_earlier_release_ended_waits_since_then(database_url: str) -> None:
    added = (
        "INSERT INTO outbox (id, case_id, kind, recipient, version, replaces, extra, state, due, owner, attempts, why,"
    )
    tried, later, over = (
        f"{added} made_at) VALUES ('{name}', '', 'reminder', 'slack:T1/U1', 1, '', '', '{state}',"
        f" '2026-11-24 {due}:00:00.000000', '', {attempts}, '', '2026-11-24 10:00:00.000000')"
        for name, state, due, attempts in (
            ("tried", "queued", 12, 3),
            ("later", "queued", 14, 0),
            ("over", "sent", 10, 1),
        )
    )
    await sql(
        database_url,
        "ALTER TABLE outbox DROP COLUMN first_due", "ALTER TABLE drafts DROP COLUMN case_id",
        "UPDATE alembic_version SET version_num = '0003'", tried, later, over,
    )  # fmt: skip
    await migrate(database_url)
    rows = await sql(database_url, "SELECT id, first_due FROM outbox ORDER BY seq")
    assert [(name, str(since)[11:13] if since else None) for name, since in rows] == [
        ("tried", "10"),
        ("later", "14"),
        ("over", None),
    ]


def test_the_newest_migration_is_the_one_that_the_code_names() -> None:
    folder = Path(bot.store.migrate.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


async def test_a_file_is_made_for_us_alone_in_a_folder_for_us_alone(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path}/data/deep/signpost.db")
    store = await opened(f"sqlite:///{tmp_path}/data/deep/signpost.db")
    await keep(store, a_case())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in everything_in(tmp_path / "data" / "deep")}
    assert modes == {"signpost.db": 0o600, "signpost.db-wal": 0o600, "signpost.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "data" / "deep").stat().st_mode) == 0o700
    await store.close()


async def test_a_relative_path_is_relative_to_where_we_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    await migrate("sqlite:///some/signpost.db")
    assert (tmp_path / "some" / "signpost.db").exists()


def everything_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())
