"""The fingerprints of a case in its trail: nobody guesses from them, and what is changed in the database shows."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.bound import made, parts_of
from bot.store.cases import Cases
from bot.store.export import audit_trail, export_case
from bot.store.trail import Trail
from bot.store.vault import Box, Unreadable
from bot.store.verify import digest_of, verify_audit
from handlers.case import Acknowledgement, Case, Decision, State, Told, Version
from handlers.people import Account
from policy import Facts
from tests.store.given import TUESDAY, a_case, a_version, keep, sql
from tests.store.story import CONFIRMED, DECISION, RAISED, UPDATED, tell

if TYPE_CHECKING:
    from bot.store.session import Session
    from bot.store.store import Store
    from handlers.ports import Work


async def test_from_the_trail_nobody_guesses_an_answer_and_an_earlier_export_helps_with_none_that_came_later(
    store: Store,
) -> None:
    """SR-28: a fingerprint of "yes" or "no" would be found by trying both."""
    await keep(store, RAISED, a_case(2, decisions=(), acknowledged=()))
    early = json.loads(await export_case(store, RAISED.reference) or b"")
    await keep(store, UPDATED)
    (one, other, _, later) = [
        {n: h.partition("=")[2] for n, h in entry["detail"].items()} for entry in await audit_trail(store)
    ]
    assert one["holds_versions"] != other["holds_versions"], "the same answers in two cases"
    version = early["versions"][0]
    assert digest_of(version) == one["holds_versions"]
    assert digest_of({key: value for key, value in version.items() if key != "salt"}) != one["holds_versions"]
    guess = {**version, "number": 2, "notes": UPDATED.versions[1].notes}
    salts = [early["salt"], early["case"]["salt"], version["salt"]]
    assert later["holds_versions"] not in [digest_of({**guess, "salt": salt}) for salt in salts]
    whole = json.loads(await export_case(store, RAISED.reference) or b"")
    assert later["holds_versions"] == digest_of({**guess, "salt": whole["versions"][1]["salt"]}), "with it, it is found"


async def test_a_salt_is_made_with_the_key_of_its_case_and_shows_nothing_of_it(store: Store) -> None:
    boxes = [store.keys.new_box("northside", RAISED.id)[0] for _ in range(2)]
    salts = [box.salt(name) for box, name in itertools.product(boxes, ("version 1", "version 2"))]
    assert len(set(salts)) == 4
    assert {len(salt) for salt in salts} == {64}
    assert not any(salt in repr(boxes) for salt in salts)
    assert repr(bytes(range(32))) not in repr(Box.of("northside", RAISED.id, bytes(range(32))))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET state = 'not_referred'",
        "UPDATE cases SET opened_at = '2026-11-24 18:00:00.000000+00:00'",
        "UPDATE cases SET raised_by = 'slack:T1/UOTHER'",
        "UPDATE versions SET made_by = 'slack:T1/UOTHER' WHERE number = 1",
        "UPDATE versions SET made_at = '2026-11-24 18:00:00.000000+00:00' WHERE number = 2",
        "DELETE FROM versions WHERE number = 2",
    ],
)
async def test_what_is_changed_in_the_database_is_found_by_the_export(
    store: Store, database_url: str, statement: str
) -> None:
    """SR-36: columns that are not sealed, behind our back."""
    await tell(store)
    await sql(database_url, statement)
    assert verify_audit(await export_case(store, RAISED.reference) or b"").word == "Altered"


async def test_a_decision_that_is_written_anew_with_the_keys_in_hand_is_found(store: Store) -> None:
    """Whoever has the database and the keys writes a new value where the old one was."""
    await tell(store)
    forged = replace(CONFIRMED, decisions=(replace(DECISION, reason="another"),))

    def go(session: Session) -> None:
        Cases(session, lock=True).keep(forged)

    await store.transact(go)
    verdict = verify_audit(await export_case(store, RAISED.reference) or b"")
    assert (verdict.word, verdict.why) == ("Altered", "decision 1 is not as it was when it was made")


async def test_a_fingerprint_that_a_later_entry_gives_anew_does_not_count(store: Store) -> None:
    """Else whoever changed a decision could have the change called right by whatever is written next."""
    await tell(store)
    forged = replace(CONFIRMED, decisions=(replace(DECISION, reason="another"),))

    def go(session: Session) -> None:
        at, trail = Cases(session, lock=True), Trail(session)
        at.keep(forged)
        box = session.box_to_write(forged.site, forged.id, new=False)
        trail.hold(forged.id, forged.site, made(forged, None, at.writes(forged), box))
        trail.write()

    await store.transact(go)
    verdict = verify_audit(await export_case(store, RAISED.reference) or b"")
    assert (verdict.word, verdict.why) == ("Altered", "decision 1 is not as it was when it was made")


async def test_what_was_read_in_a_list_is_bound_once(store: Store) -> None:
    await keep(store, RAISED)

    def from_a_list(work: Work) -> None:
        (case,) = work.cases_at(["northside"], 9)
        work.keep_case(replace(case, versions=(*case.versions, a_version(2))))

    await store.run(from_a_list)
    held = [entry["detail"]["holds_versions"].partition("=")[0] for entry in await audit_trail(store)]
    assert held == ["1", "2"]


async def test_an_old_value_put_back_with_its_counter_does_not_open(store: Store, database_url: str) -> None:
    """SR-28: the lead whom the raiser left out would be in again, and a decision undone."""
    await tell(store)
    await keep(store, a_case(2))
    await sql(database_url, "CREATE TABLE old_cases AS SELECT * FROM cases")
    await keep(store, replace(CONFIRMED, asked_at=TUESDAY + timedelta(hours=1)))
    assert await store.read(lambda work: len(work.cases_at(["northside"], 9))) == 2
    await sql(
        database_url,
        "UPDATE cases SET sealed = (SELECT sealed FROM old_cases o WHERE o.id = cases.id),"
        " writes = (SELECT writes FROM old_cases o WHERE o.id = cases.id)",
    )
    with pytest.raises(Unreadable):
        await store.run(lambda work: work.case(RAISED.id))
    with pytest.raises(Unreadable):
        await store.read(lambda work: work.case(RAISED.id))
    assert await store.read(lambda work: work.cases_at(["northside"], 9)) == (a_case(2),)


MOMENT = datetime(2026, 11, 24, 16, 55, 0, 123456, tzinfo=UTC)
WHO = Account.parse("slack:T1/U1")
OF_NOW = Case(
    "case1", "SP-0001-2Q", "northside", State.REFERRED, WHO, MOMENT,
    (Version(1, Facts(harm_now="no", image_location=("device_in_school",)), "england-2024", "typed", WHO, MOMENT),),
    decisions=(
        Decision(
            1, "refer", WHO, "Priya", MOMENT, "so", 1, "england-2024", "notice-1", ("police",), alone=True,
            site_line="Northside", lead_line="Priya",
            told=(Told("police", "police", "slack", "Police", "101", "room"),),
        ),
    ),
    acknowledged=(Acknowledgement(1, "police", WHO, "PC Marsh", "T9", MOMENT, "LOG 4", "Op 7", "17:05"),),
)  # fmt: skip
"""What cases held when they were first bound to their entries. Never add to it."""


def test_a_fingerprint_stays_what_it_is_in_every_release_to_come() -> None:
    """If this fails, every export of what was made before is called altered. Show a new field only where given."""
    parts = parts_of(OF_NOW, Box.of("northside", "case1", bytes(range(32))))
    assert {name: [digest_of(one)[:16] for one in each] for name, each in parts.items()} == {
        "versions": ["22bc34afd47272b4"],
        "decisions": ["9e68a6b1bcf17568"],
        "acknowledged": ["03a8de1342687cda"],
    }


def test_what_a_later_release_shows_besides_changes_no_fingerprint_while_it_is_empty() -> None:
    """A question that was added since has the answer "not known"; a field of a decision is empty, or no."""
    made = {"facts": {"harm_now": "no"}, "told": [{"name": "Police"}], "number": 1}
    later = {
        "facts": {"harm_now": "no", "asked_since": "not_known", "several_since": []},
        "told": [{"name": "Police", "since": ""}], "number": 1, "flag_since": False, "since": None, "more": {"a": ""},
    }  # fmt: skip
    assert digest_of(made) == digest_of(later)
    assert digest_of(made) != digest_of({**made, "number": 0})
    assert digest_of({"number": 0}) != digest_of({}), "a number is no emptiness"
