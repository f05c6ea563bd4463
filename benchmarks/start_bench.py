"""P10: from exec to the first answer, with Slack alone, by Signpost and by bolt with the same database layer.

Both start on a database that is up to date, as after a restart.
"""

from __future__ import annotations

import time
from contextlib import AbstractAsyncContextManager
from typing import Final

from benchmarks.apps import Apps
from benchmarks.figures import Compared, Rounds, Void
from benchmarks.machine import Used
from benchmarks.processes import Server, answers_to
from benchmarks.slack_bench import SlackBench

NOT_NEEDED: Final = ("microsoft_agents", "msal", "asyncpg", "sqlalchemy.dialects.postgresql", "aiosmtplib", "pygments")
"""What a start with Slack and SQLite alone does not load. The last one is not in the image at all."""


class StartBench:
    """Rounds of P10; `pages` makes the request that is answered first."""

    def __init__(self, apps: Apps, pages: SlackBench, rounds: Rounds) -> None:
        self._apps, self._pages, self._rounds = apps, pages, rounds

    async def prepare(self) -> None:
        """Make both databases; see that Signpost loads nothing that it does not need. Raises Void."""
        told = {**self._apps.for_slack, "PYTHONPROFILEIMPORTTIME": "1"}
        async with self._apps.signpost("start", told), self._apps.bolt_with_store():
            log = (self._apps.folder / "signpost.log").read_text()
        loaded = {line.rsplit("|", 1)[-1].strip() for line in log.splitlines() if "import time:" in line}
        if not loaded:
            raise Void("nobody can tell what Signpost loads at its start")
        if found := loaded & {*NOT_NEEDED}:
            raise Void(f"with Slack alone Signpost loads {', '.join(sorted(found))}")

    async def round(self, number: int) -> None:
        """One round. Raises Void."""
        for ours in (True, False) if number % 2 == 0 else (False, True):
            name = "start" if ours else "bolt start"
            began = time.perf_counter()
            async with self._started(ours=ours) as server:
                self._rounds.add(f"{name} seconds", time.perf_counter() - began)
                self._rounds.add(f"{name} cpu", Used.by(server.pid).cpu)

    def _started(self, *, ours: bool) -> AbstractAsyncContextManager[Server]:
        """A server that has answered its first page."""

        def answered(port: int) -> bool:
            _, requests = self._pages.pages(Server(0, port))(1)
            return answers_to(port, requests[0])

        if ours:
            return self._apps.signpost("start", self._apps.for_slack, answered)
        return self._apps.bolt_with_store(answered)

    def compared(self) -> list[Compared]:
        """P10."""
        of = self._rounds.of
        took = of("start seconds"), of("bolt start seconds")
        return [
            Compared("P10", "start to first answer; bolt + our store", *took, "s", 1.5),
            Compared("", "... CPU of it; bolt + our store", of("start cpu"), of("bolt start cpu"), "s"),
        ]
