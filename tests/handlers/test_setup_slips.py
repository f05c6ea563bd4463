"""Slips that look right: a platform where nobody may raise, another admin's change, the school's own number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import Intent, Subject, Surface
from handlers.setup.at import At
from handlers.setup.route import WINDOWS
from tests.handlers.memory import ADMIN, MEMBER
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, with_a_site


@pytest.fixture
def admin() -> Admin:
    return with_a_site()


def test_a_platform_that_is_served_and_whose_staff_nobody_named_is_said() -> None:
    admin = with_a_site()
    admin.work.directory = replace(
        admin.work.directory, sites=(replace(admin.site, serves=frozenset({"slack:T1", "teams:TEN"})),)
    )
    assert "say who may raise on Teams" not in text_of(admin.to("overview").screen)
    admin.to("staff").saves(people=("UWREN",))
    assert "say who may raise on Teams" in text_of(admin.to("overview").screen)
    assert "say who may raise on Slack" not in text_of(admin.screen)


def test_a_window_left_open_says_what_the_other_admin_changed(admin: Admin) -> None:
    other = Admin(admin.world)
    other.to("site")
    admin.to("site").saves(phone="01632 960009")
    shown = other.saves(mash="01632 960010")
    assert "Switchboard: 01632 960009, before that 01632 960001" in text_of(shown)
    assert admin.site.phone == "01632 960009"


@pytest.mark.parametrize("number", ["01632 960001", "+44 1632 960001", "(01632) 960 111"])
def test_the_schools_own_number_is_no_contact(admin: Admin, number: str) -> None:
    admin.to("person", site="").saves(who="ULEAD", name="Priya Nair", phone="01632 960111")
    admin.to("contact").saves(purpose="police", kind="by_hand", destination=number)
    assert "your own school's number" in errors_on(admin.screen)["destination"]


@pytest.mark.parametrize("item", ["", "police-slack", "slack:T1/S0STAFF01", "slack:", "mail:a/b", "x" * 90])
@pytest.mark.parametrize("section", sorted({*WINDOWS, "nonsense"} - {"site"}))
def test_to_take_out_what_only_another_windows_button_carries_takes_nothing_out(
    admin: Admin, section: str, item: str
) -> None:
    before = admin.work.directory
    at = At(Intent("remove_setup", ADMIN, MEMBER, Surface.FORM, Subject()), admin.work, section)
    for site in (admin.site, None):
        token = replace(at, site=site).token(section, item, changes=True)
        said = text_of(admin.asks("remove_setup", surface=Surface.FORM, subject=token))
        assert section != "admin" or "There is nothing here for you" in said
        assert admin.work.directory == before
