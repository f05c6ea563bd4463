"""What platforms are asked before an admin's change, and that the very next person meets what was changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bot.asking import setup
from bot.asking.rooms import Looks
from bot.asking.setup import ASK_SECONDS, MOST_FRESH, AskSetup
from bot.channel import NotSent, Refused
from bot.desk import ANSWER_SECONDS, FrontDesk
from bot.metrics import Metrics
from bot.store.store import Store
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Group, Known, Room, Standing
from handlers.screens import Form, Screen
from handlers.sites import Contact, Site, StandIn
from tests.handlers.person import text_of
from tests.running.beside_a_desk import Asked
from tests.running.post_office import PostOffice, real_store

ADMIN, TEACHER, LEAD, WREN = (Account("slack", "T1", f"U{one}") for one in ("ADMIN", "TEACHER", "LEAD", "WREN"))
ADMINS = Directory(admins=frozenset({ADMIN}), first_admins=frozenset({ADMIN}))
OLD = "slack:T1/S0OLD0001"
SITE = Site("northside", "Northside", "england", (str(LEAD),), serves=frozenset({"slack:T1"}), staff=(OLD,))
ROOM = Account("slack", "T1", "C0POLICE1")


class Rooms(PostOffice):
    """A channel that says of each room what a test decides, and remembers what it was asked."""

    def __init__(self, said: NotSent | Refused | None = None) -> None:
        super().__init__()
        self.said = said
        self.held: asyncio.Event | None = None
        """No room is looked at before this is set."""
        self.looked: list[tuple[Account, tuple[str, ...]]] = []

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        if self.held is not None:
            await self.held.wait()
        self.looked.append((to, organisations))
        return self.said

    def called(self, to: Account) -> str:
        return f"name of {to.user}"


@dataclass
class Office:
    """A desk on a real database, a platform that a test decides on, and the site as it was set up."""

    desk: FrontDesk
    store: Store
    lookup: Asked
    rooms: Rooms

    async def asks(self, by: Account, name: str, token: str = "", **fields: Value) -> Screen | None:
        """As a platform does: who is it, and then the answer."""
        known = await self.desk.known(by)
        surface = Surface.FORM if token else Surface.COMMAND
        return await self.desk.answer(Intent(name, by, known, surface, Subject.read(token), fields))

    async def saves(self, section: str, item: str = "", **fields: Value) -> Screen | None:
        """An admin saves a window of the site."""
        directory = await self.store.read(lambda work: work.directory)
        site = directory.site("northside")
        assert site is not None
        return await self.asks(ADMIN, "save_setup", Subject("site", site.id, section, site.rev, item).write(), **fields)


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(setup, "ASK_SECONDS", 60)
    store = await real_store(tmp_path, ADMINS)
    member = Standing(member=True)
    lookup = Asked(dict.fromkeys((ADMIN, TEACHER, LEAD, WREN), member))
    lookup.groups = {OLD: (LEAD,), "slack:T1/S0STAFF01": (TEACHER,)}
    rooms = Rooms()
    asking = AskSetup(lambda: {"slack": lookup}, Looks(lambda: {"slack": rooms}), "northside.sch.example")
    desk = FrontDesk(
        store, store.configured.last, Metrics(), lookups=lambda: {"slack": lookup}, ask_setup=asking, answer_seconds=90
    )
    await store.run(lambda work: work.keep_site(SITE))
    yield Office(desk, store, lookup, rooms)
    await store.close()


async def test_the_very_first_person_of_a_group_named_a_moment_ago_may_raise(office: Office) -> None:
    assert "no form for you here" in text_of(await office.asks(TEACHER, "start_report"))
    await office.saves("staff", groups="S0STAFF01")
    assert "no form for you here" not in text_of(await office.asks(TEACHER, "start_report"))


async def test_a_group_that_another_process_named_counts_at_once_for_leads_too(office: Office) -> None:
    await office.asks(TEACHER, "list_cases")
    leads = replace(SITE, leads=("slack:T1/S0STAFF01",), staff=("slack:T1/S0STAFF01",))
    await office.store.run(lambda work: work.keep_site(leads))
    known = await office.desk.leads()
    assert known.groups["slack:T1/S0STAFF01"] == (TEACHER,)


async def test_a_guest_or_an_outsider_is_not_let_in_by_asking_again(office: Office) -> None:
    known = Known(Standing(member=False, why_not="outside"))
    await office.saves("staff", groups="S0STAFF01")
    shown = await office.desk.answer(Intent("start_report", TEACHER, known, Surface.COMMAND))
    assert "There is no form for this account" in text_of(shown)


async def test_people_groups_and_the_room_are_all_asked_and_what_is_wrong_stands_at_its_field(office: Office) -> None:
    office.rooms.said = Refused("outside_organisation", ("T8", "T9"))
    shown = await office.saves(
        "contact", purpose="police", kind="slack", destination=f"T1/{ROOM.user}", owner="UNOBODY", organisations="T7"
    )
    assert isinstance(shown, Form)
    said = dict(shown.errors)
    assert "T8, T9" in said["destination"]
    assert "is a guest" in said["owner"]
    assert office.rooms.looked == [(ROOM, ("T7",))]


@pytest.mark.parametrize("slow", ["people", "room"])
async def test_an_admin_waits_for_nobody_who_does_not_answer_and_nothing_is_lost(
    office: Office, slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ASK_SECONDS", 0.1)
    held: Asked | Rooms = office.lookup if slow == "people" else office.rooms
    held.held = asyncio.Event()  # and it is never set
    known = Known(Standing(member=True))
    subject = Subject("site", "northside", "contact", 1, "")
    fields: dict[str, Value] = {
        "purpose": "police", "kind": "slack", "destination": f"T1/{ROOM.user}", "owner": WREN.user, "hours": "",
    }  # fmt: skip
    intent = Intent("save_setup", ADMIN, replace(known, asked=frozenset({OLD})), Surface.FORM, subject, fields)
    async with asyncio.timeout(30):
        shown = await office.desk.answer(intent)
    assert isinstance(shown, Form)
    assert "could not be" in dict(shown.errors)["owner" if slow == "people" else "destination"]
    assert f"T1/{ROOM.user}" in [getattr(part, "value", "") for part in shown.parts]


def test_what_an_admin_waits_for_leaves_time_for_the_answer_itself() -> None:
    assert ASK_SECONDS <= ANSWER_SECONDS - 0.5


async def test_a_window_names_stand_ins_owners_and_admins_although_nobody_is_configured(office: Office) -> None:
    contact = Contact("police-slack", "police", "slack", "T1/C9", owner_account=str(WREN))
    stand_in = StandIn(str(LEAD), str(WREN), date(2030, 1, 1), date(2030, 1, 2))
    await office.store.run(lambda work: work.keep_site(replace(SITE, stand_ins=(stand_in,), contacts=(contact,))))
    shown = await office.asks(ADMIN, "edit_setup", "site~northside~overview~2~")
    assert "Name of UWREN stands in for Name of ULEAD" in text_of(shown)
    assert "Name of UADMIN" in text_of(await office.asks(ADMIN, "edit_setup", "site~~people~0~"))


async def test_nobody_but_an_admin_makes_us_ask(office: Office) -> None:
    office.lookup.questions.clear()
    known = Known(Standing(member=True), asked=frozenset({OLD}))
    fields: dict[str, Value] = {"people": tuple(f"U{number}" for number in range(90))}
    subject = Subject.read("site~northside~leads~1~")
    shown = await office.desk.answer(Intent("save_setup", TEACHER, known, Surface.FORM, subject, fields))
    assert "There is nothing here for you" in text_of(shown)
    assert office.lookup.questions == []


async def test_a_long_list_is_not_asked_anew_with_every_press(office: Office) -> None:
    few = tuple(f"U{number}" for number in range(MOST_FRESH))
    for people, fresh in ((few, True), ((*few, "UONE"), False)):
        office.lookup.questions.clear()
        await office.saves("staff", people=people, groups="S0OLD0001")
        asked = {one.rpartition(" ")[2] for one in office.lookup.questions if one.startswith("standing U1 ")}
        assert asked == {str(fresh)}


async def test_a_test_looks_at_the_contacts_channel_first(office: Office) -> None:
    contact = Contact("police-slack", "police", "slack", f"T1/{ROOM.user}", organisations=("T9",))
    await office.store.run(lambda work: work.keep_site(replace(SITE, contacts=(contact,))))
    office.rooms.said = Refused("archived")
    shown = await office.asks(ADMIN, "test_contact", "site~northside~contact~2~police-slack")
    assert "No test was sent: it would put nothing right. That channel is archived." in text_of(shown)
    assert office.rooms.looked == [(ROOM, ("T9",))]


@pytest.mark.parametrize("said", [Refused("not_private"), Refused("outside_organisation", ("T8",)), NotSent("slow")])
async def test_the_channel_is_looked_at_when_a_test_is_acknowledged(office: Office, said: NotSent | Refused) -> None:
    contact = Contact("police-slack", "police", "slack", f"T1/{ROOM.user}", organisations=("T9",))
    await office.store.run(lambda work: work.keep_site(replace(SITE, contacts=(contact,))))
    await office.asks(ADMIN, "test_contact", "site~northside~contact~2~police-slack")
    (test,) = [one for one in await office.store.read(lambda work: work.deliveries("")) if one.kind == "contact_test"]
    office.rooms.looked.clear()

    async def presses() -> bool:
        known = Known(Standing(member=False, why_not="outside"))
        subject = Subject("site", "northside", test.id, 0, "police-slack")
        marsh = Account("slack", "T9", "UMARSH")
        await office.desk.answer(Intent("acknowledge", marsh, known, Surface.MESSAGE, subject, room=ROOM))
        directory = await office.store.read(lambda work: work.directory)
        return directory.sites[0].contacts[0].verified

    office.rooms.said = said
    assert not await presses()
    assert office.rooms.looked == [(ROOM, ("T9",))]
    office.rooms.said = None
    assert await presses()
    office.rooms.looked.clear()
    assert await presses()
    assert office.rooms.looked == [], "what is acknowledged makes nobody look"


@pytest.mark.parametrize(
    ("said", "room"),
    [
        (None, Room(name=f"name of {ROOM.user}")),
        (NotSent("unreachable"), None),
        (Refused("archived"), Room("archived")),
        (
            Refused("outside_organisation", ("T8",), ("T9",)),
            Room("outside_organisation", organisations=("T8",), missing=("T9",)),
        ),
    ],
)
async def test_a_look_tells_what_is_known_from_what_is_not(said: NotSent | Refused | None, room: Room | None) -> None:
    assert await Looks(lambda: {"slack": Rooms(said)}).look(ROOM, ()) == room


async def test_a_look_at_a_platform_that_hangs_or_is_not_there_tells_nothing() -> None:
    hangs = Rooms()
    hangs.held = asyncio.Event()
    async with asyncio.timeout(30):
        assert await Looks(lambda: {"slack": hangs}).look(ROOM, (), seconds=0.05) is None
    assert await Looks(dict).look(ROOM, ()) is None


class Telling(Asked):
    """A platform that says what a group is called, too."""

    async def about(self, group: str, *, fresh: bool = False) -> Group:
        return Group(f"@{group[-9:]}", f"fresh: {fresh}")


async def test_a_group_is_named_with_who_is_in_it_before_it_leads(office: Office) -> None:
    members = {Account("slack", "T1", f"UMEMBER{number}"): Standing(member=True) for number in range(3)}
    telling = Telling({**office.lookup.standings, **members})
    telling.groups = {"slack:T1/S0LEADS01": tuple(members)}
    asking = AskSetup(lambda: {"slack": telling}, Looks(dict))
    token = Subject("site", "northside", "leads", 0).write()
    intent = Intent("save_setup", ADMIN, Known(Standing(member=True)), Surface.FORM, Subject.read(token),
                    {"groups": "S0LEADS01"})  # fmt: skip
    directory = await office.store.read(lambda work: work.directory)
    known = (await asking.with_answers(intent, directory)).known
    assert known.groups["slack:T1/S0LEADS01"] == tuple(members)
    assert members.keys() <= known.names.keys()
    assert known.about_groups == {
        "slack:T1/S0LEADS01": Group("@S0LEADS01", "fresh: True"),
        OLD: Group("@S0OLD0001", "fresh: False"),
    }
