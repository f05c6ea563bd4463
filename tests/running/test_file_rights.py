"""SR-11: whoever the CONFIG file makes a lead is told of at once, with the name that the platform has for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from bot.channel import Result
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.store.export import audit_trail
from bot.store.outbox import Outbox
from handlers.people import Account, Directory, Person
from handlers.screens import Message
from handlers.sites import StandIn
from handlers.telling import deliveries
from tests.handlers.person import text_of
from tests.running.beside_a_desk import Asked
from tests.running.post_office import PostOffice, at_work, states, until, worker
from tests.running.test_file_changes import GROUP, PRIYA, SAM, SITE, TOM, Starts

JO = Account("slack", "T1", "U8")
FILE = Directory((SITE,), admins=frozenset({SAM}), first_admins=frozenset({SAM}))
ADMIN = f"Name of U6 ({SAM}, an admin of Signpost)"
TITLE = "Northside: an admin has become a lead"
SOON = 30.0
"""Seconds: less than the two minutes of a change that waits for others."""
NOT_ALONE = "tell the head teacher and another lead, not your IT alone."


@dataclass
class Read(PostOffice):
    """Keeps what each person reads."""

    by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        self.by[to.user].append(text_of(content))
        return await super().fill(to, address, content)


@pytest.fixture
async def starts(tmp_path: Path) -> AsyncIterator[Starts]:
    made = Starts(tmp_path)
    await made(FILE)
    yield made
    for store in made.stores:
        await store.close()


async def reads(starts: Starts, *, group: tuple[Account, ...] = ()) -> dict[str, list[str]]:
    """What everybody has to read at once: no clock is moved, and platforms are asked for the first time."""
    store, office = starts.stores[-1], Read()
    asked = Asked(groups={GROUP: group})
    desk = FrontDesk(store, store.configured.last, Metrics(), lookups=lambda: {"slack": asked})

    async def nothing_left() -> bool:
        under_way = "sending" in (await states(store)).values()
        due = await Outbox(store).next_due()
        return not under_way and (due is None or due > SOON)

    made = worker(store, office, draw=deliveries.draw, known=desk.leads)
    async with at_work(made):
        await until(nothing_left, every=0.05)
    return office.by


def with_site(**changed: object) -> Directory:
    return replace(FILE, sites=(replace(SITE, **changed),))  # type: ignore[arg-type]


async def test_an_admin_who_leads_by_the_file_is_announced_as_in_chat_and_by_the_name_of_the_platform(
    starts: Starts,
) -> None:
    await starts(replace(with_site(leads=(*SITE.leads, str(SAM)), phone="01632 960009"),
                         persons=(Person((SAM,), "Tom Reid"),)))  # fmt: skip
    by = await reads(starts)
    assert set(by) == {"U2", "U3", "U6"}, "at once; the number waits its two minutes"
    for lead in ("U2", "U3"):
        (said,) = by[lead]
        assert TITLE in said
        named = f"Name of U6 (entered as Tom Reid, {SAM}, an admin of Signpost)"
        assert f"The configuration file made {named} a lead. Whoever leads sees every case" in said
        assert NOT_ALONE in said
        assert "tell your IT" not in said
    (said,) = by["U6"]
    assert "you are a lead now" in said
    recorded = {(one["event"], one["detail"]["about"]) for one in await audit_trail(starts.stores[-1])
                if str(one["event"]).startswith("setup.lead")}  # fmt: skip
    assert recorded == {("setup.lead_self", str(SAM)), ("setup.lead_added", str(SAM))}


async def test_so_is_one_who_stands_in(starts: Starts) -> None:
    await starts(with_site(stand_ins=(StandIn(str(PRIYA), str(SAM), date(2020, 1, 1), date(2099, 1, 1)),)))
    by = await reads(starts)
    (said,) = by["U3"]
    assert TITLE in said
    assert f"made an admin a stand-in: {ADMIN} stands in for Name of U2 ({PRIYA}) from 1 January 2020" in said
    assert NOT_ALONE in said
    assert "You stand in for Name of U2 (slack:T1/U2)" in by["U6"][0]


async def test_so_is_one_whose_account_is_joined_to_a_lead(starts: Starts) -> None:
    await starts(replace(FILE, persons=(Person((PRIYA, SAM), "Priya Nair"),)))
    by = await reads(starts)
    (said,) = by["U3"]
    assert TITLE in said
    named = f"Name of U6 (entered as Priya Nair, {SAM}, an admin of Signpost)"
    assert f"The configuration file says that {named} is the same person as Name of U2" in said
    assert NOT_ALONE in said
    assert "you are a lead now" in by["U6"][0]


async def test_accounts_that_the_file_joins_or_takes_apart_are_told_with_the_leads_at_once(starts: Starts) -> None:
    elsewhere = Account("slack", "T2", "U9")
    await starts(replace(FILE, persons=(Person((JO, elsewhere), "Jo Marsh"),)))
    by = await reads(starts)
    assert set(by) == {"U2", "U3", "U8", "U9"}
    (said,) = by["U9"]
    assert "your account is one person with others now" in said
    assert f"This one is {elsewhere}. Each has the rights of the others" in said
    assert "tell the head teacher and a lead, not your IT alone" in said
    (said,) = by["U3"]
    assert "Signpost: accounts are one person now" in said
    named = f"Name of U8 (entered as Jo Marsh, {JO})"
    assert f"The configuration file says that these accounts are one person: {named}" in said

    await starts(FILE)
    by = await reads(starts)
    assert set(by) == {"U2", "U3", "U8", "U9"}
    assert "your account is by itself again" in by["U8"][0]
    assert "accounts are several people again" in by["U2"][0]
    recorded = {(one["event"], one["detail"]["about"]) for one in await audit_trail(starts.stores[-1])
                if str(one["event"]).startswith("setup.person")}  # fmt: skip
    assert recorded == {(f"setup.person_{what}", str(one)) for what in ("joined", "parted") for one in (JO, elsewhere)}


async def test_so_is_one_in_a_group_of_which_nobody_knew_at_the_start_who_is_in_it(starts: Starts) -> None:
    await starts(with_site(leads=(*SITE.leads, GROUP)))
    (said,) = (await reads(starts, group=(JO, SAM)))["U2"]
    assert TITLE in said
    assert f"made everyone in user group S7 (Name of U8 ({JO}) and {ADMIN}) a lead." in said


async def test_who_is_no_admin_is_told_of_at_once_too_by_name_and_not_as_an_admin(starts: Starts) -> None:
    await starts(with_site(leads=(*SITE.leads, str(JO))))
    by = await reads(starts)
    (said,) = by["U2"]
    assert f"The configuration file made Name of U8 ({JO}) a lead." in said
    assert "Northside: the set-up changed" in said
    assert NOT_ALONE in said
    assert "you are a lead now" in by["U8"][0]


async def test_an_admin_who_led_before_is_not_announced_once_more(starts: Starts) -> None:
    await starts(with_site(leads=(*SITE.leads, str(SAM))))
    await reads(starts)
    stand_in = StandIn(str(PRIYA), str(SAM), date(2020, 1, 1), date(2099, 1, 1))
    await starts(with_site(leads=(*SITE.leads, str(SAM)), stand_ins=(stand_in,)))
    assert [one for one in (await reads(starts))["U3"] if TITLE in one] == []


async def test_where_all_leads_are_replaced_each_of_them_reads_in_one_message_who_leads_now(starts: Starts) -> None:
    await starts(with_site(leads=(str(SAM),)))
    by = await reads(starts)
    for lead in ("U2", "U3"):
        (said,) = by[lead]
        assert "Northside: you are not a lead any more" in said
        assert f"Who leads now: {ADMIN}." in said
        assert NOT_ALONE in said
    assert any("you are a lead now" in one for one in by["U6"])


async def test_the_leads_of_other_sites_there_hear_of_a_new_site_that_admins_alone_lead(starts: Starts) -> None:
    twin = replace(SITE, id="twin", name="Nоrthside", leads=(str(SAM),), contacts=())  # noqa: RUF001  # reads alike
    elsewhere = replace(twin, id="far", name="Far", serves=frozenset({"slack:T2"}))
    await starts(replace(FILE, sites=(SITE, twin, elsewhere)))
    by = await reads(starts)
    (said,) = by["U2"]
    assert f"{twin.name}: an admin has become a lead" in said
    assert "Only admins lead this site, so the leads of the other sites here are told too." in said


async def test_a_new_site_that_an_admin_leads_with_others_is_told_beside_and_they_read_that_the_admin_does(
    starts: Starts,
) -> None:
    other = replace(SITE, id="other", name="Southside", leads=(str(SAM), str(JO)), contacts=())
    await starts(replace(FILE, sites=(SITE, other)))
    by = await reads(starts)
    assert "This site is new and an admin leads it" in by["U2"][0]
    assert any(f"An admin of Signpost leads there from now on too, by the account {SAM}." in one for one in by["U8"])


async def test_a_new_site_that_no_admin_leads_is_told_to_its_leads_alone(starts: Starts) -> None:
    other = replace(SITE, id="other", name="Southside", leads=(str(JO),), contacts=())
    await starts(replace(FILE, sites=(SITE, other)))
    by = await reads(starts)
    assert set(by) == {"U8"}
    assert TOM.user not in by
