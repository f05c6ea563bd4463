"""What goes when its time has come, what a person takes out, and what changes hands: retention, erasing, rotation."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from bot.seals import Seals
from bot.store.erase import Erased, erase_case
from bot.store.export import audit_trail, export_case
from bot.store.outbox import Outbox
from bot.store.retention import Expired, expire
from bot.store.rotate import Rotated, rotate_keys
from bot.store.vault import new_key
from bot.store.verify import verify_audit
from handlers.case import IllegalMove, State
from tests.store.databases import fresh_sqlite
from tests.store.given import (
    DEPUTY,
    KEY,
    LEAD,
    SENTINEL,
    TEACHER,
    TUESDAY,
    Clock,
    a_case,
    a_draft,
    a_fresh_draft,
    a_notice,
    a_version,
    keep,
    opened,
    sql,
)

if TYPE_CHECKING:
    from bot.store.store import Store


async def count(url: str, table: str) -> int:
    return (await sql(url, f"SELECT count(*) FROM {table}"))[0][0]  # noqa: S608 - names from the tests


async def send(store: Store, *addresses: str) -> None:
    """Send what is due, each to the next address."""
    outbox = Outbox(store)
    for address in addresses:
        claim = await outbox.claim(10)
        assert claim is not None
        await outbox.posted(claim, address)
        await outbox.sent(claim)


async def test_drafts_and_their_keys_go_after_24_hours(store: Store, clock: Clock, database_url: str) -> None:
    """SR-32."""
    old = [a_draft(number) for number in range(1, 1101)]
    await keep(store, *old, a_draft(2000, saved_at=TUESDAY + timedelta(seconds=1)), a_case())
    clock.move(hours=24)
    assert await expire(store) == Expired(drafts=1100)
    assert await count(database_url, "drafts") == 1
    assert await sql(database_url, "SELECT subject FROM keys ORDER BY subject") == [
        (a_case().id,),
        (a_draft(2000).id,),
    ]
    assert await expire(store) == Expired()


async def test_a_draft_that_is_discarded_or_sent_takes_its_key_along(store: Store, database_url: str) -> None:
    await keep(store, a_fresh_draft(1), a_fresh_draft(2))
    await store.run(lambda work: work.drop_draft(a_fresh_draft(1).id))

    assert await sql(database_url, "SELECT subject FROM keys") == [(a_fresh_draft(2).id,)]


async def test_a_case_that_an_earlier_release_kept_with_half_a_character_can_be_exported(store: Store) -> None:
    await keep(store, a_case(versions=(a_version(notes="seen \ud83d on the bus"),)))

    data = await export_case(store, a_case().reference)

    assert data is not None
    assert "seen ? on the bus" in data.decode()


async def test_intent_keys_go_after_seven_days(store: Store, clock: Clock) -> None:
    await store.run(lambda work: work.apply("old", "x"))
    clock.move(days=6)
    await store.run(lambda work: work.apply("new", "x"))
    assert await expire(store) == Expired()
    clock.move(days=1)
    assert await expire(store) == Expired(intents=1)
    assert await store.run(lambda work: work.applied("old")) is None
    assert await store.run(lambda work: work.applied("new")) is not None


async def test_finished_deliveries_go_with_their_case_and_none_that_is_still_to_be_made(
    store: Store, clock: Clock, database_url: str
) -> None:
    await keep(store, a_case(1, state=State.CLOSED), a_case(2), *(a_notice(n, case=c) for n, c in ((1, ""), (3, ""))))
    await keep(store, a_notice(1), a_notice(2))
    await send(store, "D1", "D2", "D3", "D4")
    await keep(store, a_notice(case=""))
    await erase_case(store, a_case(1).reference)
    clock.move(days=29)
    assert await expire(store) == Expired()
    clock.move(days=1)
    assert await expire(store) == Expired(deliveries=3)
    rows = await sql(database_url, "SELECT case_id, state FROM outbox ORDER BY seq")
    assert rows == [(a_case(2).id, "sent"), ("", "queued")]


async def test_an_expired_draft_cannot_be_found_in_the_file_any_more(tmp_path: Path, clock: Clock) -> None:
    """SR-32: not even sealed, nor in the journal."""
    url = fresh_sqlite(tmp_path)
    store = await opened(url, clock)
    await keep(store, a_draft())
    (wrapped,) = (await sql(url, "SELECT wrapped FROM keys"))[0]
    assert wrapped in bytes_of(tmp_path)
    clock.move(hours=24)
    await expire(store)
    assert wrapped not in bytes_of(tmp_path)
    await store.close()


async def test_an_erased_case_leaves_its_reference_its_site_and_its_dates(store: Store, database_url: str) -> None:
    closed = a_case(state=State.CLOSED, versions=(a_version(), a_version(2)))
    await keep(store, closed, a_case(2), a_notice(), a_notice(replaces="x"), a_notice(to=DEPUTY), a_notice())
    await send(store, "D1/1", "D1/2", "D2/1")
    erased = await erase_case(store, closed.reference, by=LEAD)
    assert erased == Erased(closed.reference, ((LEAD, "D1/1"), (DEPUTY, "D2/1")))
    assert await store.run(lambda work: work.case(closed.id)) is None
    assert await store.run(lambda work: work.reference_taken(closed.reference))
    rows = await sql(database_url, "SELECT reference, site, state, raised_by, sealed FROM cases ORDER BY id")
    assert rows[0] == (closed.reference, "northside", "erased", "", b"")
    assert await sql(database_url, "SELECT subject FROM keys") == [(a_case(2).id,)]
    assert await sql(database_url, "SELECT case_id FROM versions") == [(a_case(2).id,)]
    last = (await audit_trail(store))[-1]
    assert (last["event"], last["by"], last["case"], last["site"]) == ("case.erased", str(LEAD), closed.id, "northside")
    assert await erase_case(store, closed.reference) is None
    assert await erase_case(store, "SP-NONE-00") is None
    assert await export_case(store, closed.reference) is None


async def test_a_message_that_was_overwritten_since_is_not_said_to_stand(store: Store) -> None:
    await keep(store, a_case(state=State.CLOSED), a_notice(id="first"), a_notice(id="second"))
    await keep(store, a_notice(kind="retired", replaces="first"))
    await send(store, "D1/1", "D1/2", "D1/1")
    erased = await erase_case(store, a_case().reference)
    assert erased == Erased(a_case().reference, ((LEAD, "D1/2"),))


async def test_a_case_that_is_not_closed_is_erased_only_if_somebody_insists(store: Store) -> None:
    await keep(store, a_case(), a_notice())
    with pytest.raises(IllegalMove):
        await erase_case(store, a_case().reference)
    assert await store.run(lambda work: work.case(a_case().id)) == a_case()
    assert await erase_case(store, a_case().reference, closed_only=False) == Erased(a_case().reference, ())
    states = [delivery.state for delivery in await store.run(lambda work: work.deliveries(a_case().id))]
    assert states == ["dropped"]


async def test_a_destroyed_key_cannot_be_found_in_the_file_any_more(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    store = await opened(url)
    await keep(store, a_case(state=State.CLOSED))
    (wrapped,) = (await sql(url, "SELECT wrapped FROM keys"))[0]
    assert wrapped in bytes_of(tmp_path)
    await erase_case(store, a_case().reference)
    assert wrapped not in bytes_of(tmp_path)
    await store.close()


async def test_rotating_loses_nothing_while_others_work_and_then_the_old_key_can_go(
    store: Store, database_url: str
) -> None:
    """SR-28."""
    await keep(
        store, *(a_case(number) for number in range(1, 301)), *(a_fresh_draft(number) for number in range(1, 251))
    )
    digest = await store.run(lambda work: work.digest({"a": "b"}))
    await store.run(lambda work: work.apply("key", "page", digest))
    new = new_key()
    both = await opened(database_url, keys=f"{new},{KEY}")

    async def others() -> None:
        for number in range(301, 341):
            await keep(store, a_case(number), a_fresh_draft(number))
            await store.run(lambda work, number=number: work.drop_draft(a_fresh_draft(number - 300).id))

    rotated, _ = await asyncio.gather(rotate_keys(both), others())
    assert rotated.unreadable == 0
    assert (await rotate_keys(both)).unreadable == 0
    assert await rotate_keys(both) == Rotated()
    sealed = Seals(await both.secret()).seal("case~1", str(TEACHER))
    alone = await opened(database_url, keys=new)
    await alone.ping()
    assert Seals(await alone.secret()).open(sealed, str(TEACHER)) == "case~1", "an old button still works"
    cases = await alone.run(lambda work: work.cases_at(["northside"], 999))
    assert {case.id: case for case in cases} == {a_case(n).id: a_case(n) for n in range(1, 341)}
    drafts = await alone.read(lambda work: list(work.drafts_of([TEACHER])))
    assert {draft.id for draft in drafts} == {
        a_fresh_draft(number).id for number in (*range(41, 251), *range(301, 341))
    }
    applied = await alone.run(lambda work: work.applied("key"))
    assert applied is not None
    assert applied.digest == await alone.run(lambda work: work.digest({"a": "b"})), "an old digest still compares"
    assert [entry["event"] for entry in await audit_trail(alone) if not entry["case"]] == ["keys.rotated"] * 3
    data = await export_case(alone, a_case(340).reference) or b""
    assert verify_audit(data).word == "Whole", "what was bound to the trail before the rotation still is"
    await both.close()
    await alone.close()


async def test_a_key_that_nobody_has_is_counted_and_left_as_it_is(store: Store, database_url: str) -> None:
    await keep(store, a_case(1))
    stranger = await opened(database_url, keys=new_key())
    assert await rotate_keys(stranger) == Rotated(done=0, unreadable=1)
    assert await store.run(lambda work: work.case(a_case(1).id)) == a_case(1)
    await stranger.close()


SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "format",
        "exported_at",
        "salt",
        "case",
        "versions",
        "decisions",
        "acknowledged",
        "deliveries",
        "audit",
    ],
    "properties": {
        "format": {"const": "signpost-case-1"},
        "exported_at": {"type": "string"},
        "salt": {"type": "string", "minLength": 64},
        "case": {"type": "object"},
        "versions": {"type": "array", "minItems": 1},
        "decisions": {"type": "array", "minItems": 1},
        "acknowledged": {"type": "array", "minItems": 1},
        "deliveries": {"type": "array"},
        "audit": {"type": "object", "required": ["entries", "case_head", "head"]},
    },
}


async def test_an_export_holds_the_case_its_versions_its_deliveries_and_its_trail(store: Store) -> None:
    case = a_case(versions=(a_version(), a_version(2, by=LEAD)))
    await keep(store, case, a_case(2), a_notice(), a_notice(2))
    await store.run(lambda work: work.record("case.opened", by=LEAD, case=a_case(2).id))
    await store.run(lambda work: work.record("case.opened", by=LEAD, case=case.id, detail={"version": "2"}))
    export = json.loads(await export_case(store, case.reference, by=DEPUTY) or b"")
    jsonschema.validate(export, SHAPE)
    assert len(export["case"].pop("salt")) == 64
    assert export["case"] == {
        "id": case.id,
        "reference": case.reference,
        "site": "northside",
        "state": "recommended",
        "raised_by": str(TEACHER),
        "raised_by_name": f"{SENTINEL} who raised it",
        "raised_as": [str(account) for account in case.raised_as],
        "raised_at": "2026-11-24T16:55:00.123456Z",
        "opened_at": "2026-11-24T16:56:00.123456Z",
        "opened_by": str(LEAD),
        "first_opened_at": "2026-11-24T16:55:30.123456Z",
        "asked_at": "2026-11-24T16:57:00.123456Z",
        "left_out": [str(DEPUTY)],
        "writes": 1,
    }
    assert [(v["number"], v["by"], v["notes"], v["edition"]) for v in export["versions"]] == [
        (1, str(TEACHER), f"{SENTINEL} 1", "england-2024"),
        (2, str(LEAD), f"{SENTINEL} 2", "england-2024"),
    ]
    assert export["versions"][0]["facts"]["what_was_shared"] == "image_under_18"
    assert export["versions"][0]["facts"]["image_location"] == ["device_in_school"]
    assert export["versions"][0]["facts"]["age_depicted"] == "not_known"
    assert [delivery["to"] for delivery in export["deliveries"]] == [str(LEAD)]
    events = [(entry["number"], entry["case_number"], entry["event"]) for entry in export["audit"]["entries"]]
    assert events == [(1, 1, "case.kept"), (4, 2, "case.opened"), (5, 3, "case.exported")]
    assert export["audit"]["head"]["number"] == 5
    assert await export_case(store, "SP-NONE-00") is None


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())
