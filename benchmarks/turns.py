"""Several servers under load in one round: a warm-up each, then bursts in turn, forwards and backwards.

So a neighbour on this machine slows all of them, and not the one whose turn it happened to be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from benchmarks.drafts import Draft
from benchmarks.figures import Rounds, Void
from benchmarks.load import Sent, send
from benchmarks.machine import Used
from benchmarks.processes import Server

CONNECTIONS: Final = 8
BURSTS: Final = 4
WARM_UP: Final = 1.0
"""Seconds."""
ENOUGH: Final = 4000
"""Requests: more than a second takes."""

Load: TypeAlias = tuple[tuple[Draft, ...], list[bytes]]
"""Requests, and the draft that each of them is about."""


@dataclass
class Turn:
    """One server under one kind of load, and what its bursts have come to.

    `make` gives so many new requests; `right` raises Void where an answer to them is wrong.
    """

    name: str
    server: Server
    count: int
    make: Callable[[int], Load]
    right: Callable[[Sent, tuple[Draft, ...]], object]
    connections: int = CONNECTIONS
    sent: list[Sent] = field(default_factory=list)
    cpu: float = 0.0

    async def warm_up(self) -> None:
        """A second of the same load."""
        drafts, requests = self.make(ENOUGH if self.connections > 1 else ENOUGH // CONNECTIONS)
        self.right(
            await send(self.server.port, requests, connections=self.connections, seconds=WARM_UP),
            drafts,
        )

    async def burst(self, count: int) -> None:
        """Send so many requests and note what they cost."""
        drafts, requests = self.make(count)
        before = Used.by(self.server.pid)
        sent = await send(self.server.port, requests, connections=self.connections)
        self.cpu += Used.by(self.server.pid).cpu - before.cpu
        if len(sent.answers) != count:
            raise Void(f"{count - len(sent.answers)} of {count} requests were not answered")
        self.right(sent, drafts)
        self.sent.append(sent)

    def note(self, rounds: Rounds) -> None:
        """Add the figures of this round."""
        all_sent = Sent.joined(self.sent)
        rounds.add(f"{self.name} cpu", self.cpu / len(all_sent.answers) * 1e6)
        rounds.add(f"{self.name} per second", all_sent.per_second)
        rounds.add(f"{self.name} p50", all_sent.percentile(50))
        rounds.add(f"{self.name} p99", all_sent.percentile(99))
        rounds.add(f"{self.name} rss", Used.by(self.server.pid).rss / 2**20)


async def take_turns(turns: Sequence[Turn], rounds: Rounds, *, backwards: bool) -> None:
    """Warm all of them up, let them take turns, and note what came of it."""
    for turn in turns:
        await turn.warm_up()
    for burst in range(BURSTS):
        for turn in turns[::-1] if (burst % 2 == 1) != backwards else turns:
            await turn.burst(turn.count // BURSTS)
    for turn in turns:
        turn.note(rounds)
