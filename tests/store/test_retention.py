"""What is kept of the set-up's history and of where people are on Teams goes in its time, and what is needed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.reference import Reference
from bot.store.addresses import StoredAddresses
from bot.store.chain import verify_chain
from bot.store.export import audit_trail
from bot.store.retention import Expired, expire
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from handlers.changes import Change
from handlers.people import Account, Directory, Person
from handlers.ports import Delivery, Work
from handlers.sites import Contact, Site, StandIn
from tests.store.given import KEY, LEAD, TUESDAY, Clock, a_case, keep, sql


def somebody(name: str) -> Account:
    return Account("teams", "TEN", name)


def where(name: str) -> Reference:
    return Reference("https://smba.example/uk/", f"a:{name}", f"29:{name}")


def a_change(number: int, **changes: object) -> Change:
    change = Change("contact_changed", TUESDAY, "northside", f"c{number}", LEAD, "Priya Nair", "Police")
    return replace(change, **changes)  # type: ignore[arg-type]


async def changed(store: Store, *changes: Change) -> None:
    await store.run(lambda work: [work.keep_change(one) for one in changes])


async def abouts(store: Store) -> set[str]:
    return {one.about for one in await store.read(lambda work: work.changes(5000))}


async def test_changes_go_after_two_years_but_for_the_newest(store: Store, clock: Clock) -> None:
    """SR-32. Who entered a contact, and who showed that it arrives, a lead reads for as long as nobody changed it."""
    old = [a_change(number, at=TUESDAY + timedelta(minutes=number)) for number in range(1, 401)]
    await changed(store, *old)
    clock.move(days=2 * 365)
    assert await expire(store) == Expired()

    clock.move(minutes=400)
    assert await expire(store) == Expired(changes=100)
    assert await abouts(store) == {f"c{number}" for number in range(101, 401)}
    assert await expire(store) == Expired()

    await changed(store, *(a_change(number, at=clock()) for number in range(501, 801)))
    assert await expire(store) == Expired(changes=300)
    assert await abouts(store) == {f"c{number}" for number in range(501, 801)}


async def test_what_somebody_is_called_in_a_change_that_went_is_not_in_the_database_any_more(
    store: Store, clock: Clock, database_url: str
) -> None:
    await changed(store, *(a_change(number, at=TUESDAY) for number in range(301)))
    clock.move(days=731)
    await expire(store)

    assert (await sql(database_url, "SELECT count(*) FROM changes"))[0][0] == 300


async def test_an_address_goes_when_nobody_was_heard_of_for_400_days(store: Store, clock: Clock) -> None:
    """SR-32."""
    addresses = StoredAddresses(store)
    for name in ("LEFT", "HEARD"):
        await addresses.remember(somebody(name), where(name))
    clock.move(days=29)
    assert await addresses.renewed(somebody("HEARD")) == where("HEARD")
    clock.move(days=370)
    assert await addresses.renewed(somebody("HEARD")) == where("HEARD")
    assert await expire(store) == Expired()

    clock.move(days=1)
    assert await expire(store) == Expired(addresses=1)
    assert await addresses.of(somebody("LEFT")) is None
    assert await addresses.of(somebody("HEARD")) == where("HEARD")
    assert await addresses.renewed(somebody("LEFT")) is None, "to be heard of brings nothing back by itself"


async def test_an_address_is_renewed_once_a_month_and_not_with_each_message(
    store: Store, clock: Clock, database_url: str
) -> None:
    addresses = StoredAddresses(store)
    await addresses.remember(somebody("A"), where("A"))
    (first,) = await sql(database_url, "SELECT at FROM addresses")
    clock.move(days=29)
    await addresses.renewed(somebody("A"))
    assert await sql(database_url, "SELECT at FROM addresses") == [first]
    clock.move(days=1)
    await addresses.renewed(somebody("A"))
    assert await sql(database_url, "SELECT at FROM addresses") != [first]


async def test_teams_and_the_last_address_of_a_tenant_stay_since_they_say_where_to_call(
    store: Store, clock: Clock
) -> None:
    addresses = StoredAddresses(store)
    await addresses.remember_team("TEN", "19:team", "https://smba.example/uk/")
    await addresses.remember(somebody("ONE"), where("ONE"))
    await addresses.remember(Account("teams", "OTHER", "TWO"), where("TWO"))
    clock.move(minutes=1)
    await addresses.remember(somebody("THREE"), where("THREE"))
    clock.move(days=500)

    assert await expire(store) == Expired(addresses=1)
    assert await addresses.of(somebody("ONE")) is None
    assert await addresses.teams("TEN", 9) == ("19:team",)
    assert await addresses.service_url("TEN") == await addresses.service_url("OTHER") == "https://smba.example/uk/"


NAMED = Directory(
    sites=(
        Site(
            "northside", "Northside", "england", ("teams:TEN/LEADS", "teams:TEN/group:G"), staff=("teams:TEN/STAFF",),
            contacts=(Contact("police", "police", "by_hand", "101", owner_account="teams:TEN/OWNER"),),
            stand_ins=(StandIn("teams:TEN/LEADS", "teams:TEN/STANDS_IN", TUESDAY.date(), TUESDAY.date()),),
        ),
    ),
    persons=(Person((LEAD, somebody("PERSON")), "Priya Nair"),),
    admins=frozenset({somebody("ADMIN")}),
)  # fmt: skip


async def test_whoever_may_have_to_be_told_at_once_keeps_theirs(database_url: str, clock: Clock) -> None:
    store = await open_store(database_url, keys=Keys.parse(KEY), directory=lambda: NAMED, clock=clock)
    addresses = StoredAddresses(store)
    names = {"LEADS", "STAFF", "OWNER", "STANDS_IN", "PERSON", "ADMIN", "IN_GROUP", "RAISER"}
    await store.run(lambda work: work.keep_announced({"teams:TEN/group:G": (somebody("IN_GROUP"),)}))
    await keep(store, a_case(), Delivery("recommendation", somebody("RAISER"), a_case().id, 1))
    for name in (*names, *(f"LEFT{number}" for number in range(1200)), "NEWEST"):
        await addresses.remember(somebody(name), where(name))
        clock.move(seconds=1)
    clock.move(days=401)

    assert await expire(store) == Expired(addresses=1200)
    for name in names:
        assert await addresses.of(somebody(name)) == where(name), name
    await store.close()


async def test_entries_of_the_trail_stay_whatever_their_age_and_hang_together(store: Store, clock: Clock) -> None:
    """Also of words that somebody typed: each holds the fingerprint of the one before."""

    def typed(work: Work) -> None:
        for _ in range(3):
            work.record("message.refused", by=LEAD)

    await store.run(typed)
    before = await audit_trail(store)
    clock.move(days=3650)
    await expire(store)

    after = await audit_trail(store)
    assert after == before
    assert [one["event"] for one in after] == ["message.refused"] * 3
    assert verify_chain(after).good


@pytest.mark.parametrize("field", [one for one in Expired.__dataclass_fields__ if one != "all"])
def test_the_log_counts_all_of_it(field: str) -> None:
    assert Expired(**{field: 7}).all == 7
