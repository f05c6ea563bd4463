"""How long the worker waits when a platform asks it to, and who has to wait with it."""

from __future__ import annotations

import pytest

from bot.store.store import Store
from handlers.people import Account
from handlers.ports import Delivery
from tests.running.post_office import BEN, PostOffice, at_work, ends, one, queue, quick, states, store, until, worker

__all__ = ["quick", "store"]


@pytest.mark.usefixtures("quick")
async def test_on_teams_one_chats_limit_holds_up_no_other_chat(store: Store) -> None:
    teacher, lead = Account("teams", "T", "teacher"), Account("teams", "T", "lead")
    office = PostOffice(plan=iter(["limited"]), limit=3600)
    async with at_work(worker(store, office, platform="teams")):
        await queue(store, Delivery("recommendation", teacher, id="a"))
        await office.called()
        await queue(store, Delivery("lead_notice", lead, id="b"))

        async def sent() -> bool:
            return (await states(store))["b"] == "sent"

        await until(sent)

    assert (await states(store))["a"] == "queued", "its own hour is not over"


@pytest.mark.usefixtures("quick")
async def test_the_wait_that_a_platform_asks_for_is_kept_by_every_delivery(store: Store) -> None:  # SR-23
    office = PostOffice(plan=iter(["limited"]))
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        await office.called()
        await queue(store, Delivery("lead_notice", BEN, id="b"))
        await ends(store)

    first, *later = [moment for _, moment in office.calls]
    assert min(later) - first >= 0.5
    assert office.contents().total() == 2
