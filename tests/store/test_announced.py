"""Who was in a group that leads, as far as its leads were told, is kept: sealed, after a restart, for every replica."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.store.session import Session
from bot.store.store import Store, open_store
from bot.store.tables import configured
from bot.store.vault import Keys
from handlers.changes import Change
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.setup.joined import Reading, Said, noted
from handlers.sites import Site
from tests.store.given import KEY

GROUP = "slack:T1/S0LEADS01"
LEAD, JOINER = Account.parse("slack:T1/ULEAD"), Account.parse("slack:T1/UJOINER")
SITE = Site("northside", "Northside", "england", (GROUP,), serves=frozenset({"slack:T1"}))
SAID = Said({JOINER: "Sam Okafor"}, {GROUP: "@dsl-team"})


async def opened(url: str) -> Store:
    return await open_store(url, keys=Keys.parse(KEY), directory=lambda: Directory((SITE,)))


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes on one database, of which the first has read the group."""
    stores = (await opened(database_url), await opened(database_url))
    await stores[0].run(reads(LEAD, before=None))
    yield stores
    for store in stores:
        await store.close()


def reads(*there: Account, before: tuple[Account, ...] | None = (LEAD,)) -> Callable[[Work], None]:
    """What a process does that has read the group, for a transaction."""

    def note(work: Work) -> None:
        noted({GROUP: Reading(before, frozenset(there))}, SAID, work)

    return note


async def announced(store: Store) -> dict[str, tuple[Account, ...]]:
    return dict((await store.run(lambda work: work.directory)).announced)


async def changes(store: Store) -> list[Change]:
    return list(await store.run(lambda work: work.changes(9)))


async def test_it_outlives_a_restart_and_another_process_sees_it(two: tuple[Store, Store], database_url: str) -> None:
    assert await announced(two[1]) == {GROUP: (LEAD,)}
    await two[1].run(reads(LEAD, JOINER))
    assert await announced(two[0]) == {GROUP: (JOINER, LEAD)}
    third = await opened(database_url)
    assert await announced(third) == {GROUP: (JOINER, LEAD)}
    await third.run(reads(LEAD, JOINER, before=(JOINER, LEAD)))
    await third.close()
    assert [(one.what, one.whom) for one in await changes(two[0])] == [("lead_joined", (str(JOINER),))]


async def test_what_many_processes_have_read_at_once_is_announced_once(two: tuple[Store, Store]) -> None:
    await asyncio.gather(*(two[number % 2].run(reads(LEAD, JOINER)) for number in range(6)))
    (change,) = await changes(two[0])
    assert (change.what, change.whom) == ("lead_joined", (str(JOINER),))


async def test_the_entry_of_the_audit_trail_and_the_clock_that_tells_are_of_the_same_transaction(
    two: tuple[Store, Store],
) -> None:
    class Broken(Exception):
        pass

    def breaks(work: Work) -> None:
        noted({GROUP: Reading((LEAD,), frozenset({LEAD, JOINER}))}, SAID, work)
        raise Broken

    with pytest.raises(Broken):
        await two[0].run(breaks)
    assert (await changes(two[0]), await announced(two[0])) == ([], {GROUP: (LEAD,)})
    assert await two[0].run(lambda work: work.deliveries("")) == ()


async def test_nobody_who_has_no_key_reads_who_is_in_a_group(two: tuple[Store, Store]) -> None:
    def rows(session: Session) -> list[bytes]:
        return [bytes(row.sealed) for row in session.all(configured.select())]

    sealed = await two[0].transact(rows)
    assert len(sealed) == 1
    assert not any(word in one for one in sealed for word in (b"ULEAD", b"S0LEADS01"))
