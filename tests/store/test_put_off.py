"""A message that is put off without having been tried: it uses up no attempt, and nothing overtakes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.outbox import Claim, Outbox
from tests.store.given import a_notice, keep

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.store.given import Clock


async def claimed(outbox: Outbox) -> Claim:
    found = await outbox.claim(10)
    assert found is not None
    return found


async def test_it_counts_no_attempt_however_often(store: Store, clock: Clock) -> None:  # SR-23
    await keep(store, a_notice())
    outbox = Outbox(store)
    for _ in range(5):
        claim = await claimed(outbox)
        assert claim.attempts <= 2
        assert await outbox.later(claim, 30, "paused", counted=False)
        clock.move(seconds=30)
    assert await outbox.later(await claimed(outbox), 30, "rate_limited")
    clock.move(seconds=30)
    assert (await claimed(outbox)).attempts == 3


async def test_what_comes_behind_it_in_the_same_chat_waits_too(store: Store, clock: Clock) -> None:  # SR-23
    await keep(store, a_notice(version=1), a_notice(version=2))
    outbox = Outbox(store)
    assert await outbox.later(await claimed(outbox), 30, "paused", counted=False)
    assert await outbox.claim(10) is None
    clock.move(seconds=30)
    assert (await claimed(outbox)).delivery.version == 1
