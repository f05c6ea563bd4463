"""Transactions that wait at the same time share a commit on a file, and each stays a transaction of its own."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.store import group_commit
from bot.store.away import StoreAway
from tests.store.given import SENTINEL, a_draft, keep, opened, sql
from tests.store.writer import ten_that_end_in_a_kill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from bot.store.statements import Driver
    from bot.store.store import Store
    from handlers.ports import Work


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, what waits goes into one transaction."""
    monkeypatch.setattr(group_commit, "GATHER_SECONDS", 30.0)


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    made = await opened(sqlite_url)
    yield made
    await made.close()


async def together(store: Store, *doing: Coroutine[Any, Any, Any]) -> list[Any]:
    """Let them all wait at the same time; what each came to, in order."""
    go_on = threading.Event()
    first = asyncio.create_task(store.run(lambda _work: go_on.wait(30)))
    tasks = [asyncio.create_task(one) for one in doing]
    await asyncio.sleep(0.05)
    go_on.set()
    async with asyncio.timeout(30):
        return (await asyncio.gather(first, *tasks, return_exceptions=True))[1:]


def drafts_on_disk(url: str) -> int:
    """What somebody else sees in the file."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as other:
        found: int = other.execute("SELECT count(*) FROM drafts").fetchone()[0]
    other.close()
    return found


def keeping(number: int, fail: BaseException | None = None) -> Callable[[Work], int]:
    def handler(work: Work) -> int:
        work.keep_draft(a_draft(number, saved_at=work.now))
        if fail is not None:
            raise fail
        return number

    return handler


async def kept(store: Store) -> list[int]:
    """The numbers of the drafts that are there."""
    rows = await store.read(lambda work: work.drafts_of([a_draft().owner]))
    return sorted(int(row.id.removeprefix("draft")) for row in rows)


@pytest.mark.usefixtures("patient")
async def test_one_that_fails_among_ten_is_undone_alone(store: Store) -> None:
    ended = await together(
        store, *(store.run(keeping(number, ValueError("mine") if number == 5 else None)) for number in range(10))
    )
    assert isinstance(ended[5], ValueError)
    assert [one for one in ended if one is not ended[5]] == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert await kept(store) == [0, 1, 2, 3, 4, 6, 7, 8, 9]


@pytest.mark.usefixtures("patient")
async def test_ten_share_a_commit_and_none_is_acknowledged_before_it(store: Store, sqlite_url: str) -> None:
    tasks: list[asyncio.Task[int]] = []

    def last(work: Work) -> tuple[int, int]:
        keeping(10)(work)
        time.sleep(0.2)
        return drafts_on_disk(sqlite_url), sum(task.done() for task in tasks)

    async def ten() -> tuple[int, int]:
        tasks.extend(asyncio.create_task(store.run(keeping(number))) for number in range(9))
        await asyncio.sleep(0)
        seen = await store.run(last)
        await asyncio.gather(*tasks)
        return seen

    assert await together(store, ten()) == [(0, 0)]
    assert drafts_on_disk(sqlite_url) == 10


@pytest.mark.usefixtures("patient")
async def test_each_runs_behind_those_that_came_before_and_sees_what_they_did(store: Store) -> None:
    answered: list[int] = []

    def next_one(work: Work) -> int:
        return keeping(len(work.drafts_of([a_draft().owner])))(work)

    async def in_turn() -> None:
        answered.append(await store.run(next_one))

    await together(store, *(in_turn() for _ in range(10)))
    assert answered == list(range(10))


@pytest.mark.usefixtures("patient")
async def test_a_crash_before_the_commit_loses_what_was_not_acknowledged_and_nothing_else(sqlite_url: str) -> None:
    heard, say = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=ten_that_end_in_a_kill, args=(sqlite_url, say))
    process.start()
    say.close()
    await asyncio.to_thread(process.join, 60)
    said = []
    with contextlib.suppress(EOFError):
        while heard.poll():
            said.append(heard.recv())
    assert said == ["acknowledged", "nine have run"]
    assert [row[0] for row in await sql(sqlite_url, "SELECT id FROM drafts")] == [a_draft(99).id]


@pytest.mark.usefixtures("patient")
async def test_a_commit_that_fails_is_everybodys_failure_and_leaves_nothing(store: Store, sqlite_url: str) -> None:
    await sql(
        sqlite_url,
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (of INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)",
    )
    unfit = store.database.write(lambda driver: driver.write("INSERT INTO child VALUES (7)", ()))
    ended = await together(store, store.run(keeping(1)), unfit, store.run(keeping(2)))
    assert [type(one) for one in ended] == [StoreAway, sqlite3.IntegrityError, StoreAway]
    assert await kept(store) == []
    await store.run(keeping(3))
    assert await kept(store) == [3]


@pytest.mark.usefixtures("patient")
async def test_one_that_fills_the_disk_does_not_take_the_others_along(store: Store) -> None:
    await store.database.write(lambda driver: driver.fetch("PRAGMA max_page_count = 60", ()))
    big = keep(store, *(a_draft(number, notes=SENTINEL * 100) for number in range(100, 400)))
    ended = await together(store, store.run(keeping(1)), store.run(keeping(2)), big, store.run(keeping(3)))
    assert [ended[0], ended[1], ended[3]] == [1, 2, 3]
    assert isinstance(ended[2], StoreAway)
    assert ended[2].why == "full"
    assert await kept(store) == [1, 2, 3]


@pytest.mark.usefixtures("patient")
async def test_a_key_that_is_seen_before_its_commit_is_not_remembered_if_that_fails(
    store: Store, sqlite_url: str
) -> None:
    await sql(
        sqlite_url,
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (of INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)",
    )

    def unfit(driver: Driver) -> None:
        driver.write("INSERT INTO child VALUES (7)", ())

    makes, finds = (store.run(lambda work: work.digest({"notes": "same"})) for _ in range(2))
    await together(store, makes, finds, store.database.write(unfit))
    digest = await store.run(lambda work: work.digest({"notes": "same"}))
    other = await opened(sqlite_url)
    assert await other.run(lambda work: work.digest({"notes": "same"})) == digest
    await other.close()


async def test_one_that_takes_long_is_committed_before_the_next_one_runs(store: Store, sqlite_url: str) -> None:
    def slow(work: Work) -> None:
        keeping(1)(work)
        time.sleep(2 * group_commit.GATHER_SECONDS)

    ended = await together(store, store.run(slow), store.run(lambda _work: drafts_on_disk(sqlite_url)))
    assert ended == [None, 1]


@pytest.mark.usefixtures("patient")
async def test_deleted_things_are_let_go_of_between_transactions(store: Store) -> None:
    ended = await together(
        store, store.run(keeping(1)), store.scrub(), store.run(keeping(2)), store.scrub(), store.run(keeping(3))
    )
    assert ended == [1, True, 2, True, 3]
    assert await kept(store) == [1, 2, 3]


@pytest.mark.usefixtures("patient")
async def test_a_handler_that_runs_out_of_items_fails_alone_and_is_answered(store: Store) -> None:
    ended = await together(store, store.run(lambda _work: next(iter(()))), store.run(keeping(1)))
    assert isinstance(ended[0], RuntimeError)
    assert ended[1] == 1


async def test_what_comes_while_the_rest_is_finished_is_refused_and_does_not_wait(sqlite_url: str) -> None:
    store, let_go = await opened(sqlite_url), threading.Event()
    under_way = asyncio.create_task(store.run(lambda _work: let_go.wait(60)))
    await asyncio.sleep(0.05)
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0.05)
    late = asyncio.create_task(store.run(keeping(1)))
    await asyncio.sleep(0)
    let_go.set()
    await asyncio.gather(under_way, closing)
    async with asyncio.timeout(60):
        with pytest.raises(RuntimeError, match="closed"):
            await late


async def test_what_comes_after_the_end_is_refused_and_does_not_wait(sqlite_url: str) -> None:
    store = await opened(sqlite_url)
    await store.close()
    with pytest.raises(RuntimeError, match="closed"):
        await store.run(keeping(1))
