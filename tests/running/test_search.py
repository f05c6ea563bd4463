"""A case whose leads nobody can name: they are looked for until they are found, which leaves nothing behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.store.retention import expire
from bot.store.tables import audit, outbox
from handlers.case import Case
from handlers.people import Account
from handlers.sites import Site
from tests.running.own_time import Notebook, School, Time, school

TEACHER, LEAD = (Account("slack", "T1", user) for user in ("U1", "U2"))
GROUP = "slack:T1/S1"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@asynccontextmanager
async def nobody_leads(folder: Path, lead: str) -> AsyncIterator[tuple[School, Notebook, Case]]:
    """A case of a school whose one lead has left, or whose group cannot be read."""
    book = Notebook(time := Time())
    site = Site("northside", "Northside", "england", (lead,), serves=frozenset({"slack:T1"}))
    there = await school(folder, site, lambda: {"slack": book}, time=time)
    await there.store.run(lambda work: work.keep_not_member(LEAD, "deactivated"))
    case = await there.raises(TEACHER)
    await there.passes()
    assert "Signpost could not reach a safeguarding lead." in book.at(TEACHER)[-1].said
    yield there, book, case
    await there.store.close()


async def rows(there: School) -> tuple[int, ...]:
    """How many rows the outbox and the trail have."""
    tables = (select(func.count().label("n")).select_from(table) for table in (outbox, audit))
    counted = await there.store.transact(lambda session: [session.first(one) for one in tables])
    return tuple(row.n for row in counted if row)


@pytest.mark.parametrize("lead", [str(LEAD), GROUP])
async def test_a_search_that_goes_on_adds_no_row_to_the_outbox_and_none_to_the_trail(tmp_path: Path, lead: str) -> None:
    async with nobody_leads(tmp_path, lead) as (there, _book, case):
        await there.passes(HOUR)
        before = await rows(there)
        await there.passes(2 * DAY)
        assert await rows(there) == before
        assert [one.state for one in await there.deliveries(case, "chase")] == ["queued"]


@pytest.mark.parametrize(("hours", "seconds"), [(0.4, 30), (1, 60), (10, 600), (60, 3600), (30 * 24, 3600)])
async def test_a_search_looks_a_sixtieth_of_its_time_later_at_least_twice_a_minute_and_every_hour(
    tmp_path: Path, hours: float, seconds: float
) -> None:
    async with nobody_leads(tmp_path, GROUP) as (there, book, case):
        await there.store.run(lambda work: work.keep_not_member(LEAD, ""))
        await there.passes(hours * HOUR)
        await there.passes((await there.outbox.next_due() or 0) + 0.001)
        due = await there.outbox.next_due()
        assert due == pytest.approx(seconds, rel=0.05)
        there.groups[GROUP] = (LEAD,)
        await there.passes(seconds * 1.05)
        assert [case.reference in one.said for one in book.at(LEAD)] == [True]


@pytest.mark.parametrize("lead", [str(LEAD), GROUP])
async def test_a_search_that_has_slowed_down_looks_at_once_when_the_set_up_changes(tmp_path: Path, lead: str) -> None:
    async with nobody_leads(tmp_path, lead) as (there, book, case):
        await there.passes(10 * DAY + 10 * MINUTE)
        there.groups[GROUP] = (LEAD,)
        await there.passes()
        assert book.at(LEAD) == []
        await there.store.run(lambda work: work.keep_not_member(LEAD, ""))
        await there.passes()
        assert [case.reference in one.said for one in book.at(LEAD)] == [True]


async def test_a_search_outlives_more_looks_than_a_message_has_attempts(tmp_path: Path) -> None:
    async with nobody_leads(tmp_path, GROUP) as (there, book, case):
        await there.passes(MINUTE)
        for _ in range(400):
            await there.store.run(lambda work: work.keep_not_member(LEAD, ""))
            await there.passes()
        await there.store.run(lambda work: work.keep_not_member(LEAD, ""))
        claim = await there.outbox.claim()
        assert claim is not None
        await there.sender.again(claim, "failed_here", None)  # our own failure just then
        there.groups[GROUP] = (LEAD,)
        await there.passes(MINUTE)
        assert [case.reference in one.said for one in book.at(LEAD)] == [True]


async def test_what_an_earlier_release_left_of_a_search_is_not_read_and_goes(tmp_path: Path) -> None:
    """It queued each look anew: a case that waited for a month has some 86,000 rows of them."""
    async with nobody_leads(tmp_path, str(LEAD)) as (there, _book, case):
        await there.passes(MINUTE)
        (search,) = await there.deliveries(case, "chase")
        row = await there.store.transact(lambda it: it.first(select(outbox).where(outbox.c.id == search.id)))
        assert row is not None
        old = [{**row._asdict(), "id": f"old{one}", "seq": 1000 + one, "state": "sent"} for one in range(1500)]
        await there.store.transact(lambda it: it.run_each(insert(outbox), old))
        found = await there.read(lambda work: work.deliveries(case.id))
        assert [one.id for one in found if one.kind == "chase"] == [search.id]
        there.time.now += timedelta(days=1, minutes=1)
        assert (await expire(there.store)).clocks == 1500
        assert [one.id for one in await there.deliveries(case, "chase")] == [search.id]
