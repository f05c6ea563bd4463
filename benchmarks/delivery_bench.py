"""P7 and P8: processes are killed while they send, and what they had begun is looked for in chat and in the database.

The stand-in for Slack does what it is asked at once and answers later, so a kill mostly finds messages that are there
and of which the process has not heard yet: the case in which a careless resend posts twice.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.apps import Apps
from benchmarks.figures import Compared, Rounds, Void
from benchmarks.load import until
from benchmarks.outcome import Outcome, counted, fetched, still_to_come, under_way
from benchmarks.postgres import postgres
from benchmarks.processes import Server
from benchmarks.reports import Reports
from benchmarks.slack_bench import SlackBench
from benchmarks.slack_forms import people
from bot.seals import Seals
from bot.store.migrate import migrate
from bot.store.outbox import LEASE_SECONDS
from bot.store.store import open_store
from bot.store.vault import Keys
from handlers.people import Directory

A_KILL: Final = 8
"""Reports for each kill, with two messages each."""
ANSWERS_AFTER: Final = 0.05
"""Seconds that the stand-in takes to answer a call that it has carried out."""
SLOW: Final = 1.5
"""... where the one that will die is to have its hands full."""
DRAINED_WITHIN: Final = 90.0
GRACE: Final = 2.0
"""How much longer than the lease what a dead process was sending may take."""
_MANY: Final = 10**9
_CALLS: Final = ("chat.postMessage", "chat.update")


class Replica:
    """A Signpost that is killed, and started again under its name."""

    def __init__(self, apps: Apps, name: str, settings: Mapping[str, str]) -> None:
        self._apps, self._name, self._settings = apps, name, settings
        self._held: AbstractAsyncContextManager[Server] | None = None
        self.server: Server | None = None

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        self._held = self._apps.signpost(self._name, self._settings)
        self.server = await self._held.__aenter__()

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self.server is not None and self._held is not None:
            os.kill(self.server.pid, signal.SIGKILL)
            self.server = None
            await self._held.__aexit__(None, None, None)


@dataclass(frozen=True, slots=True)
class _Place:
    """A database, and what seals its windows."""

    url: str
    seals: Seals
    replicas: tuple[Replica, ...]


class DeliveryBench:
    """Kills on SQLite, kills among two replicas on PostgreSQL, and the end of one of them for good."""

    def __init__(self, apps: Apps, forms: SlackBench, rounds: Rounds, *, kills: int) -> None:
        """`told` is what came of it in sentences; `broken` is what must not be: empty, or the run has failed."""
        self._apps, self._forms, self._rounds, self._kills = apps, forms, rounds, kills
        self._chance = random.Random(7)
        self.told: list[str] = []
        self.broken: list[str] = []

    async def on_sqlite(self, number: int) -> None:
        """P7 with one process on a file. Raises Void."""
        name = f"kill-{number}"
        database = self._apps.database(name)
        replica = Replica(self._apps, name, self._apps.for_slack)
        place = _Place(f"sqlite:///{database}", self._apps.seals, (replica,))
        await self._killed("SQLite", place)

    async def on_postgres(self, number: int) -> None:
        """P7 with two replicas. Raises Void."""
        async with self._two_replicas(f"pg-kill-{number}") as place:
            await self._killed("PostgreSQL, two replicas", place)

    async def for_good(self, number: int) -> None:
        """P8: one of two replicas dies with its hands full and does not come back. Raises Void."""
        async with self._two_replicas(f"pg-end-{number}") as place, self._raising(place) as reports:
            await asyncio.gather(*(replica.start() for replica in place.replicas))
            self._answer_after(SLOW)
            reports.wanted = 2 * A_KILL
            held: set[str] = set()
            while len(held) <= 4:  # each has at most four under way, so both have some
                held = await under_way(place.url)
                await asyncio.sleep(0.01)
            await place.replicas[0].kill()
            died = time.monotonic()
            held = await under_way(place.url)
            self._answer_after(0.0)
            took = await _seconds_until_sent(place.url, held, died)
            await self._judged("P8", "PostgreSQL, one of two replicas gone", place, reports)
            if took < LEASE_SECONDS / 2:
                raise Void("the replica that died was sending nothing")
            self._rounds.add("taken over", took)
            self._rounds.add("lease", LEASE_SECONDS)

    async def _killed(self, where: str, place: _Place) -> None:
        in_the_middle = 0
        async with self._raising(place) as reports:
            await asyncio.gather(*(replica.start() for replica in place.replicas))
            for number in range(self._kills):
                replica = place.replicas[number % len(place.replicas)]
                reports.wanted += A_KILL
                await asyncio.sleep(self._chance.uniform(0.02, 0.6))
                await replica.kill()
                in_the_middle += bool(await under_way(place.url))
                await replica.start()
            outcome = await self._judged("P7", where, place, reports)
        self.told.append(
            f"P7 {where}: {self._kills} kills, {in_the_middle} in the middle of a send; {outcome.reports} reports "
            f"({reports.pressed_again} presses repeated), {outcome.messages} messages: {len(outcome.lost)} lost, "
            f"{len(outcome.twice)} twice, {outcome.empty} receipts left empty."
        )

    async def _judged(self, number: str, where: str, place: _Place, reports: Reports) -> Outcome:
        await reports.until_all_are_raised()
        await _drained(place.url)
        outcome = await counted(place.url, self._apps.slack, reports.raised)
        if not outcome.good:
            some = "; ".join((*outcome.lost, *outcome.twice)[:5])
            self.broken.append(f"{number}, {where}: {len(outcome.lost)} lost, {len(outcome.twice)} twice ({some})")
        return outcome

    @asynccontextmanager
    async def _raising(self, place: _Place) -> AsyncIterator[Reports]:
        """People at work in front of an empty chat, and no process left of it afterwards."""
        slack = self._apps.slack
        slack.workspace().messages.clear()
        staff = people(slack, 60, "ABCDEFGHJK"[len(self.told) % 10] + "K")
        self._answer_after(ANSWERS_AFTER)
        reports = Reports(
            self._apps, place.seals, self._forms.page, self._forms.check, staff,
            lambda: [replica.server.port for replica in place.replicas if replica.server is not None],
        )  # fmt: skip
        raising = asyncio.create_task(reports.raise_for_ever())
        try:
            yield reports
        finally:
            raising.cancel()
            await asyncio.gather(raising, return_exceptions=True)
            for replica in place.replicas:
                await replica.kill()
            slack.faults.clear()

    def _answer_after(self, seconds: float) -> None:
        """From now on: what is under way keeps its time."""
        faults = self._apps.slack.faults
        faults.clear()
        for method in _CALLS if seconds else ():
            faults.delay(method, seconds, times=_MANY)

    @asynccontextmanager
    async def _two_replicas(self, name: str) -> AsyncIterator[_Place]:
        async with postgres() as url:
            await migrate(url)
            store = await open_store(url, keys=Keys.parse(self._apps.key), directory=lambda: Directory(()))
            seals = Seals(await store.secret())
            await store.close()
            settings = {**self._apps.for_slack, "SIGNPOST_DATABASE_URL": url}
            replicas = tuple(Replica(self._apps, f"{name}-{each}", settings) for each in "ab")
            yield _Place(url, seals, replicas)

    def compared(self) -> list[Compared]:
        """P8."""
        of = self._rounds.of
        return [
            Compared(
                "P8",
                "a replica dies for good: until its messages are there; the lease",
                of("taken over"),
                of("lease"),
                "s",
                (LEASE_SECONDS + GRACE) / LEASE_SECONDS,
            )
        ]


async def _drained(url: str) -> None:
    async def nothing_to_come() -> bool:
        return not await still_to_come(url)

    try:
        await until(nothing_to_come, within=DRAINED_WITHIN, every=0.1)
    except TimeoutError:
        raise Void(f"{await still_to_come(url)} messages are still to come after {DRAINED_WITHIN:.0f} s") from None


async def _seconds_until_sent(url: str, held: set[str], since: float) -> float:
    names = ", ".join(f"'{one}'" for one in sorted(held))
    query = f"SELECT count(*) FROM outbox WHERE state <> 'sent' AND id IN ({names})"  # noqa: S608  # ids of our own

    async def all_sent() -> bool:
        return not (await fetched(url, query))[0][0]

    await until(all_sent, within=DRAINED_WITHIN, every=0.02)
    return time.monotonic() - since
