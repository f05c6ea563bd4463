"""The page of requirements and the tests agree: none is without a test unless it says so, and none is made up."""

from __future__ import annotations

import re

from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "explanation" / "requirements.md"
ROWS = re.compile(r"^\| SR-(\d+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
NAMED = re.compile(r"\b(?:SR-|sr_)(\d+)\b|\bsr_(\d+)_")
UNTESTED = {38}
"""Speed is measured in benchmarks."""


def rows() -> dict[int, tuple[str, str]]:
    """Each requirement: what must hold, and what is still to be shown."""
    return {int(number): (holds.strip(), lacks.strip()) for number, holds, lacks in ROWS.findall(PAGE.read_text())}


def named() -> dict[int, set[str]]:
    """Which test files name which requirement."""
    found: dict[int, set[str]] = {}
    for path in (ROOT / "tests").rglob("*.py"):
        for one, other in NAMED.findall(path.read_text()):
            if path.name != "test_requirements.py":
                found.setdefault(int(one or other), set()).add(path.name)
    return found


def test_every_requirement_has_its_row_in_order() -> None:
    assert [int(number) for number, _, _ in ROWS.findall(PAGE.read_text())] == list(range(1, 45))


def test_every_requirement_is_named_by_a_test_or_says_that_none_shows_it() -> None:
    assert set(range(1, 45)) - set(named()) == UNTESTED
    assert all("no test" in rows()[number][1] for number in UNTESTED)


def test_no_test_names_a_requirement_that_does_not_exist() -> None:
    assert set(named()) <= set(rows())
