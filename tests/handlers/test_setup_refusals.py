"""A refusal says which line, whose account and which agency it is about, so that it can be put right at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Person, Room
from handlers.ports import Delivery
from handlers.referring import by_mail
from handlers.screens import Question
from handlers.sites import Contact
from tests.handlers.memory import LEAD
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import parts_of, with_a_site
from tests.handlers.test_setup_renewed import looks, with_a_contact

GOOD = "slack:T1/S0STAFF01"


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("S0STAFF01\nstaff room", "Line 2: This is not a group that Signpost can read."),
        ("S0STAFF01\n\nS0OTHER01", "Line 2: 'S0OTHER01' could not be looked at just now."),
        ("staff room", "This is not a group that Signpost can read."),
    ],
)
def test_of_several_groups_the_line_that_will_not_do_is_named(typed: str, begins: str) -> None:
    admin = with_a_site()
    admin.world.groups[GOOD] = (Account("slack", "T1", "UWREN"),)
    assert errors_on(admin.to("staff").saves(groups=typed))["groups"].startswith(begins)


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        (True, "Priya Nair stands in the file that SIGNPOST_CONFIG names, and is changed there."),
        (False, "Priya Nair is there already: press Change beside the name."),
    ],
)
def test_somebody_who_is_written_down_already_is_called_by_name_with_where_that_is_changed(
    *, declared: bool, says: str
) -> None:
    admin = with_a_site()
    persons = (Person((LEAD, Account.parse("teams:TEN/priya")), "Priya Nair", declared=declared),)
    admin.work.directory = replace(admin.work.directory, persons=persons)
    assert errors_on(admin.to("person", site="").saves(who="ULEAD"))["who"] == says
    assert errors_on(admin.to("person", site="").saves(who="UWREN", accounts="teams:TEN/priya"))["accounts"] == says


def test_a_free_mail_service_is_refused_for_a_council_too() -> None:
    admin = with_a_site()
    shown = admin.to("contact").saves(purpose="social_care", kind="mail", destination="duty@gmail.com")
    assert "Ask for one of their force or council." in errors_on(shown)["destination"]


def test_the_page_behind_the_link_of_a_test_says_what_the_message_in_a_chat_says() -> None:
    site = with_a_site().site
    said = text_of(by_mail.tested_page(site, Delivery("contact_test", LEAD, extra="northside:police-mail")))
    assert "so that the school knows that they arrive. Nothing else happens." in said
    assert "If you do not know Northside, press nothing and tell them: 01632 960001." in said


def test_organisations_of_what_is_no_channel_are_refused_and_those_of_a_channel_go_with_it() -> None:
    admin = with_a_site()
    typed = {"purpose": "lado", "kind": "mail", "destination": "lado@northshire.gov.uk", "organisations": "T9"}
    assert errors_on(admin.to("contact").saves(**typed))["organisations"].startswith("Organisations are those in a")
    there = with_a_contact()
    there.to("contact", "police-slack").saves(kind="by_hand", destination="01632 960012")
    (contact,) = there.site.contacts
    assert (contact.kind, contact.organisations) == ("by_hand", ())


def test_only_what_can_be_entered_from_here_is_offered_as_a_way_to_reach_somebody() -> None:
    admin = with_a_site()

    def offered(item: str = "") -> list[str]:
        admin.to("contact", item)
        (kind,) = [one for one in parts_of(admin) if isinstance(one, Question) and one.id == "kind"]
        return [one.value for one in kind.options]

    assert offered() == ["slack", "mail", "by_hand"]
    assert "Numbers need no test." in text_of(admin.screen)
    there = Contact("care", "social_care", "teams", "TEN/TEAM/19:c@thread.tacv2", verified=True)
    admin.work.keep_site(replace(admin.site, contacts=(there,)))
    assert offered("care") == ["slack", "teams", "mail", "by_hand"]


def test_an_admin_who_leads_a_site_reads_that_they_see_its_cases() -> None:
    admin = with_a_site()
    assert "besides" not in text_of(admin.opens_setup().screen)
    admin.to("leads").saves(people=("UADMIN",))
    assert "You are a lead of Northside besides, and see the cases there" in text_of(admin.opens_setup().screen)


def test_an_admin_reads_of_the_last_changes_what_they_can_do_and_not_what_leads_do() -> None:
    admin = with_a_contact()
    looks(admin.work, Room("archived"))
    said = text_of(admin.opens_setup().screen)
    assert "The channel is archived. Once that is put right, send the test again." in said
    assert "the admins were told" not in said


def test_whose_people_may_raise_is_told_in_words() -> None:
    admin = with_a_site()
    admin.work.directory = replace(admin.work.directory, connected=frozenset({"slack:T1", "teams:TEN"}))
    admin.to("site").saves(serves=("slack:T1", "teams:TEN"))
    assert "Whose people may raise: Slack workspace T1, Teams tenant TEN, before that" in admin.work.kept[-1].about_name
