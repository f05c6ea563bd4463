"""`docs`: writes the reference pages anywhere, without settings, and never over somebody's review."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.running.served import run_bot


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_line_for_each_page_that_it_writes_and_the_same_pages_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / "new" / "one", tmp_path / "two"]
    for seed, folder in enumerate(folders, 1):
        status, out, err = await run_bot("docs", str(folder), settings={"PYTHONHASHSEED": str(seed)})
        assert (status, err) == (0, "")
        assert sorted(out.splitlines()) == sorted(str(path) for path in folder.iterdir())

    first, second = (held(folder) for folder in folders)
    assert first == second
    assert {"criteria-england-2024.md", "criteria-england-2024.svg", "questions.md", "commands.md"} <= set(first)


async def test_a_page_that_is_there_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "roles.md").write_text("of an older version", encoding="utf-8")
    await run_bot("docs", str(tmp_path))

    assert "Who may do what" in (tmp_path / "roles.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", ["x", "X"])
async def test_a_page_with_a_ticked_box_stays_and_nothing_else_is_written(mark: str, tmp_path: Path) -> None:
    review = f"- [{mark}] Right as it stands. Name, date: a lead, today"
    (tmp_path / "criteria-wales-2020.md").write_text(review, encoding="utf-8")
    status, out, err = await run_bot("docs", str(tmp_path))

    assert (status, out) == (1, "")
    assert "criteria-wales-2020.md has ticked boxes" in err
    assert "move it away" in err
    assert held(tmp_path) == {"criteria-wales-2020.md": review.encode()}


async def test_a_folder_that_cannot_be_written_is_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    for place in (file, file / "below"):
        status, out, err = await run_bot("docs", str(place))
        assert (status, out) == (1, "")
        assert "name another folder" in err
        assert "Traceback" not in err


async def test_every_command_has_its_usage_and_says_when_it_ends_with_1(tmp_path: Path) -> None:
    await run_bot("docs", str(tmp_path))
    _, out, _ = await run_bot("--help")
    page = (tmp_path / "commands.md").read_text(encoding="utf-8").split("## The policy by itself")[0]
    parts = {part.split("`")[1]: part for part in page.split("\n### ")[1:]}

    assert list(parts) == re.findall(r"^    ([a-z][a-z-]*)", out, re.MULTILINE)
    for name, part in parts.items():
        assert f"    signpost {name}" in part
        assert "\nExit status 1: " in part
    assert "    signpost erase CASE [--open]" in parts["erase"]
    assert "`england-2016`" in parts["assess"]


async def test_the_playground_takes_the_port_that_it_is_given() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, out, _ = await run_bot("play", "--port", port)

    assert status == 1
    assert f"Port {port} is in use" in out
