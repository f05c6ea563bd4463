"""Setting up on a real database, from two processes at once: nothing is lost, nothing is done twice, no false alarm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.store.store import Store, open_store
from bot.store.vault import Keys
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Known, Standing
from handlers.route import route
from handlers.screens import Form, Screen
from handlers.sites import Site
from tests.handlers.person import errors_on, text_of
from tests.store.given import KEY

ADMINS = tuple(Account("slack", "T1", f"UADMIN{number}") for number in range(12))
WREN = Account("slack", "T1", "UWREN")
SITE = Site("northside", "Northside", "england", ("slack:T1/ULEAD",), serves=frozenset({"slack:T1"}))
RULES: dict[str, Value] = {
    "two_people": "no", "chat_detail": "full", "retention": "7", "lead_urgent": "10", "lead_today": "60",
    "decide_urgent": "30", "decide_today": "240", "contact_urgent": "15",
}  # fmt: skip


class Two:
    """Two processes on one database."""

    def __init__(self, stores: tuple[Store, Store]) -> None:
        self.stores = stores

    async def press(self, at: int, by: Account, name: str, token: str, fields: dict[str, Value]) -> Screen:
        """What an admin gets from one of them."""
        known = Known(Standing(member=True), standings={WREN: Standing(member=True)})
        intent = Intent(name, by, known, Surface.FORM, Subject.read(token), fields)
        screen = await self.stores[at % 2].run(partial(route, intent))
        assert screen is not None
        return screen

    async def directory(self) -> Directory:
        return await self.stores[0].run(lambda work: work.directory)


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[Two]:
    everybody = Directory(admins=frozenset(ADMINS), first_admins=frozenset(ADMINS[:1]))
    stores = [await open_store(database_url, keys=Keys.parse(KEY), directory=lambda: everybody) for _ in range(2)]
    await stores[0].run(lambda work: work.keep_site(SITE))
    yield Two((stores[0], stores[1]))
    for store in stores:
        await store.close()


async def test_twelve_admins_who_save_at_once_at_twelve_sites_are_all_answered_with_what_they_saved(two: Two) -> None:
    for number in range(len(ADMINS)):
        site = Site(f"s{number}", f"S{number}", "england", SITE.leads, serves=SITE.serves)
        await two.stores[0].run(lambda work, site=site: work.keep_site(site))  # type: ignore[misc]
    pressed = [
        two.press(number, by, "save_setup", f"site~s{number}~rules~1~", RULES) for number, by in enumerate(ADMINS)
    ]
    shown = await asyncio.gather(*pressed)
    assert [f"S{number}" in text_of(screen) for number, screen in enumerate(shown)] == [True] * len(ADMINS)
    kept = [site.retention_months for site in (await two.directory()).sites if site.id != "northside"]
    assert kept == [7] * len(ADMINS)


@pytest.mark.parametrize("section", ["leads", "admin", "site"])
async def test_one_save_that_two_processes_are_given_at_once_is_done_once_and_answered_alike(
    two: Two, section: str
) -> None:
    token = "site~northside~leads~1~" if section == "leads" else ""
    if not token:
        opened = await two.press(0, ADMINS[0], "edit_setup", f"site~~{section}~0~", {})
        assert isinstance(opened, Form)
        token = opened.token
    fields: dict[str, Value] = {
        "people": ("UWREN",), "name": "Southside", "nation": "wales", "phone": "01632 960002",
    }  # fmt: skip
    shown = await asyncio.gather(*(two.press(at, ADMINS[0], "save_setup", token, fields) for at in range(4)))
    assert [errors_on(one) for one in shown] == [{}] * 4
    assert len({text_of(one) for one in shown}) == 1
    assert "meanwhile" not in text_of(shown[0])
    changes = await two.stores[1].run(lambda work: work.changes(10))
    assert len(changes) == 1
