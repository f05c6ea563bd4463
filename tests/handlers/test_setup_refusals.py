"""A refusal says which line, whose account and which agency it is about, so that it can be put right at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Person
from handlers.ports import Delivery
from handlers.referring import by_mail
from tests.handlers.memory import LEAD
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import with_a_site

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
