"""What the page takes from npm: fetched once, with whatever npm there is, and gone on without where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHES = 'echo "$@" >> calls\n[ "$1" = --version ] && echo 10.8.2 && exit 0\nmkdir -p node_modules\n'
OLD = '[ "$1" = --version ] && echo 6.14.4 && exit 0\nmkdir -p node_modules\n'
FAILS = '[ "$1" = --version ] && echo 10.8.2 && exit 0\necho "npm error code ECONNREFUSED" >&2\nexit 1\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the step that fetches, and a step before it that finds no Node in the package index."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "requirements" / "npm.py", tmp_path / "requirements")
    (tmp_path / "requirements" / "install.py").write_text("import sys\nsys.exit(1)\n")
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def fetch(project: Path, script: str, name: str = "play") -> subprocess.CompletedProcess[str]:
    npm = project / "bin" / "npm"
    npm.write_text(f"#!/bin/sh\nPATH={os.environ['PATH']}\n{script}")
    npm.chmod(0o755)
    command = [sys.executable, "requirements/npm.py", name]
    environment = {"PATH": str(project / "bin")}
    return subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True, text=True)


def test_it_fetches_once_and_again_when_the_lock_has_changed(project: Path) -> None:
    first, second = fetch(project, FETCHES), fetch(project, FETCHES)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "Fetching Microsoft's library" in first.stdout
    assert second.stdout == ""
    (project / "package-lock.json").write_text('{"changed": true}')
    assert "Fetching" in fetch(project, FETCHES).stdout


def test_the_playground_takes_less_than_the_tests_and_has_enough_with_theirs(project: Path) -> None:
    fetch(project, FETCHES, "play")
    fetch(project, FETCHES, "dev")
    assert fetch(project, FETCHES, "play").stdout == ""
    installs = [line for line in (project / "calls").read_text().splitlines() if line.startswith("ci ")]
    assert ["--omit=dev" in line for line in installs] == [True, False]


@pytest.mark.parametrize(("script", "last_words"), [(FAILS, "ECONNREFUSED"), (OLD, "There is no npm")])
def test_without_a_way_to_npm_it_says_so_and_goes_on_and_tries_again(
    project: Path, script: str, last_words: str
) -> None:
    done = fetch(project, script)
    assert done.returncode == 0
    assert last_words in done.stderr
    assert "Everything else works without it." in done.stderr
    assert "Fetching" in fetch(project, FETCHES).stdout


def test_the_lock_holds_hashes_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = {name: about for name, about in packages.items() if name}
    assert "node_modules/adaptivecards" in locked
    assert [name for name, about in locked.items() if not about["integrity"].startswith("sha512-")] == []
    assert [name for name, about in locked.items() if "resolved" in about] == []
