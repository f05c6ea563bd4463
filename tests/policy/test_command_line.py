"""`python -m policy`, as a program: what it reads, prints and returns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from policy import EDITIONS, FACTS, Facts, assess, edition

ROOT = Path(__file__).parent.parent.parent
VIGNETTES = sorted((ROOT / "tests" / "vignettes").glob("*/*.toml"))


def policy(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "policy", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, timeout=120, check=False)


def told(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: f"{file.parent.name} {file.stem}")
def test_it_reads_the_vignettes_that_the_tests_read(file: Path) -> None:
    done = policy("assess", file)

    assert done.returncode == 0
    assert all(one["edition"] == file.parent.name for one in told(done))


def test_lines_come_back_in_order_each_with_its_id_and_the_edition_it_asked_for() -> None:
    lines = [
        {"id": "a", "facts": {"harm_now": "in_danger_now"}},
        {"id": {"any": [1, None]}, "edition": "england-2016", "facts": {}},
        {"facts": {}},
    ]

    done = policy("assess", "--edition", "wales-2020", given="\n\n".join(map(json.dumps, lines)).encode())

    assert done.returncode == 0
    assert [(one["id"], one["edition"]) for one in told(done)] == [
        ("a", "wales-2020"),
        ({"any": [1, None]}, "england-2016"),
        (None, "wales-2020"),
    ]
    assert told(done)[0] == {"id": "a", **assess(Facts(harm_now="in_danger_now"), edition("wales-2020")).as_json()}


def test_a_line_that_cannot_be_assessed_says_why_and_the_others_are_done() -> None:
    lines = [
        b'{"id": 1, "facts": {"harm_now": "maybe"}}',
        b'{"id": 2, "facts": {"harm_nwo": "no"}}',
        b'{"id": 3, "edition": "england-1066", "facts": {}}',
        b'{"id": 4, "facts": {"harm_now": "no"}}',
    ]

    done = policy("assess", given=b"\n".join(lines))

    assert done.returncode == 1
    first, second, third, fourth = told(done)
    assert first == {
        "id": 1,
        "error": {"fact": "harm_now", "message": "harm_now takes one of: no, at_risk, in_danger_now, not_known."},
    }
    assert (second["id"], second["error"]["fact"]) == (2, "harm_nwo")
    assert (third["id"], third["error"]["fact"]) == (3, None)
    assert "england-2024, england-2016, wales-2020" in third["error"]["message"]
    assert fourth["outcome"] == "dsl_review"


def test_one_json_object_may_span_lines_and_jsonl_may_not(tmp_path: Path) -> None:
    spread = json.dumps({"id": 1, "facts": {"harm_now": "no"}}, indent=2)
    for suffix in ("json", "jsonl"):
        (tmp_path / f"case.{suffix}").write_text(spread, encoding="utf-8")

    assert [one["id"] for one in told(policy("assess", tmp_path / "case.json"))] == [1]
    assert policy("assess", tmp_path / "case.jsonl").returncode == 1


def test_each_line_is_answered_before_the_next_one_comes() -> None:
    command = [sys.executable, "-m", "policy", "assess"]
    held_back = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=held_back) as running:
        assert running.stdin
        assert running.stdout
        too_late = Timer(20, running.kill)  # an answer that is held back would leave us waiting for ever
        too_late.start()
        for number in range(3):
            running.stdin.write(json.dumps({"id": number, "facts": {}}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline() or b"{}").get("id") == number
        running.stdin.close()

        assert running.wait(timeout=120) == 0
        too_late.cancel()


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    line = json.dumps({"facts": {}}).encode() + b"\n"
    command = [sys.executable, "-m", "policy", "assess"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        running.stdin.write(line * 3)
        running.stdin.close()

        assert running.wait(timeout=120) == 1
        assert running.stderr.read() == b""


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("guess",),
        ("assess", "--edition", "mars"),
        ("assess", "nowhere.json"),
        ("assess", "README.md"),
        ("assess", "one.json", "two.json"),
        ("assess", "tests"),
        ("criteria", "--edition", "mars"),
        ("diff", "england-2024"),
        ("diff", "england-2024", "mars"),
        ("facts", "--loud"),
    ],
)
def test_bad_usage_is_said_in_a_sentence_and_returns_2(arguments: tuple[str, ...]) -> None:
    done = policy(*arguments)

    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"usage: ")
    assert b"Traceback" not in done.stderr


def test_facts_prints_the_questions() -> None:
    printed = json.loads(policy("facts").stdout)

    assert [one["id"] for one in printed] == [one.id for one in FACTS]
    assert printed[0]["answers"][0] == {"id": "no", "label": "No, we have checked"}
    assert printed[2]["asked"] == {"fact": "what_was_shared", "is_in": ["image_under_18", "not_known"]}


@pytest.mark.parametrize("one", EDITIONS, ids=lambda one: one.id)
def test_criteria_prints_an_edition_s_criteria_with_their_sources(one: Any) -> None:
    printed = json.loads(policy("criteria", "--edition", one.id).stdout)

    assert [criterion["id"] for criterion in printed] == [criterion.id for criterion in one.criteria]
    assert all(criterion["source"]["ref"] for criterion in printed)


def test_diff_prints_the_rows_that_carry_an_outcome() -> None:
    printed = json.loads(policy("diff", "england-2024", "england-2016").stdout)

    rows = {(one["subject"], one["england-2024"], one["england-2016"]) for one in printed if one["kind"] == "level"}
    assert rows == {
        ("Adult posing as a child", "refer_now", "dsl_review"),
        ("AI or edited images", "dsl_review", "not a criterion"),
    }
