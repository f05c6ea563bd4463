"""A group that was pasted by mistake is put right without a yes to the wrong people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account
from handlers.screens import Form, Question
from handlers.setup.leads import ALREADY, LOOK, NOT_THEM, SURE
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, TEACHER
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


def test_everybody_who_would_lead_is_named_and_who_has_no_name_is_to_be_looked_up() -> None:
    people = tuple(Account("slack", "T1", f"U{number}") for number in range(20))
    unnamed = Account("slack", "T1", "UNINA")
    world = World(groups={LEADS: (*people, unnamed)}, names={one.user: f"Name {one.user}." for one in people})
    there = with_a_site(world)
    said = text_of(there.to("leads").saves(groups="S0LEADS01"))
    assert all(f"Name {one.user}." in said for one in people)
    assert "and 1 whose name cannot be read)" in said
    assert "cannot read the name of: UNINA. Look in the list of members in Slack who that is before you say yes" in said


def test_on_teams_a_name_that_cannot_be_read_is_looked_up_in_entra() -> None:
    group, sam = "teams:TEN/group:5b1f0f3e-2222-4333-8444-a5555666000a", Account.parse("teams:TEN/USAM")
    there = with_a_site(World(groups={group: (Account.parse("teams:TEN/aad-nina"),)}))
    there.work.directory = replace(there.work.directory, admins=frozenset({ADMIN, sam}))
    on_teams = Admin(there.world, sam)
    said = text_of(on_teams.to("leads").saves(groups="5b1f0f3e-2222-4333-8444-a5555666000a"))
    assert "their names cannot be read just now" in said
    assert "cannot read the name of: aad-nina. Look in the Entra admin centre who that is" in said


def test_a_group_that_leads_already_is_refused_at_its_own_field_and_nobody_has_to_say_who_they_are(
    admin: Admin,
) -> None:
    admin.to("leads").adds_group("S0LEADS01")
    shown = admin.to("leads").saves(groups="S0LEADS01")
    assert errors_on(shown) == {"groups": ALREADY}
    assert "Are these the safeguarding leads?" not in text_of(shown)
    admin.saves(groups="S0LEADS01", people=("UWREN",))
    assert admin.site.leads[-1] == str(WREN), "the other one is added without a question about the group"
