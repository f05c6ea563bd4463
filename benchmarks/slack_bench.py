"""P1 and P2: a page of the form sent in, by Signpost and by a bolt app that does nothing.

A round starts a fresh process of each: Signpost, bolt in the same mode, bolt in its default mode. After a warm-up they
take turns, a burst of requests each, forwards and backwards, so that a neighbour on this machine slows all of them.
Then Signpost alone gets presses of people whom it has not seen for a minute, and whole reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from benchmarks import slack_checks
from benchmarks.figures import Rounds, Void
from benchmarks.load import Sent, send
from benchmarks.machine import Used
from benchmarks.processes import Server
from benchmarks.slack_apps import Apps
from benchmarks.slack_forms import Draft, Form, drafts_of, people, request

CONNECTIONS: Final = 8
WARM_UP: Final = 1.0
"""Seconds."""
BURSTS: Final = 4
STAFF: Final = 40
"""People who send pages in. Enough that no limit for one account matters, few enough that all are known once warm."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many requests each part of a round sends, over all its bursts."""

    loaded: int
    single: int
    default: int
    unseen: int
    cases: int

    @classmethod
    def of(cls, *, short: bool) -> Size:
        """The short form is for CI."""
        return cls(800, 160, 60, 80, 40) if short else cls(1600, 400, 160, 200, 80)


@dataclass
class Turn:
    """One server under one kind of load, and what its bursts have come to."""

    name: str
    server: Server
    requests: int
    connections: int
    right: Callable[[Sent, tuple[Draft, ...]], object]
    """Raises Void where an answer is wrong."""
    sent: list[Sent]
    cpu: float = 0.0


class SlackBench:
    """Rounds of P1 and P2. `prepare` comes first."""

    def __init__(self, apps: Apps, size: Size, rounds: Rounds) -> None:
        self._apps, self._size, self._rounds = apps, size, rounds
        self._staff = people(apps.slack, STAFF, "S")
        self._number = 0

    async def prepare(self) -> tuple[int, int]:
        """Open the form for real, once. Returns how long the bodies of page 1 and of *Check your answers* are."""
        self._page, self._check = await self._apps.forms()
        return len(self._page.body), len(self._check.body)

    async def round(self, number: int) -> None:
        """One round. Raises Void."""
        drafts: list[Draft] = []

        def page_2(sent: Sent, of: tuple[Draft, ...]) -> None:
            drafts.extend(slack_checks.pages(sent, of, self._apps.seals))

        def nothing(sent: Sent, _of: tuple[Draft, ...]) -> None:
            slack_checks.empty(sent)

        async with self._apps.signpost(str(number)) as ours:
            async with self._apps.bolt() as bolt, self._apps.bolt("--default") as default:
                turns = [
                    Turn("ours", ours, self._size.loaded, CONNECTIONS, page_2, []),
                    Turn("bolt", bolt, self._size.loaded, CONNECTIONS, nothing, []),
                    Turn("ours alone", ours, self._size.single, 1, page_2, []),
                    Turn("default bolt", default, self._size.default, 1, nothing, []),
                ]
                await self._take_turns(turns, backwards=number % 2 == 1)
            unseen = people(self._apps.slack, self._size.unseen, "ABCDEFGHJK"[number % 10])
            stranger = Turn("unseen", ours, len(unseen), CONNECTIONS, page_2, [])
            await self._burst(stranger, drafts_of(unseen))
            self._note(stranger)
            reported = await self._whole_reports(ours)
        slack_checks.rows(self._apps.database(str(number)), drafts, reported)

    async def _take_turns(self, turns: list[Turn], *, backwards: bool) -> None:
        for turn in turns:
            drafts = self._some(5000 if turn.connections > 1 else 500)
            requests = self._requests(self._page, drafts, turn.server)
            warmed = await send(turn.server.port, requests, connections=turn.connections, seconds=WARM_UP)
            turn.right(warmed, drafts)
        for burst in range(BURSTS):
            for turn in reversed(turns) if (burst % 2 == 1) != backwards else turns:
                await self._burst(turn, self._some(turn.requests // BURSTS))
        for turn in turns:
            self._note(turn)

    async def _burst(self, turn: Turn, drafts: tuple[Draft, ...]) -> None:
        requests = self._requests(self._page, drafts, turn.server)
        before = Used.by(turn.server.pid)
        sent = await send(turn.server.port, requests, connections=turn.connections)
        turn.cpu += Used.by(turn.server.pid).cpu - before.cpu
        if len(sent.answers) != len(requests):
            raise Void(f"{len(requests) - len(sent.answers)} of {len(requests)} requests were not answered")
        turn.right(sent, drafts)
        turn.sent.append(sent)

    async def _whole_reports(self, server: Server) -> tuple[Draft, ...]:
        """Page 1, then at once *Send*, until the raiser and the lead have their messages: told, not judged."""
        drafts, calls = self._some(self._size.cases), self._apps.slack.calls_of
        begun = await send(server.port, self._requests(self._page, drafts, server), connections=CONNECTIONS)
        slack_checks.pages(begun, drafts, self._apps.seals)
        filled, before = len(calls("chat.update")), Used.by(server.pid)
        form = Form(self._check.body, self._check.token, "check", 1)
        sent = await send(server.port, self._requests(form, drafts, server), connections=CONNECTIONS)
        slack_checks.recommended(sent)
        await self._apps.slack.until(lambda: len(calls("chat.update")) >= filled + 2 * len(drafts), within=60)
        self._rounds.add("whole report cpu", (Used.by(server.pid).cpu - before.cpu) / len(drafts) * 1e6)
        return drafts

    def _some(self, count: int) -> tuple[Draft, ...]:
        """New drafts of the staff, in turn."""
        return drafts_of(self._staff[number % STAFF] for number in range(count))

    def _requests(self, form: Form, drafts: tuple[Draft, ...], server: Server) -> list[bytes]:
        apps = self._apps
        return [request(form.of(draft, apps.seals), apps.slack.signing_secret, server.port) for draft in drafts]

    def _note(self, turn: Turn) -> None:
        all_sent = Sent.joined(turn.sent)
        self._rounds.add(f"{turn.name} cpu", turn.cpu / len(all_sent.answers) * 1e6)
        self._rounds.add(f"{turn.name} per second", all_sent.per_second)
        self._rounds.add(f"{turn.name} p50", all_sent.percentile(50))
        self._rounds.add(f"{turn.name} p99", all_sent.percentile(99))
        self._rounds.add(f"{turn.name} rss", Used.by(turn.server.pid).rss / 2**20)
