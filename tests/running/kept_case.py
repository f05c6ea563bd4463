"""A database with one case in it, as the commands find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.vault import new_key
from handlers.case import Case, State, Version
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.sites import Site
from policy import Facts
from tests.running.post_office import real_store

TEACHER = Account("slack", "T1", "U1")
SITE = Site("northside", "Northside", "england", ("slack:T1/U2",), serves=frozenset({"slack:T1"}))
SENTINEL = "in the changing room of the sports hall"


class Kept:
    """A database with one case in it, as the commands find it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key, self.reference = folder, new_key(), ""
        self.settings = {"SIGNPOST_DATA_DIR": str(folder), "SIGNPOST_KEYS": self.key}

    async def fill(self) -> None:
        """Keep a case."""
        store = await real_store(self.folder, Directory((SITE,)), self.key)
        self.reference = await store.run(_keep_case)
        await store.close()


def _keep_case(work: Work) -> str:
    reference = work.chance.reference()
    version = Version(1, Facts.of({"harm_now": "no"}), "england-2024", SENTINEL, TEACHER, work.now)
    case = Case(work.chance.id(), reference, "northside", State.RECOMMENDED, TEACHER, work.now, (version,))
    work.keep_case(case)
    work.record("case.raised", by=TEACHER, case=case.id, site="northside")
    return reference


@pytest.fixture
async def kept(tmp_path: Path) -> Kept:
    made = Kept(tmp_path)
    await made.fill()
    return made
