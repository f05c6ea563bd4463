"""Who stands in for somebody of a group that leads is told, reminded and given the words for the phone, like a lead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.people import Account
from handlers.sites import Site, StandIn
from tests.running.own_time import START, Notebook, School, Time, school

TEACHER = Account("slack", "T1", "U1")
PRIYA, TOM = Account("slack", "T1", "U2"), Account("slack", "T1", "U3")
AMIRA = Account("teams", "TEN", "AMIRA")
GROUP = "slack:T1/S1"
TODAY = START.date()


@asynccontextmanager
async def a_school(folder: Path, *, last: int = 0) -> AsyncIterator[tuple[School, Notebook]]:
    """A school that Priya and Tom lead by their group, and Amira stands in for Priya from today until `last` days."""
    book = Notebook(time := Time())
    site = Site(
        "northside", "Northside", "england", (GROUP,), phone="01632 960001",
        serves=frozenset({"slack:T1", "teams:TEN"}),
        stand_ins=(StandIn(str(PRIYA), str(AMIRA), TODAY, TODAY + timedelta(days=last)),),
    )  # fmt: skip
    opened = await school(folder, site, lambda: {"slack": book, "teams": book}, time=time)
    opened.groups[GROUP] = (PRIYA, TOM)
    yield opened, book
    await opened.store.close()


@pytest.mark.parametrize("readable", [True, False], ids=["the group is read", "it cannot be read just then"])
async def test_who_stands_in_for_somebody_of_a_group_hears_first(tmp_path: Path, readable: bool) -> None:
    async with a_school(tmp_path) as (there, book):
        case = await there.raises(TEACHER)
        if not readable:
            del there.groups[GROUP]
        await there.passes()

        assert len(book.at(AMIRA)) == 1
        assert case.reference in book.at(AMIRA)[0].said
        assert book.at(TOM) == [], "the others hear when the clock has run out"


async def test_they_are_reminded_too(tmp_path: Path) -> None:
    async with a_school(tmp_path) as (there, book):
        await there.raises(TEACHER)
        await there.passes(3600)

        assert any("Nobody has opened this yet" in one.said for one in book.at(AMIRA))
        assert [one.state for one in await there.deliveries(await there.newest()) if one.to == AMIRA] == ["sent"] * 2


async def test_they_get_the_words_for_the_phone_for_what_they_decided(tmp_path: Path) -> None:
    async with a_school(tmp_path) as (there, book):
        case = await there.raises(TEACHER)
        await there.refers(AMIRA, case, "police_by_phone", "social_care_by_phone")
        await there.passes()

        assert sum("Ring now" in one.said for one in book.at(AMIRA)) == 2


async def test_once_the_days_are_over_they_get_nothing_more_and_the_next_lead_does(tmp_path: Path) -> None:
    async with a_school(tmp_path) as (there, book):
        await there.raises(TEACHER)
        there.time.now += timedelta(days=1)
        await there.passes()

        assert book.at(AMIRA) == []
        assert len(book.at(TOM)) >= 1


async def test_nobody_stands_in_for_who_has_left_the_group(tmp_path: Path) -> None:
    async with a_school(tmp_path) as (there, book):
        await there.raises(TEACHER)
        there.groups[GROUP] = (TOM,)
        await there.passes()

        assert book.at(AMIRA) == []
        assert len(book.at(TOM)) == 1
