"""What is particular to a file: its settings, a second process on it, and who waits for whom."""

from __future__ import annotations

import asyncio
import multiprocessing
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.outbox import Outbox
from tests.store.given import KEY, LEAD, a_case, a_fresh_draft, a_notice, keep, opened
from tests.store.writer import write

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.ports import Work


async def test_a_commit_is_on_the_disk_before_it_is_acknowledged(sqlite_url: str) -> None:
    store = await opened(sqlite_url)

    def settings(name: str) -> object:
        return lambda driver: driver.fetch(f"PRAGMA {name}", ())[0][0]

    found = [
        await store.database.write(settings(name))
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
    ]
    assert found == ["wal", 2, 1, 1, 2000]
    await store.close()


def test_a_deployment_on_a_file_loads_nothing_of_postgresql() -> None:
    code = (
        "import sys, bot.store.store, bot.store.outbox, bot.store.retention;"
        "print([name for name in sys.modules if 'postgresql' in name or 'asyncpg' in name])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


async def test_a_second_process_may_write_to_the_same_file(sqlite_url: str) -> None:
    store = await opened(sqlite_url)
    await store.ping()
    context = multiprocessing.get_context("forkserver")
    heard, say = context.Pipe(duplex=False)
    other = context.Process(target=write, args=(sqlite_url, KEY, "other", say), daemon=True)
    other.start()
    assert await asyncio.to_thread(heard.poll, 60)
    for number in range(1, 16):
        await keep(store, a_case(number))
    other.kill()
    other.join()
    said = 0
    while heard.poll():
        try:
            heard.recv()
        except EOFError:
            break
        said += 1
    cases = await store.run(lambda work: work.cases_at(["northside"], 10_000))
    assert len([case for case in cases if case.id.startswith("case-other-")]) >= said > 0
    assert len([case for case in cases if not case.id.startswith("case-other-")]) == 15
    await store.close()


async def test_a_reader_does_not_wait_for_the_writer(sqlite_url: str) -> None:
    store = await opened(sqlite_url)
    await keep(store, a_fresh_draft())
    go_on = threading.Event()

    def slow(work: Work) -> None:
        work.keep_draft(a_fresh_draft(rev=9))
        assert go_on.wait(60)

    writing = asyncio.create_task(store.run(slow))
    await asyncio.sleep(0.05)
    assert await store.read(lambda work: work.draft(a_fresh_draft().id)) == a_fresh_draft()
    go_on.set()
    await writing
    assert await store.read(lambda work: work.draft(a_fresh_draft().id)) == a_fresh_draft(rev=9)
    await store.close()


async def test_a_transaction_whose_caller_gave_up_ends_and_is_found_by_its_key(sqlite_url: str) -> None:
    """The caller's time limit ran out: the late commit is found again when the person presses once more."""
    store = await opened(sqlite_url)
    woken = asyncio.Event()
    store.on_enqueued = woken.set

    def slow(work: Work) -> None:
        time.sleep(0.2)
        work.apply("key", "page/2")
        work.enqueue(a_notice())

    try:
        async with asyncio.timeout(0.05):
            await store.run(slow)
    except TimeoutError:
        pass
    applied = await store.run(lambda work: work.applied("key"))
    assert applied is not None
    async with asyncio.timeout(60):
        await woken.wait()
    assert await Outbox(store).claim(10) is not None
    await store.close()


async def test_what_waits_behind_a_caller_that_gave_up_is_not_run_for_nobody(sqlite_url: str) -> None:
    store = await opened(sqlite_url)
    ran: list[str] = []
    first = asyncio.create_task(store.run(lambda work: time.sleep(0.2)))  # noqa: ARG005
    second = asyncio.create_task(store.run(lambda work: ran.append(str(work.now))))
    await asyncio.sleep(0.05)
    second.cancel()
    await first
    await store.run(lambda work: work.now)
    assert ran == []
    await store.close()


async def test_closing_waits_for_what_runs(sqlite_url: str) -> None:
    store = await opened(sqlite_url)
    running = asyncio.create_task(keep(store, *(a_case(number) for number in range(1, 200))))
    await asyncio.sleep(0)
    await store.close()
    await running
    again: Store = await opened(sqlite_url)
    assert len(await again.run(lambda work: work.cases_at(["northside"], 999))) == 199
    await again.run(lambda work: work.record("case.opened", by=LEAD))
    await again.close()
    assert sorted(path.name for path in Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir()) == ["signpost.db"]
