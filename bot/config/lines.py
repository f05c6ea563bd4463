"""Finds the line of a TOML file that a value stands on, so that a person need not search for it.

`tomllib` keeps no positions. This reads headers and keys well enough to point at a line, and where it cannot tell it
points at the table or nowhere; it decides nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\s]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")

Place = tuple[str | int, ...]


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """The line (from 1) of the longest known beginning of `place`, for instance `("site", 0, "leads", 1)`."""
    lines = _lines(text)
    wanted = tuple(place)
    while wanted:
        if wanted in lines:
            return lines[wanted]
        wanted = wanted[:-1]
    return None


def _lines(text: str) -> dict[Place, int]:
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.match(line):
            table = _table(header[2].split("."), counts, is_list=header[1] == "[[")
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
            if line[key.end() :].lstrip().startswith("["):
                for entry, at in enumerate(_entries(lines[number - 1 :], key.end())):
                    found.setdefault((*table, key[1], entry), number + at)
    return found


def _entries(lines: Sequence[str], begins: int) -> Iterator[int]:
    """The line, counted from the first of these, on which each entry of the list that begins there begins."""
    depth, quoted, awaited = 0, "", False
    for at, line in enumerate(lines):
        escaped = False
        for one in line[begins:] if at == 0 else line:
            if quoted:
                quoted, escaped = (
                    ("", False) if one == quoted and not escaped else (quoted, _escapes(one, quoted, escaped=escaped))
                )
                continue
            if one == "#":
                break
            if one == "]" and depth == 1:
                return
            if awaited and not one.isspace():
                yield at
                awaited = False
            quoted = one if one in "\"'" else ""
            awaited = awaited or (one == "[" and not depth) or (one == "," and depth == 1)
            depth += (one in "[{") - (one in "]}")


def _escapes(one: str, quoted: str, *, escaped: bool) -> bool:
    return quoted == '"' and one == "\\" and not escaped


def _table(names: list[str], counts: dict[Place, int], *, is_list: bool) -> Place:
    """The place of a table: every list on the way stands at its newest entry."""
    place: Place = ()
    for name in names[:-1]:
        place = (*place, name.strip())
        if place in counts:
            place = (*place, counts[place])
    place = (*place, names[-1].strip())
    if not is_list:
        return place
    counts[place] = counts.get(place, -1) + 1
    return (*place, counts[place])
