"""SR-44: the import rules hold, and each can fail: a copy of the code with a forbidden import breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PLANTS = [
    ("policy/assess.py", "import handlers.screens", "Policy stands alone"),
    ("policy/assess.py", "import socket", "Policy does no input or output"),
    ("policy/editions/england_2024.py", "import random", "Policy does no input or output"),
    ("handlers/screens.py", "import bot.channel", "Policy stands alone"),
    ("handlers/raising/raise_incident.py", "from slack_sdk.web import WebClient", "Handlers know no platform"),
    ("handlers/ports.py", "import sqlalchemy.ext.asyncio", "Handlers know no platform"),
    ("bot/slack/receive.py", "import bot.store", "Platforms, store and playground"),
    ("bot/store/__init__.py", "import bot.slack", "Platforms, store and playground"),
    ("bot/teams/receive.py", "import bot.slack.render", "Platforms, store and playground"),
    ("bot/mail/send.py", "import bot.store", "Platforms, store and playground"),
    ("bot/channel.py", "import bot.slack", "Only app and __main__"),
    ("bot/store/work.py", "import bot.teams", "Only app and __main__"),
    ("bot/play/blockkit.py", "import handlers.words", "The playground speaks only the wire"),
    ("bot/play/blockkit.py", "import bot.channel", "The playground speaks only the wire"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code and its rules, with an empty package for each part that is not written yet."""
    for package in ("policy", "handlers", "bot"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for part in ("slack", "teams", "mail", "store"):
        (tmp_path / "bot" / part).mkdir(exist_ok=True)
        (tmp_path / "bot" / part / "__init__.py").touch()
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """Run the linter as `make lint` does; return its status and what it said, on one line."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"], cwd=folder, check=False, capture_output=True, text=True
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_the_code_keeps_every_import_rule(copy: Path) -> None:
    status, said = lint(copy)

    assert status == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(("file", "line", "rule"), PLANTS, ids=[f"{file}: {line}" for file, line, _ in PLANTS])
def test_a_forbidden_import_is_found(copy: Path, file: str, line: str, rule: str) -> None:
    with (copy / file).open("a") as target:
        target.write(f"\n{line}\n")

    status, said = lint(copy)

    assert status == 1, said
    assert rule in said.split("Broken contracts")[1]
