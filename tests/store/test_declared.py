"""What the CONFIG file declared at the last start, on both databases: one of several replicas finds what differs."""

from __future__ import annotations

import asyncio

from bot.store.declared import compare
from bot.store.store import Store
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.sites import Site
from tests.store.given import Clock, opened

BEFORE = Directory((Site("a", "A", "england", ("slack:T1/U1",), serves=frozenset({"slack:T1"}), declared=True),))
AFTER = Directory(
    admins=frozenset({Account("slack", "T1", "U9")}), first_admins=frozenset({Account("slack", "T1", "U9")})
)


async def test_of_replicas_that_start_at_once_one_finds_the_difference_and_the_first_start_finds_none(
    store: Store, database_url: str, clock: Clock
) -> None:
    found: list[tuple[int, int]] = []

    def tell(before: Directory, after: Directory, work: Work) -> None:
        found.append((len(before.sites), len(after.sites)))
        work.record("setup.site_removed", by=None, site="a")

    others = [await opened(database_url, clock) for _ in range(3)]
    try:
        for file in (BEFORE, BEFORE, AFTER):
            await asyncio.gather(*(compare(one, file, tell) for one in (store, *others)))
    finally:
        for one in others:
            await one.close()
    assert found == [(1, 0)]
