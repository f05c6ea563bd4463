"""P11: memory after 10 000 requests with both platforms, by Signpost and by bolt and the bare agent in one process."""

from __future__ import annotations

from typing import Final

from benchmarks import rows, slack_checks
from benchmarks.apps import Apps
from benchmarks.drafts import Draft
from benchmarks.figures import Compared, Rounds
from benchmarks.machine import Used
from benchmarks.processes import Server
from benchmarks.slack_bench import SlackBench
from benchmarks.teams_bench import TeamsBench, empty
from benchmarks.turns import Turn

HALF: Final = 5000
AT_ONCE: Final = 250
"""Requests to one platform before those to the other."""


class MemoryBench:
    """Rounds of P11, on the forms of the two other benches."""

    def __init__(self, apps: Apps, slack: SlackBench, teams: TeamsBench, rounds: Rounds) -> None:
        self._apps, self._slack, self._teams, self._rounds = apps, slack, teams, rounds

    async def round(self, number: int) -> None:
        """One round. Raises Void."""
        for ours in (True, False) if number % 2 == 0 else (False, True):
            await (self._ours(number) if ours else self._bare())

    async def _ours(self, number: int) -> None:
        name, drafts = f"memory-{number}", list[Draft]()
        async with self._apps.signpost(name, {**self._apps.for_slack, **self._apps.for_teams}) as server:
            on_slack = Turn(
                "slack",
                server,
                AT_ONCE,
                self._slack.pages(server),
                lambda sent, of: drafts.extend(slack_checks.pages(sent, of, self._apps.seals)),
            )
            on_teams = Turn(
                "teams",
                server,
                AT_ONCE,
                self._teams.pages(server),
                lambda sent, of: drafts.extend(self._teams.checked(sent, of)),
            )
            await self._half(on_slack, on_teams)
            self._rounds.add("memory half", _megabytes(server))
            await self._half(on_slack, on_teams)
            self._rounds.add("memory", _megabytes(server))
        rows.count(self._apps.database(name), drafts)

    async def _bare(self) -> None:
        async with self._apps.both() as server:
            on_slack = Turn(
                "slack", server, AT_ONCE, self._slack.pages(server), lambda sent, _of: slack_checks.empty(sent)
            )
            on_teams = Turn("teams", server, AT_ONCE, self._teams.pages(server), lambda sent, _of: empty(sent))
            for _ in range(2):
                await self._half(on_slack, on_teams)
            self._rounds.add("bare memory", _megabytes(server))

    async def _half(self, on_slack: Turn, on_teams: Turn) -> None:
        for _ in range(HALF // AT_ONCE // 2):
            for turn in (on_slack, on_teams):
                await turn.burst(AT_ONCE)
                turn.sent.clear()

    def compared(self) -> list[Compared]:
        """P11."""
        of = self._rounds.of
        return [
            Compared("P11", "memory after 10,000 requests; bolt + agent", of("memory"), of("bare memory"), "MB", 1.5),
            Compared("P11", "... ours after 5,000", of("memory"), of("memory half"), "MB", 1.02),
        ]


def _megabytes(server: Server) -> float:
    return Used.by(server.pid).rss / 2**20
