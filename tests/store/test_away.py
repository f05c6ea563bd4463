"""When the database is away: one exception, quickly, that says nothing of what was being written; then it heals."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sqlite3
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot.desk import ANSWER_SECONDS
from bot.store.away import StoreAway
from bot.store.connection import BUSY_MS
from bot.store.place import PlaceRefused, PostgresAddress, SqliteFile, parse_place
from bot.store.postgres import _CONNECT_SECONDS, _SERVER
from bot.store.store import open_store
from bot.store.vault import Keys
from tests.store.databases import fresh_sqlite
from tests.store.given import DIRECTORY, KEY, SENTINEL, a_case, a_fresh_draft, keep, opened, sql

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.store.store import Store


@pytest.fixture(autouse=True)
def _nobody_hurries() -> None:
    """The limits are as they are."""


async def trouble(doing: Awaitable[object]) -> StoreAway:
    """The StoreAway that something ends with; nothing hangs on to it that could be printed."""
    with pytest.raises(StoreAway) as raised:
        await doing
    away = raised.value
    assert away.__cause__ is None
    assert away.__context__ is None
    shown = "".join(traceback.format_exception(away))
    for secret in (SENTINEL, "INSERT", "UPDATE", a_fresh_draft().id, a_case().reference, "secret-password"):
        assert secret not in shown
    return away


async def test_a_database_without_tables_is_not_migrated(empty_url: str) -> None:
    store = await opened(empty_url)
    assert (await trouble(keep(store, a_fresh_draft()))).why == "not_migrated"
    assert (await trouble(store.ping())).why == "not_migrated"
    assert (await trouble(store.read(lambda work: work.draft("x")))).why == "not_migrated"
    await store.close()


async def test_a_constraint_that_does_not_hold_shows_no_values(store: Store, database_url: str) -> None:
    await keep(store, a_fresh_draft(1))
    await sql(database_url, "CREATE UNIQUE INDEX only_one_site ON drafts (site)")
    assert (await trouble(keep(store, a_fresh_draft(2)))).why == "conflict"


async def test_a_full_disk_loses_nothing_and_heals(tmp_path: Path) -> None:
    store = await opened(fresh_sqlite(tmp_path))
    await keep(store, a_fresh_draft(1))
    await store.database.write(lambda driver: driver.fetch("PRAGMA max_page_count = 32", ()))

    async def write(*numbers: int) -> None:
        for number in numbers:
            await keep(store, a_fresh_draft(number, notes=SENTINEL * 100))

    assert (await trouble(write(*range(2, 1000)))).why == "full"
    assert await store.run(lambda work: work.draft(a_fresh_draft().id)) == a_fresh_draft()
    await write(*range(1001, 1100))  # the limit went with the connection that met it, as when somebody makes room
    await store.close()


async def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    (tmp_path / "signpost.db").write_bytes(b"not a database " * 1000)
    store = await opened(url)
    assert (await trouble(keep(store, a_fresh_draft()))).why == "corrupt"
    await store.close()


async def test_a_file_that_another_process_holds_is_busy_for_a_while(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    store = await opened(url)
    other = sqlite3.connect(tmp_path / "signpost.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(60):
        assert (await trouble(keep(store, a_fresh_draft()))).why == "busy", "while the other still holds it"
    assert (asyncio.get_running_loop().time() - began) * 1000 >= 0.9 * BUSY_MS
    assert await store.read(lambda work: work.draft(a_fresh_draft().id)) is None, "a reader does not wait for it"
    other.execute("ROLLBACK")
    await store.database.write(lambda driver: driver.fetch("PRAGMA busy_timeout = 60000", ()))
    other.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.3, other.execute, "ROLLBACK")
    await keep(store, a_fresh_draft())
    other.close()
    await store.close()


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    await trouble(opened(f"sqlite:///{tmp_path / 'file' / 'signpost.db'}"))


async def test_a_server_that_is_not_there_is_refused_at_once_and_found_when_it_comes() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    store = await open_store(
        f"postgresql://someone:secret-password@127.0.0.1:{port}/signpost",
        keys=Keys.parse(KEY),
        directory=lambda: DIRECTORY,
    )
    async with asyncio.timeout(60):
        assert (await trouble(store.run(lambda work: work.draft("x")))).why == "refused"
        assert (await trouble(store.ping())).why == "refused"
    await store.close()


def test_no_wait_of_the_store_is_longer_than_an_answer_may_take() -> None:
    assert max(BUSY_MS / 1000, _CONNECT_SECONDS, int(_SERVER["lock_timeout"]) / 1000) <= ANSWER_SECONDS


async def test_a_server_that_does_not_answer_is_given_up() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    store = await open_store(
        f"postgresql://someone:secret-password@127.0.0.1:{port}/signpost",
        keys=Keys.parse(KEY),
        directory=lambda: DIRECTORY,
    )
    async with asyncio.timeout(60):
        await trouble(store.run(lambda work: work.draft("x")))
    await store.close()
    server.close()


async def test_a_wrong_password_or_database_is_refused(postgres_url: str) -> None:
    store = await opened(postgres_url.replace("signpost_", "no_such_database_"))
    assert (await trouble(keep(store, a_fresh_draft()))).why == "refused"
    await store.close()


async def test_connections_that_the_server_cut_are_made_anew_within_the_same_request(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await asyncio.gather(*(keep(store, a_fresh_draft(number)) for number in range(5)))
    ours = "application_name = 'signpost' AND datname = current_database() AND pid <> pg_backend_pid()"
    await sql(postgres_url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}")  # noqa: S608
    await keep(store, a_fresh_draft(1, rev=9))
    assert await store.run(lambda work: work.draft(a_fresh_draft().id)) == a_fresh_draft(rev=9)
    await store.close()


async def test_callers_that_give_up_leave_the_pool_as_it_was(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await keep(store, a_fresh_draft())

    async def give_up(seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await store.run(lambda work: [work.draft(a_fresh_draft().id) for _ in range(20)])

    for turn in range(10):
        await asyncio.gather(*(give_up(0.002 * number + 0.0003 * turn) for number in range(8)))
    await asyncio.gather(*(keep(store, a_fresh_draft(number)) for number in range(10)))
    await store.close()


async def test_a_row_that_another_holds_too_long_is_busy(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await keep(store, a_fresh_draft())
    other = await asyncpg.connect(postgres_url)
    async with other.transaction():
        await other.execute("SELECT * FROM drafts FOR UPDATE")
        assert (await trouble(store.run(lambda work: work.draft(a_fresh_draft().id)))).why == "busy"
    await other.close()
    assert await store.run(lambda work: work.draft(a_fresh_draft().id)) == a_fresh_draft()
    await store.close()


@pytest.mark.parametrize(
    "url",
    ["", "sqlite://", "sqlite:///:memory:", "mysql://u:secret-password@h/d", "signpost.db", "http://secret-password@h/",
     "postgresql://u:secret-password@h/d?sslmode=maybe", "postgresql://u:secret-password@h:port/d"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_with_a_sentence_that_repeats_no_password(url: str) -> None:
    with pytest.raises(PlaceRefused, match="SIGNPOST_DATABASE_URL") as refused:
        parse_place(url)
    assert "secret-password" not in str(refused.value)


def test_addresses_name_a_file_or_a_server_and_we_add_the_driver() -> None:
    assert parse_place("sqlite:///data/signpost.db") == SqliteFile(Path("data/signpost.db"))
    assert parse_place("sqlite:////var/signpost.db") == SqliteFile(Path("/var/signpost.db"))
    place = parse_place("postgres://u:p@host/d?sslmode=require&host=/run")
    assert isinstance(place, PostgresAddress)
    assert place.url.drivername == "postgresql+asyncpg"
    assert dict(place.url.query) == {"ssl": "require", "host": "/run"}
