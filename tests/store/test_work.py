"""One Work is one transaction: what is kept comes back whole, or nothing of it happened."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bot.store.chance import SystemChance
from handlers.case import Case, Draft, Version
from tests.store.given import (
    DIRECTORY,
    TEACHER,
    TUESDAY,
    a_case,
    a_draft,
    a_notice,
    a_version,
    keep,
    opened,
    sql,
)

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.ports import Work


class Stumbled(Exception):
    """What a handler might raise."""


@pytest.mark.parametrize("thing", [a_draft(), a_version(), a_case()])
def test_the_examples_have_something_in_every_field(thing: Draft | Version | Case) -> None:
    for field in fields(thing):
        assert getattr(thing, field.name) not in ("", (), None, False, {}), field.name


async def test_a_gap_in_the_versions_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        await keep(store, a_case(versions=(a_version(1), a_version(3))))


async def test_a_digest_is_the_same_for_the_same_fields_on_every_replica_and_for_no_others(
    store: Store, database_url: str
) -> None:
    other = await opened(database_url)
    fields = {"harm_now": "no", "image_location": ("a", "b"), "notes": None}
    same = {"notes": None, "image_location": ["a", "b"], "harm_now": "no"}
    first = await store.run(lambda work: work.digest(fields))
    assert await other.run(lambda work: work.digest(same)) == first
    assert await store.run(lambda work: work.digest(fields)) == first
    assert await store.run(lambda work: work.digest({**fields, "harm_now": "yes"})) != first
    assert await store.run(lambda work: work.digest({"harm_now": "no"})) != await store.run(
        lambda work: work.digest({"harm_now": ("n", "o")})
    )
    await other.close()


async def test_a_handler_that_raises_leaves_nothing_behind(store: Store, database_url: str) -> None:
    await keep(store, a_draft(7))
    before = await _everything(database_url)

    def handler(work: Work) -> None:
        work.keep_case(a_case())
        work.keep_draft(a_draft())
        work.drop_draft(a_draft(7).id)
        work.enqueue(a_notice())
        work.record("case.raised", by=TEACHER, case=a_case().id)
        work.apply("key", "page/2")
        raise Stumbled

    with pytest.raises(Stumbled):
        await store.run(handler)
    assert await _everything(database_url) == before
    assert await store.run(lambda work: work.draft(a_draft(7).id)) == a_draft(7)


async def test_a_read_may_not_write(store: Store) -> None:
    from bot.store.away import StoreAway  # noqa: PLC0415

    with pytest.raises(StoreAway) as away:
        await store.read(lambda work: work.apply("key", "page/2"))
    assert away.value.why == "read_only"
    assert await store.run(lambda work: work.applied("key")) is None


async def test_work_knows_the_moment_the_directory_and_chance(store: Store) -> None:
    def look(work: Work) -> tuple[object, ...]:
        return work.now, work.directory, type(work.chance)

    assert await store.run(look) == (TUESDAY, DIRECTORY, SystemChance)


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        await keep(store, a_draft(saved_at=datetime(2026, 11, 24, 12)))  # noqa: DTZ001


def test_references_hold_no_vowel_and_none_of_the_characters_that_look_alike() -> None:
    drawn = {SystemChance().reference() for _ in range(5000)}
    assert len(drawn) > 4990
    letters = {character for reference in drawn for character in reference[3:].replace("-", "")}
    assert letters == set("0123456789BCDFGHJKMNPQRSTVWXYZ")
    assert len({SystemChance().id() for _ in range(5000)}) == 5000


async def _everything(url: str) -> list[list[tuple[object, ...]]]:
    tables = ("keys", "drafts", "cases", "versions", "audit", "audit_head", "applied", "outbox")
    return [await sql(url, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names from the line above
