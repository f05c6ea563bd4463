"""SR-16: what was acknowledged survives `kill -9`, and nothing is ever half there."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from typing import TYPE_CHECKING

from bot.store.chain import verify_chain
from bot.store.export import audit_head_of, audit_trail
from bot.store.outbox import Outbox
from tests.store.given import KEY, opened, sql
from tests.store.writer import write

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ROUNDS = 5
WRITERS = 4
# Processes are forked from one that has loaded everything: to load it twenty times would take a minute.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.store.writer"])


class Writer:
    """A process that writes (tests/store/writer.py), and what it has said so far."""

    def __init__(self, url: str, name: str) -> None:
        heard, say = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=write, args=(url, KEY, name, say), daemon=True)
        self._process.start()
        say.close()
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, args=(heard,))
        self._reader.start()

    def _read(self, heard: Connection) -> None:
        try:
            while True:
                self.said.append(heard.recv())
        except (EOFError, OSError):
            heard.close()

    def kill(self) -> None:
        assert self._process.is_alive(), "it ended by itself"
        self._process.kill()
        self._process.join()
        self._reader.join()


def killed(url: str, number: int, chance: random.Random) -> list[str]:
    """Let some processes write at once and kill each at some moment; what they said was committed."""
    writers = [Writer(url, f"{number}-{which}") for which in range(WRITERS)]
    until = time.monotonic() + 60
    while not all(writer.said for writer in writers) and time.monotonic() < until:
        time.sleep(0.01)
    for writer in writers:
        time.sleep(chance.uniform(0, 0.15))
        writer.kill()
    return [name for writer in writers for name in writer.said]


async def test_twenty_kills_in_the_middle_of_commits_lose_nothing_that_was_acknowledged(database_url: str) -> None:
    store = await opened(database_url)
    await store.ping()
    chance = random.Random(16)  # noqa: S311 - when to kill, no secret
    said = [name for number in range(ROUNDS) for name in killed(database_url, number, chance)]
    assert len(said) > ROUNDS * WRITERS * 2

    cases = {row[0].removeprefix("case-") for row in await sql(database_url, "SELECT id FROM cases")}
    assert set(said) <= cases
    for column, table in (("case_id", "versions"), ("case_id", "audit"), ("case_id", "outbox"), ("place", "applied")):
        rows = await sql(database_url, f"SELECT {column} FROM {table}")  # noqa: S608 - names from the line above
        assert sorted(row[0].removeprefix("case-") for row in rows) == sorted(cases), table

    verdict = verify_chain(await audit_trail(store), await audit_head_of(store))
    assert verdict.good, verdict.why
    assert verdict.head.number == len(cases)
    opened_again = await store.run(lambda work: work.cases_at(["northside"], 10_000))
    assert len(opened_again) == len(cases)
    claim = await Outbox(store).claim(10)
    assert claim is not None
    await store.close()
