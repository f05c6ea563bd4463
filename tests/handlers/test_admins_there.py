"""An admin of Signpost in a contact's channel reads along: whoever names, keeps or chooses that contact reads so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.contacts import ADMIN_READS, contact_of
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Directory, Known, Person, Room, Standing
from handlers.screens import Screen
from handlers.setup.admins_there import admins_in
from handlers.setup.asks import asks
from handlers.setup.checklist import ADMIN_THERE, of_site
from handlers.setup.standing import line
from handlers.setup.state import state
from handlers.setup.watch import differs, watched
from handlers.sites import Contact
from tests.handlers.memory import ADMIN
from tests.handlers.person import text_of
from tests.handlers.setting_up import ROOM, Admin, World, with_a_site
from tests.handlers.test_where_it_leads import LINK, OFFICER, refers

OTHER = Account.parse("slack:T1/UOTHER")
ON_TEAMS = Account.parse("teams:TEN/ADMIN")
READ = "in that channel and would read what is sent there"


def saved(*inside: Account) -> tuple[Admin, Screen]:
    """An admin who has named the police's channel, with these people in it."""
    admin = with_a_site(World(rooms={ROOM: Room(name="police-liaison", members=inside)}))
    shown = admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    return admin, shown


def in_use(*inside: Account) -> Admin:
    """The same once it is in use."""
    admin, _ = saved(*inside)
    (contact,) = admin.site.contacts
    admin.work.keep_site(replace(admin.site, contacts=(replace(contact, verified=True),)))
    return admin


def the_contact(admin: Admin) -> Contact:
    found = contact_of(admin.site, "police-slack")
    assert found is not None
    return found


def test_whoever_names_a_channel_reads_which_admin_is_in_it_and_that_they_should_leave() -> None:
    admin, shown = saved(ADMIN, OFFICER)
    assert f"Sam Adeyemi, an admin of Signpost, is {READ}. No admin should stay in it once it works." in text_of(shown)
    assert "A test is on its way" in text_of(shown)
    assert f"Sam Adeyemi, an admin of Signpost, is {READ}" in text_of(admin.to("contact", "police-slack").screen)


def test_where_no_admin_is_in_it_nothing_is_said_of_one() -> None:
    admin, shown = saved(OFFICER)
    assert READ not in text_of(shown)
    assert READ not in text_of(admin.to("contact", "police-slack").screen)


def test_somebody_without_a_name_is_still_said_to_be_there() -> None:
    admin = with_a_site(World(rooms={ROOM: Room(members=(ADMIN,))}, names={}))
    shown = admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    assert f"An admin of Signpost is {READ}" in text_of(shown)
    assert "UADMIN" not in text_of(shown)


def test_it_is_to_be_done_and_the_site_amber_while_an_admin_is_there_and_the_contact_stays_in_use() -> None:
    admin = in_use(ADMIN, OFFICER)
    assert [one.what for one in of_site(admin.site) if ADMIN_THERE in one.what]
    assert state(admin.site).startswith("Amber: works, and an admin of Signpost is in a contact's channel")
    assert ADMIN_THERE in text_of(admin.opens_setup().screen)
    assert ADMIN_READS in text_of(admin.to("overview").screen)
    assert the_contact(admin).verified

    gone = Room(name="police-liaison", members=(OFFICER,))
    watched("northside", "police-slack", gone, admin.work)
    assert not [one.what for one in of_site(admin.site) if ADMIN_THERE in one.what]
    assert "an admin of Signpost is in a contact's channel" not in state(admin.site)
    assert not differs("northside", "police-slack", gone, admin.work)


def test_one_who_joins_later_is_noticed_at_the_next_look_and_takes_nothing_out_of_use() -> None:
    admin = in_use(OFFICER)
    assert not [one for one in of_site(admin.site) if ADMIN_THERE in one.what]
    joined = Room(name="police-liaison", members=(OFFICER, ADMIN))
    assert differs("northside", "police-slack", joined, admin.work)
    watched("northside", "police-slack", joined, admin.work)
    assert [one for one in of_site(admin.site) if ADMIN_THERE in one.what]
    assert not the_contact(admin).suspended


@pytest.mark.parametrize("nobody_can_say", [None, Room(name="police-liaison")], ids=["no look", "no members"])
def test_who_was_there_is_there_as_long_as_nobody_can_say(nobody_can_say: Room | None) -> None:
    admin = in_use(ADMIN)
    assert not differs("northside", "police-slack", nobody_can_say, admin.work)
    assert [one for one in of_site(admin.site) if ADMIN_THERE in one.what]


@pytest.mark.parametrize(("inside", "how_often"), [((ADMIN, OFFICER), 1), ((OFFICER,), 0)], ids=["admin", "none"])
def test_a_lead_reads_it_beside_the_contact_where_they_choose_whom_to_refer_to(
    inside: tuple[Account, ...], how_often: int
) -> None:
    lead = refers(in_use(*inside).work)
    assert text_of(lead.screen).count(ADMIN_READS) == how_often
    lead.answers({"contact": ("police-slack",), "consequences_read": ("yes",)}).presses("confirm_refer")
    assert "You decided at" in text_of(lead.screen)


def test_the_names_of_all_admins_are_asked_for_with_a_channel_and_of_those_who_are_in_one_with_its_window() -> None:
    admin = in_use(OTHER)
    admin.work.keep_admins(frozenset({OTHER}))
    site = Subject("site", "northside", "contact", admin.site.rev, "")
    fields = {"kind": ("slack",), "destination": LINK, "organisations": "T9"}
    known = Known(Standing(member=True))
    save = Intent("save_setup", ADMIN, known, Surface.FORM, site, fields)
    assert OTHER in asks(save, admin.work.directory).named
    assert OTHER not in asks(replace(save, fields={}), admin.work.directory).named

    watched("northside", "police-slack", Room(name="police-liaison", members=(OTHER,)), admin.work)
    assert OTHER in asks(replace(save, name="edit_setup", fields={}), admin.work.directory).named


def test_a_contact_of_the_file_says_it_in_the_list_too() -> None:
    admin = in_use(ADMIN)
    assert ADMIN_READS in line(the_contact(admin), in_file=True)
    assert ADMIN_READS not in line(replace(the_contact(admin), admins=()), in_file=True)


def test_another_account_of_an_admin_counts_and_others_do_not() -> None:
    linked = Directory(admins=frozenset({ADMIN}), persons=(Person((ADMIN, ON_TEAMS)),))
    assert admins_in(Room(members=(ON_TEAMS, OTHER)), linked, ()) == (str(ON_TEAMS),)
    assert admins_in(Room(members=(OTHER,)), linked, (str(ADMIN),)) == ()
