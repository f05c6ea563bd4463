"""A clock that looks again is the same row; one that has run out is read by nobody, and goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.declared import compare
from bot.store.outbox import Claim, Outbox
from bot.store.retention import CLOCKS_KEPT, Expired, expire
from handlers.people import Account, Person
from handlers.ports import Delivery
from tests.store.given import DIRECTORY, LEAD, SITE, TUESDAY, Clock, a_case, a_notice, keep, sql

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.store import Store
    from handlers.ports import Work

WEEK = timedelta(days=7)


def a_clock(number: int = 1, **changes: object) -> Delivery:
    line = Account("slack", "clock", str(number))
    return replace(Delivery("chase", line, a_case().id, 1, extra="find", id=f"clock{number}"), **changes)  # type: ignore[arg-type]  # its fields


async def claimed(outbox: Outbox) -> Claim:
    claim = await outbox.claim(10)
    assert claim is not None
    return claim


async def runs_out(outbox: Outbox, *, again: timedelta | None = None) -> Claim:
    """Answer the clock that is due, which looks again after a while."""
    claim = await claimed(outbox)

    def answer(work: Work) -> None:
        if again is not None:
            work.put_off(claim.delivery.id, work.now + again)

    assert await outbox.sent(claim, answer)
    return claim


async def test_one_that_is_put_off_comes_again_and_has_failed_at_nothing(store: Store, clock: Clock) -> None:
    outbox = Outbox(store)
    await keep(store, a_case(), a_clock())
    for _ in range(3):
        claim = await runs_out(outbox, again=timedelta(minutes=1))
        assert (claim.attempts, claim.delivery.made_at) == (1, TUESDAY)
        assert await outbox.claim(10) is None
        assert await outbox.next_due() == 60
        clock.move(minutes=1)
    assert await outbox.oldest() == 0


async def test_a_message_cannot_be_put_off(store: Store) -> None:
    outbox = Outbox(store)
    await keep(store, a_notice(id="notice"))
    await store.run(lambda work: work.put_off("notice", work.now + WEEK))
    await claimed(outbox)


async def test_a_clock_that_runs_out_adds_nothing_to_the_trail(store: Store, database_url: str) -> None:
    outbox = Outbox(store)
    await keep(store, a_case(), a_clock(1), a_clock(2), a_clock(3))
    await runs_out(outbox, again=WEEK)
    await runs_out(outbox)
    assert await sql(database_url, "SELECT event FROM audit WHERE event <> 'case.kept'") == []
    assert await outbox.failed(await claimed(outbox), "gave_up")
    assert await sql(database_url, "SELECT event FROM audit WHERE event <> 'case.kept'") == [("delivery.failed",)]


CHANGES: dict[str, Callable[[Work], None]] = {
    "site": lambda work: work.keep_site(replace(SITE, id="southside")),
    "person": lambda work: work.keep_persons((Person((LEAD,), "Priya Nair"),)),
    "group": lambda work: work.keep_announced({"slack:T1/S1": (LEAD,)}),
    "back": lambda work: work.keep_not_member(LEAD, ""),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_one_that_was_put_off_looks_at_once_when_the_set_up_changes(store: Store, change: str) -> None:
    outbox = Outbox(store)
    await keep(store, a_case(), a_clock(1))
    await runs_out(outbox, again=WEEK)
    await store.run(lambda work: work.enqueue(a_clock(2), due=work.now + WEEK) and None)
    await store.run(lambda work: work.case(a_case().id))
    assert await outbox.claim(10) is None
    await store.run(CHANGES[change])
    assert (await claimed(outbox)).delivery.id == "clock1"
    assert await outbox.claim(10) is None, "a clock that has not run out goes on"


async def test_one_that_was_put_off_looks_at_once_after_a_start(store: Store) -> None:
    outbox = Outbox(store)
    await keep(store, a_case(), a_clock())
    await runs_out(outbox, again=WEEK)
    await compare(store, DIRECTORY, lambda *_: None)
    await claimed(outbox)
    await compare(store, DIRECTORY, lambda *_: None)


async def test_those_that_have_run_out_are_not_read_and_go_after_a_day_whatever_their_case(
    store: Store, clock: Clock, database_url: str
) -> None:
    outbox = Outbox(store)
    await keep(store, a_case(), a_clock(1), a_clock(2, case=""), a_clock(3), a_notice(id="notice"))
    for _ in range(2):
        await runs_out(outbox)
    await runs_out(outbox, again=2 * CLOCKS_KEPT)
    await runs_out(outbox)
    read = await store.run(lambda work: [one.id for one in work.deliveries(a_case().id)])
    assert read == ["clock3", "notice"]
    clock.move(seconds=CLOCKS_KEPT.total_seconds() - 1)
    assert await expire(store) == Expired()
    clock.move(seconds=1)
    assert await expire(store) == Expired(clocks=2)
    rows = await sql(database_url, "SELECT id, state FROM outbox ORDER BY seq")
    assert rows == [("clock3", "queued"), ("notice", "sent")]
