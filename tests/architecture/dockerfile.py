"""Reads the Dockerfile as far as we use it: its stages, and which files of the project the build may see."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from tests.architecture.tree import ROOT, tracked

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its word, its `--flags`, and the rest as written."""

    word: str
    flags: tuple[str, ...]
    rest: str

    @property
    def words(self) -> list[str]:
        """The rest as a list: of a JSON array, or split as a shell would."""
        return list(json.loads(self.rest)) if self.rest.startswith("[") else shlex.split(self.rest)


@dataclass(slots=True)
class Stage:
    """From one FROM to the next."""

    base: str
    name: str
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, word: str) -> list[Instruction]:
        """The stage's instructions of one kind."""
        return [instruction for instruction in self.instructions if instruction.word == word]

    @property
    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        return dict(pair.split("=", 1) for each in self.all("ENV") for pair in each.words)

    @property
    def health(self) -> list[str]:
        """The command of HEALTHCHECK."""
        return list(json.loads(self.all("HEALTHCHECK")[-1].rest.removeprefix("CMD ")))


def stages() -> list[Stage]:
    """Read the project's Dockerfile."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    read: list[Stage] = []
    for line in lines.replace("\\\n", " ").splitlines():
        matched = re.fullmatch(r"([A-Z]+)\s+((?:--\S+\s+)*)(.*)", " ".join(line.split()))
        if not matched:
            continue
        word, flags, rest = matched[1], tuple(matched[2].split()), matched[3]
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            read.append(Stage(base, name))
        else:
            read[-1].instructions.append(Instruction(word, flags, rest))
    return read


def context() -> list[Path]:
    """Return the tracked files that .dockerignore lets through to the build."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    return [path for path in tracked() if _passes(str(path.relative_to(ROOT)), rules)]


def _passes(name: str, rules: list[str]) -> bool:
    """Apply the rules in order, the last that matches counts, as an engine does."""
    passes = True
    for rule in rules:
        pattern = rule.removeprefix("!")
        deep = pattern.removeprefix("**/")
        hits = fnmatch(name, pattern) or name.startswith(f"{pattern}/")
        if deep != pattern:
            hits = any(fnmatch(part, deep) for part in name.split("/"))
        if hits:
            passes = rule.startswith("!")
    return passes
