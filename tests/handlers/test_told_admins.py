"""An admin reads what to do and has the button; titles and times fit, and nobody reads twice that they lead."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.intents import Surface
from handlers.people import Account, Known, Room, Standing
from handlers.screens import Message, buttons_of
from handlers.setup.watch import blinded, owner_watched, watched
from handlers.telling.chase import chase
from tests.handlers.memory import ADMIN, LEAD
from tests.handlers.person import text_of
from tests.handlers.setting_up import ROOM, Admin, World, with_a_site
from tests.handlers.test_setup_renewed import acknowledges, looks, with_a_contact
from tests.handlers.test_told_to_them import WREN, _any_clock

CLUB = "slack:T1/S0CLUB99"


@pytest.fixture
def admin() -> Admin:
    there = with_a_contact()
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    return there


def at(admin: Admin, who: Account) -> list[Message]:
    admin.work.passes(minutes=11)
    return [message for delivery, message in admin.work.arrived if delivery.to == who]


@pytest.mark.parametrize(("room", "todo"), [
    (Room("archived"), "The channel is archived. Once that is put right, send the test again. Leads ring until then."),
    (Room("not_private"), "The channel was made public. Once that is put right, send the test again."),
])  # fmt: skip
def test_an_admin_reads_what_to_put_right_and_opens_it_and_a_lead_reads_to_ring(
    admin: Admin, room: Room, todo: str
) -> None:
    looks(admin.work, room)
    (mine,), (leads,) = at(admin, ADMIN), at(admin, LEAD)
    assert todo in text_of(mine)
    assert "Ring instead" not in text_of(mine)
    assert "tell your IT" not in text_of(mine)
    assert "Ring instead; the admins were told." in text_of(leads)
    assert list(buttons_of(leads)) == []
    (button,) = buttons_of(mine)
    admin.asks("edit_setup", surface=Surface.MESSAGE, subject=button.token)
    assert "Send the test again" in text_of(admin.screen)


def test_a_contact_that_lapsed_or_will_is_put_right_by_a_test(admin: Admin) -> None:
    admin.work.now += timedelta(days=80)
    looks(admin.work)
    admin.work.now += timedelta(days=20)
    looks(admin.work)
    due, lapsed = at(admin, ADMIN)
    assert "Send the test again, and have it acknowledged by then." in text_of(due)
    assert "Send the test again: once somebody there acknowledges it, the contact is in use again." in text_of(lapsed)
    assert [button.label for one in (due, lapsed) for button in buttons_of(one)] == ["Open the contact"] * 2


def test_of_a_site_of_the_file_the_file_is_named_and_the_page_of_the_site_opens(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, declared=True))
    admin.work.now += timedelta(days=100)
    looks(admin.work)
    (said,) = at(admin, ADMIN)
    assert "write a later review_by into the file. Leads ring until then." in text_of(said)
    assert [one.label for one in buttons_of(said)] == ["Open the site"]


def test_what_only_admins_hear_has_the_way_there_too(admin: Admin) -> None:
    contact = admin.site.contacts[0]
    changed = replace(contact, owner_account=str(WREN))
    admin.work.keep_site(replace(admin.site, contacts=(changed,)))
    owner_watched("northside", contact.id, str(WREN), gone=True, work=admin.work)
    blinded("slack:T1", "not_in_channel", admin.work)
    said = at(admin, ADMIN)
    assert sorted(button.label for one in said for button in buttons_of(one)) == ["Open the contact", "Set up Signpost"]


def test_whoever_entered_a_contact_and_whoever_looks_after_it_hear_that_it_was_acknowledged() -> None:
    there = with_a_site()
    there.to("contact").saves(
        purpose="police", kind="slack", destination="https://northside.slack.com/archives/C0POLICE1",
        organisations="T9", owner=("UWREN",),
    )  # fmt: skip
    there.work.passes(minutes=11)
    there.work.arrived[:] = [one for one in there.work.arrived if one[0].to == ROOM]
    acknowledges(there.work)
    for who in (ADMIN, WREN, LEAD):
        assert ["can be chosen now" in text_of(one) for one in at(there, who)] == [True]


def test_a_contact_that_was_in_use_all_the_time_is_said_to_have_been_checked(admin: Admin) -> None:
    admin.work.now += timedelta(days=80)
    looks(admin.work)
    admin.to("contact", "police-slack")
    admin.presses("test_contact")
    admin.work.passes()
    admin.work.arrived[:] = [one for one in admin.work.arrived if one[0].to == ROOM]
    acknowledges(admin.work)
    *_, said = at(admin, LEAD)
    assert "Northside: a contact was checked" in text_of(said)
    assert "stays in use" in text_of(said)
    assert "can be chosen now" not in text_of(said)


def test_two_contacts_to_be_checked_are_called_that_and_two_kinds_of_news_too(admin: Admin) -> None:
    one = admin.site.contacts[0]
    admin.work.keep_site(replace(admin.site, contacts=(one, replace(one, id="police-2", destination="T1/C0POLICE2"))))
    admin.work.now += timedelta(days=80)
    for contact in ("police-slack", "police-2"):
        watched("northside", contact, None, admin.work)
    (said,) = at(admin, LEAD)
    assert "Northside: contacts have to be checked" in text_of(said)
    (mine,) = at(admin, ADMIN)
    assert [one.label for one in buttons_of(mine)] == ["Open the site"]


def test_changes_of_several_minutes_say_from_when_to_when_and_no_notice_names_the_app_twice(admin: Admin) -> None:
    admin.to("site").saves(name="Northside", nation=("england",), phone="01632 960002")
    admin.work.now += timedelta(minutes=1)
    admin.to("staff").saves(people=("UWREN",))
    (said,) = at(admin, LEAD)
    assert re.search(r"changed this between 17:\d\d and 17:\d\d on Tuesday 24 November 2026", text_of(said))
    assert said.summary == "The set-up changed. There is no case."


def test_who_is_in_a_group_that_leads_and_is_added_by_name_reads_once_that_they_lead() -> None:
    there = with_a_site(World(groups={CLUB: (WREN,)}))
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    known = Known(Standing(member=False), groups={CLUB: (WREN,)})

    there.to("leads").adds_group("S0CLUB99")
    change = there.work.kept[-1]
    chase(replace(_any_clock(there), extra=f"setup:{change.id}:you"), known, there.work)
    there.to("leads").saves(people=("UWREN",))
    change = there.work.kept[-1]
    chase(replace(_any_clock(there), extra=f"setup:{change.id}:you"), known, there.work)
    said = [text_of(one) for one in at(there, WREN)]
    assert ["you are a lead now" in one for one in said].count(True) == 1

    there.to("lead", str(WREN)).saves(move=("out",))
    there.work.keep_site(replace(there.site, leads=there.site.leads[:2]))
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    there.to("leads").saves(people=("UWREN",))
    assert ["you are a lead now" in text_of(one) for one in at(there, WREN)] == [True], "out and in again is news"


def test_the_first_window_says_as_of_when_it_is_and_how_to_see_it_anew(admin: Admin) -> None:
    assert "As of 17:" in text_of(admin.opens_setup().screen)
    assert "To see it anew, write admin to Signpost; in Slack, type /signpost admin." in text_of(admin.screen)
