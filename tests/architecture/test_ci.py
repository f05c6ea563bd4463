"""On CI nothing is skipped unseen, and the script that decides there is sound."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SKIPS = {
    "in_a_test": "import pytest\n\ndef test_it():\n    pytest.skip('no browser here')\n",
    "in_a_file": "import pytest\n\npytest.skip('no browser here', allow_module_level=True)\n",
}
EXPECTED_TO_FAIL = "import pytest\n\n@pytest.mark.xfail\ndef test_it():\n    assert False\n"


def run(folder: Path, test: str, ci: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on one test file, with the project's conftest."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -rs -p no:cacheprovider\n")
    environment = os.environ | {"CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-p", "no:asyncio"]
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("test", SKIPS.values(), ids=SKIPS.keys())
def test_a_skipped_test_is_a_failed_one_on_ci(tmp_path: Path, test: str) -> None:
    done = run(tmp_path, test, "true")

    assert done.returncode != 0
    assert "no browser here" in done.stdout


@pytest.mark.parametrize("test", SKIPS.values(), ids=SKIPS.keys())
def test_elsewhere_a_skipped_test_says_why(tmp_path: Path, test: str) -> None:
    done = run(tmp_path, test, "")

    assert done.returncode in {0, 5}  # 5: there was nothing else to run
    assert "no browser here" in done.stdout


def test_a_test_that_is_expected_to_fail_may_do_so_on_ci(tmp_path: Path) -> None:
    assert run(tmp_path, EXPECTED_TO_FAIL, "true").returncode == 0


def test_the_script_can_be_run_and_read_by_bash() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
