"""Names of leads: all that a screen shows, a few questions at a time, and no person's turn lost for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.asking import inquiry, names
from bot.asking.names import AT_ONCE, KEPT, RENEWED, Names
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.store.store import Store
from handlers.intents import Intent, Surface
from handlers.people import Account, Directory, Standing
from handlers.sites import Site
from tests.running.beside_a_desk import Asked
from tests.running.post_office import real_store

NAMELESS = "A safeguarding lead"


def lead(site: int, number: int) -> Account:
    return Account("slack", "T1", f"L{site}X{number}")


def site(number: int) -> Site:
    refs = tuple(str(lead(number, one)) for one in range(10))
    staff = (f"slack:T1/S{number}",)
    return Site(f"school-{number}", f"School {number}", "england", refs, serves=frozenset({"slack:T1"}), staff=staff)


ADMIN = Account("slack", "T1", "UADMIN")
DIRECTORY = Directory(tuple(site(one) for one in range(20)), admins=frozenset({ADMIN}))


@dataclass
class Office:
    """A desk for twenty sites with ten leads each."""

    desk: FrontDesk
    lookup: Asked

    async def who(self, account: Account) -> str:
        """What somebody reads who asks who is covering."""
        known = await self.desk.known(account, name="show_cover")
        return repr(await self.desk.answer(Intent("show_cover", account, known, Surface.COMMAND)))

    def asked_for(self) -> int:
        return sum(one.startswith("name ") for one in self.lookup.questions)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await real_store(tmp_path, DIRECTORY)
    yield opened
    await opened.close()


@pytest.fixture
async def office(store: Store) -> AsyncIterator[Office]:
    everybody = {lead(a, b): Standing(member=True) for a in range(20) for b in range(10)}
    lookup = Asked({**everybody, ADMIN: Standing(member=True)}, groups={f"slack:T1/S{one}": () for one in range(20)})
    desk = FrontDesk(store, lambda: DIRECTORY, Metrics(), lookups=lambda: {"slack": lookup}, answer_seconds=10)
    yield Office(desk, lookup)
    await desk.drain(1)


@pytest.mark.parametrize("number", [0, 7, 19])
async def test_a_lead_of_any_of_twenty_sites_reads_the_names_of_their_ten_at_the_first_try(
    number: int, office: Office
) -> None:
    said = await office.who(lead(number, 0))

    assert NAMELESS not in said
    assert f"Name of L{number}X9" in said
    assert office.asked_for() == 10
    await office.who(lead(number, 1))
    assert office.asked_for() == 10, "known by now"


async def test_two_hundred_names_are_asked_for_a_few_at_a_time_and_are_all_there_in_the_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiry, "NAMES_PAUSE", 0.01)
    first = await office.who(ADMIN)
    assert first.count(NAMELESS) == 200 - AT_ONCE
    assert office.asked_for() == AT_ONCE

    monkeypatch.setattr(names, "A_MINUTE", 60_000)  # so that minutes need not pass
    async with asyncio.timeout(60):
        while office.asked_for() < 200:  # noqa: ASYNC110  # the desk tells nobody when it has asked
            await asyncio.sleep(0.02)
    assert NAMELESS not in await office.who(ADMIN)


async def test_a_name_that_cannot_be_asked_for_again_stays_what_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert NAMELESS not in await office.who(lead(7, 0))
    monkeypatch.setattr(names, "RENEWED", 0.0)
    office.lookup.broken = True

    assert len((await office.desk.known(lead(7, 0), name="show_cover")).names) == 10
    assert office.asked_for() == 20


class Hand:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_names_hold_for_a_day_and_are_asked_for_again_after_ten_minutes() -> None:
    clock = Hand()
    held, one, two = Names(clock), lead(0, 0), lead(0, 1)
    assert held.to_ask([one, two]) == (one, two)
    held.note(one, "Priya Nair")
    held.note(two, "")
    assert (held.of([one, two]), held.missing([one, two])) == ({one: "Priya Nair"}, (two,))
    assert held.to_ask([one, two]) == ()
    clock.now += 21
    assert held.to_ask([one, two]) == (two,), "soon, where no name came"
    clock.now += RENEWED
    assert set(held.to_ask([one, two])) == {one, two}
    held.note(one, "")
    assert held.of([one]) == {one: "Priya Nair"}, "a question that failed takes no name away"
    clock.now += KEPT
    assert held.of([one]) == {}


def test_each_workspace_has_its_own_share_and_gets_it_back_with_time() -> None:
    clock = Hand()
    held = Names(clock)
    here = [lead(0, number) for number in range(100)]
    there = [replace(one, org="T2") for one in here]
    assert len(held.to_ask(here)) == AT_ONCE
    assert held.to_ask(here) == ()
    assert len(held.to_ask(there)) == AT_ONCE
    clock.now += 30
    assert len(held.to_ask(here)) == names.A_MINUTE // 2
