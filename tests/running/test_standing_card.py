"""A card that one process has posted is overwritten by another one, once somebody has changed what stands on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channel import Result
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.store.outbox import Outbox
from bot.store.store import open_store
from bot.store.vault import Keys
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Known, Standing
from handlers.ports import Work
from handlers.route import route
from handlers.screens import Message
from handlers.telling.deliveries import draw
from tests.handlers.person import text_of
from tests.running.beside_a_desk import Asked
from tests.running.post_office import PostOffice, at_work, ends, worker
from tests.store.databases import fresh_sqlite, postgres_url  # noqa: F401 - a fixture
from tests.store.given import KEY

SAM, WREN = Account.parse("teams:TEN/sam"), Account.parse("slack:T1/UWREN")
ADMINS = Directory(admins=frozenset({SAM, WREN}), first_admins=frozenset({SAM, WREN}))
WHERE = "19:conversation 1700000000001"


class Chat(PostOffice):
    """A chat that keeps the words of what is written into a message that stands."""

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        self.messages[address].append(text_of(content))
        return await super().fill(to, address, content)


def adds_a_site(work: Work) -> None:
    """Another admin, on the other platform, saves the window of a new site."""
    typed: dict[str, Value] = {"name": "Northside", "nation": ("england",), "phone": "01632 960001"}
    known, subject = Known(Standing(member=True)), Subject("site", "", "site", 0, "#once")
    route(Intent("save_setup", WREN, known, Surface.FORM, subject, typed), work)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_what_one_process_posted_another_one_draws_anew(
    database: str,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    url = fresh_sqlite(tmp_path) if database == "sqlite" else postgres_url
    stores = [await open_store(url, keys=Keys.parse(KEY), directory=lambda: ADMINS) for _ in range(2)]
    here, there = stores
    asked = Asked({SAM: Standing(member=True)})
    desk = FrontDesk(here, here.configured.last, Metrics(), lookups=lambda: {"teams": asked})
    office = Chat()
    office.messages[WHERE] = ["as it was posted"]

    await desk.posted(SAM, "list_cases", "19:conversation 1")
    await desk.posted(SAM, "show_admin", WHERE)
    assert await Outbox(there).next_due() is None, "it stands already, and nothing is to be sent"

    await there.run(adds_a_site)
    async with at_work(worker(there, office, platform="teams", draw=draw)):
        await ends(there)
    assert [what for what, _ in office.calls] == ["fill"]
    assert list(office.messages) == [WHERE]
    assert "Northside: name the leads" in office.messages[WHERE][1]
    for one in stores:
        await one.close()
