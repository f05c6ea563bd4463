"""The thread that writes to a SQLite file: it takes what waits into one transaction, and commits once for all of it.

A commit waits for the disk, and that is most of what a transaction costs. So those that wait at the same time share
one. Each stays a transaction of its own to its caller: it runs behind the one before it, a failure undoes it and
nothing else, and it is answered when the commit that it shares is on the disk, never before.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar

from bot.store.connection import Kept, Rows
from bot.store.place import SqliteFile
from bot.store.statements import Driver

T = TypeVar("T")

GATHER_SECONDS: Final = 0.01
"""How long a transaction takes others in before it commits: nobody waits longer than this for somebody else's work,
unless one of them takes longer by itself."""


@dataclass(slots=True, eq=False)
class _Job:
    """What one caller wants done, and how it ended. With `alone` it runs outside of any transaction."""

    fn: Callable[[Any], Any]
    told: Callable[[Any], None] | None
    answer: asyncio.Future[Any]
    alone: bool = False
    result: Any = None
    failed: BaseException | None = None


class Writer:
    """Does one job after the other, in the order in which they come."""

    def __init__(self, place: SqliteFile) -> None:
        self._kept = Kept(place, writes=True)
        self._line: SimpleQueue[_Job | None] = SimpleQueue()
        self._first: deque[_Job] = deque()
        """Taken from the line already and not done yet: they come before it. Only the thread uses this."""
        self._ending = self._closing = False
        self._thread = threading.Thread(target=self._run, name="store-write", daemon=True)
        self._thread.start()

    async def write(self, fn: Callable[[Driver], T], committed: Callable[[T], None] | None) -> T:
        """Run `fn` in a transaction; it may be run again from the start. `committed` is told in the thread."""
        return await self._done(fn, committed, alone=False)

    async def alone(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """Run `fn` when no transaction is open."""
        return await self._done(fn, None, alone=True)

    async def close(self) -> None:
        """Finish what waits, then close the connection and end the thread."""
        self._closing = True
        self._line.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)

    async def _done(self, fn: Callable[[Any], T], told: Callable[[T], None] | None, *, alone: bool) -> T:
        if self._closing or not self._thread.is_alive():
            raise RuntimeError("the database was closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._line.put(_Job(fn, told, answer, alone))
        return await answer

    # --- in the thread -----------------------------------------------------------------------------------------------
    def _run(self) -> None:
        while not self._ending or self._first:
            self._turn()
        self._kept.drop()

    def _turn(self) -> None:
        """One transaction, or one job that wants none. What it was about is let go of when this returns."""
        first = self._next(wait=True)
        if first is None:
            return
        done = [first]
        try:
            if first.alone:
                first.result = first.fn(self._kept.use())
            else:
                self._transaction(done)
        except BaseException as error:  # noqa: BLE001  # whatever it was, those who wait for an answer hear of it
            for job in done:
                job.failed = job.failed or error
        if any(isinstance(job.failed, sqlite3.Error) for job in done):
            self._kept.drop()
        _answer(done)

    def _transaction(self, done: list[_Job]) -> None:
        """Run the first job and what comes meanwhile, and commit. Adds to `done` whose fate is decided."""
        connection = self._kept.use()
        # A transaction that began by reading could not become a writer once another has written: lock at once.
        connection.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + GATHER_SECONDS
        job: _Job | None = done[0]
        try:
            while job is not None:
                _in_savepoint(job, connection, settled=job is done[0])
                if not connection.in_transaction:
                    return self._without_the_failed(done)
                job = self._another(until)
                if job is not None:
                    done.append(job)
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        return None

    def _without_the_failed(self, done: list[_Job]) -> None:
        """The database rolled everything back because of one job (the disk is full): run the others again."""
        self._first.extendleft(job for job in reversed(done) if job.failed is None)
        done[:] = [job for job in done if job.failed is not None]

    def _another(self, until: float) -> _Job | None:
        """What else goes into this transaction."""
        if time.monotonic() >= until:
            return None
        job = self._next(wait=False)
        if job is not None and job.alone:
            self._first.appendleft(job)
            return None
        return job

    def _next(self, *, wait: bool) -> _Job | None:
        """The next job whose caller has not given up; None if there is none, or none will come any more."""
        while not self._ending or self._first:
            try:
                job = self._first.popleft() if self._first else self._line.get(block=wait)
            except Empty:
                return None
            if job is None:
                self._ending = True
            elif not job.answer.cancelled():
                return job
        return None


def _in_savepoint(job: _Job, connection: sqlite3.Connection, *, settled: bool) -> None:
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.fn(Rows(connection, settled=settled))
    except BaseException as error:  # noqa: BLE001  # it is the caller's, who gets it
        # The one exception that a future does not take.
        job.failed = RuntimeError("a handler ran out of items") if isinstance(error, StopIteration) else error
        if not connection.in_transaction:
            return
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _answer(done: list[_Job]) -> None:
    """Tell what was committed, then give every caller the answer, those of one loop in one go."""
    for job in done:
        if job.failed is None and job.told is not None:
            job.told(job.result)
    for loop in {job.answer.get_loop() for job in done}:
        mine = [job for job in done if job.answer.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_settle, mine)
        except RuntimeError:
            continue  # the loop has ended, and nobody waits there any more


def _settle(done: list[_Job]) -> None:
    for job in done:
        if job.answer.done():
            continue  # its caller gave up meanwhile
        if job.failed is not None:
            job.answer.set_exception(job.failed)
        else:
            job.answer.set_result(job.result)
