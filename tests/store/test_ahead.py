"""A time that runs ahead: what is due comes at once, and what is under way stays whose it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.outbox import Outbox
from bot.store.store import open_store
from bot.store.vault import Keys
from tests.store.given import DIRECTORY, KEY, TUESDAY, Clock, a_case, a_notice, keep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store


class Moved:
    """How far somebody has moved the time."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def __call__(self) -> timedelta:
        return self.by


@pytest.fixture
def ahead() -> Moved:
    return Moved()


@pytest.fixture
async def moved(database_url: str, clock: Clock, ahead: Moved) -> AsyncIterator[Store]:
    made = await open_store(database_url, keys=Keys.parse(KEY), directory=lambda: DIRECTORY, clock=clock, ahead=ahead)
    yield made
    await made.close()


async def test_what_would_come_in_an_hour_comes_when_the_time_is_moved(moved: Store, ahead: Moved) -> None:
    await keep(moved, a_case())
    await moved.run(lambda work: work.enqueue(a_notice(), due=TUESDAY + timedelta(hours=1)))
    outbox = Outbox(moved)
    assert await outbox.claim() is None
    ahead.by = timedelta(minutes=59)
    assert await outbox.claim() is None
    ahead.by = timedelta(hours=1)
    claim = await outbox.claim()
    assert claim is not None
    assert await moved.run(lambda work: work.now) == TUESDAY + timedelta(hours=1)


async def test_what_is_being_sent_when_the_time_is_moved_is_not_sent_twice(
    moved: Store, clock: Clock, ahead: Moved
) -> None:
    await keep(moved, a_case(), a_notice())
    outbox = Outbox(moved)
    claim = await outbox.claim(10)
    assert claim is not None
    ahead.by = timedelta(days=3)
    assert await outbox.claim(10) is None
    assert await outbox.posted(claim, "D1/1")  # renews the lease, as the time really passes
    clock.move(seconds=9)
    ahead.by = timedelta(days=4)
    assert await outbox.claim(10) is None
    assert await outbox.sent(claim)


async def test_what_a_killed_process_was_sending_is_taken_up_as_the_time_really_passes(
    moved: Store, clock: Clock, ahead: Moved
) -> None:
    ahead.by = timedelta(days=3)
    await keep(moved, a_case(), a_notice())
    outbox = Outbox(moved)
    first = await outbox.claim(10)
    assert first is not None
    clock.move(seconds=11)
    again = await outbox.claim(10)
    assert again is not None
    assert (again.delivery.id, again.attempts) == (first.delivery.id, 2)
    assert not await outbox.sent(first)


async def test_what_waits_for_its_next_attempt_goes_by_the_time_that_was_moved(moved: Store, ahead: Moved) -> None:
    ahead.by = timedelta(hours=1)
    await keep(moved, a_case(), a_notice())
    outbox = Outbox(moved)
    claim = await outbox.claim()
    assert claim is not None
    await outbox.later(claim, 30, "rate_limited")
    assert await outbox.claim() is None
    ahead.by += timedelta(seconds=30)
    assert await outbox.claim() is not None
