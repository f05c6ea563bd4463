"""A case that does not open hides no other: lists leave it out, say so to the store's caller, and it is logged once."""

from __future__ import annotations

import json

import pytest

from bot import logs
from bot.store.store import Store
from bot.store.unopened import unopened
from bot.store.vault import new_key
from handlers.case import State
from handlers.people import Account
from handlers.ports import Delivery, Unopened, Work
from tests.store.given import DEPUTY, KEY, LEAD, TEACHER, a_case, keep, opened, sql

BROKEN = {
    "the case": "UPDATE cases SET writes = writes + 1 WHERE id = '{id}'",
    "a version": "UPDATE versions SET number = number + 100 WHERE case_id = '{id}'",
    "its key": "DELETE FROM keys WHERE subject = '{id}'",
}


async def stands(url: str, number: int, state: State) -> None:
    await sql(url, f"UPDATE cases SET state = '{state.value}' WHERE id = '{a_case(number).id}'")  # noqa: S608  # ours


async def breaks(url: str, number: int, what: str = "the case") -> None:
    await sql(url, BROKEN[what].format(id=a_case(number).id))


@pytest.mark.parametrize("what", BROKEN)
async def test_the_others_are_listed_and_what_is_left_out_is_told(store: Store, database_url: str, what: str) -> None:
    await keep(store, *(a_case(number) for number in (1, 2, 3)))
    await breaks(database_url, 2, what)

    def look(work: Work) -> tuple[set[str], tuple[Unopened, ...]]:
        led = {one.id for one in work.cases_at(["northside", "southside"], 9)}
        assert {one.id for one in work.cases_raised_by([TEACHER, LEAD, DEPUTY], 9)} == led
        return led, work.unopened()

    for found in (await store.read(look), await store.run(look)):
        assert found[0] == {a_case(1).id, a_case(3).id}
        (left_out,) = found[1]
        assert (left_out.reference, left_out.site) == (a_case(2).reference, a_case(2).site)
        assert left_out.raised_by == a_case(2).raised_by


@pytest.mark.parametrize("what", BROKEN)
async def test_by_its_reference_it_is_answered_as_one_that_was_made_up(
    store: Store, database_url: str, what: str
) -> None:
    await keep(store, a_case())
    assert await store.run(lambda work: work.case_called(a_case().reference)) is not None
    await breaks(database_url, 1, what)

    for how in (store.read, store.run):
        assert await how(lambda work: work.case_called(a_case().reference)) is None
        assert await how(lambda work: work.case_called("SP-ZZZZ-ZZ")) is None


async def test_who_knows_of_it_is_whoever_was_sent_something_or_has_read_it(store: Store, database_url: str) -> None:
    stranger = Account("slack", "T1", "USTRANGER")
    queued, sent = Delivery("lead_notice", stranger, a_case().id, 1), Delivery("lead_notice", LEAD, a_case().id, 1)

    def given(work: Work) -> None:
        work.keep_case(a_case())
        work.enqueue(queued)
        work.mark(work.enqueue(sent), "sent")
        work.record("case.read", by=DEPUTY, case=a_case().id)
        work.record("case.refused", by=stranger, case=a_case().id)

    await store.run(given)
    await sql(database_url, f"UPDATE outbox SET state = 'sent' WHERE recipient = '{LEAD}'")  # noqa: S608  # ours
    await breaks(database_url, 1)

    def look(work: Work) -> tuple[Unopened, ...]:
        assert work.cases_at([a_case().site], 9) == ()
        return work.unopened()

    (left_out,) = await store.read(look)
    assert left_out.seen_by == {LEAD, DEPUTY}


async def test_nothing_is_left_out_where_nothing_was_listed_or_all_of_it_opens(store: Store) -> None:
    await keep(store, a_case())

    assert await store.read(lambda work: work.unopened()) == ()
    assert await store.read(lambda work: (work.cases_at([a_case().site], 9), work.unopened())[1]) == ()


async def test_it_is_logged_once_a_process_and_says_nothing_of_the_case(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = await opened(database_url)
    await keep(store, a_case(1), a_case(2))
    await breaks(database_url, 1)
    logs.set_up("info")
    capsys.readouterr()
    for _ in range(3):
        await store.read(lambda work: work.cases_at([a_case().site], 9))
        await store.run(lambda work: work.cases_raised_by([TEACHER], 9))
    await store.close()

    said = capsys.readouterr()
    lines = [json.loads(line) for line in (said.out + said.err).splitlines() if "case_unreadable" in line]
    assert [one["kind"] for one in lines] == ["Unreadable"]
    for word in (a_case().id, a_case().reference, a_case().site):
        assert word not in str(lines)


async def test_all_that_do_not_open_are_found_of_whatever_state_but_erased(store: Store, database_url: str) -> None:
    await keep(store, *(a_case(number) for number in range(1, 251)))
    await stands(database_url, 2, State.CLOSED)
    await stands(database_url, 3, State.ERASED)
    assert await unopened(store) == ()

    for number in (2, 3, 120, 250):
        await breaks(database_url, number)
    assert await unopened(store) == tuple(sorted(a_case(number).reference for number in (2, 120, 250)))


async def test_after_a_key_was_taken_out_too_early_old_cases_are_left_out_and_new_ones_are_not(
    database_url: str,
) -> None:
    before = await opened(database_url)
    await keep(before, a_case(1), a_case(2))
    await before.close()
    young = new_key()
    both = await opened(database_url, keys=f"{young},{KEY}")
    await keep(both, a_case(3))
    await both.close()

    after = await opened(database_url, keys=young)
    assert [one.id for one in await after.read(lambda work: work.cases_at(["northside", "southside"], 9))] == [
        a_case(3).id
    ]
    assert len(await unopened(after)) == 2
    await after.close()
