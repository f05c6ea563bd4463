"""A contact set up in chat proves itself by acknowledging a test, and goes out of use with its room or its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.contacts import contacts_of
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Room, Standing
from handlers.referring import by_mail
from handlers.route import route
from handlers.screens import Message, buttons_of
from handlers.setup.watch import differs, watched
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MemoryWork
from tests.handlers.person import text_of
from tests.handlers.setting_up import POLICE, ROOM, Admin, with_a_site

LINK = f"https://northside.slack.com/archives/{POLICE}"
MARSH = Account.parse("slack:T9/UMARSH")
CONTACT = "police-slack"


@pytest.fixture
def admin() -> Admin:
    made = with_a_site()
    made.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9", owner="UWREN")
    made.work.passes()
    return made


def the_test(work: MemoryWork) -> Message:
    return work.at(ROOM)[-1]


def acknowledges(work: MemoryWork, *, room: Account | None = ROOM, message: Message | None = None) -> str:
    (button,) = [one for one in buttons_of(message or work.at(ROOM)[-1]) if one.intent == "acknowledge"]
    seen = {room: Room(name="police-liaison")} if room else {}
    known = Known(Standing(member=False, why_not="outside"), names={MARSH: "Jo Marsh"}, rooms=seen)
    answer = route(Intent("acknowledge", MARSH, known, Surface.MESSAGE, Subject.read(button.token), room=room), work)
    return text_of(answer)


def offered(admin: Admin) -> set[str]:
    return {one.id for one in contacts_of(admin.site) if one.kind != "by_hand"}


def looks(work: MemoryWork, room: Room | None) -> None:
    if differs("northside", CONTACT, room, work):
        watched("northside", CONTACT, room, work)
    work.passes()


def test_saving_sends_a_test_that_says_there_is_no_case_and_nothing_else_goes_there_before_it(admin: Admin) -> None:
    said = text_of(the_test(admin.work))
    assert "A test from Northside: there is no case" in said
    assert len(admin.work.at(ROOM)) == 1
    assert offered(admin) == set()
    assert "nobody has acknowledged it yet. Leads ring until then." in text_of(admin.to("overview").screen)


def test_once_acknowledged_it_is_on_offer_for_ninety_days_and_the_leads_hear(admin: Admin) -> None:
    test = the_test(admin.work)
    said = acknowledges(admin.work)
    assert "acknowledged" in said
    (contact,) = admin.site.contacts
    assert (contact.verified, contact.review_by) == (True, date(2026, 11, 24) + timedelta(days=90))
    assert offered(admin) == {CONTACT}
    admin.work.passes(5)
    assert "Jo Marsh" in text_of(admin.work.at(LEAD)[-1])
    assert "acknowledged" in text_of(the_test(admin.work)), "the test itself says so"
    assert "acknowledged" in acknowledges(admin.work, message=test), "a second press answers too"
    assert [one.what for one in admin.work.kept].count("contact_proved") == 1


def test_only_a_press_in_its_own_room_counts(admin: Admin) -> None:
    assert "acknowledged" not in acknowledges(admin.work, room=Account("slack", "T1", "C0OTHER01"))
    assert "acknowledged" not in acknowledges(admin.work, room=None)
    assert offered(admin) == set()


def test_an_admin_proves_no_contact_where_they_are_nothing_else_of_the_school() -> None:  # SR-11
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, owner="UWREN")
    admin.work.passes()
    (site,) = admin.work.directory.sites
    alone = replace(admin.work.directory, sites=(replace(site, staff=("slack:T1/UTEACHER",)),))
    admin.work.directory = alone
    (button,) = [one for one in buttons_of(admin.work.at(ROOM)[-1]) if one.intent == "acknowledge"]
    known = Known(Standing(member=True), names={ADMIN: "Sam"}, rooms={ROOM: Room(name="police-liaison")})
    route(Intent("acknowledge", ADMIN, known, Surface.MESSAGE, Subject.read(button.token), room=ROOM), admin.work)

    assert offered(admin) == set()
    assert ("acknowledge.refused", "") in admin.work.audit


def test_another_destination_has_to_prove_itself_anew_and_the_old_test_is_void(admin: Admin) -> None:
    old = the_test(admin.work)
    acknowledges(admin.work)
    admin.to("contact", CONTACT).saves(destination="https://northside.slack.com/archives/C0POLICE2")
    admin.work.passes()
    assert offered(admin) == set()
    assert "acknowledged" not in acknowledges(admin.work, message=old)
    assert text_of(admin.work.at(Account("slack", "T1", "C0POLICE2"))[-1]).startswith("A test from Northside")


def test_other_fields_may_change_without_another_test(admin: Admin) -> None:
    acknowledges(admin.work)
    admin.to("contact", CONTACT).saves(hours="Mon-Fri 08:00-16:00", out_of_hours="ring 101")
    assert offered(admin) == {CONTACT}


@pytest.mark.parametrize(
    ("room", "why"),
    [
        (Room("not_private"), "The channel was made public."),
        (Room("archived"), "The channel is archived."),
        (Room("not_in_channel"), "Signpost was taken out of the channel."),
        (Room("outside_organisation"), "Another organisation was let into the channel."),
        (Room("not_shared_as_expected"), "no longer shared"),
        (Room(name="lunch"), "is it still the same people?"),
    ],
)
def test_a_room_that_changed_is_out_of_use_at_once_and_everybody_concerned_hears_once(
    admin: Admin, room: Room, why: str
) -> None:
    acknowledges(admin.work)
    looks(admin.work, Room(name="police-liaison"))
    admin.work.arrived.clear()
    looks(admin.work, room)
    looks(admin.work, room)

    assert offered(admin) == set()
    told = [(delivery.to, text_of(message)) for delivery, message in admin.work.arrived]
    assert {to for to, _ in told} == {LEAD, DEPUTY, Account.parse("slack:T1/UWREN"), ADMIN}
    assert len(told) == 4
    assert all(why in said for _, said in told)
    assert why in text_of(admin.to("contact", CONTACT).screen)


def test_a_room_that_cannot_be_looked_at_stays_in_use(admin: Admin) -> None:
    acknowledges(admin.work)
    looks(admin.work, Room(name="police-liaison"))
    looks(admin.work, None)
    assert offered(admin) == {CONTACT}


def test_what_was_out_of_use_proves_itself_anew(admin: Admin) -> None:
    acknowledges(admin.work)
    looks(admin.work, Room("archived"))
    looks(admin.work, Room(name="police-liaison"))
    assert offered(admin) == set(), "that the channel is back shows nothing of who is there"
    admin.to("contact", CONTACT)
    admin.presses("test_contact")
    admin.work.passes()
    acknowledges(admin.work)
    assert offered(admin) == {CONTACT}


def test_a_contact_of_the_file_is_in_use_again_by_itself(admin: Admin) -> None:
    acknowledges(admin.work)
    sites = tuple(replace(site, declared=True) for site in admin.work.directory.sites)
    admin.work.directory = replace(admin.work.directory, sites=sites)
    looks(admin.work, Room("archived"))
    assert offered(admin) == set()
    looks(admin.work, Room(name="police-liaison"))
    assert offered(admin) == {CONTACT}


def test_before_it_lapses_somebody_hears_once_and_then_it_is_out_of_use(admin: Admin) -> None:
    acknowledges(admin.work)
    review = admin.site.contacts[0].review_by
    assert review is not None
    admin.work.passes()
    for days, expected in ((70, 0), (77, 1), (85, 1), (90, 1)):
        admin.work.now = admin.work.now.replace(year=2026, month=11, day=24) + timedelta(days=days)
        looks(admin.work, Room(name="police-liaison"))
        assert [one.what for one in admin.work.kept].count("contact_due") == expected
        assert offered(admin) == {CONTACT}
    admin.work.now += timedelta(days=1)
    looks(admin.work, Room(name="police-liaison"))
    assert offered(admin) == set()
    assert [one.what for one in admin.work.kept].count("contact_lapsed") == 1
    assert "Nobody has checked it in time." in text_of(admin.to("contact", CONTACT).screen)


def test_a_mailbox_proves_itself_by_the_page_behind_the_link() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="social_care", kind="mail", destination="duty@council.example")
    admin.work.passes()
    (delivery, mail) = next(one for one in admin.work.arrived if one[0].kind == "contact_test")
    assert delivery.to.platform == "mail"
    assert (mail.summary, "There is no case" in mail.summary) == ("Signpost: a test, no case", False)
    page = by_mail.page_behind(delivery, admin.work)
    assert "A test from Northside: there is no case" in text_of(page)

    known = Known(Standing(member=False, why_not="unknown"))
    subject = by_mail.subject_of(delivery)
    route(Intent("acknowledge", delivery.to, known, Surface.FORM, subject, room=delivery.to), admin.work)
    assert offered(admin) == {"social-care-mail"}
    page = by_mail.page_behind(delivery, admin.work)
    assert "acknowledged" in text_of(page)
    assert page is not None
    assert page.submit is None

    admin.to("contact", "social-care-mail").saves(destination="other@council.example")
    assert by_mail.page_behind(delivery, admin.work) is None, "the old link leads nowhere"
