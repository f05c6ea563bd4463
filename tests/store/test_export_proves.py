"""What an export says of a case is bound to its entries: nothing in the file is changed without its showing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.store.cases import Cases
from bot.store.export import audit_trail, export_case, export_setup
from bot.store.trail import Trail
from bot.store.verify import verify_audit
from tests.store.given import LEAD, TEACHER, keep
from tests.store.story import CONFIRMED, DECIDED, RAISED, UPDATED, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.session import Session
    from bot.store.store import Store
    from handlers.case import Case

Export = dict[str, Any]
EARLIER = (Path(__file__).parent / "an_earlier_export.json").read_bytes()
"""An export as it was made before anything of a case was bound to its entries."""


@pytest.fixture
async def exported(store: Store) -> bytes:
    """That case, exported."""
    await tell(store)
    data = await export_case(store, RAISED.reference)
    assert data is not None
    return data


def verdict_of(export: Export) -> str:
    return verify_audit(json.dumps(export).encode()).word


async def test_the_entry_that_made_something_holds_its_fingerprint(exported: bytes) -> None:
    export = json.loads(exported)
    held = {
        one["event"]: {name for name in one["detail"] if name.startswith("holds_")}
        for one in export["audit"]["entries"]
    }
    assert held == {
        "case.read": set(),
        "case.raised": {"holds_case", "holds_versions"},
        "case.updated": {"holds_case", "holds_versions"},
        "case.decided": {"holds_case", "holds_decisions"},
        "contact.acknowledged": {"holds_case", "holds_acknowledged"},
        "case.exported": {"holds_export"},
    }
    assert (verify_audit(exported).word, "entries of this case" in verify_audit(exported).why) == ("Whole", True)


LIES: dict[str, Callable[[Export], object]] = {
    "who decided": lambda it: it["decisions"][0].update(by=str(TEACHER)),
    "their name": lambda it: it["decisions"][0].update(by_name="Somebody Else"),
    "the reason": lambda it: it["decisions"][0].update(reason="another"),
    "no decision": lambda it: it["decisions"].clear(),
    "a second decision": lambda it: it["decisions"].append(it["decisions"][0]),
    "the note": lambda it: it["versions"][1].update(notes="another"),
    "an answer": lambda it: it["versions"][0]["facts"].update(harm_now="in_danger_now"),
    "an answer that was not known": lambda it: it["versions"][0]["facts"].update(adult_involved="yes"),
    "an answer is not known": lambda it: it["versions"][0]["facts"].update(harm_now="not_known"),
    "an answer is not there": lambda it: it["versions"][0]["facts"].pop("adult_involved"),
    "no versions": lambda it: it["versions"].clear(),
    "a version less": lambda it: it["versions"].pop(),
    "versions in another order": lambda it: it["versions"].reverse(),
    "who acknowledged": lambda it: it["acknowledged"][0].update(name="Somebody Else"),
    "nobody acknowledged": lambda it: it["acknowledged"].clear(),
    "the state": lambda it: it["case"].update(state="not_referred"),
    "whom they left out": lambda it: it["case"]["left_out"].clear(),
    "who raised it": lambda it: it["case"].update(raised_by=str(LEAD)),
    "how often it was written": lambda it: it["case"].update(writes=9),
    "a delivery": lambda it: it["deliveries"][0].update(state="sent"),
    "no delivery": lambda it: it["deliveries"].clear(),
    "when it was exported": lambda it: it.update(exported_at="2026-11-25T16:55:00.123456Z"),
    "a salt": lambda it: it.update(salt="0" * 64),
    "a word more": lambda it: it.update(note="forged words"),
    "a word more of the entries": lambda it: it["audit"].update(note="forged words"),
    "a word more in an entry": lambda it: it["audit"]["entries"][0].update(note="forged words"),
    "a name more in an entry": lambda it: it["audit"]["entries"][-1].update(by_name="Somebody Else"),
    "a word less in an entry": lambda it: it["audit"]["entries"][0].pop("hash"),
    "another head of all": lambda it: it["audit"]["head"].update(hash="0" * 64),
    "a longer trail": lambda it: it["audit"]["head"].update(number=99),
    "no head of all": lambda it: it["audit"].update(head=None),
    "no entries": lambda it: it["audit"].update(entries=[], case_head={"number": 0, "hash": "0" * 64}),
}


async def test_entries_cut_off_with_every_head_made_right_are_found(exported: bytes, store: Store) -> None:
    """What is left ends with no entry about an export: no release made such a file."""
    await store.run(lambda work: work.record("setup.refused", by=TEACHER))
    for data, kind in ((exported, "case"), (await export_setup(store), "setup")):
        whole = json.loads(data)
        for left in range(1, len(whole["audit"]["entries"])):
            export = json.loads(data)
            audit = export["audit"]
            del audit["entries"][left:]
            last = audit["entries"][-1]
            audit[f"{kind}_head"] = {**_head(last), "number": last["case_number" if kind == "case" else "number"]}
            audit["head"], export["exported_at"] = _head(last), last["at"]
            assert verdict_of(export) == "Altered", (kind, left)


@pytest.mark.parametrize("lie", LIES)
async def test_nothing_in_the_file_can_be_changed_without_its_showing(exported: bytes, lie: str) -> None:
    """SR-36."""
    export = json.loads(exported)
    LIES[lie](export)
    assert not verify_audit(json.dumps(export).encode()).good


async def test_a_thousand_changes_anywhere_in_the_file_are_all_found(exported: bytes) -> None:
    """SR-36: in any value of it, however deep, and by taking any key or any row out."""
    chance = random.Random(40)  # noqa: S311 - the same changes in every run
    for turn in range(1000):
        export = json.loads(exported)
        place = _change_anywhere(export, chance)
        assert verdict_of(export) in ("Altered", "Not verified"), (turn, place)


def _change_anywhere(export: Export, chance: random.Random) -> str:
    holder, key = chance.choice(list(_places(export)))
    value = holder[key]
    match chance.choice(("change", "drop", "more")):
        case "drop":
            del holder[key]
        case "more" if isinstance(value, dict):
            value["more"] = "x"
        case "more" if isinstance(value, list):
            value.append("x")
        case _:
            holder[key] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
    return f"{key}: {value!r}"


def _places(within: Any) -> Any:
    for key, value in list(within.items()) if isinstance(within, dict) else enumerate(within):
        yield within, key
        if isinstance(value, (dict, list)):
            yield from _places(value)


@pytest.mark.parametrize("where", ["an entry", "the case", "the file"])
async def test_a_key_that_stands_twice_is_found_whatever_else_is_right(exported: bytes, where: str) -> None:
    text = exported.decode()
    once = {
        "an entry": '"event": "case.decided",',
        "the case": '"state": "referred",',
        "the file": '"format": "signpost-case-1",',
    }[where]
    assert text.count(once) == 1
    name = once.split(":")[0]
    verdict = verify_audit(text.replace(once, f'{name}: "case.forged", {once}').encode())
    assert (verdict.word, "twice" in verdict.why) == ("Altered", True)


async def test_the_same_in_an_export_of_what_belongs_to_no_case(store: Store) -> None:
    await store.run(lambda work: work.record("setup.refused", by=TEACHER))
    text = (await export_setup(store)).decode()
    assert verify_audit(text.encode()).word == "Whole"
    assert verify_audit(text.replace('"event"', '"event": "x", "event"', 1).encode()).word == "Altered"
    lies: tuple[Callable[[Export], object], ...] = (
        lambda it: it["audit"]["entries"][0].update(by_name="x"),
        lambda it: it["audit"].update(note="x"),
        lambda it: it.update(note="x"),
        lambda it: it.update(exported_at="2026-11-25T16:55:00.123456Z"),
        lambda it: it["audit"]["head"].update(hash="0" * 64),
        lambda it: it["audit"].update(entries=[], setup_head={"number": 0, "hash": "0" * 64}),
        lambda it: it["audit"].update(entries=it["audit"]["entries"][:1], setup_head=_head(it["audit"]["entries"][0])),
    )
    for lie in lies:
        export = json.loads(text)
        lie(export)
        assert not verify_audit(json.dumps(export).encode()).good


def _head(entry: dict[str, Any]) -> dict[str, Any]:
    return {"number": entry["number"], "hash": entry["hash"]}


def as_an_earlier_release(*cases: Case) -> Callable[[Session], None]:
    """Write a case again and again as releases did that bound nothing of it to its entries."""

    def go(session: Session) -> None:
        at, trail = Cases(session, lock=True), Trail(session)
        for case in cases:
            at.keep(case)
            trail.record("case.updated", LEAD, case.id, case.site, {})
        trail.write()

    return go


async def test_what_an_earlier_release_wrote_is_named_and_the_rest_is_proved(store: Store) -> None:
    await store.transact(as_an_earlier_release(RAISED))
    await keep(store, UPDATED)
    await store.transact(as_an_earlier_release(DECIDED))  # a replica that was not brought up to date yet
    verdict = verify_audit(await export_case(store, RAISED.reference) or b"")
    assert (verdict.good, verdict.word) == (True, "Proved in part")
    assert verdict.why.endswith("before the export: the case itself, version 1, decision 1")

    await keep(store, CONFIRMED)
    data = await export_case(store, RAISED.reference) or b""
    assert verify_audit(data).why.endswith("before the export: version 1, decision 1")
    for change in ("who decided", "an answer", "the note", "who acknowledged", "the state", "a salt"):
        export = json.loads(data)
        LIES[change](export)
        assert verdict_of(export) == "Altered", change


def test_an_export_of_an_earlier_release_is_said_to_prove_its_entries_alone() -> None:
    verdict = verify_audit(EARLIER)
    assert (verdict.good, verdict.word) == (True, "Proved in part")
    assert "not the case, nor any version, decision, acknowledgement or delivery" in verdict.why
    export = json.loads(EARLIER)
    export["decisions"] = []
    assert verdict_of(export) == "Proved in part", "it holds nothing by which that could be found"
    export["audit"]["entries"][1]["event"] = "case.read"
    assert verdict_of(export) == "Altered"


async def test_an_export_that_an_earlier_release_makes_of_a_newer_trail_is_not_called_altered(store: Store) -> None:
    """After an upgrade that was taken back: it knows of no salt. Nobody can make it look so who cannot make a trail."""
    await tell(store)
    newer = await export_case(store, RAISED.reference) or b""

    def by_an_earlier_release(session: Session) -> None:
        trail = Trail(session)
        trail.record("case.exported", None, RAISED.id, RAISED.site, {})
        trail.write()

    await store.transact(by_an_earlier_release)
    entries = [one for one in await audit_trail(store) if one["case"]]
    last = entries[-1]
    trail = {"entries": entries, "case_head": {**_head(last), "number": last["case_number"]}, "head": _head(last)}
    export = {**json.loads(EARLIER), "audit": trail, "exported_at": last["at"]}
    assert verdict_of(export) == "Proved in part"

    stripped = json.loads(newer)
    del stripped["audit"]["entries"][-1]["detail"]["holds_export"]
    assert verdict_of(stripped) == "Altered"
