"""What the doctor found: one line a matter, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final, Literal

State = Literal["green", "amber", "red"]
_COLOUR: Final = {"green": "\x1b[32m", "amber": "\x1b[33m", "red": "\x1b[31m"}
_PLAIN: Final = "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter. Red: Signpost cannot run, or would not be safe. Amber: it runs, and a person should look."""

    matter: str
    state: State
    found: str
    do: str = ""


def written(findings: Iterable[Finding], *, colour: bool) -> str:
    """The findings for a person: the word says the state, colour only repeats it."""
    lines: list[str] = []
    for finding in findings:
        word = f"{finding.state:<5}"
        shown = f"{_COLOUR[finding.state]}{word}{_PLAIN}" if colour else word
        lines.append(f"{shown}  {finding.matter}: {finding.found}")
        if finding.do:
            lines.append(f"       → {finding.do}")
    return "\n".join(lines)


def as_json(findings: Iterable[Finding]) -> str:
    """The findings for a program: a list of objects with `matter`, `state`, `found`, `do`."""
    return json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False)


def status(findings: Iterable[Finding]) -> int:
    """The exit status: 1 if anything is red."""
    return 1 if any(finding.state == "red" for finding in findings) else 0
