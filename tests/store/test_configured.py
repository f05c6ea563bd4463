"""What is set up in chat is kept sealed, joined with the file, and seen by every replica at its next transaction."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.plain import (
    from_json,
    person_from_plain,
    person_to_plain,
    site_from_plain,
    site_to_plain,
    to_json,
)
from bot.store.place import SqliteFile, parse_place
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from handlers.changes import Change
from handlers.hours import Hours
from handlers.people import Account, Directory, Person
from handlers.ports import Work
from handlers.sites import Clocks, Contact, Numbers, Site, StandIn
from tests.store.given import KEY

LEAD, DEPUTY, TEACHER = (Account.parse(f"slack:T1/U{name}") for name in ("LEAD", "DEPUTY", "TEACHER"))
SOUTHSIDE = Site(
    "southside",
    "Southside College",
    "wales",
    (str(LEAD), "slack:T1/S0LEADS"),
    phone="01632 960002",
    serves=frozenset({"slack:T1", "teams:TEN"}),
    staff=("slack:T1/S0STAFF",),
    requires_two_people=True,
    chat_detail="receipt",
    clocks=Clocks(lead_urgent=2.5, contact_routine=90),
    numbers=Numbers(mash="01632 960010", officer="101 ext 4"),
    contacts=(
        Contact(
            "police", "police", "slack", "T1/C9", verified=True, organisations=("T9",), owner="Office",
            hours=Hours(frozenset(range(5)), time(8), time(16), "Mon-Fri 08:00-16:00"), out_of_hours="ring 101",
            review_by=date(2027, 2, 22), owner_account="slack:T1/UOFFICE",
        ),
        Contact("desk", "social_care", "by_hand", "01632 960010"),
    ),
    stand_ins=(StandIn(str(LEAD), str(DEPUTY), date(2026, 12, 1), date(2026, 12, 9)),),
    force="Dyfed-Powys Police",
    links=(("Our policy", "https://school.example/policy"),),
    mail_domains=("southside.example", "trust.example"),
    retention_months=24,
)  # fmt: skip
DECLARED = Directory((Site("northside", "Northside", "england", (str(LEAD),), declared=True),))


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


async def opened(url: str, declared: Directory = DECLARED) -> Store:
    return await open_store(url, keys=Keys.parse(KEY), directory=lambda: declared)


async def directory_of(store: Store) -> Directory:
    return await store.run(lambda work: work.directory)


async def test_what_was_set_up_outlives_a_restart_and_stands_beside_the_file(url: str) -> None:
    store = await opened(url)

    def set_up(work: Work) -> None:
        work.keep_site(SOUTHSIDE)
        work.keep_persons(
            (Person((LEAD, Account.parse("teams:TEN/lead")), "Priya Nair", "DSL", "01632", reachable="always"),)
        )
        work.keep_admins(frozenset({TEACHER}))

    await store.run(set_up)
    await store.close()
    store = await opened(url)
    found = await directory_of(store)
    await store.close()

    assert found.site("northside") == DECLARED.sites[0]
    assert found.site("southside") == replace(SOUTHSIDE, rev=1)
    assert found.person(LEAD).name == "Priya Nair"
    assert found.admins == {TEACHER}


async def test_a_replica_sees_a_change_at_its_next_transaction(url: str) -> None:
    one, other = await opened(url), await opened(url)
    assert (await directory_of(other)).site("southside") is None
    await one.run(lambda work: work.keep_site(SOUTHSIDE))
    assert (await directory_of(other)).site("southside") == replace(SOUTHSIDE, rev=1)
    await one.run(lambda work: work.keep_site(replace(SOUTHSIDE, leads=(str(DEPUTY),))))
    assert (await directory_of(other)).site("southside") == replace(SOUTHSIDE, leads=(str(DEPUTY),), rev=2)
    await one.run(lambda work: work.drop_site("southside"))
    assert (await directory_of(other)).site("southside") is None
    await one.close()
    await other.close()


async def test_the_ids_of_what_was_removed_are_remembered_by_every_replica_and_after_a_restart(url: str) -> None:
    one, other = await opened(url), await opened(url)
    await one.run(lambda work: work.keep_site(SOUTHSIDE))
    assert (await directory_of(other)).gone == frozenset()
    await one.run(lambda work: work.keep_gone("southside/desk"))
    await one.run(lambda work: work.drop_site("southside"))
    assert (await directory_of(other)).gone == {"southside", "southside/desk"}
    await one.close()
    await other.close()
    one = await opened(url)
    assert (await directory_of(one)).gone == {"southside", "southside/desk"}
    await one.close()


async def test_who_was_no_full_member_is_known_to_every_replica_and_after_a_restart(url: str) -> None:
    one, other = await opened(url), await opened(url)
    for account, why in ((LEAD, "guest"), (TEACHER, "deactivated"), (LEAD, "outside"), (TEACHER, "")):
        await one.run(lambda work, account=account, why=why: work.keep_not_member(account, why))  # type: ignore[misc]
    assert (await directory_of(other)).not_members == {LEAD: "outside"}
    await one.close()
    await other.close()
    one = await opened(url)
    assert (await directory_of(one)).not_members == {LEAD: "outside"}
    await one.close()


async def test_of_two_changes_at_the_same_moment_neither_is_lost(url: str) -> None:
    one, other = await opened(url), await opened(url)
    await one.run(lambda work: work.keep_site(SOUTHSIDE))

    def a_month_more(work: Work) -> None:
        site = work.directory.site("southside")
        assert site is not None
        work.keep_site(replace(site, retention_months=site.retention_months + 1))

    for _ in range(10):
        await asyncio.gather(one.run(a_month_more), other.run(a_month_more))
    site = (await directory_of(one)).site("southside")
    await one.close()
    await other.close()
    assert site is not None
    assert (site.retention_months, site.rev) == (24 + 20, 21)


async def test_however_many_save_at_once_all_are_kept_from_the_first_change_on(url: str) -> None:
    stores = [await opened(url), await opened(url)]
    ids = [f"site{number}" for number in range(12)]

    def adds(name: str, work: Work) -> None:
        assert work.directory.site(name) is None
        work.keep_site(replace(SOUTHSIDE, id=name))

    def changes(name: str, work: Work) -> None:
        site = work.directory.site(name)
        assert site is not None
        work.keep_site(replace(site, retention_months=7))

    for change in (adds, changes):
        # Whoever met others waits for their turn: with their few tries alone, some would be told to press again.
        await asyncio.gather(*(stores[at % 2].run(partial(change, name)) for at, name in enumerate(ids)))
    found = await directory_of(stores[0])
    for store in stores:
        await store.close()
    assert {site.id for site in found.sites if site.retention_months == 7 and site.rev == 2} == set(ids)


async def test_a_change_that_rolls_back_is_forgotten_although_its_transaction_saw_it(url: str) -> None:
    store = await opened(url)

    def breaks(work: Work) -> None:
        work.keep_site(SOUTHSIDE)
        assert work.directory.site("southside") is not None
        raise LookupError

    with pytest.raises(LookupError):
        await store.run(breaks)
    assert (await directory_of(store)).site("southside") is None
    assert store.configured.last().site("southside") is None
    await store.close()


async def test_the_file_wins_over_a_site_and_a_person_of_the_same_name(url: str) -> None:
    store = await opened(url)
    theirs = replace(SOUTHSIDE, name="As in chat")
    await store.run(lambda work: work.keep_site(theirs))
    await store.run(lambda work: work.keep_persons((Person((LEAD,), "As in chat"),)))
    await store.close()
    declared = Directory((replace(SOUTHSIDE, declared=True),), (Person((LEAD,), "As in the file", declared=True),))
    store = await opened(url, declared)
    found = await directory_of(store)
    assert [site.name for site in found.sites] == [SOUTHSIDE.name]
    assert found.person(LEAD).name == "As in the file"
    await store.close()


async def test_nothing_of_it_stands_in_the_database_in_clear(sqlite_url: str) -> None:
    store = await opened(sqlite_url)
    await store.run(lambda work: work.keep_site(SOUTHSIDE))
    await store.run(lambda work: work.keep_change(Change("lead_added", datetime.now(UTC), "southside", str(LEAD))))
    await store.close()
    place = parse_place(sqlite_url)
    assert isinstance(place, SqliteFile)
    raw = b"".join(map(Path.read_bytes, place.path.parent.iterdir()))
    assert b"configured" in raw
    assert not [word for word in (b"Southside College", b"UOFFICE", b"01632 960010") if word in raw]


async def test_changes_are_kept_newest_first(url: str) -> None:
    store = await opened(url)
    changes = [
        Change("lead_added", datetime(2026, 11, day, 12, tzinfo=UTC), "southside", str(LEAD), TEACHER, "Sam Adeyemi")
        for day in (1, 3, 2)
    ]
    ids = [await store.run(lambda work, one=one: work.keep_change(one)) for one in changes]  # type: ignore[misc]
    newest = await store.run(lambda work: work.changes(2))
    assert [one.at.day for one in newest] == [3, 2]
    assert await store.run(lambda work: work.change(ids[0])) == replace(changes[0], id=ids[0])
    assert await store.run(lambda work: work.change("nothing")) is None
    await store.close()


@given(
    st.builds(
        Site,
        id=st.just("s"),
        name=st.text("abcdé ", min_size=1, max_size=20),
        nation=st.sampled_from(["england", "wales", "scotland", "northern_ireland"]),
        leads=st.lists(st.sampled_from([str(LEAD), str(DEPUTY), "teams:TEN/group:g"]), unique=True).map(tuple),
        phone=st.text("0123456789 ", max_size=20),
        serves=st.frozensets(st.sampled_from(["slack:T1", "teams:TEN"])),
        requires_two_people=st.booleans(),
        clocks=st.builds(Clocks, lead_urgent=st.floats(0.1, 100), lead_routine=st.none() | st.floats(0.1, 100)),
        retention_months=st.integers(1, 600),
        contacts=st.sampled_from([(), SOUTHSIDE.contacts]),
        stand_ins=st.sampled_from([(), SOUTHSIDE.stand_ins]),
        links=st.sampled_from([(), SOUTHSIDE.links]),
    )
)
def test_every_site_reads_back_as_it_was_written(site: Site) -> None:
    assert site_from_plain(from_json(to_json(site_to_plain(site)))) == site


def test_a_person_reads_back_as_they_were_written() -> None:
    person = Person((LEAD, DEPUTY), "Priya", "DSL", "01632", reachable="always")
    assert person_from_plain(from_json(to_json(person_to_plain(person)))) == person
