"""Somebody gets the app after messages to them were refused: what they missed goes out by itself, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from bot import desk
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.reference import Reference
from bot.store.addresses import StoredAddresses
from bot.store.away import StoreAway
from bot.store.store import Store
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Directory, Known, Standing
from handlers.ports import Work
from handlers.route import route
from handlers.screens import Form
from handlers.sites import Site
from handlers.telling import deliveries
from tests.running.post_office import PostOffice, at_work, real_store, until, worker

T = TypeVar("T")
TEACHER, LEAD = Account("teams", "T", "teacher"), Account("teams", "T", "lead")
SITE = Site("northside", "Northside", "england", (str(LEAD),), serves=frozenset({"teams:T"}))
DIRECTORY = Directory((SITE,))
MEMBER = Known(Standing(member=True))


@dataclass
class Flaky:
    """A store that is away for the first few transactions."""

    store: Store
    away: int = 0
    runs: list[str] = field(default_factory=list)

    async def run(self, fn: Callable[[Work], T]) -> T:
        self.runs.append("run")
        if len(self.runs) <= self.away:
            raise StoreAway("lost")
        return await self.store.run(fn)

    async def read(self, fn: Callable[[Work], T]) -> T:
        return await self.store.read(fn)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await real_store(tmp_path, DIRECTORY)
    yield opened
    await opened.close()


async def raised(store: Store) -> None:
    def carry_out(work: Work) -> None:
        page = route(Intent("start_report", TEACHER, MEMBER, Surface.COMMAND), work)
        assert isinstance(page, Form)
        press = Intent("recommend_now", TEACHER, MEMBER, Surface.FORM, Subject.read(page.token), {"harm_now": "no"})
        assert route(press, work) is not None

    await store.run(carry_out)


def front_desk(store: Store, *, away: int = 0) -> FrontDesk:
    return FrontDesk(Flaky(store, away), lambda: DIRECTORY, Metrics(), lookups=dict)


async def states(store: Store, kind: str, to: Account) -> list[str]:
    """How the messages of a kind to somebody ended, oldest first."""
    (case,) = await store.read(lambda work: work.cases_at(["northside"], 10))
    found = await store.read(lambda work: work.deliveries(case.id))
    return [one.state for one in found if one.kind == kind and one.to == to]


@pytest.mark.parametrize("away", [0, 2], ids=["at once", "after the database came back"])
async def test_what_was_refused_for_want_of_the_app_is_sent_once_it_is_there(
    away: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "REACHABLE_WAITS", (0.0, 0.01, 0.01))
    office = PostOffice(plan=iter(["not_installed", "not_installed"]))
    async with at_work(worker(store, office, platform="teams", draw=deliveries.draw)):
        await raised(store)

        async def refused() -> bool:
            return await states(store, "lead_notice", LEAD) == ["failed"] and "failed" in (
                await states(store, "recommendation", TEACHER)
            )

        await until(refused)
        ready = front_desk(store, away=away)
        for _ in range(2):
            await ready.reachable(LEAD)
            await ready.reachable(TEACHER)

        async def arrived() -> bool:
            return await states(store, "lead_notice", LEAD) == ["failed", "sent"] and (
                await states(store, "recommendation", TEACHER) == ["failed", "sent"]
            )

        await until(arrived)


async def test_a_database_that_stays_away_is_logged_and_raises_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desk, "REACHABLE_WAITS", (0.0, 0.01))

    await front_desk(store, away=9).reachable(LEAD)

    assert capsys.readouterr().out.count("reachable") == 2


async def test_an_address_that_was_forgotten_is_gone(store: Store) -> None:
    addresses = StoredAddresses(store)
    await addresses.remember(LEAD, Reference("https://smba.example/teams/", "a:1", "29:1"))
    await addresses.remember(TEACHER, Reference("https://smba.example/teams/", "a:2", "29:2"))

    await addresses.forget(LEAD)
    await addresses.forget(LEAD)

    assert await addresses.of(LEAD) is None
    assert await addresses.of(TEACHER) is not None


async def test_teams_are_kept_newest_first_beside_people_and_told_apart_from_them(store: Store) -> None:
    addresses, url = StoredAddresses(store), "https://smba.example/teams/"
    await addresses.remember(Account("teams", "TN", "aad-1"), Reference(url, "a:1", "29:1"))
    for team in ("19:one@thread.tacv2", "19:two@thread.tacv2", "19:one@thread.tacv2"):
        await addresses.remember_team("TN", team, url)
    await addresses.remember_team("elsewhere", "19:three@thread.tacv2", url)

    assert await addresses.teams("TN", 9) == ("19:one@thread.tacv2", "19:two@thread.tacv2")
    assert await addresses.teams("TN", 1) == ("19:one@thread.tacv2",)
    assert await addresses.service_url("TN") == url
