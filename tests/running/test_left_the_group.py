"""A lead by a group who leaves it gets nothing more, not even what was queued while they were in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from handlers.intents import Subject
from handlers.people import Account
from handlers.sites import Site
from tests.running.own_time import Notebook, School, Time, school

TEACHER = Account("slack", "T1", "U1")
NAMED, MEMBER = Account("slack", "T1", "U2"), Account("slack", "T1", "U3")
NOBODY = "Signpost could not reach a safeguarding lead."
"""What the raiser reads where nobody is left to hear of it."""
GROUP, OTHERS = "slack:T1/S1", "slack:T1/S2"


@asynccontextmanager
async def a_school(folder: Path, *leads: str) -> AsyncIterator[tuple[School, Notebook]]:
    """A school whose leads are these, with a notebook for what arrives."""
    book = Notebook(time := Time())
    site = Site("northside", "Northside", "england", leads, serves=frozenset({"slack:T1"}))
    opened = await school(folder, site, lambda: {"slack": book}, time=time)
    opened.groups.update({ref: (MEMBER,) for ref in leads if ref == GROUP})
    yield opened, book
    await opened.store.close()


@pytest.mark.parametrize("left", [False, True])
async def test_who_left_the_group_gets_nothing_that_was_queued_before(tmp_path: Path, left: bool) -> None:
    async with a_school(tmp_path, GROUP) as (there, book):
        await there.raises(TEACHER)
        if left:
            there.groups[GROUP] = ()
        await there.passes()
        assert len(book.at(MEMBER)) == (0 if left else 1)
        assert [NOBODY in one.said for one in book.at(TEACHER)] == ([False, True] if left else [False])


async def test_a_lead_by_name_is_told_whoever_left_a_group(tmp_path: Path) -> None:
    async with a_school(tmp_path, str(NAMED), GROUP) as (there, book):
        await there.raises(TEACHER)
        there.groups[GROUP] = ()
        await there.passes()
        assert len(book.at(NAMED)) == 1


@pytest.mark.parametrize("second", [(), (MEMBER,), None])
async def test_one_of_the_groups_is_enough_and_one_that_cannot_be_read_is_taken_as_it_was(
    tmp_path: Path, second: tuple[Account, ...] | None
) -> None:
    async with a_school(tmp_path, GROUP, OTHERS) as (there, book):
        there.groups[OTHERS] = ()
        await there.raises(TEACHER)
        there.groups[GROUP] = ()
        del there.groups[OTHERS]
        if second is not None:
            there.groups[OTHERS] = second
        await there.passes()
        assert len(book.at(MEMBER)) == (0 if second == () else 1)


async def test_who_asks_while_the_group_cannot_be_read_is_heard_by_all_leads_once_it_can(tmp_path: Path) -> None:
    async with a_school(tmp_path, GROUP) as (there, book):
        case = await there.raises(TEACHER)
        await there.passes()
        members = there.groups.pop(GROUP)
        about = Subject("case", case.id, "first", 1).write()
        await there.asks(TEACHER, "ask_escalation", about)
        await there.passes(600)
        assert len(book.at(MEMBER)) == 1, "the first notice alone"

        there.groups[GROUP] = (*members, NAMED)
        await there.passes(60)
        for lead in (MEMBER, NAMED):
            assert any("asks a lead to escalate" in one.said for one in book.at(lead))
        await there.passes(3600)
        asked = await there.deliveries(case, "escalation_asked")
        assert sorted(one.to for one in asked) == sorted([MEMBER, NAMED]), "once each"
