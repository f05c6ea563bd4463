"""Measures Signpost beside bare peers and prints the ratios: `make bench`, or `make bench SHORT=1` for a few minutes.

Exit status 0: everything was measured. 1: a round was void, a message was lost or was there twice, or (short form) a
ratio is worse than its target and the slack of 25 %. 2: bad usage. In the long form a ratio that misses its target is
printed and does not fail.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import slack_figures
from benchmarks.apps import Apps
from benchmarks.delivery_bench import DeliveryBench
from benchmarks.figures import SLACK, Compared, Rounds, Void, table
from benchmarks.machine import Cores, busy, described
from benchmarks.memory_bench import MemoryBench
from benchmarks.policy_bench import PolicyBench
from benchmarks.slack_bench import Size, SlackBench
from benchmarks.start_bench import StartBench
from benchmarks.teams_bench import TeamsBench
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn

ROUNDS, SHORT_ROUNDS = 6, 2
KILLS, SHORT_KILLS = 50, 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    short: bool
    rounds: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it: figures, sentences, and what must not be."""

    rows: list[Compared]
    told: list[str]
    broken: list[str]


def main(arguments: list[str]) -> int:
    """Run everything and return the exit status."""
    wanted = _wanted(arguments)
    cores = Cores.choose()
    cores.stay_off()
    print(described(cores))
    folder = Path(tempfile.mkdtemp(prefix="signpost-bench-"))
    began = time.monotonic()
    try:
        measured = asyncio.run(_measure(wanted, cores, folder))
    except Void as void:
        print(f"Void: {void}. Logs are in {folder}.")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    slack = SLACK if wanted.short else 1.0
    print("\n" + table(row.row(slack=slack) for row in measured.rows))
    print("\n" + "\n".join(measured.told))
    print(f"{time.monotonic() - began:.0f} s for {wanted.rounds} rounds. {busy()}".rstrip())
    return _status(wanted, measured)


def _wanted(arguments: list[str]) -> Wanted:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--short", action="store_true", help="two rounds of fewer requests, as CI runs them")
    parser.add_argument(
        "--rounds", type=int, default=0, help=f"how often; by default {ROUNDS}, or {SHORT_ROUNDS} if short"
    )
    given = parser.parse_args(arguments)
    return Wanted(given.short, given.rounds or (SHORT_ROUNDS if given.short else ROUNDS))


async def _measure(wanted: Wanted, cores: Cores, folder: Path) -> Measured:
    rounds, half = Rounds(), max(1, wanted.rounds // 2)
    policy = PolicyBench(cores, folder, 0.5 if wanted.short else 2.0, rounds)
    await _repeat("policy", wanted.rounds, policy.round)
    async with SlackStandIn() as slack_stand_in, TeamsStandIn() as teams_stand_in:
        apps = await Apps.made(slack_stand_in, teams_stand_in, cores, folder)
        slack, teams = SlackBench(apps, Size.of(short=wanted.short), rounds), TeamsBench(apps, 800, rounds)
        start, memory = StartBench(apps, slack, rounds), MemoryBench(apps, slack, teams, rounds)
        page = await slack.prepare()
        await _repeat("Slack", wanted.rounds, slack.round)
        await teams.prepare()
        await _repeat("Teams", wanted.rounds, teams.round)
        await start.prepare()
        await _repeat("start", wanted.rounds, start.round)
        delivery = DeliveryBench(apps, slack, rounds, kills=SHORT_KILLS if wanted.short else KILLS)
        await _repeat("kills on SQLite", 1, delivery.on_sqlite)
        await _repeat("kills on PostgreSQL", 1, delivery.on_postgres)
        await _repeat("a replica's end", 1 if wanted.short else half, delivery.for_good)
        if not wanted.short:
            await _repeat("memory", half, memory.round)
    rows = [*slack_figures.compared(rounds), *teams.compared(), *policy.compared(), *delivery.compared()]
    rows += [*start.compared(), *([] if wanted.short else memory.compared())]
    return Measured(rows, [*slack_figures.notes(rounds, page), *delivery.told], delivery.broken)


async def _repeat(name: str, rounds: int, run: Callable[[int], Awaitable[None]]) -> None:
    for number in range(rounds):
        began = time.monotonic()
        await run(number)
        print(f"{name}: round {number + 1} of {rounds}, {time.monotonic() - began:.0f} s", flush=True)


def _status(wanted: Wanted, measured: Measured) -> int:
    missed = [row for row in measured.rows if not row.met()]
    for row in missed:
        print(f"Not met: {row.number}, {row.what}.")
    for sentence in measured.broken:
        print(f"Not met: {sentence}.")
    return int(bool(measured.broken) or (wanted.short and any(not row.met(SLACK) for row in missed)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
