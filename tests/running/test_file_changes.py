"""What the CONFIG file changes from one start to the next is recorded, and told to the leads of before and of now."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.serving.starting import before_serving
from bot.store.export import audit_trail
from bot.store.store import Store
from bot.store.vault import new_key
from handlers.changes import Change
from handlers.people import Account, Directory, Person
from handlers.ports import Work
from handlers.setup.tell import tell_change
from handlers.sites import Clocks, Contact, Numbers, Site, StandIn
from tests.running.beside_a_desk import Asked
from tests.running.post_office import real_store

PRIYA, TOM, SAM = (Account("slack", "T1", f"U{number}") for number in (2, 3, 6))
GROUP, MEMBER = "slack:T1/S7", Account("slack", "T1", "U30")
SITE = Site(
    "northside", "Northside", "england", (str(PRIYA), str(TOM)), serves=frozenset({"slack:T1"}), phone="01632 960001",
    declared=True, contacts=(Contact("police", "police", "slack", "T1/C9", verified=True),),
)  # fmt: skip
FILE = Directory((SITE,))


class Starts:
    """One database, opened at each start with what the file says then."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, new_key()
        self.stores: list[Store] = []

    async def open(self, file: Directory) -> Store:
        self.stores.append(await real_store(self.folder, file, self.key))
        return self.stores[-1]

    async def __call__(self, *files: Directory) -> None:
        """A start with each of these files, all at once."""
        stores = [await self.open(file) for file in files]
        await asyncio.gather(*(before_serving(store, file) for store, file in zip(stores, files, strict=True)))

    async def changes(self) -> list[Change]:
        """Oldest first."""
        found = await self.stores[-1].run(lambda work: work.changes(60))
        return sorted(found, key=lambda one: (one.at, one.what))

    async def hear(self) -> dict[str, set[Account]]:
        """Who is told of what, once the clocks have run out."""
        store = self.stores[-1]
        last = store.configured.last
        desk = FrontDesk(store, last, Metrics(), lookups=lambda: {"slack": Asked(groups={GROUP: (MEMBER,)})})
        told: dict[str, set[Account]] = {}
        for change in await self.changes():
            known = await desk.leads()

            def ask(work: Work, change: Change = change) -> set[Account]:
                tell_change(f"{change.id}:2", known, work)  # noqa: B023  # run at once
                everybody = (PRIYA, TOM, SAM, MEMBER)
                return {one for one in everybody if work.applied(f"setup:{change.id}:{one}") is not None}

            told[change.what] = await store.run(ask)
        return told


@pytest.fixture
async def starts(tmp_path: Path) -> AsyncIterator[Starts]:
    made = Starts(tmp_path)
    yield made
    for store in made.stores:
        await store.close()


def with_site(**changed: object) -> Directory:
    return replace(FILE, sites=(replace(SITE, **changed),))  # type: ignore[arg-type]


async def test_the_first_start_and_one_with_the_same_file_tell_nobody(starts: Starts) -> None:
    await starts(FILE)
    await starts(FILE)
    assert await starts.changes() == []


async def test_an_admin_who_writes_themselves_into_the_file_is_told_to_the_leads_and_recorded(starts: Starts) -> None:
    await starts(FILE)
    await starts(with_site(leads=(str(SAM), str(TOM))))

    assert await starts.hear() == {"lead_added": {PRIYA, TOM, SAM}, "lead_removed": {PRIYA, TOM, SAM}}
    said = {one.what: one for one in await starts.changes()}
    assert said["lead_added"].about_name == f"{SAM} a lead"
    assert said["lead_removed"].about_name == str(PRIYA)
    assert {(one.by, one.by_name, one.site) for one in said.values()} == {(None, "The configuration file", "northside")}
    entries = {entry["event"]: entry for entry in await audit_trail(starts.stores[-1])}
    assert "U6" in str(entries["setup.lead_added"])
    assert "U2" in str(entries["setup.lead_removed"])


async def test_a_group_that_led_until_now_hears_that_it_does_no_more(starts: Starts) -> None:
    await starts(with_site(leads=(GROUP,)))
    await starts(with_site(leads=(str(SAM),)))
    assert (await starts.hear())["lead_removed"] == {MEMBER, SAM}


async def test_every_kind_of_difference_is_said_with_what_stood_there_before(starts: Starts) -> None:
    await starts(FILE)
    stand_in = StandIn(str(PRIYA), str(SAM), date(2099, 12, 14), date(2099, 12, 18))
    moved = replace(SITE.contacts[0], destination="T1/C8", review_by=date(2099, 1, 1))
    new = Contact("care", "social_care", "mail", "duty@council.example", verified=True)
    now = with_site(
        phone="01632 960009", numbers=Numbers(mash="01632 960010"), clocks=Clocks(lead_urgent=99),
        staff=("slack:T1/S5",), contacts=(moved, new), stand_ins=(stand_in,),
    )  # fmt: skip
    await starts(replace(now, persons=(Person((PRIYA, SAM), "Priya Nair"),), first_admins=frozenset({SAM})))

    said: dict[tuple[str, str], str] = {(one.what, one.about): one.about_name for one in await starts.changes()}
    for what, about, *words in (
        ("site_changed", "", "Switchboard: 01632 960009, before that 01632 960001", "01632 960010"),
        ("rules_changed", "", "99 minutes, before that 10 minutes"),
        ("staff_changed", "", "slack:T1/S5, before that every full member"),
        ("contact_changed", "police", "T1/C8, before that T1/C9", "to be checked by: 1 January 2099"),
        ("contact_added", "care", "duty@council.example"),
        ("stand_in_added", "", str(SAM), "stands in for", str(PRIYA), "14 December 2099"),
        ("person_joined", str(PRIYA), str(SAM), "Priya Nair"),
        ("admin_added", "", str(SAM)),
    ):
        assert [word for word in words if word not in said[what, about]] == [], said
    hear = await starts.hear()
    assert hear["person_joined"] >= {PRIYA, TOM, SAM}
    assert hear["contact_changed"] >= {PRIYA, TOM}
    assert hear["admin_added"] == set()


async def test_a_site_that_leaves_the_file_and_one_that_comes_are_told_to_their_leads(starts: Starts) -> None:
    await starts(FILE)
    await starts(Directory((replace(SITE, id="southside", name="Southside", leads=(str(SAM),), contacts=()),)))

    assert await starts.hear() == {"site_removed": {PRIYA, TOM}, "site_added": {SAM}, "lead_added": {SAM}}


async def test_a_site_of_chat_that_the_file_hides_and_gives_back_is_told_each_time(starts: Starts) -> None:
    store = await starts.open(Directory())
    await store.run(lambda work: work.keep_site(replace(SITE, declared=False, contacts=())))
    await starts(Directory())
    await starts(with_site(leads=(str(SAM),), contacts=()))
    assert (await starts.hear())["lead_removed"] == {PRIYA, TOM, SAM}
    before = len(await starts.changes())

    await starts(Directory())
    back = (await starts.changes())[before:]
    assert {one.what for one in back} == {"lead_added", "lead_removed"}
    assert {str(PRIYA), str(TOM), str(SAM)} <= {one for change in back for one in change.hears}


async def test_two_replicas_that_start_at_once_tell_once(starts: Starts) -> None:
    await starts(FILE)
    now = with_site(leads=(str(SAM),))
    await starts(now, now)
    assert sorted(one.what for one in await starts.changes()) == ["lead_added", "lead_removed"]


async def test_what_is_kept_of_the_file_is_sealed(starts: Starts, tmp_path: Path) -> None:
    await starts(FILE)
    for store in starts.stores:
        await store.close()
    starts.stores.clear()
    files = await asyncio.to_thread(lambda: [file.read_bytes() for file in tmp_path.glob("signpost.db*")])
    assert files
    assert b"01632 960001" not in b"".join(files)
