"""The audit trail: chained from the first entry, never changed, and able to prove it."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import DatabaseError

import bot.store.verify
from bot.store.chain import verify_chain
from bot.store.export import audit_head_of, audit_trail, export_case
from bot.store.verify import Head, verify_audit
from tests.store.given import LEAD, SENTINEL, TEACHER, a_case, keep, sql

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.ports import Work

Entries = list[dict[str, Any]]
DENIED = r"never changed|permission denied"
VERIFIER = Path(bot.store.verify.__file__).read_text()


@pytest.fixture
async def trail(store: Store) -> Entries:
    """Thirty-three entries about three cases and about none."""
    await keep(store, a_case(1), a_case(2), a_case(3))

    def some(work: Work) -> None:
        for number in range(1, 4):
            work.record("case.opened", by=LEAD, case=a_case(number).id, site="northside", detail={"version": "1"})
        work.record("keys.rotated", by=None)
        work.record("settings", by=TEACHER, detail={"name": "phone"})

    for _ in range(6):
        await store.run(some)
    return await audit_trail(store)


async def test_every_entry_is_numbered_and_names_the_one_before_it(trail: Entries, store: Store) -> None:
    assert [entry["number"] for entry in trail] == list(range(1, 34))
    assert trail[0]["previous"] == "0" * 64
    assert all(later["previous"] == entry["hash"] for entry, later in pairwise(trail))
    assert trail[5]["at"] == "2026-11-24T16:55:00.123456Z"
    of_one = [entry for entry in trail if entry["case"] == a_case(1).id]
    assert [entry["case_number"] for entry in of_one] == list(range(1, 8))
    of_none = [entry for entry in trail if not entry["case"]]
    assert [entry["case_number"] for entry in of_none] == list(range(1, 13))
    assert all(later["case_previous"] == entry["hash"] for entry, later in pairwise(of_none))
    verdict = verify_chain(trail)
    assert verdict.good, verdict.why
    assert verdict.head == await audit_head_of(store) == Head(33, trail[-1]["hash"])


async def test_a_thousand_alterations_are_all_found_given_the_last_head(trail: Entries, store: Store) -> None:
    """SR-36."""
    head = await audit_head_of(store)
    chance = random.Random(36)  # noqa: S311 - the same alterations in every run
    for turn in range(1000):
        change = chance.choice((_edit, _delete, _insert, _swap, _cut_off, _rewrite))
        altered = change(copy.deepcopy(trail), chance)
        assert not verify_chain(altered, head).good, (turn, change.__name__)


async def test_a_thousand_alterations_of_an_export_are_all_found(trail: Entries, store: Store) -> None:
    """SR-36: the file alone."""
    assert trail
    data = await export_case(store, a_case(2).reference)
    assert data is not None
    assert verify_audit(data).good
    chance = random.Random(37)  # noqa: S311 - the same alterations in every run
    for turn in range(1000):
        export = json.loads(data)
        change = chance.choice((_edit, _delete, _insert, _swap, _cut_off))
        export["audit"]["entries"] = change(export["audit"]["entries"], chance)
        assert not verify_audit(json.dumps(export).encode()).good, (turn, change.__name__)


async def test_an_export_rewritten_from_end_to_end_is_found_by_a_head_that_was_kept(
    trail: Entries, store: Store
) -> None:
    assert trail
    before = json.loads(await export_case(store, a_case(2).reference) or b"")
    kept = before["audit"]["case_head"]["hash"]
    after = await export_case(store, a_case(2).reference) or b""
    assert verify_audit(after, kept).good, "a trail that has grown since holds the entry that was its last"
    forged = json.loads(after)
    entries = forged["audit"]["entries"]
    entries[0]["by"] = str(LEAD)
    last = _seal(entries, 0, None)[-1]
    forged["audit"]["case_head"] = {"number": last["case_number"], "hash": last["hash"]}
    forged["audit"]["head"] = {"number": last["number"], "hash": last["hash"]}
    assert verify_audit(json.dumps(forged).encode()).good, "by itself nothing in it is wrong"
    assert not verify_audit(json.dumps(forged).encode(), kept).good


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"\xff\xfe", b'{"audit": 3}', b"[" * 100_000, b"null"])
def test_a_file_that_is_no_export_gets_a_verdict_and_no_traceback(junk: bytes) -> None:
    verdict = verify_audit(junk)
    assert not verdict.good
    assert "no export" in verdict.why


async def test_the_verifier_needs_nothing_but_python(trail: Entries, store: Store, tmp_path: Path) -> None:
    assert trail
    whole, altered = tmp_path / "whole.json", tmp_path / "altered.json"
    data = await export_case(store, a_case(1).reference) or b""
    whole.write_bytes(data)
    altered.write_bytes(data.replace(b'"case.opened"', b'"case.erased"', 1))
    alone = tmp_path / "verify.py"
    alone.write_text(VERIFIER)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(alone), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    good = run(str(whole))
    assert (good.returncode, good.stdout[:6]) == (0, "whole:")
    assert json.loads(data)["audit"]["case_head"]["hash"] in good.stdout
    assert run(str(altered)).returncode == 1
    assert run(str(whole), "0" * 63 + "1").returncode == 1
    assert run(str(tmp_path / "none")).returncode == 2


@pytest.mark.parametrize("statement", ["UPDATE audit SET event = 'x'", "DELETE FROM audit WHERE number = 33"])
async def test_the_database_denies_changes_to_entries(
    trail: Entries, store: Store, database_url: str, statement: str
) -> None:
    """SR-36."""
    with pytest.raises(Exception, match=DENIED):
        await sql(database_url, statement)
    assert await audit_trail(store) == trail


async def test_whoever_works_with_a_server_as_we_do_may_only_add_to_the_trail(postgres_url: str) -> None:
    with pytest.raises(DatabaseError, match=DENIED):
        await sql(postgres_url, "TRUNCATE audit")
    rights = await sql(postgres_url, "SELECT privilege_type FROM pg_class, aclexplode(relacl) WHERE relname = 'audit'")
    assert {"SELECT", "INSERT"} <= {right for (right,) in rights}
    assert not {"UPDATE", "DELETE", "TRUNCATE"} & {right for (right,) in rights}


@pytest.mark.parametrize(
    ("event", "detail"),
    [
        ("Case opened", {}),
        ("case.opened.again", {}),
        ("", {}),
        ("case.opened", {"notes": SENTINEL}),
        ("case.opened", {"notes": "a\nb"}),
        ("case.opened", {"Notes": "a"}),
        ("case.opened", {"notes": "a" * 201}),
    ],
)
async def test_a_sentence_does_not_get_into_the_trail(store: Store, event: str, detail: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"case\.opened|closed words"):
        await store.run(lambda work: work.record(event, by=None, detail=detail))
    assert await audit_trail(store) == []


def _seal(entries: Entries, start: int, previous: dict[str, Any] | None) -> Entries:
    """Make the hashes right again from an entry on, as somebody would who knows how it works."""
    cases: dict[str, dict[str, Any]] = {entry["case"]: entry for entry in entries[:start]}
    for entry in entries[start:]:
        if previous is not None:
            entry["previous"] = previous["hash"]
        if entry["case"] in cases:
            entry["case_previous"] = cases[entry["case"]]["hash"]
        entry["hash"] = bot.store.verify.fingerprint(entry)
        previous = cases[entry["case"]] = entry
    return entries


def _edit(entries: Entries, chance: random.Random) -> Entries:
    place = chance.randrange(len(entries))
    name = chance.choice(sorted(entries[place]))
    value = entries[place][name]
    match value:
        case int():
            entries[place][name] = value + chance.choice((-1, 1))
        case dict():
            entries[place][name] = {**value, "more": "1"}
        case _:
            entries[place][name] = f"{value[:-1]}{'x' if value[-1:] != 'x' else 'y'}"
    if name != "hash" and place < len(entries) - 1 and chance.random() < 0.5:
        entries[place]["hash"] = bot.store.verify.fingerprint(entries[place])
    return entries


def _delete(entries: Entries, chance: random.Random) -> Entries:
    del entries[chance.randrange(len(entries))]
    return entries


def _insert(entries: Entries, chance: random.Random) -> Entries:
    entries.insert(chance.randrange(len(entries) + 1), copy.deepcopy(chance.choice(entries)))
    return entries


def _swap(entries: Entries, chance: random.Random) -> Entries:
    one, other = chance.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    return entries


def _cut_off(entries: Entries, chance: random.Random) -> Entries:
    return entries[: chance.randrange(len(entries))]


def _rewrite(entries: Entries, chance: random.Random) -> Entries:
    """Change one entry and make every hash after it right."""
    place = chance.randrange(len(entries))
    entries[place]["event"] = "case.forged"
    return _seal(entries, place, entries[place - 1] if place and entries[place]["number"] == place + 1 else None)
