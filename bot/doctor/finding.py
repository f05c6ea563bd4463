"""What the doctor found: one line a matter, and what to do about it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

State = Literal["green", "amber", "red"]
_COLOUR: Final = {"green": "\x1b[32m", "amber": "\x1b[33m", "red": "\x1b[31m"}
_PLAIN: Final = "\x1b[0m"
_BELOW: Final = " " * 7
"""What stands before a second line, so that the states keep a column of their own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter. Red: Signpost cannot run, or would not be safe. Amber: it runs, and a person should look."""

    code: str
    """A closed word that stays the same from release to release, for programs."""
    matter: str
    state: State
    found: str
    do: str = ""
    about: str = ""
    """The site in `found`, as it stands there: the same of several sites is one line for a person."""


def written(findings: Iterable[Finding], *, colour: bool = False, width: int = 0, arrow: str = "→") -> str:
    """The findings for a person: the word says the state, colour only repeats it. `width` 0: lines are not wrapped."""
    lines: list[str] = []
    for finding in _together(findings):
        word = f"{finding.state:<5}"
        said = _wrapped(f"{word}  {finding.matter}: {finding.found}", width, _BELOW)
        lines.append(said.replace(word, f"{_COLOUR[finding.state]}{word}{_PLAIN}", 1) if colour else said)
        if finding.do:
            lines.append(_wrapped(f"{_BELOW}{arrow} {finding.do}", width, f"{_BELOW}  "))
    return "\n".join(lines)


def as_json(findings: Iterable[Finding]) -> str:
    """The findings for a program: a list of objects with `code`, `matter`, `state`, `found`, `do`."""
    keys = ("code", "matter", "state", "found", "do")
    return json.dumps([{key: getattr(one, key) for key in keys} for one in findings], indent=2, ensure_ascii=False)


def status(findings: Iterable[Finding]) -> int:
    """The exit status: 1 if anything is red."""
    return 1 if any(finding.state == "red" for finding in findings) else 0


def _together(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The same of several sites as one: the first as it is, the others by name."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for place, one in enumerate(findings):
        same = (one.code, one.state, one.found.replace(one.about, ""), one.do) if one.about else (str(place),)
        groups.setdefault(same, []).append(one)
    for first, *others in groups.values():
        also = f"; the same of {', '.join(one.about for one in others)}" if others else ""
        yield Finding(first.code, first.matter, first.state, f"{first.found}{also}", first.do)


def _wrapped(line: str, width: int, below: str) -> str:
    if not width or len(line) <= width:
        return line
    return textwrap.fill(
        line, max(width, 40), subsequent_indent=below, break_long_words=False, break_on_hyphens=False,
        drop_whitespace=True,
    )  # fmt: skip
