"""What several do at the same moment happens once, and in some order."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.store.away import StoreAway
from handlers.case import State
from tests.store.given import LEAD, TEACHER, a_case, a_fresh_draft, a_notice, a_version, keep, opened, sql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store
    from handlers.ports import Work


@pytest.fixture
async def replicas(database_url: str) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes' worth of stores on one database."""
    stores = await opened(database_url), await opened(database_url)
    yield stores
    for store in stores:
        await store.close()


async def test_an_intent_raced_by_20_requests_over_two_replicas_has_one_effect(
    replicas: tuple[Store, Store], database_url: str
) -> None:
    """SR-4."""

    def submit(work: Work) -> str:
        if done := work.applied("draft:submit"):
            return done.place
        case = replace(a_case(), id=work.chance.id(), reference=work.chance.reference())
        work.keep_case(case)
        work.enqueue(a_notice(case=case.id))
        work.record("case.raised", by=TEACHER, case=case.id)
        work.apply("draft:submit", case.id)
        return case.id

    answers = await asyncio.gather(*(replicas[number % 2].run(submit) for number in range(20)))
    assert len(set(answers)) == 1
    for table in ("cases", "versions", "outbox", "audit", "applied"):
        assert await sql(database_url, f"SELECT count(*) FROM {table}") == [(1,)]  # noqa: S608 - names from above


async def test_of_50_decisions_by_two_leads_over_two_replicas_one_is_made(replicas: tuple[Store, Store]) -> None:
    """SR-17: the other 49 see who decided."""
    await keep(replicas[0], a_case())

    runs = []

    def decide(state: State) -> object:
        def handler(work: Work) -> bool:
            runs.append(state)
            case = work.case(a_case().id)
            assert case is not None
            if case.state is not State.RECOMMENDED:
                return False
            work.keep_case(case.moved(state))
            work.record("case.decided", by=LEAD, case=case.id)
            return True

        return handler

    choices = [State.REFERRED, State.NOT_REFERRED] * 25
    made = await asyncio.gather(*(replicas[n % 3 % 2].run(decide(state)) for n, state in enumerate(choices)))
    assert sum(made) == 1
    assert len(runs) == 50, "each waits for its turn: nobody decides on what has changed meanwhile"
    case = await replicas[1].run(lambda work: work.case(a_case().id))
    assert case is not None
    assert case.state is choices[made.index(True)]


async def test_no_update_of_a_fresh_draft_or_case_is_lost_between_replicas(replicas: tuple[Store, Store]) -> None:
    await keep(replicas[0], a_case(), a_fresh_draft(rev=0))

    def turn(work: Work) -> None:
        draft = work.draft(a_fresh_draft().id)
        case = work.case(a_case().id)
        assert draft is not None
        assert case is not None
        work.keep_draft(replace(draft, rev=draft.rev + 1))
        work.keep_case(replace(case, versions=(*case.versions, a_version(len(case.versions) + 1))))

    def turn_from_a_list(work: Work) -> None:
        (case,) = work.cases_at(["northside"], 9)
        work.keep_case(replace(case, versions=(*case.versions, a_version(len(case.versions) + 1))))

    await asyncio.gather(*(replicas[number % 2].run(turn) for number in range(20)))
    for _ in range(5):  # a list takes no lock: who was overtaken runs again
        await asyncio.gather(replicas[0].run(turn_from_a_list), replicas[1].run(turn_from_a_list))
    draft, case = await replicas[0].run(lambda work: (work.draft(a_fresh_draft().id), work.case(a_case().id)))
    assert draft is not None
    assert draft.rev == 20
    assert case is not None
    assert len(case.versions) == 31


async def test_the_trail_has_no_gap_when_many_write_to_it(replicas: tuple[Store, Store], database_url: str) -> None:
    def note(number: int) -> object:
        return lambda work: work.record("case.opened", by=LEAD, case=f"case{number % 3}")

    await asyncio.gather(*(replicas[number % 2].run(note(number)) for number in range(40)))
    assert await sql(database_url, "SELECT number FROM audit ORDER BY number") == [(n,) for n in range(1, 41)]


async def test_a_key_that_stays_taken_ends_as_a_conflict_and_not_as_an_endless_loop(store: Store) -> None:
    runs = []

    def careless(work: Work) -> None:
        runs.append(work.now)
        work.apply("key", "page/2")

    await store.run(careless)
    with pytest.raises(StoreAway) as away:
        await store.run(careless)
    assert away.value.why == "conflict"
    assert len(runs) == 4


async def test_the_digest_key_is_one_even_if_two_replicas_make_it_at_the_same_moment(
    replicas: tuple[Store, Store],
) -> None:
    digests = await asyncio.gather(*(replicas[n % 2].run(lambda work: work.digest({"a": "b"})) for n in range(10)))
    assert len(set(digests)) == 1
    assert await replicas[0].run(lambda work: work.digest({"a": "b"})) == digests[0]


async def test_the_worker_is_woken_after_a_commit_that_queued_something_and_by_nothing_else(store: Store) -> None:
    woken: list[int] = []
    store.on_enqueued = lambda: woken.append(1)
    await keep(store, a_case())
    with pytest.raises(ZeroDivisionError):
        await store.run(lambda work: (work.enqueue(a_notice()), 1 / 0))
    await asyncio.sleep(0.01)
    assert woken == []
    await keep(store, a_notice(), a_notice())
    await asyncio.sleep(0.01)
    assert woken == [1]
