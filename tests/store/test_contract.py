"""What a handler may rely on of its Work. The one in memory that handlers are tested with keeps it too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest

from handlers.case import Case, Draft, State
from handlers.ports import Applied, Delivery
from tests.handlers.memory import MemoryWork
from tests.store.databases import fresh
from tests.store.given import (
    DEPUTY,
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
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from handlers.ports import Work

T = TypeVar("T")


class Works(Protocol):
    """Something that runs handlers."""

    async def run(self, fn: Callable[[Work], T]) -> T: ...

    async def read(self, fn: Callable[[Work], T]) -> T: ...


class Memory:
    """Runs handlers on one MemoryWork."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._work = MemoryWork()

    async def run(self, fn: Callable[[Work], T]) -> T:
        self._work.now = self._clock()
        return fn(self._work)

    read = run


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
async def works(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Works]:
    """Handlers run on each of these."""
    if request.param == "memory":
        yield Memory(clock)
        return
    with fresh(request.param, tmp_path) as url:
        store = await opened(url, clock)
        yield store
        await store.close()


async def test_a_draft_comes_back_as_it_was_kept(works: Works) -> None:
    await keep(works, a_draft())
    assert await works.run(lambda work: work.draft(a_draft().id)) == replace(
        a_draft(), answers={"harm_now": "no", "image_location": ("device_in_school", "deleted"), "agreed": None}
    )
    changed = a_draft(rev=4, place="check", notes="", answers={}, left_out=())
    await keep(works, changed)
    assert await works.read(lambda work: work.draft(changed.id)) == changed


async def test_a_draft_may_be_read_changed_and_dropped_in_one_transaction(works: Works) -> None:
    await keep(works, a_draft())

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

    assert await works.run(handler) == (a_draft(rev=10), None)
    assert await works.run(lambda work: work.draft(a_draft().id)) == a_draft(rev=11)


async def test_a_draft_is_gone_24_hours_after_it_was_saved(works: Works, clock: Clock) -> None:
    await keep(works, a_draft(1), a_draft(2, saved_at=TUESDAY + timedelta(seconds=1)))
    clock.move(hours=24)
    assert await works.run(lambda work: work.draft(a_draft(1).id)) is None
    assert [draft.id for draft in await works.run(lambda work: work.drafts_of([TEACHER]))] == [a_draft(2).id]
    clock.move(seconds=1)
    assert await works.run(lambda work: work.drafts_of([TEACHER])) == ()


async def test_when_a_report_for_a_site_was_saved_last_is_known_until_it_is_gone(works: Works, clock: Clock) -> None:
    def last(site: str) -> Callable[[Work], datetime | None]:
        return lambda work: work.last_saved_at(site)

    assert await works.run(last("northside")) is None
    second = timedelta(seconds=1)
    await keep(
        works,
        a_draft(1, saved_at=TUESDAY - second),
        a_draft(2, owner=LEAD, saved_at=TUESDAY),
        a_draft(3, site="southside", saved_at=TUESDAY + second),
    )
    assert await works.run(last("northside")) == TUESDAY
    clock.move(hours=24)
    assert await works.run(last("northside")) is None
    assert await works.run(last("southside")) == TUESDAY + second


async def test_drafts_of_several_accounts_come_newest_first_and_no_others(works: Works) -> None:
    minute = timedelta(minutes=1)
    await keep(
        works,
        a_draft(1, owner=TEACHER, saved_at=TUESDAY - 2 * minute),
        a_draft(2, owner=DEPUTY, saved_at=TUESDAY - 1 * minute),
        a_draft(3, owner=LEAD, saved_at=TUESDAY),
        a_draft(4, owner=TEACHER, saved_at=TUESDAY),
    )

    def of(*accounts) -> list[str]:  # noqa: ANN002
        return lambda work: [draft.id for draft in work.drafts_of(accounts)]

    assert await works.run(of(TEACHER, DEPUTY)) == [a_draft(4).id, a_draft(2).id, a_draft(1).id]
    assert await works.run(of(LEAD)) == [a_draft(3).id]
    assert await works.run(of()) == []


async def test_a_case_comes_back_as_it_was_kept(works: Works) -> None:
    plain = a_case(2, left_out=(), opened_at=None, asked_at=None, versions=(a_version(by_lead=False, notes=""),))
    await keep(works, a_case(), plain)
    assert await works.run(lambda work: work.case(a_case().id)) == a_case()
    assert await works.read(lambda work: work.case(plain.id)) == plain
    assert await works.run(lambda work: work.case("no such case")) is None


async def test_a_case_changes_and_grows_while_its_older_versions_stay(works: Works) -> None:
    await keep(works, a_case())
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

    assert await works.run(update) == grown
    assert await works.run(lambda work: work.case(a_case().id)) == grown
    await keep(works, replace(grown, state=State.REFERRED))  # not read in that transaction
    assert await works.run(lambda work: work.case(a_case().id)) == replace(grown, state=State.REFERRED)


async def test_lists_hold_open_cases_newest_first_within_their_limit(works: Works) -> None:
    def aged(number: int, hours: int, **changes: object) -> Case:
        return a_case(number, raised_at=TUESDAY - timedelta(hours=hours), **changes)

    await keep(
        works,
        aged(1, 3),
        aged(2, 1),
        aged(3, 2, state=State.CLOSED),
        aged(4, 0, site="southside", raised_by=LEAD),
        aged(5, 4, site="southside", versions=(a_version(), a_version(2))),
    )
    at = [case.reference[3:7] for case in await works.run(lambda work: work.cases_at(["northside", "southside"], 3))]
    assert at == ["0004", "0002", "0001"]
    assert [case.id for case in await works.read(lambda work: work.cases_at(["northside"], 9))] == [
        a_case(2).id,
        a_case(1).id,
    ]
    mine = await works.run(lambda work: work.cases_raised_by([TEACHER, DEPUTY], 9))
    assert mine == (aged(2, 1), aged(1, 3), aged(5, 4, site="southside", versions=(a_version(), a_version(2))))
    assert await works.run(lambda work: work.cases_at([], 9)) == ()


async def test_cases_on_which_nobody_has_decided_are_listed_oldest_first(works: Works) -> None:
    def aged(number: int, hours: int, **changes: object) -> Case:
        return a_case(number, raised_at=TUESDAY - timedelta(hours=hours), **changes)

    await keep(
        works,
        aged(1, 3),
        aged(2, 1, state=State.ESCALATION_REQUESTED),
        aged(3, 9, state=State.REFERRED),
        aged(4, 7, site="southside"),
        aged(5, 2),
    )
    found = await works.read(lambda work: work.cases_undecided(["northside"], 2))
    assert [case.id for case in found] == [a_case(1).id, a_case(5).id]
    assert len(await works.run(lambda work: work.cases_undecided(["northside", "southside"], 9))) == 4
    assert await works.run(lambda work: work.cases_undecided([], 9)) == ()


async def test_a_case_that_came_with_a_list_can_be_kept(works: Works) -> None:
    await keep(works, a_case())

    def handler(work: Work) -> None:
        (case,) = work.cases_at(["northside"], 9)
        work.keep_case(replace(case, state=State.CLOSED))

    await works.run(handler)
    assert await works.run(lambda work: work.cases_at(["northside"], 9)) == ()


async def test_a_reference_is_taken_once_a_case_bears_it(works: Works) -> None:
    assert not await works.run(lambda work: work.reference_taken("SP-0001-2Q"))
    await keep(works, a_case())
    assert await works.run(lambda work: work.reference_taken("SP-0001-2Q"))


async def test_a_case_is_found_by_its_reference_whole_and_no_other_is(works: Works) -> None:
    await keep(works, a_case(), a_case(2))
    assert await works.run(lambda work: work.case_called("SP-0002-2Q")) == a_case(2)
    assert await works.run(lambda work: work.case_called("SP-0003-2Q")) is None


async def test_an_intent_is_remembered_with_its_place_and_digest(works: Works) -> None:
    assert await works.run(lambda work: work.applied("key")) is None
    await works.run(lambda work: work.apply("key", "page/2", "digest"))
    assert await works.run(lambda work: work.applied("key")) == Applied("page/2", "digest")


async def test_deliveries_of_a_case_are_listed_in_the_order_in_which_they_were_queued(works: Works) -> None:
    def handler(work: Work) -> tuple[Delivery, ...]:
        for number in range(1, 4):
            work.enqueue(a_notice(version=number, replaces="other", extra="newer"))
        work.enqueue(a_notice(2))
        return work.deliveries(a_case().id)

    before_commit = await works.run(handler)
    after = await works.run(lambda work: work.deliveries(a_case().id))
    assert before_commit == after
    assert numbers(after) == [1, 2, 3]
    assert after[0] == a_notice(id=after[0].id, replaces="other", extra="newer")


async def test_a_delivery_nobody_has_begun_is_withdrawn(works: Works) -> None:
    def handler(work: Work) -> None:
        work.cancel(work.enqueue(a_notice(version=1)))
        work.enqueue(a_notice(version=2))

    await works.run(handler)
    states = [delivery.state for delivery in await works.run(lambda work: work.deliveries(a_case().id))]
    assert states == ["dropped", "queued"]


NO_ENTRY = {
    "a sentence": ("case.opened", {"why": "she said so"}),
    "more than a word holds": (
        "case.opened",
        {"contacts": ",".join(["a-contact-of-forty-characters-in-its-id-x"] * 5)},
    ),
    "a letter that no id has": ("case.opened", {"contact": "caf\u00e9"}),
    "names that are none": ("case.opened", {"Why not": "x"}), "an event that is none": ("Case opened", {}),
}  # fmt: skip


@pytest.mark.parametrize(("event", "detail"), NO_ENTRY.values(), ids=NO_ENTRY)
async def test_the_trail_takes_closed_words_and_ids_only(works: Works, event: str, detail: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"case\.opened|closed words"):
        await works.run(lambda work: work.record(event, by=LEAD, detail=detail))


@pytest.mark.parametrize("extra", ["two words", "x" * 81, "caf\u00e9", "a,b"])
async def test_what_a_delivery_is_about_is_a_closed_word(works: Works, extra: str) -> None:
    with pytest.raises(ValueError, match="closed word"):
        await works.run(lambda work: work.enqueue(a_notice(extra=extra)))


async def test_the_longest_that_is_taken_is_taken(works: Works) -> None:
    def handler(work: Work) -> None:
        work.record("case.opened", by=LEAD, detail={"contact": "x" * 200})
        work.enqueue(a_notice(extra="x" * 80))

    await works.run(handler)
    (kept,) = await works.run(lambda work: work.deliveries(a_case().id))
    assert kept.extra == "x" * 80
