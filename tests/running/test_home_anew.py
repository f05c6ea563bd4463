"""The bot's home lists the cases of whoever leads now, not of whoever led a minute ago."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import FrontDesk
from bot.metrics import Metrics
from handlers.intents import Intent, Surface
from handlers.people import Account, Known, Person, Standing
from handlers.screens import Screen
from handlers.sites import StandIn
from tests.running.beside_a_desk import DEPUTY, LEAD, TEACHER, Asked
from tests.running.post_office import real_store
from tests.running.test_desk import DIRECTORY, next_step, start, words

TODAY = datetime.now(UTC).date()
GROUP = "slack:T1/S7"
ON_TEAMS = Account("teams", "TEN", "deputy")
MINUTE_AGO = Known(Standing(member=True), groups={GROUP: (DEPUTY,)}, asked=frozenset({GROUP}))
"""What a lookup remembers of the last minute, and so what comes with the opening of home."""


class Home:
    """A desk with one case at its site."""

    def __init__(self, desk: FrontDesk, lookup: Asked) -> None:
        self.desk, self.lookup = desk, lookup

    async def opened_by(self, account: Account) -> Screen | None:
        """What somebody sees who looks at the bot."""
        self.lookup.questions.clear()
        return await self.desk.answer(Intent("show_home", account, MINUTE_AGO, Surface.HOME))


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    directory = replace(DIRECTORY, persons=(*DIRECTORY.persons, Person((DEPUTY, ON_TEAMS), "Tom Reid")))
    store = await real_store(tmp_path, directory)
    lookup = Asked({one: Standing(member=True) for one in (TEACHER, LEAD, DEPUTY, ON_TEAMS)})
    desk = FrontDesk(store, lambda: directory, Metrics(), lookups=lambda: {"slack": lookup, "teams": lookup})
    await desk.answer(next_step(await desk.answer(start()), "recommend_now", harm_now="no"))
    yield Home(desk, lookup)
    await store.close()


@pytest.mark.parametrize("account", [DEPUTY, ON_TEAMS])
async def test_who_left_the_group_of_leads_sees_none_of_its_cases_when_home_opens_next(  # SR-12
    home: Home, account: Account
) -> None:
    assert "SP-" in words(await home.opened_by(account))
    home.lookup.groups[GROUP] = ()
    assert "SP-" not in words(await home.opened_by(account))


async def test_a_lead_whose_account_was_switched_off_sees_nothing_when_home_opens_next(home: Home) -> None:
    assert "SP-" in words(await home.opened_by(LEAD))
    home.lookup.standings[LEAD] = Standing(member=False, why_not="deactivated")
    assert "SP-" not in words(await home.opened_by(LEAD))


async def test_a_group_that_cannot_be_read_just_now_lists_nothing(home: Home) -> None:
    home.lookup.groups[GROUP] = None
    assert "SP-" not in words(await home.opened_by(DEPUTY))


async def test_nobody_else_is_asked_about_anew_and_no_group_that_somebody_does_not_lead_by(home: Home) -> None:
    assert "SP-" in words(await home.opened_by(TEACHER)), "the raiser's own"
    assert home.lookup.questions == []
    await home.opened_by(LEAD)
    assert home.lookup.questions == [f"standing {LEAD.user} True"]
    await home.opened_by(DEPUTY)
    assert sorted(home.lookup.questions) == [f"members {GROUP} True", f"standing {DEPUTY.user} True"]


async def test_who_stands_in_for_one_who_left_the_group_sees_none_of_its_cases_when_home_opens_next(
    tmp_path: Path,
) -> None:  # SR-12
    wren = Account("slack", "T1", "UWREN")
    entry = StandIn(str(DEPUTY), str(wren), TODAY - timedelta(days=2), TODAY + timedelta(days=2))
    directory = replace(DIRECTORY, sites=(replace(DIRECTORY.sites[0], stand_ins=(entry,)),))
    store = await real_store(tmp_path, directory)
    lookup = Asked({one: Standing(member=True) for one in (TEACHER, LEAD, DEPUTY, wren)})
    desk = FrontDesk(store, lambda: directory, Metrics(), lookups=lambda: {"slack": lookup})
    await desk.answer(next_step(await desk.answer(start()), "recommend_now", harm_now="no"))
    opens = Intent("show_home", wren, replace(MINUTE_AGO, day=TODAY), Surface.HOME)
    assert "SP-" in words(await desk.answer(opens))
    lookup.groups[GROUP] = ()
    assert "SP-" not in words(await desk.answer(opens))
    await store.close()
