"""A mailbox that may be the school's own is asked about, and its own mail domains are asked for once there is mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.screens import Question
from handlers.setup import checklist
from handlers.setup.own_mailbox import FIELD, looks_own
from handlers.setup.state import state
from handlers.sites import Contact
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, parts_of, with_a_site
from tests.handlers.test_checklist import WORKS
from tests.handlers.test_setup_standing import page

OURS = "office@northside.sch.uk"
THEIRS = "duty@mash.example"
DOMAINS = "name your own mail domains"


@pytest.fixture
def admin() -> Admin:
    there = with_a_site()
    there.to("contact")
    return there


def saves(admin: Admin, address: str, **more: object) -> None:
    admin.saves(purpose="social_care", kind="mail", destination=address, **more)


def options(admin: Admin) -> tuple[str, str]:
    """The values of *theirs* and *ours*."""
    (asked,) = [one for one in parts_of(admin) if isinstance(one, Question) and one.id == FIELD]
    theirs, ours = (one.value for one in asked.options)
    return theirs, ours


def test_an_address_that_looks_like_the_schools_own_is_asked_about_and_no_test_goes_there(admin: Admin) -> None:
    saves(admin, OURS)
    assert FIELD in errors_on(admin.screen)
    assert "northside.sch.uk" in text_of(admin.screen)
    assert not admin.site.contacts
    saves(admin, OURS, **{FIELD: (options(admin)[1],)})
    assert "destination" in errors_on(admin.screen)
    assert not admin.site.contacts
    saves(admin, OURS, **{FIELD: (options(admin)[0],)})
    assert [one.destination for one in admin.site.contacts] == [OURS]


def test_an_answer_about_one_address_is_none_about_another(admin: Admin) -> None:
    saves(admin, OURS)
    saves(admin, "head@northside.sch.uk", **{FIELD: (options(admin)[0],)})
    assert FIELD in errors_on(admin.screen)
    assert not admin.site.contacts


def test_who_changes_something_else_of_it_is_not_asked_again(admin: Admin) -> None:
    saves(admin, OURS)
    saves(admin, OURS, **{FIELD: (options(admin)[0],)})
    admin.to("contact", "social-care-mail").saves(hours="Mon-Fri 08:00-16:00", out_of_hours="ring 101")
    assert [one.out_of_hours for one in admin.site.contacts] == ["ring 101"]


def test_another_address_is_not_asked_about(admin: Admin) -> None:
    saves(admin, THEIRS)
    assert [one.destination for one in admin.site.contacts] == [THEIRS]


@pytest.mark.parametrize(("address", "name", "own"), [
    ("office@eastfield.sch.uk", "Westhill School", True),
    ("a@head.eastfield.devon.sch.uk", "Westhill School", True),
    ("a@westhill.org.uk", "Westhill School", True),
    ("a@westhillschool.org", "The Academy", True),
    ("a@truro-penwith.ac.uk", "Penwith College", True),
    ("mash@northshire.gov.uk", "Northshire Academy", False),
    ("a@northshire.police.uk", "Northshire Academy", False),
    ("duty@northside.sch.gov.uk", "Northside", False),
    ("duty@mash.example", "The Upper School", False),
    ("duty@theupper.example", "The Upper School", False),
    ("duty@lado.org.uk", "", False),
])  # fmt: skip
def test_what_looks_like_a_schools_own(address: str, name: str, *, own: bool) -> None:
    assert looks_own(address, name) == own


def test_once_there_is_mail_the_own_domains_are_to_do_and_not_set(admin: Admin) -> None:
    assert "mail domains" not in page(admin)["Name and numbers"]
    assert DOMAINS not in text_of(admin.opens_setup().screen)
    admin.to("contact")
    saves(admin, THEIRS)
    assert f"Northside: {DOMAINS}" in text_of(admin.opens_setup().screen)
    assert "Not set: own mail domains." in page(admin)["Name and numbers"]
    admin.to("site").saves(mail_domains="northside.sch.uk")
    assert "Own mail domains: northside.sch.uk" in page(admin)["Name and numbers"]
    assert DOMAINS not in text_of(admin.opens_setup().screen)


def test_a_site_of_the_file_is_amber_until_they_stand_there() -> None:
    mail = Contact("care", "social_care", "mail", THEIRS, verified=True)
    site = replace(WORKS, contacts=(mail,), declared=True)
    assert state(site) == f"Amber: works. Still to do in the file: {DOMAINS}."
    assert checklist.in_the_file(checklist.of_site(site)[0])
    assert state(replace(site, mail_domains=("northside.sch.uk",))) == "Green: works."
