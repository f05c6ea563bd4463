"""Delivering: a receipt, then its content; never twice, never lost, whatever the platform does."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.metrics import Metrics
from bot.sending import deliver
from bot.sending.one import MOST_ATTEMPTS, Sender
from bot.sending.pace import backoff
from bot.store.outbox import Outbox
from bot.store.store import Store
from bot.store.vault import new_key
from handlers.ports import Delivery, Drawn, Work
from tests.running.post_office import (
    ANNA,
    BEN,
    PostOffice,
    at_work,
    draw,
    ends,
    let_go,
    one,
    queue,
    quick,
    real_store,
    states,
    store,
    until,
    worker,
)

__all__ = ["quick", "store"]


async def is_sent(store: Store, *names: str) -> None:
    async def sent() -> bool:
        found = await states(store)
        return all(found[name] == "sent" for name in names)

    await until(sent)


async def test_a_message_is_a_receipt_first_and_then_its_content(store: Store) -> None:
    office = PostOffice()
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "sent"}

    assert list(office.messages.values()) == [["receipt recommendation a", "content recommendation a"]]


async def test_a_commit_wakes_the_worker_without_waiting_for_its_next_look(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "POLL_SECONDS", 3600)
    office = PostOffice()
    async with at_work(worker(store, office)):
        await asyncio.sleep(0.1)  # it has looked by now, and sleeps
        await queue(store, one("a"))
        assert await ends(store) == {"a": "sent"}


@pytest.mark.usefixtures("quick")
async def test_a_thousand_answers_lost_leave_no_content_twice_and_none_out(store: Store) -> None:  # SR-22
    chance = random.Random(22)  # noqa: S311  # the same fates in every run
    fates = iter(lambda: chance.choice(["ok"] * 4 + ["lost", "lost", "never", "crash", "down"]), None)
    office = PostOffice(plan=fates)
    names = [f"d{number}" for number in range(1000)]
    async with at_work(worker(store, office)):
        await queue(store, *(one(name) for name in names))
        assert set((await ends(store, seconds=100)).values()) == {"sent"}

    assert office.contents() == {f"content recommendation {name}": 1 for name in names}
    assert any(fate == "post" for fate, _ in office.calls)


@pytest.mark.usefixtures("quick")
async def test_where_editing_is_forbidden_the_content_follows_once_and_doubt_about_it_stays(store: Store) -> None:
    office = PostOffice(plan=iter(["ok", "forbidden", "ok"]))
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "sent"}
        office.plan = iter(["ok", "forbidden", "lost"])
        await queue(store, one("b"))
        assert (await ends(store))["b"] == "unsure"

    assert office.contents() == {"content recommendation a": 1, "content recommendation b": 1}


@pytest.mark.usefixtures("quick")
async def test_a_reply_that_surely_failed_is_tried_again(store: Store) -> None:
    office = PostOffice(plan=iter(["ok", "forbidden", "down", "forbidden", "ok"]))
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "sent"}

    assert office.contents() == {"content recommendation a": 1}


async def test_a_crash_during_the_reply_ends_in_doubt_and_not_in_a_second_reply(store: Store) -> None:
    office = PostOffice(plan=iter(["ok", "forbidden", "hang"]))
    sender = a_sender(store, office)
    await queue(store, one("a"))
    claim = await Outbox(store).claim()
    assert claim is not None
    killed = asyncio.create_task(sender.deliver(claim))
    await office.called(3)
    killed.cancel()
    await let_go(store)

    async with at_work(worker(store, office)):
        assert await ends(store) == {"a": "unsure"}
    assert office.contents() == {"content recommendation a": 1}


def a_sender(store: Store, office: PostOffice) -> Sender:
    return Sender(
        Outbox(store), store, lambda: {"slack": office}, Metrics(), chance=lambda: 0.0, trouble=lambda: None, draw=draw
    )


async def test_a_refusal_fails_at_once_is_counted_and_the_rest_go_on(store: Store) -> None:
    metrics = Metrics()
    office = PostOffice(plan=iter(["channel_not_found"]))
    async with at_work(worker(store, office, metrics=metrics)):
        await queue(store, one("a"))
        await ends(store)
        await queue(store, one("b"))
        assert await ends(store) == {"a": "failed", "b": "sent"}

    assert 'signpost_deliveries_total{channel="slack",result="failed"} 1.0' in metrics.text().decode()


@pytest.mark.usefixtures("quick")
async def test_a_refused_token_keeps_every_message_until_an_admin_has_mended_it(store: Store) -> None:
    office = PostOffice(plan=iter(["invalid_auth"] * 5))
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "sent"}


@pytest.mark.usefixtures("quick")
async def test_words_that_cannot_be_drawn_neither_spin_nor_stop_the_others(store: Store) -> None:
    drawn = 0

    def broken(delivery: Delivery, work: Work) -> Drawn | None:
        nonlocal drawn
        if delivery.id == "broken":
            drawn += 1
            raise KeyError("SENTINEL")
        return draw(delivery, work)

    office = PostOffice()
    async with at_work(worker(store, office, draw=broken)):
        await queue(store, one("broken"), Delivery("recommendation", BEN, id="good"))
        await is_sent(store, "good")
        await asyncio.sleep(0.5)

    assert (await states(store))["broken"] == "queued"
    assert 2 <= drawn < 40


async def test_what_has_nothing_to_say_any_more_is_dropped_unsent(store: Store) -> None:
    office = PostOffice()
    async with at_work(worker(store, office, draw=lambda _delivery, _work: None)):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "dropped"}

    assert office.calls == []


async def test_a_delivery_that_replaces_fills_where_the_earlier_one_stands(store: Store) -> None:
    office = PostOffice()
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        await ends(store)
        await queue(store, one("b", replaces="a"))
        await ends(store)

    assert list(office.messages.values()) == [
        ["receipt recommendation a", "content recommendation a", "content recommendation b"]
    ]


async def test_a_delivery_that_replaces_what_was_never_sent_is_dropped(store: Store) -> None:
    office = PostOffice(plan=iter(["channel_not_found"]))
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        await ends(store)
        await queue(store, one("b", replaces="a"))
        assert await ends(store) == {"a": "failed", "b": "dropped"}

    assert office.messages == {}


async def test_a_platform_that_is_not_configured_leaves_its_messages_waiting(store: Store) -> None:
    office = PostOffice()
    made = worker(store, office)
    async with at_work(made):
        await queue(store, one("a"))
        await queue(store, Delivery("lead_notice", type(ANNA)("teams", "T", "O"), id="t"))
        await is_sent(store, "a")

    assert (await states(store))["t"] == "queued"


@pytest.mark.usefixtures("quick")
async def test_one_slow_recipient_does_not_hold_up_the_rest(store: Store) -> None:
    office = PostOffice(plan=iter(["hang"]), seconds=0.02)
    async with at_work(worker(store, office)):
        await queue(store, one("slow"), *(Delivery("recommendation", BEN, id=f"q{n}") for n in range(20)))
        await is_sent(store, *(f"q{n}" for n in range(20)))
        assert (await states(store))["slow"] == "sending"
        office.held.set()

    assert office.most_at_once <= 4


async def test_a_stop_lets_the_current_send_finish_and_begins_no_other(store: Store) -> None:
    office = PostOffice()
    made = worker(store, office)
    task = asyncio.create_task(made.run())
    await queue(store, *(one(f"d{number}") for number in range(200)))
    await office.called()
    await made.stop(60)
    await task
    so_far = len(office.calls)
    found = list((await states(store)).values())
    await asyncio.sleep(0.1)

    assert len(office.calls) == so_far
    assert "sending" not in found
    assert 0 < found.count("sent") < 200
    assert office.receipts().total() == 0


async def test_what_a_killed_worker_was_sending_is_finished_by_the_next(tmp_path: Path) -> None:
    first = await real_store(tmp_path, key=(key := new_key()))
    office = PostOffice(plan=iter(["ok", "hang"]))
    await queue(first, one("a"))
    claim = await Outbox(first).claim()
    assert claim is not None
    killed = asyncio.create_task(a_sender(first, office).deliver(claim))
    await office.called(2)
    killed.cancel()
    await let_go(first)
    await first.close()

    second = await real_store(tmp_path, key=key)
    async with at_work(worker(second, office)):
        assert await ends(second) == {"a": "sent"}
    await second.close()
    assert office.contents() == {"content recommendation a": 1}


def test_waits_double_up_to_five_minutes_and_never_undercut_the_platform() -> None:
    assert [backoff(attempt, None, 0.0) for attempt in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert backoff(50, None, 0.0) == 300
    assert backoff(50, None, 1.0) == 375
    assert backoff(1, 30, 0.0) == 30
    assert 30 < backoff(3, 30, 0.5) < 38
    assert backoff(9, 1, 0.0) == 256, "who is asked to wait a second again and again waits longer"
    day = sum(backoff(attempt, None, 0.0) for attempt in range(1, MOST_ATTEMPTS))
    assert day > 24 * 3600
