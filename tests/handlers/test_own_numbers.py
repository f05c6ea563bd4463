"""A contact is never rung on a number of the school's own, however either of them is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.setup.numbers import number_wrong
from tests.handlers.person import errors_on
from tests.handlers.setting_up import Admin, with_a_site

SPELT = (
    "01632 960099", "01632960099", "(01632) 960 099", "01632-960-099", "01632\u2013960\u2013099", "01632.960.099",
    "01632\u00a0960099", "+44 1632 960099", "+44 (0)1632 960099", "+44(0)1632960099", "(+44) 1632 960099",
    "0044 1632 960099", "0044 (0)1632 960 099", "00441632960099", "01632 960099 ext 4", "01632 960099x204",
    "01632 960099 (office)", "01632 960055 or +44 (0)1632 960099",
)  # fmt: skip
OTHERS = ("01632 960098", "+44 (0)1632 960990", "0044 20 7946 0099", "+353 1632 960099", "01632 96009")


@pytest.fixture
def admin() -> Admin:
    return with_a_site()


def by_hand(admin: Admin, number: str, purpose: str = "police") -> dict[str, str]:
    """What is wrong with a contact that is rung on this number."""
    return dict(errors_on(admin.to("contact").saves(purpose=purpose, kind="by_hand", destination=number)))


@pytest.mark.parametrize("number", SPELT)
def test_each_spelling_of_a_number_is_taken_and_known_as_the_schools_own(admin: Admin, number: str) -> None:
    assert number_wrong(number, 60) == ""
    admin.to("site").saves(phone="+44 (0)1632 960099")
    assert "your own school's number" in by_hand(admin, number)["destination"]
    admin.to("site").saves(phone="01632 960001")
    admin.to("person", site="").saves(who="ULEAD", name="Priya Nair", phone="0044 1632 960099")
    assert "your own school's number" in by_hand(admin, number)["destination"]
    assert admin.site.contacts == ()


@pytest.mark.parametrize("number", OTHERS)
def test_another_number_is_taken(admin: Admin, number: str) -> None:
    admin.to("site").saves(phone="01632 960099")
    assert by_hand(admin, number) == {}
    assert [one.destination for one in admin.site.contacts] == [number]


def test_the_switchboard_of_another_site_is_the_schools_own_too(admin: Admin) -> None:
    admin.to("site", site="").saves(name="Southside", nation=("england",), phone="01632 960020")
    assert "your own school's number" in by_hand(admin, "+44 (0)1632 960020")["destination"]


def test_an_extension_alone_is_rung_from_within_the_school(admin: Admin) -> None:
    assert "your own school's number" in by_hand(admin, "ext 204")["destination"]


def test_a_switchboard_is_not_the_number_of_a_contact(admin: Admin) -> None:
    by_hand(admin, "01632 960020")
    shown = admin.to("site").saves(phone="+44 (0)1632 960020")
    assert "the number of a contact (Police, by phone: 01632 960020, at Northside)" in errors_on(shown)["phone"]
    assert admin.site.phone == "01632 960001"


@pytest.mark.parametrize("field", ["mash", "out_of_hours", "lado"])
def test_a_number_of_the_council_is_neither_the_schools_own_nor_the_police(admin: Admin, field: str) -> None:
    own = errors_on(admin.to("site").saves(**{field: "+44 (0)1632 960001"}))
    assert "your own school's number" in own[field]
    assert "101 is the police" in errors_on(admin.to("site").saves(**{field: "101"}))[field]
    assert errors_on(admin.to("site").saves(**{field: "01632 960012"})) == {}


@pytest.mark.parametrize("purpose", ["social_care", "lado"])
def test_101_is_the_police_and_nobody_else(admin: Admin, purpose: str) -> None:
    assert "101 is the police" in by_hand(admin, "101", purpose)["destination"]
    assert "101 is the police" in by_hand(admin, "01632 960012 or 101", purpose)["destination"]
    assert "another service" in by_hand(admin, "111", purpose)["destination"]
    assert "another service" in by_hand(admin, "105")["destination"]
    assert by_hand(admin, "101 ext 4") == {}


def test_the_same_number_twice_for_one_agency_is_known_in_any_spelling(admin: Admin) -> None:
    by_hand(admin, "01632 960012", "lado")
    assert "there already" in by_hand(admin, "+44 (0)1632 960012", "lado")["destination"]
    assert by_hand(admin, "01632 960012 ext 2", "lado") == {}, "another desk"
    assert by_hand(admin, "01632 960012", "social_care") == {}, "another agency"
    assert len(admin.site.contacts) == 3


def test_a_number_that_a_file_holds_in_words_is_known_too(admin: Admin) -> None:
    admin.work.directory = replace(
        admin.work.directory, sites=(replace(admin.site, phone="Office: 01632 960099, or the head"),)
    )
    assert "your own school's number" in by_hand(admin, "+44 1632 960099")["destination"]
