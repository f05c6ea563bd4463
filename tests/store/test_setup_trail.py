"""What belongs to no case, setting up and refused attempts, can be read, and proves itself without any case's."""

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

import bot.store.verify
from bot.store.chain import verify_chain
from bot.store.export import audit_trail, export_setup
from bot.store.trail import Trail
from bot.store.verify import Head, Setup, verify_audit
from tests.store.given import LEAD, TEACHER, a_case, keep

if TYPE_CHECKING:
    from bot.store.session import Session
    from bot.store.store import Store
    from handlers.ports import Work

Entries = list[dict[str, Any]]
VERIFIER = Path(bot.store.verify.__file__).read_text()


class Earlier(Trail):
    """The trail as the first releases wrote it: what belongs to no case has no number and names nothing before it."""

    def _last_of(self, case: str, seen: Any) -> Head:
        return super()._last_of(case, seen) if case else Head(-1)


def of_an_earlier_release(*events: str) -> Any:
    def write(session: Session) -> None:
        trail = Earlier(session)
        for event in events:
            trail.record(event, LEAD, "", "northside", {"name": "phone"})
        trail.write()

    return write


async def some(store: Store) -> None:
    """Entries of a case and of none, in turn."""

    def at_once(work: Work) -> None:
        work.record("setup.leads_added", by=LEAD, site="northside", detail={"who": "slack:T1/U3"})
        work.record("case.read", by=LEAD, case=a_case(1).id, site="northside")
        work.record("case.refused", by=TEACHER, detail={"intent": "open_case"})

    for _ in range(4):
        await store.run(at_once)


@pytest.fixture
async def exported(store: Store) -> bytes:
    """What a deployment exports that began with an earlier release, which ran on beside a newer one for a while."""
    await keep(store, a_case(1))
    await store.transact(of_an_earlier_release("setup.site_added", "draft.discarded", "setup.leads_added"))
    await some(store)
    await store.transact(of_an_earlier_release("setup.refused"))
    await some(store)
    return await export_setup(store)


async def test_it_holds_who_set_up_what_and_who_was_refused_and_nothing_of_a_case(
    exported: bytes, store: Store
) -> None:
    export = json.loads(exported)
    events = [one.get("event", "") for one in export["audit"]["entries"]]
    assert export["format"] == "signpost-setup-1"
    assert events[:3] == ["setup.site_added", "", "setup.leads_added"]
    assert events[-1] == "setup.exported"
    assert events.count("case.refused") == 8
    assert "case.read" not in events
    assert a_case(1).id not in exported.decode()
    assert a_case(1).reference not in exported.decode()
    assert b"draft" not in exported, "a draft is the beginning of a case"
    (refused, *_) = [one for one in export["audit"]["entries"] if one.get("event") == "case.refused"]
    assert (refused["by"], refused["detail"]) == (str(TEACHER), {"intent": "open_case"})

    verdict = verify_audit(exported)
    assert verdict.good, verdict.why
    assert "1 of them by their hashes alone" in verdict.why
    whole = verify_chain(await audit_trail(store))
    assert whole.good, whole.why
    assert export["audit"]["head"]["hash"] == whole.head.hash


async def test_a_new_deployment_chains_them_from_the_first(store: Store) -> None:
    await keep(store, a_case(1))
    await some(store)
    entries = json.loads(await export_setup(store))["audit"]["entries"]
    assert [one["case_number"] for one in entries] == list(range(1, 10))
    assert entries[0]["case_previous"] == "0" * 64
    assert all(later["case_previous"] == one["hash"] for one, later in pairwise(entries))


async def test_a_thousand_alterations_of_it_are_all_found(exported: bytes) -> None:
    """SR-36: the file alone, entries of an earlier release too, and by somebody who makes an entry's own hash right."""
    chance = random.Random(38)  # noqa: S311 - the same alterations in every run
    for turn in range(1000):
        export = json.loads(exported)
        change = chance.choice((_edit, _delete, _insert, _swap, _cut_off))
        export["audit"]["entries"] = change(export["audit"]["entries"], chance)
        assert not verify_audit(json.dumps(export).encode()).good, (turn, change.__name__)


async def test_one_that_is_rewritten_from_end_to_end_is_found_by_a_head_that_was_kept(
    exported: bytes, store: Store
) -> None:
    kept = json.loads(exported)["audit"]["setup_head"]["hash"]
    later = await export_setup(store)
    assert verify_audit(later, kept).good
    forged = json.loads(later)
    entries = forged["audit"]["entries"]
    entries[4]["by"] = "slack:T1/UFORGED"
    chain = Setup()
    for entry in entries:
        if entry["case_number"]:
            entry["case_previous"] = chain.following
            entry["hash"] = bot.store.verify.fingerprint(entry)
        assert not chain.take(entry)
    last = {"number": entries[-1]["number"], "hash": entries[-1]["hash"]}
    forged["audit"]["setup_head"] = forged["audit"]["head"] = last
    assert verify_audit(json.dumps(forged).encode()).good, "by itself nothing in it is wrong"
    assert not verify_audit(json.dumps(forged).encode(), kept).good


async def test_an_entry_of_a_case_in_it_is_found(exported: bytes) -> None:
    export = json.loads(exported)
    export["audit"]["entries"][4]["case"] = "x"
    assert "belongs to a case" in verify_audit(json.dumps(export).encode()).why


async def test_it_is_verified_with_nothing_but_python(exported: bytes, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text(VERIFIER)

    def status(data: bytes) -> int:
        (tmp_path / "setup.json").write_bytes(data)
        command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(tmp_path / "setup.json")]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert status(exported) == 0
    assert status(exported.replace(b"slack:T1/U3", b"slack:T1/U4", 1)) == 1


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
    if name != "hash" and "event" in entries[place] and chance.random() < 0.5:
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
