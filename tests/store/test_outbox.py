"""The outbox: each delivery is one worker's at a time, in order, and none is forgotten."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.outbox import Claim, Outbox
from tests.store.given import DEPUTY, LEAD, TUESDAY, Clock, a_case, a_notice, keep, numbers, opened, sql

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.ports import Delivery


async def states(store: Store, number: int = 1) -> list[str]:
    return [delivery.state for delivery in await store.run(lambda work: work.deliveries(a_case(number).id))]


async def claimed(outbox: Outbox, lease: float = 10) -> Claim:
    claim = await outbox.claim(lease)
    assert claim is not None
    return claim


async def claim_all(outbox: Outbox) -> list[Delivery]:
    found = []
    while claim := await outbox.claim(10):
        found.append(claim.delivery)
    return found


async def test_a_claim_has_all_that_the_worker_needs(store: Store) -> None:
    await keep(store, a_notice(replaces="other", extra="newer"))
    outbox = Outbox(store)
    claim = await claimed(outbox)
    assert (claim.attempts, claim.address, claim.lease) == (1, None, 10)
    assert claim.delivery == a_notice(id=claim.delivery.id, replaces="other", extra="newer", state="sending")
    assert await outbox.claim(10) is None


async def test_a_delivery_goes_through_posted_to_sent_and_is_audited(store: Store, database_url: str) -> None:
    await keep(store, a_case(), a_notice())
    outbox = Outbox(store)
    claim = await claimed(outbox)
    assert await outbox.address_of(claim.delivery.id) is None
    assert await outbox.posted(claim, "D1/123.45")
    assert await outbox.address_of(claim.delivery.id) == "D1/123.45"
    assert await outbox.sent(claim)
    assert await states(store) == ["sent"]
    assert await outbox.next_due() is None
    assert await outbox.address_of("no such delivery") is None
    rows = await sql(database_url, "SELECT event, case_id, site, detail FROM audit WHERE event <> 'case.kept'")
    detail = f'{{"delivery":"{claim.delivery.id}","kind":"lead_notice","to":"slack:T1/ULEAD"}}'
    assert rows == [("delivery.sent", a_case().id, "northside", detail)]


@pytest.mark.parametrize("end", ["unsure", "failed", "dropped"])
async def test_whatever_ends_a_delivery_is_kept_and_audited(store: Store, database_url: str, end: str) -> None:
    await keep(store, a_notice())
    outbox = Outbox(store)
    assert await getattr(outbox, end)(await claimed(outbox), "channel_not_found")
    assert await states(store) == [end]
    assert await outbox.claim(10) is None
    assert await sql(database_url, "SELECT event FROM audit WHERE event <> 'case.kept'") == [(f"delivery.{end}",)]
    assert await sql(database_url, "SELECT why FROM outbox") == [("channel_not_found",)]


async def test_what_was_put_off_comes_back_when_it_is_due_and_counts_its_attempts(store: Store, clock: Clock) -> None:
    await keep(store, a_notice())
    outbox = Outbox(store)
    assert await outbox.later(await claimed(outbox), 30, "rate_limited")
    assert await states(store) == ["queued"]
    assert await outbox.next_due() == 30
    clock.move(seconds=29)
    assert await outbox.claim(10) is None
    clock.move(seconds=1)
    assert await outbox.next_due() == 0
    assert (await claimed(outbox)).attempts == 2


async def test_a_later_due_time_is_kept_to(store: Store, clock: Clock) -> None:
    await store.run(lambda work: work.enqueue(a_notice(), due=TUESDAY + timedelta(minutes=10)))
    outbox = Outbox(store)
    assert await outbox.claim(10) is None
    assert await outbox.next_due() == 600
    clock.move(minutes=10)
    assert await outbox.claim(10) is not None


async def test_a_lease_that_ran_out_is_taken_over_and_the_late_mark_changes_nothing(store: Store, clock: Clock) -> None:
    await keep(store, a_notice())
    slow, quick = Outbox(store), Outbox(store)
    late = await claimed(slow, 10)
    assert await quick.next_due() == 10
    clock.move(seconds=10)
    assert await quick.claim(10) is None
    clock.move(seconds=0.001)
    taken = await claimed(quick, 10)
    assert taken.attempts == 2
    assert taken.owner != late.owner
    for mark in (slow.sent(late), slow.unsure(late), slow.failed(late, "x"), slow.dropped(late), slow.later(late, 1)):
        assert not await mark
    assert not await slow.posted(late, "D1/9")
    assert await states(store) == ["sending"]
    assert await quick.address_of(taken.delivery.id) is None
    assert await quick.sent(taken)
    assert not await slow.failed(late, "x")
    assert await states(store) == ["sent"]


async def test_a_posted_receipt_renews_the_lease_and_whoever_takes_over_knows_where_it_stands(
    store: Store, clock: Clock
) -> None:
    await keep(store, a_notice())
    outbox = Outbox(store)
    claim = await claimed(outbox, 10)
    clock.move(seconds=8)
    assert await outbox.posted(claim, "D1/5")
    clock.move(seconds=8)
    assert await outbox.claim(10) is None
    clock.move(seconds=3)
    assert (await claimed(outbox)).address == "D1/5"


async def test_messages_about_a_case_reach_a_person_in_order(store: Store, clock: Clock) -> None:
    await keep(
        store,
        a_notice(version=1),
        a_notice(version=2),
        a_notice(version=3, to=DEPUTY),
        a_notice(2, version=4),
        a_notice(version=5, case=""),
        a_notice(version=6, case=""),
    )
    outbox = Outbox(store)
    first = await claimed(outbox)
    others = [await claimed(outbox) for _ in range(4)]
    assert numbers(claim.delivery for claim in others) == [3, 4, 5, 6]
    assert await outbox.claim(10) is None
    for claim in others:
        await outbox.sent(claim)
    await outbox.later(first, 60)  # a message that waits for its next attempt holds up those behind it
    assert await outbox.claim(10) is None
    assert await outbox.next_due() == 60
    clock.move(seconds=60)
    again = await claimed(outbox)
    assert again.delivery.version == 1
    await outbox.sent(again)
    assert numbers(await claim_all(outbox)) == [2]


async def test_a_reminder_that_is_not_due_holds_up_nothing(store: Store) -> None:
    await store.run(lambda work: work.enqueue(a_notice(version=1), due=TUESDAY + timedelta(hours=1)))
    await keep(store, a_notice(version=2))
    assert numbers(await claim_all(Outbox(store))) == [2]


async def test_what_has_a_receipt_out_is_not_withdrawn(store: Store) -> None:
    await keep(store, a_notice(1), a_notice(2), a_notice(3))
    outbox = Outbox(store)
    posted, put_off, sending = [await claimed(outbox) for _ in range(3)]
    await outbox.posted(posted, "D1/5")
    await outbox.later(posted, 5)
    await outbox.later(put_off, 5)
    for claim in (posted, put_off, sending):
        await store.run(lambda work, claim=claim: work.cancel(claim.delivery.id))
    assert [await states(store, number) for number in (1, 2, 3)] == [["queued"], ["dropped"], ["sending"]]


async def test_two_workers_never_get_the_same_delivery(database_url: str) -> None:
    one, two = await opened(database_url), await opened(database_url)
    await keep(one, *(a_notice(number, version=number) for number in range(1, 101)))
    seen: list[str] = []

    async def work(outbox: Outbox) -> None:
        while claim := await outbox.claim(30):
            seen.append(claim.delivery.id)
            assert await outbox.sent(claim)

    await asyncio.gather(*(work(Outbox(store)) for store in (one, two, one, two)))
    assert len(seen) == len(set(seen)) == 100
    await one.close()
    await two.close()


async def test_without_a_clock_of_ours_the_database_says_what_is_due(database_url: str) -> None:
    store = await opened(database_url)
    outbox = Outbox(store)
    await keep(store, a_notice())
    claim = await claimed(outbox, 0.05)
    await asyncio.sleep(0.1)
    again = await claimed(outbox, 3600)
    assert again.delivery.id == claim.delivery.id
    assert await outbox.claim(10) is None
    assert 3000 < (await outbox.next_due() or 0) <= 3600
    await outbox.later(again, 7200)
    assert 6600 < (await outbox.next_due() or 0) <= 7200
    await store.close()


async def test_what_a_killed_process_was_sending_from_a_file_is_taken_up_when_the_next_one_starts(
    sqlite_url: str, clock: Clock
) -> None:
    store = await opened(sqlite_url, clock)
    await keep(store, a_notice(1), a_notice(2))
    killed = Outbox(store)
    await claimed(killed, 1000)
    second = Outbox(store)
    assert (await claimed(second)).delivery.case == a_case(2).id, "while the first one lives its rows are its own"
    killed.close()
    second.close()
    third = Outbox(store)
    assert [(await claimed(third)).attempts for _ in range(2)] == [2, 2]
    third.close()
    await store.close()


async def test_a_replica_on_a_server_waits_for_the_lease_of_another(postgres_url: str, clock: Clock) -> None:
    store = await opened(postgres_url, clock)
    await keep(store, a_notice())
    await claimed(Outbox(store))
    assert await Outbox(store).claim(10) is None
    await store.close()


async def test_a_sentence_is_no_closed_word(store: Store) -> None:
    with pytest.raises(ValueError, match="closed word"):
        await keep(store, a_notice(to=LEAD, extra="he told me that"))
