"""Since when messages wait: kept with them, so that every replica says the same, also after a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store.erase import erase_case
from bot.store.outbox import Claim, Outbox
from handlers.case import State
from handlers.people import Account
from handlers.ports import Delivery
from tests.store.given import DEPUTY, TUESDAY, Clock, a_case, a_notice, keep, opened, sql

if TYPE_CHECKING:
    from bot.store.store import Store


async def claimed(outbox: Outbox) -> Claim:
    claim = await outbox.claim(10)
    assert claim is not None
    return claim


async def test_what_waits_longest_is_told_whether_it_was_tried_or_not(store: Store, clock: Clock) -> None:
    outbox = Outbox(store)
    assert await outbox.oldest() == 0
    await keep(store, a_notice(1), a_notice(1, version=2), a_notice(2, DEPUTY))
    clock.move(minutes=1)
    assert await outbox.oldest() == 60, "nobody delivers at all"
    first = await claimed(outbox)
    assert await outbox.oldest() == 60, "it is on its way"
    assert await outbox.later(first, 300, "unreachable")
    clock.move(minutes=1)
    assert await outbox.oldest() == 120, "it is tried again in a while"
    assert await outbox.sent(await claimed(outbox))
    assert await outbox.oldest() == 120
    clock.move(minutes=10)
    while claim := await outbox.claim(10):
        assert claim.waited == 720
        await outbox.sent(claim)
    assert await outbox.oldest() == 0


async def test_what_is_sent_or_withdrawn_by_somebody_else_does_not_wait(
    store: Store, clock: Clock, database_url: str
) -> None:
    await keep(store, a_case(1, state=State.CLOSED), a_notice(1), a_notice(2, id="rung"), a_notice(3))
    outbox, other = Outbox(store), Outbox(await opened(database_url, clock))
    for _ in range(3):
        assert await outbox.later(await claimed(outbox), 60, "unreachable")
    clock.move(minutes=2)
    assert await outbox.oldest() == 120
    await erase_case(store, a_case(1).reference)
    await store.run(lambda work: work.mark("rung", "dropped"))
    assert await other.sent(await claimed(other))
    assert await outbox.oldest() == 0
    await other._store.close()


async def test_what_is_not_due_and_clocks_do_not_wait(store: Store, clock: Clock) -> None:
    line = Account("slack", "clock", "1")
    await keep(store, Delivery("chase", line, extra="setup:1:1"))
    await store.run(lambda work: work.enqueue(a_notice(), due=TUESDAY + timedelta(hours=1)))
    outbox = Outbox(store)
    clock.move(minutes=59)
    assert await outbox.oldest() == 0
    clock.move(minutes=3)
    assert await outbox.oldest() == 120
    await outbox.sent(await claimed(outbox))
    assert (await claimed(outbox)).waited == 120


async def test_a_row_of_a_release_that_does_not_know_since_when_it_waits(
    store: Store, clock: Clock, database_url: str
) -> None:
    """As a replica writes them that is still to be replaced."""
    await keep(store, a_notice())
    await sql(database_url, "UPDATE outbox SET first_due = NULL")
    outbox = Outbox(store)
    clock.move(minutes=2)
    assert await outbox.oldest() == 120
    assert (await claimed(outbox)).waited == 120


async def test_where_several_replicas_deliver_it_goes_by_the_clock_of_the_database(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await keep(store, a_notice())
    await sql(postgres_url, "UPDATE outbox SET first_due = now() - interval '1 hour'")
    outbox = Outbox(store)
    assert await outbox.oldest() >= 3600
    assert (await claimed(outbox)).waited >= 3600
    await store.close()
