"""Files stay about one subject, functions fit on a screen, and no file tells which machine it was written on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture import limits, tree

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the checks take for the project."""
    monkeypatch.setattr(limits, "ROOT", tmp_path)
    return tmp_path


def test_no_file_is_longer_than_one_subject_needs() -> None:
    assert list(limits.long_files(tree.tracked(*limits.CODE))) == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert list(limits.long_functions(tree.tracked("*.py"))) == []


def test_no_file_names_a_registry_host_or_a_path_of_this_machine() -> None:
    assert list(limits.traces(tree.tracked(), limits.forbidden_here())) == []


def test_a_file_of_301_lines_is_found(elsewhere: Path) -> None:
    allowed, too_long = elsewhere / "allowed.py", elsewhere / "too_long.py"
    allowed.write_text("x = 1\n" * 300)
    too_long.write_text("x = 1\n" * 301)

    assert list(limits.long_files([allowed, too_long])) == ["too_long.py: 301 lines, at most 300"]


def test_a_function_of_61_lines_is_found(elsewhere: Path) -> None:
    file = elsewhere / "both.py"
    file.write_text("def fits():\n" + "    1\n" * 59 + "async def too_long():\n" + "    1\n" * 60)

    assert list(limits.long_functions([file])) == ["both.py:61: too_long has 61 lines, at most 60"]


def test_a_registry_host_is_found(elsewhere: Path) -> None:
    host = min(limits.registry_hosts())
    file = elsewhere / "lock.txt"
    file.write_text(f"--index-url https://{host}/simple\n")

    assert list(limits.traces([file], limits.forbidden_here())) == [f"lock.txt:1: {host}"]


def test_a_path_of_this_machine_is_found(elsewhere: Path) -> None:
    file = elsewhere / "notes.md"
    file.write_text(f"see {elsewhere}/policy\n")

    assert list(limits.traces([file], limits.forbidden_here())) == [f"notes.md:1: {elsewhere}/"]


def test_a_path_below_some_other_folder_is_none_of_this_machine(elsewhere: Path) -> None:
    file = elsewhere / "notes.md"
    file.write_text(f"see node_modules{elsewhere}/policy\n")

    assert list(limits.traces([file], limits.forbidden_here())) == []
