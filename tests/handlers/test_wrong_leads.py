"""A group that was pasted by mistake is put right without a yes to the wrong people."""

from __future__ import annotations

import pytest

from handlers.people import Account
from handlers.screens import Form, Question
from handlers.setup.leads import LOOK, NOT_THEM, SURE
from tests.handlers.memory import DEPUTY, LEAD, TEACHER
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

STAFF = "slack:T1/S0STAFF01"
LEADS = "slack:T1/S0LEADS01"
WREN = Account.parse("slack:T1/UWREN")


@pytest.fixture
def admin() -> Admin:
    """An admin who pasted the group of all staff, and looks at who is in it."""
    there = with_a_site(World(groups={STAFF: (TEACHER, WREN, LEAD, DEPUTY), LEADS: (LEAD, WREN)}))
    there.to("leads").saves(groups="S0STAFF01")
    return there


def answers(admin: Admin) -> tuple[str, str]:
    """The words behind yes and no."""
    assert isinstance(admin.screen, Form)
    (sure,) = [one for one in admin.screen.parts if isinstance(one, Question) and one.id == SURE]
    assert sure.needed
    yes, no = sure.options
    assert (yes.label[:3], no.label[:3]) == ("Yes", "No:")
    return yes.value, no.value


def test_whoever_changed_the_box_says_no_and_looks_at_the_right_people(admin: Admin) -> None:
    shown = admin.saves(sure=(answers(admin)[1],), groups="S0LEADS01")
    assert errors_on(shown) == {SURE: LOOK}
    assert "S0STAFF01" not in text_of(shown)
    assert "User group S0LEADS01 (2 people: Priya Nair and Wren Okafor)" in text_of(shown)
    admin.saves(sure=(answers(admin)[0],), groups="S0LEADS01")
    assert admin.site.leads == (str(LEAD), str(DEPUTY), LEADS)


def test_whoever_says_no_and_changes_nothing_reads_what_to_change(admin: Admin) -> None:
    before = admin.site
    no = answers(admin)[1]
    assert errors_on(admin.saves(sure=(no,))) == {SURE: NOT_THEM}
    assert answers(admin)[1] == no
    assert admin.site == before


def test_whoever_empties_the_box_adds_people_alone(admin: Admin) -> None:
    admin.saves(sure=(answers(admin)[1],), groups="", people=("UWREN",))
    assert admin.site.leads == (str(LEAD), str(DEPUTY), str(WREN))


def test_a_yes_to_those_who_were_shown_is_none_to_others_in_the_box(admin: Admin) -> None:
    before = admin.site
    assert errors_on(admin.saves(sure=(answers(admin)[0],), groups="S0LEADS01")) == {SURE: LOOK}
    assert admin.site == before
