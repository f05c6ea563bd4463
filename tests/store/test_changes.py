"""A change of the set-up is kept whole, and one that an earlier release kept is still read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.store.changes import FIELD
from bot.store.configured import SUBJECT
from bot.store.session import Session
from bot.store.store import Store, open_store
from bot.store.tables import changes
from bot.store.vault import Keys
from handlers.changes import Change
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.setup.told import line
from tests.store.given import KEY

ADMIN = Account.parse("slack:T1/UADMIN")
WHOLE = Change(
    "stand_in_added", datetime(2026, 11, 24, 12, tzinfo=UTC), "southside", "slack:T1/UWREN", ADMIN, "Sam Adeyemi",
    "Wren Okafor stands in for Priya Nair on 24 November 2026", "", hears=("slack:T1/ULEAD", "slack:T1/UWREN"),
    site_name="Southside College", whom=("slack:T1/UWREN",), in_place="for Priya Nair on 24 November 2026",
)  # fmt: skip


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    made = await open_store(database_url, keys=Keys.parse(KEY), directory=Directory)
    yield made
    await made.close()


async def test_a_change_is_read_as_it_was_kept_with_what_its_site_was_called(store: Store) -> None:
    change_id = await store.run(lambda work: work.keep_change(WHOLE))
    assert await store.run(lambda work: work.change(change_id)) == replace(WHOLE, id=change_id)


async def test_one_that_an_earlier_release_kept_is_read_with_nothing_where_that_said_nothing(store: Store) -> None:
    plain = {
        "what": "lead_self", "site": "southside", "about": str(ADMIN), "about_name": "Tom Reid, Sam Adeyemi",
        "by": str(ADMIN), "by_name": "Sam Adeyemi", "why": "",
    }  # fmt: skip

    def as_it_was_kept(work: Work) -> None:
        session: Session = work._session  # type: ignore[attr-defined]
        sealed = session.box_to_write("", SUBJECT, new=False).seal(f"{FIELD}:old", 1, json.dumps(plain).encode())
        session.run(insert(changes), {"id": "old", "at": WHOLE.at, "sealed": sealed})

    await store.run(as_it_was_kept)
    read = await store.run(lambda work: work.change("old"))
    assert read is not None
    assert (read.site_name, read.whom, read.hears, read.in_place) == ("", (), (), "")
    assert line(read).startswith("Sam Adeyemi made themselves a lead: Tom Reid, Sam Adeyemi. Whoever leads")
