"""Slack is down, or Teams: who has an account on the other one hears there, once, of what cannot wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channel import NotSent, Result
from bot.sending.pace import LONGEST_PAUSE
from handlers.people import Account, Person
from handlers.screens import Message
from handlers.sites import Site
from tests.running.own_time import Notebook, School, Time, school

TEACHER = {"slack": Account("slack", "T1", "U1"), "teams": Account("teams", "TEN", "O1")}
LEAD = {"slack": Account("slack", "T1", "U2"), "teams": Account("teams", "TEN", "O2")}
BOTH = frozenset({"slack:T1", "teams:TEN", "mail"})
OTHER = {"slack": "teams", "teams": "slack"}
MINUTE, HOUR = 60.0, 3600.0


@dataclass
class Leaky(Notebook):
    """Takes nothing while it is away."""

    away: bool = False
    asks_for: float | None = None
    """How long it wants to be left alone, while it is away."""
    tried: list[Account] = field(default_factory=list)

    async def post(self, to: Account, receipt: Message) -> Result:
        self.tried.append(to)
        if not self.away:
            return await super().post(to, receipt)
        return NotSent("unreachable" if self.asks_for is None else "rate_limited", self.asks_for)


@asynccontextmanager
async def with_two(
    folder: Path, down: str, connected: frozenset[str] = BOTH, persons: tuple[Person, ...] | None = None
) -> AsyncIterator[tuple[School, dict[str, Leaky]]]:
    """A school on both platforms, whose lead is named by the account on the one that will be down."""
    time = Time()
    books = {"slack": Leaky(time), "teams": Leaky(time)}
    site = Site("northside", "Northside", "england", (str(LEAD[down]),), serves=BOTH - {"mail"})
    linked = (Person(tuple(LEAD.values()), "Priya Nair"),) if persons is None else persons
    opened = await school(folder, site, lambda: books, time=time, persons=linked, connected=connected)
    yield opened, books
    await opened.store.close()


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_a_lead_hears_on_the_other_platform_within_two_minutes(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away = True
        case = await there.raises(TEACHER[up])
        await there.passes(30)
        assert books[up].at(LEAD[up]) == []
        await there.passes(1.5 * MINUTE)
        assert [case.reference in one.said for one in books[up].at(LEAD[up])] == [True]
        assert "open_case" in books[up].at(LEAD[up])[0].buttons

        books[down].away = False
        await there.passes(6 * MINUTE)
        assert len(books[down].at(LEAD[down])) == 1
        assert len(books[up].at(LEAD[up])) == 1


@pytest.mark.parametrize("down", ["slack", "teams"])
@pytest.mark.parametrize("seconds", [70.0, 600.0, 3600.0])
async def test_where_the_platform_says_itself_that_it_will_take_long_nobody_waits_to_see_it(
    tmp_path: Path, down: str, seconds: float
) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away, books[down].asks_for = True, seconds
        case = await there.raises(TEACHER[up])
        await there.passes(2)
        assert [case.reference in one.said for one in books[up].at(LEAD[up])] == [True]


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_limits_that_are_short_each_time_are_a_long_one_together(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away, books[down].asks_for = True, 20.0
        await there.raises(TEACHER[up])
        await there.passes(30)
        assert books[up].at(LEAD[up]) == []
        await there.passes(MINUTE)
        assert len(books[up].at(LEAD[up])) == 1


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_a_platform_that_asks_for_an_hour_is_asked_again_after_minutes(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away, books[down].asks_for = True, HOUR
        await there.raises(TEACHER[up])
        await there.passes(MINUTE)
        books[down].away = False
        await there.passes(LONGEST_PAUSE * 1.25)
        assert len(books[down].at(LEAD[down])) == 1


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_a_platform_that_was_switched_off_is_not_waited_for(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        del books[down]
        case = await there.raises(TEACHER[up])
        await there.passes(2)
        assert [case.reference in one.said for one in books[up].at(LEAD[up])] == [True]


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_a_restart_does_not_begin_the_minute_anew(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away = True
        await there.raises(TEACHER[up])
        for _ in range(10):
            await there.passes(10)
            there.restarts()
        assert len(books[up].at(LEAD[up])) == 1


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_a_short_limit_sends_nothing_elsewhere(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away = True
        await there.raises(TEACHER[up])
        await there.passes(40)
        books[down].away = False
        await there.passes(3 * MINUTE)
        assert len(books[down].at(LEAD[down])) == 1
        assert books[up].at(LEAD[up]) == []


@pytest.mark.parametrize("down", ["slack", "teams"])
async def test_each_message_goes_elsewhere_once_however_long_it_lasts(tmp_path: Path, down: str) -> None:
    up = OTHER[down]
    async with with_two(tmp_path, down) as (there, books):
        books[down].away = True
        await there.raises(TEACHER[up])
        await there.passes(8 * MINUTE)
        assert len(books[up].at(LEAD[up])) == 1
        await there.passes(2 * HOUR)
        said = [one.said for one in books[up].at(LEAD[up])]
        assert len(said) == len(set(said)) > 1, said  # the reminders come here too, as those before them
        assert len(books[down].tried) > 5  # it is still tried where it belongs


@pytest.mark.parametrize("down", ["slack", "teams"])
@pytest.mark.parametrize(("connected", "persons"), [(BOTH, ()), (frozenset({"slack:T1"}), None)])
async def test_nothing_goes_to_an_account_that_nobody_linked_or_that_cannot_be_reached(
    tmp_path: Path, down: str, connected: frozenset[str], persons: tuple[Person, ...] | None
) -> None:
    if persons is None:
        connected = frozenset({f"{down}:{LEAD[down].org}"})
    async with with_two(tmp_path, down, connected, persons) as (there, books):
        books[down].away = True
        await there.raises(TEACHER[OTHER[down]])
        await there.passes(10 * MINUTE)
        assert books[OTHER[down]].at(LEAD[OTHER[down]]) == []
