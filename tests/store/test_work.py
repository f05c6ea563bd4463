"""One Work is one transaction: what is kept comes back whole, or nothing of it happened."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.chance import SystemChance
from handlers.case import Case, Draft, State, Version
from handlers.ports import Applied, Delivery
from tests.store.given import (
    DEPUTY,
    DIRECTORY,
    LEAD,
    TEACHER,
    TUESDAY,
    Clock,
    a_case,
    a_draft,
    a_notice,
    a_version,
    keep,
    numbers,
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


async def test_a_draft_comes_back_as_it_was_kept(store: Store) -> None:
    await keep(store, a_draft())
    assert await store.run(lambda work: work.draft(a_draft().id)) == replace(
        a_draft(), answers={"harm_now": "no", "image_location": ("device_in_school", "deleted"), "agreed": None}
    )
    changed = a_draft(rev=4, place="check", notes="", answers={}, left_out=())
    await keep(store, changed)
    assert await store.read(lambda work: work.draft(changed.id)) == changed


async def test_a_draft_may_be_read_changed_and_dropped_in_one_transaction(store: Store) -> None:
    await keep(store, a_draft())

    def handler(work: Work) -> tuple[Draft | None, Draft | None]:
        draft = work.draft(a_draft().id)
        assert draft is not None
        work.keep_draft(replace(draft, rev=9))
        work.keep_draft(replace(draft, rev=10))
        changed = work.draft(draft.id)
        work.drop_draft(draft.id)
        work.drop_draft("no such draft")
        gone = work.draft(draft.id)
        work.keep_draft(replace(draft, rev=11))
        return changed, gone

    assert await store.run(handler) == (a_draft(rev=10), None)
    assert await store.run(lambda work: work.draft(a_draft().id)) == a_draft(rev=11)


async def test_a_draft_is_gone_24_hours_after_it_was_saved(store: Store, clock: Clock) -> None:
    await keep(store, a_draft(1), a_draft(2, saved_at=TUESDAY + timedelta(seconds=1)))
    clock.move(hours=24)
    assert await store.run(lambda work: work.draft(a_draft(1).id)) is None
    assert [draft.id for draft in await store.run(lambda work: work.drafts_of([TEACHER]))] == [a_draft(2).id]
    clock.move(seconds=1)
    assert await store.run(lambda work: work.drafts_of([TEACHER])) == ()


async def test_drafts_of_several_accounts_come_newest_first_and_no_others(store: Store) -> None:
    minute = timedelta(minutes=1)
    await keep(
        store,
        a_draft(1, owner=TEACHER, saved_at=TUESDAY - 2 * minute),
        a_draft(2, owner=DEPUTY, saved_at=TUESDAY - 1 * minute),
        a_draft(3, owner=LEAD, saved_at=TUESDAY),
        a_draft(4, owner=TEACHER, saved_at=TUESDAY),
    )

    def of(*accounts) -> list[str]:  # noqa: ANN002
        return lambda work: [draft.id for draft in work.drafts_of(accounts)]

    assert await store.run(of(TEACHER, DEPUTY)) == [a_draft(4).id, a_draft(2).id, a_draft(1).id]
    assert await store.run(of(LEAD)) == [a_draft(3).id]
    assert await store.run(of()) == []


async def test_a_case_comes_back_as_it_was_kept(store: Store) -> None:
    plain = a_case(2, left_out=(), opened_at=None, asked_at=None, versions=(a_version(by_lead=False, notes=""),))
    await keep(store, a_case(), plain)
    assert await store.run(lambda work: work.case(a_case().id)) == a_case()
    assert await store.read(lambda work: work.case(plain.id)) == plain
    assert await store.run(lambda work: work.case("no such case")) is None


async def test_a_case_changes_and_grows_while_its_older_versions_stay(store: Store) -> None:
    await keep(store, a_case())
    grown = a_case(
        state=State.ESCALATION_REQUESTED,
        versions=(a_version(), a_version(2, by=LEAD), a_version(3)),
        left_out=(LEAD,),
        asked_at=TUESDAY + timedelta(hours=1),
    )

    def update(work: Work) -> Case | None:
        assert work.case(a_case().id) == a_case()
        work.keep_case(grown)
        return work.case(a_case().id)

    assert await store.run(update) == grown
    assert await store.run(lambda work: work.case(a_case().id)) == grown
    await keep(store, replace(grown, state=State.REFERRED))  # not read in that transaction
    assert await store.run(lambda work: work.case(a_case().id)) == replace(grown, state=State.REFERRED)


async def test_a_gap_in_the_versions_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        await keep(store, a_case(versions=(a_version(1), a_version(3))))


async def test_lists_hold_open_cases_newest_first_within_their_limit(store: Store) -> None:
    def aged(number: int, hours: int, **changes: object) -> Case:
        return a_case(number, raised_at=TUESDAY - timedelta(hours=hours), **changes)

    await keep(
        store,
        aged(1, 3),
        aged(2, 1),
        aged(3, 2, state=State.CLOSED),
        aged(4, 0, site="southside", raised_by=LEAD),
        aged(5, 4, site="southside", versions=(a_version(), a_version(2))),
    )
    at = [case.reference[3:7] for case in await store.run(lambda work: work.cases_at(["northside", "southside"], 3))]
    assert at == ["0004", "0002", "0001"]
    assert [case.id for case in await store.read(lambda work: work.cases_at(["northside"], 9))] == [
        a_case(2).id,
        a_case(1).id,
    ]
    mine = await store.run(lambda work: work.cases_raised_by([TEACHER, DEPUTY], 9))
    assert mine == (aged(2, 1), aged(1, 3), aged(5, 4, site="southside", versions=(a_version(), a_version(2))))
    assert await store.run(lambda work: work.cases_at([], 9)) == ()


async def test_a_case_that_came_with_a_list_can_be_kept(store: Store) -> None:
    await keep(store, a_case())

    def handler(work: Work) -> None:
        (case,) = work.cases_at(["northside"], 9)
        work.keep_case(replace(case, state=State.CLOSED))

    await store.run(handler)
    assert await store.run(lambda work: work.cases_at(["northside"], 9)) == ()


async def test_a_reference_is_taken_once_a_case_bears_it(store: Store) -> None:
    assert not await store.run(lambda work: work.reference_taken("SP-0001-2Q"))
    await keep(store, a_case())
    assert await store.run(lambda work: work.reference_taken("SP-0001-2Q"))


async def test_an_intent_is_remembered_with_its_place_and_digest(store: Store) -> None:
    assert await store.run(lambda work: work.applied("key")) is None
    await store.run(lambda work: work.apply("key", "page/2", "digest"))
    assert await store.run(lambda work: work.applied("key")) == Applied("page/2", "digest")


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


async def test_deliveries_of_a_case_are_listed_in_the_order_in_which_they_were_queued(store: Store) -> None:
    def handler(work: Work) -> tuple[Delivery, ...]:
        for number in range(1, 4):
            work.enqueue(a_notice(version=number, replaces="other", extra="newer"))
        work.enqueue(a_notice(2))
        return work.deliveries(a_case().id)

    before_commit = await store.run(handler)
    after = await store.run(lambda work: work.deliveries(a_case().id))
    assert before_commit == after
    assert numbers(after) == [1, 2, 3]
    assert after[0] == a_notice(id=after[0].id, replaces="other", extra="newer")


async def test_a_delivery_nobody_has_begun_is_withdrawn(store: Store) -> None:
    def handler(work: Work) -> None:
        work.cancel(work.enqueue(a_notice(version=1)))
        work.enqueue(a_notice(version=2))
        work.cancel("no such delivery")

    await store.run(handler)
    states = [delivery.state for delivery in await store.run(lambda work: work.deliveries(a_case().id))]
    assert states == ["dropped", "queued"]


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
