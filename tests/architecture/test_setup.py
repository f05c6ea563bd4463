"""The set-up that every make command begins with: it refuses what it cannot vouch for and says what to do."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

WHEEL = "thing-1.0-py3-none-any.whl"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our set-up, a space in its path, and a lock that holds one tiny package from beside it."""
    folder = tmp_path / "my project"
    (folder / "requirements").mkdir(parents=True)
    for name in ("setup.sh", "install.py"):
        shutil.copy(ROOT / "requirements" / name, folder / "requirements")
    with zipfile.ZipFile(folder / WHEEL, "w") as wheel:
        wheel.writestr("thing.py", "")
        wheel.writestr("thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n")
        wheel.writestr("thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("thing-1.0.dist-info/RECORD", "")
    lock(folder, hashlib.sha256((folder / WHEEL).read_bytes()).hexdigest())
    return folder


def lock(folder: Path, digest: str) -> None:
    """Write the lock, with this hash for the tiny package."""
    (folder / "requirements" / "run.txt").write_text(f"./{WHEEL} --hash=sha256:{digest}\n")


def set_up(folder: Path, path: str, name: str = "run") -> subprocess.CompletedProcess[str]:
    """Run the set-up as make does, with this PATH and an empty home."""
    environment = {"PATH": path, "HOME": str(folder / "nobody"), "PIP_NO_INDEX": "1"}
    command = ["/bin/sh", "requirements/setup.sh", name]
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


def command_folder(folder: Path, **commands: str) -> str:
    """A folder for PATH that has only these commands, each a shell script, and what the set-up itself calls."""
    folder.mkdir()
    (folder / "dirname").symlink_to(shutil.which("dirname") or "")
    for name, script in commands.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_it_installs_once_and_is_quick_the_second_time(project: Path) -> None:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    first, second = set_up(project, path), set_up(project, path)

    assert first.returncode == second.returncode == 0, first.stderr
    assert "requirements/run.txt" in first.stdout
    assert second.stdout == ""
    assert subprocess.run([project / ".venv/bin/python", "-c", "import thing"], check=False).returncode == 0


def test_it_leaves_a_command_that_works_from_every_folder(project: Path, tmp_path: Path) -> None:
    (project / "bot").mkdir()
    (project / "bot" / "__main__.py").write_text("import sys\nprint(sys.argv[1:])\n")
    (tmp_path / "bot.py").write_text("raise SystemExit('another bot')\n")
    set_up(project, f"{Path(sys.executable).parent}:{os.environ['PATH']}")

    called = subprocess.run(
        [project / ".venv/bin/signpost", "doctor", "--json"], cwd=tmp_path, check=False, capture_output=True, text=True
    )

    assert called.stdout == "['doctor', '--json']\n", called.stderr


def test_a_changed_hash_stops_the_install_and_is_tried_again_next_time(project: Path) -> None:
    """SR-42."""
    lock(project, "0" * 64)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    first, second = set_up(project, path), set_up(project, path)

    for done in (first, second):
        assert done.returncode != 0
        assert "DO NOT MATCH THE HASHES" in done.stderr
        assert "could not be installed" in done.stderr
    assert subprocess.run(
        [project / ".venv/bin/python", "-c", "import thing"], check=False, capture_output=True
    ).returncode


def test_without_python_it_says_what_to_install(project: Path) -> None:
    done = set_up(project, command_folder(project / "bin"))

    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_no_python(project: Path) -> None:
    done = set_up(project, command_folder(project / "bin", python3="exit 1"))

    assert "needs Python 3.11 or newer" in done.stderr


def test_a_python_without_venv_names_the_package_that_brings_it(project: Path) -> None:
    script = f'case "$2" in *ensurepip*) exit 1;; esac\nexec "{sys.executable}" "$@"'
    version = f"{sys.version_info.major}.{sys.version_info.minor}"

    done = set_up(project, command_folder(project / "bin", python3=script))

    assert done.returncode == 1
    assert f"apt-get install python{version}-venv" in done.stderr
