"""A lead of two accounts leads by both, wherever the group that makes them one is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk import FrontDesk
from bot.metrics import Metrics
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Directory, Person, Standing
from handlers.screens import Form
from handlers.sites import Site, StandIn
from tests.running.beside_a_desk import Asked
from tests.running.post_office import real_store
from tests.running.test_desk import words

LACKS = "cases of sites that you lead may be missing"
NOTHING = ("None that are open", "There are none")
TODAY = datetime.now(UTC).date()
ORGS = {"slack": "slack:T1", "teams": "teams:TEN"}
GROUPS = {"slack": "slack:T1/S7", "teams": "teams:TEN/group:LEADS"}
PLATFORMS = [("teams", "slack"), ("slack", "teams")]
"""Where the site is, and where its lead asks from."""


def account(platform: str, user: str) -> Account:
    return Account.parse(f"{ORGS[platform]}/{user}")


@dataclass
class There:
    """A site of one platform with one case, and a desk that asks both."""

    desk: FrontDesk
    lookups: dict[str, Asked]

    async def says(self, who: Account, name: str) -> str:
        known = await self.desk.known(who, name=name)
        return words(await self.desk.answer(Intent(name, who, known, Surface.COMMAND)))


@pytest.fixture(params=PLATFORMS, ids=["a site of Teams", "a site of Slack"])
def sides(request: pytest.FixtureRequest) -> tuple[str, str]:
    at, asks_from = request.param
    return at, asks_from


@pytest.fixture
async def there(tmp_path: Path, sides: tuple[str, str]) -> AsyncIterator[There]:
    at, asks_from = sides
    priya = (account(at, "ULEAD"), account(asks_from, "UPRIYA"))
    wren = (account(at, "UCOVER"), account(asks_from, "UWREN"))
    covers = StandIn(str(priya[0]), str(wren[1]), TODAY, TODAY)
    site = Site("eastside", "Eastside", "england", (GROUPS[at],), serves=frozenset({ORGS[at]}), stand_ins=(covers,))
    admin = account(asks_from, "UADMIN")
    directory = Directory((site,), (Person(priya, "Priya Nair"), Person((wren[1],))), admins=frozenset({admin}))
    teacher = account(at, "UTEACHER")
    member = Standing(member=True)
    everybody = (*priya, *wren, admin, teacher, account(asks_from, "UOTHER"))
    lookups = {one: Asked(dict.fromkeys(everybody, member), {GROUPS[at]: (priya[0],)}) for one in ("slack", "teams")}
    store = await real_store(tmp_path, directory)
    desk = FrontDesk(store, lambda: directory, Metrics(), lookups=lambda: dict(lookups))
    known = await desk.known(teacher, name="start_report")
    form = await desk.answer(Intent("start_report", teacher, known, Surface.COMMAND))
    assert isinstance(form, Form)
    press = Intent("recommend_now", teacher, known, Surface.FORM, Subject.read(form.token), {"harm_now": "at_risk"})
    assert "SP-" in words(await desk.answer(press))
    yield There(desk, lookups)
    await store.close()


@pytest.mark.parametrize("name", ["list_cases", "show_home"])
@pytest.mark.parametrize("user", ["UPRIYA", "UWREN"])
async def test_a_lead_finds_the_case_by_their_account_of_the_other_platform(
    there: There, sides: tuple[str, str], name: str, user: str
) -> None:
    said = await there.says(account(sides[1], user), name)
    assert "SP-" in said
    assert LACKS not in said


@pytest.mark.parametrize("name", ["list_cases", "show_home"])
async def test_where_that_group_cannot_be_read_nobody_who_may_lead_by_it_reads_that_there_is_nothing(
    there: There, sides: tuple[str, str], name: str
) -> None:
    for lookup in there.lookups.values():
        lookup.groups = {}
    for user in ("UPRIYA", "UWREN"):
        said = await there.says(account(sides[1], user), name)
        assert LACKS in said
        assert not any(one in said for one in NOTHING)
    assert LACKS not in await there.says(account(sides[1], "UOTHER"), name)


async def test_who_is_covering_is_said_to_a_lead_and_to_an_admin_of_the_other_platform(
    there: There, sides: tuple[str, str]
) -> None:
    assert "Eastside" in await there.says(account(sides[1], "UPRIYA"), "show_cover")
    said = await there.says(account(sides[1], "UADMIN"), "show_cover")
    assert "Priya Nair" in said
    assert "cannot be read" not in said


async def test_until_a_group_was_ever_read_an_admin_is_told_to_ask_again(there: There, sides: tuple[str, str]) -> None:
    admin = account(sides[1], "UADMIN")
    for lookup in there.lookups.values():
        lookup.groups = {}
    fresh = FrontDesk(there.desk._store, there.desk._last, Metrics(), lookups=lambda: dict(there.lookups))
    known = await fresh.known(admin, name="show_cover")
    assert "Ask again in a minute" in words(await fresh.answer(Intent("show_cover", admin, known, Surface.COMMAND)))
