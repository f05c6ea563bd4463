"""A clock that is moved, as in the playground, brings what falls due with contacts at once: nobody waits a minute."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.asking.rooms import Looks
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from bot.watching.rooms import Watch
from handlers.people import Account, Directory
from handlers.sites import Contact, Site
from tests.store.databases import fresh_sqlite
from tests.store.given import KEY

ADMIN = Account.parse("slack:T1/U4")
TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
REVIEW = TODAY.date() + timedelta(days=90)
DESK = Contact("desk", "social_care", "mail", "duty@mash.example", verified=True, review_by=REVIEW)
SITE = Site("northside", "Northside", "england", ("slack:T1/U2",), contacts=(DESK,))


class Ahead:
    """How far the clock was moved."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> timedelta:
        return self.by


async def _told_due(store: Store) -> str:
    directory = await store.read(lambda work: work.directory)
    return directory.sites[0].contacts[0].told_due


@pytest.mark.parametrize(("moved", "due"), [(80, str(REVIEW)), (0, "")], ids=["moved", "left alone"])
async def test_a_review_comes_near_as_soon_as_the_clock_was_moved(tmp_path: Path, moved: int, due: str) -> None:
    ahead = Ahead()
    admins = Directory(admins=frozenset({ADMIN}), first_admins=frozenset({ADMIN}))
    store = await open_store(
        fresh_sqlite(tmp_path), keys=Keys.parse(KEY), directory=lambda: admins, clock=lambda: TODAY, ahead=ahead
    )
    await store.run(lambda work: work.keep_site(SITE))
    watch = Watch(store, Looks(dict))
    first = asyncio.create_task(watch.round())
    await asyncio.sleep(0.2)
    assert not first.done(), "a round takes a minute"

    ahead.by = timedelta(days=moved)
    await asyncio.wait({first}, timeout=60 if moved else 1.5)
    second = asyncio.create_task(watch.round()) if first.done() else first
    for _ in range(600 if moved else 1):
        if await _told_due(store) == due:
            break
        await asyncio.sleep(0.1)

    assert await _told_due(store) == due
    assert not second.done(), "and then it waits again"
    second.cancel()
    await store.close()
