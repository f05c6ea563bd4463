"""P4 and P5: our `assess`, zen-engine with its trace, and regorus, each in a process of its own; for P12 sealing.

Each round starts a process for each engine, and every other round goes backwards.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from benchmarks.figures import Compared, Rounds, Void
from benchmarks.machine import Cores
from benchmarks.processes import said_by


class PolicyBench:
    """Rounds of P4 and P5. `seconds` is the CPU time for each figure of a round."""

    def __init__(self, cores: Cores, folder: Path, seconds: float, rounds: Rounds) -> None:
        self._cores, self._folder, self._seconds, self._rounds = cores, folder, seconds, rounds
        self.with_regorus = importlib.util.find_spec("regorus") is not None

    async def round(self, number: int) -> None:
        """One round. Raises Void where the engines do not agree on every case."""
        engines = ["ours", "zen", *(["regorus"] if self.with_regorus else [])]
        found = {}
        for name in engines if number % 2 == 0 else reversed(engines):
            said = json.loads(await self._said_by("benchmarks.judge_once", name))
            found[name] = said["judged"]
            for way, took in said["us"].items():
                self._rounds.add(f"{name} {way}", took)
        for name in engines[1:]:
            different = sum(mine != theirs for mine, theirs in zip(found["ours"], found[name], strict=True))
            if different:
                raise Void(f"{name} answers {different} of {len(found[name])} cases differently")
        self._rounds.add("sealing", float(await self._said_by("benchmarks.seal_once")))

    async def _said_by(self, *command: str) -> bytes:
        return await said_by([*command, str(self._seconds)], self._cores, self._folder)

    def compared(self) -> list[Compared]:
        """P4 and P5."""
        of = self._rounds.of
        ours, plain, table = of("ours facts"), of("ours dict"), of("zen table")
        rows = [
            Compared("P4", "assess on facts; zen-engine's table", ours, table, "us", 1 / 10),
            Compared("", "... zen-engine, expressions in a list", ours, of("zen listed"), "us"),
            Compared("P5", "validate and assess; zen-engine's table", plain, table, "us", 1 / 5),
        ]
        if self.with_regorus:
            rows.append(Compared("P5", "validate and assess; regorus", plain, of("regorus policy"), "us", 1 / 3))
        return rows
