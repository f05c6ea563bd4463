"""One byte of one case was changed in the database: everybody still finds the others, on both platforms."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.store.store import Store
from handlers.case import Case
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.screens import Form, Screen
from handlers.sites import Site
from tests.handlers.person import text_of
from tests.running.post_office import real_store

TEACHER, LEAD = Account("slack", "T1", "U1"), Account("slack", "T1", "U2")
ON_TEAMS, LEAD_ON_TEAMS = Account("teams", "TEN", "O1"), Account("teams", "TEN", "O2")
SITE = Site(
    "northside", "Northside", "england", (str(LEAD), str(LEAD_ON_TEAMS)), serves=frozenset({"slack:T1", "teams:TEN"})
)
DIRECTORY = Directory((SITE,), (Person((LEAD,), "Priya Nair"), Person((TEACHER, ON_TEAMS), "Amira Khan")))
MEMBER = Known(Standing(member=True))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await real_store(tmp_path, DIRECTORY)
    yield opened
    await opened.close()


async def press(desk: FrontDesk, name: str, by: Account, token: str = "", **fields: str) -> Screen:
    screen = await desk.answer(Intent(name, by, MEMBER, Surface.FORM, Subject.read(token), fields))
    assert screen is not None
    return screen


async def raised(desk: FrontDesk, store: Store, folder: Path) -> tuple[Case, ...]:
    """Three cases, of which the first does not open any more."""
    for _ in range(3):
        page = await press(desk, "start_report", TEACHER, site="northside")
        assert isinstance(page, Form)
        await press(desk, "recommend_now", TEACHER, page.token, harm_now="no")
    cases = await store.run(lambda work: work.cases_at(("northside",), 9))
    (file,) = await asyncio.to_thread(lambda: list(folder.glob("*.db")))
    with closing(sqlite3.connect(file)) as behind, behind:
        (sealed,) = behind.execute("SELECT sealed FROM cases WHERE id = ?", (cases[0].id,)).fetchone()
        changed = sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:]
        behind.execute("UPDATE cases SET sealed = ? WHERE id = ?", (changed, cases[0].id))
        behind.execute("UPDATE outbox SET state = 'sent' WHERE kind = 'lead_notice' AND recipient = ?", (str(LEAD),))
    return cases


async def test_lists_go_on_and_the_case_itself_is_a_fault_of_which_the_database_is_not_suspected(
    store: Store, tmp_path: Path
) -> None:
    doubts: list[str] = []
    desk = FrontDesk(
        store, store.configured.last, Metrics(), lookups=dict, trouble=lambda: doubts.append("database"),
        answer_seconds=60,
    )  # fmt: skip
    broken, *fine = await raised(desk, store, tmp_path)

    for name in ("list_cases", "show_home"):
        for who in (LEAD, TEACHER, ON_TEAMS):
            said = text_of(await press(desk, name, who))
            assert all(one.reference in said for one in fine), (name, who)
            assert f"{broken.reference} cannot be opened" in said, (name, who)
        said = text_of(await press(desk, name, LEAD_ON_TEAMS))
        assert all(one.reference in said for one in fine)
        assert broken.reference not in said, "this lead was told nothing of it"

    tokens = [Subject("case", one.id, "", 1).write() for one in (broken, fine[0])]
    shown = [text_of(await press(desk, "open_case", LEAD, token)) for token in tokens]
    assert "fault in Signpost" in shown[0]
    assert fine[0].reference in shown[1]
    assert doubts == []
