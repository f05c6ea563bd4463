"""Who may raise at a site of both platforms: what is named on one is neither shown raw nor lost on the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Group
from handlers.screens import Form, Question, TextBox
from tests.handlers.memory import ADMIN
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

ON_SLACK, ON_TEAMS = "slack:T1/S0STAFF01", "teams:TEN/group:5b1f0f3e-0000-4000-8000-000000000001"
CHANNEL = "teams:TEN/channel:19:staff@thread.tacv2"
SAM_ON_TEAMS = Account("teams", "TEN", "aad-sam")
SOMEBODY = "teams:TEN/aad-wren"


@pytest.fixture
def admin() -> Admin:
    people = tuple(Account("teams", "TEN", f"aad-{number}") for number in range(3))
    world = World(
        groups={ON_SLACK: (Account("slack", "T1", "UWREN"),), ON_TEAMS: people, CHANNEL: people},
        about_groups={ON_SLACK: Group("@staff"), ON_TEAMS: Group("All staff"), CHANNEL: Group("Staff room")},
    )
    admin = with_a_site(world)
    both = frozenset({ADMIN, SAM_ON_TEAMS})
    site = replace(admin.site, serves=frozenset({"slack:T1", "teams:TEN"}), staff=(ON_TEAMS, SOMEBODY))
    admin.work.directory = replace(admin.work.directory, sites=(site,), admins=both, first_admins=both)
    return admin


def box(admin: Admin) -> str:
    assert isinstance(admin.screen, Form)
    return next(one.value for one in admin.screen.parts if isinstance(one, TextBox) and one.id == "groups")


def offered(admin: Admin) -> dict[str, str]:
    """What can be taken out of what is named elsewhere: the label with what comes back for it."""
    assert isinstance(admin.screen, Form)
    asked = [one for one in admin.screen.parts if isinstance(one, Question)]
    return {option.label: option.value for one in asked for option in one.options}


def test_what_is_named_on_the_other_platform_stays_when_this_ones_is_replaced(admin: Admin) -> None:
    admin.to("staff")
    assert box(admin) == ""
    assert "teams:TEN/group" not in text_of(admin.screen)
    assert "Take out: Entra group All staff on Teams (3 people)" in offered(admin)
    admin.saves(groups="S0STAFF01", people=("UWREN",))
    assert admin.site.staff == (ON_SLACK, "slack:T1/UWREN", ON_TEAMS, SOMEBODY)

    there = Admin(admin.world, SAM_ON_TEAMS).to("staff")
    assert box(there) == ON_TEAMS
    assert "Take out: user group @staff on Slack (1 person)" in offered(there)
    there.saves(groups=CHANNEL)
    assert set(admin.site.staff) == {CHANNEL, SOMEBODY, ON_SLACK, "slack:T1/UWREN"}


def test_each_of_them_can_be_taken_out_and_no_other_goes_with_it(admin: Admin) -> None:
    admin.to("staff")
    admin.saves(groups="S0STAFF01", take_out=(offered(admin)["Take out: Entra group All staff on Teams (3 people)"],))
    assert admin.site.staff == (ON_SLACK, SOMEBODY)


def test_what_is_chosen_to_be_taken_out_is_still_chosen_where_something_else_is_wrong(admin: Admin) -> None:
    admin.to("staff")
    chosen = offered(admin)["Take out: Entra group All staff on Teams (3 people)"]
    shown = admin.saves(groups="the staff", take_out=(chosen,))
    assert set(errors_on(shown)) == {"groups"}
    assert [one.chosen for one in shown.parts if isinstance(one, Question)] == [(chosen,)]
    assert admin.site.staff == (ON_TEAMS, SOMEBODY)


def test_a_window_from_before_there_was_that_question_takes_nothing_out(admin: Admin) -> None:
    admin.to("staff")
    assert isinstance(admin.screen, Form)
    before = tuple(one for one in admin.screen.parts if not isinstance(one, Question))
    admin.screen = replace(admin.screen, parts=before)
    admin.saves(groups=f"{ON_TEAMS}\nS0STAFF01")
    assert set(admin.site.staff) == {ON_TEAMS, ON_SLACK, SOMEBODY}


@pytest.mark.parametrize("window", ["leads", "staff"])
def test_a_teams_channel_that_is_shared_with_another_tenant_is_refused_as_on_slack(admin: Admin, window: str) -> None:
    admin.world.about_groups[CHANNEL] = Group("Staff room", "shared")
    there = Admin(admin.world, SAM_ON_TEAMS)
    shown = there.to(window).saves(groups=CHANNEL)
    assert "'Staff room' is shared with another organisation" in errors_on(shown)["groups"]
    assert (CHANNEL in admin.site.staff, CHANNEL in admin.site.leads) == (False, False)


def test_of_a_shared_channel_that_stands_the_page_says_that_the_others_do_not_count(admin: Admin) -> None:
    site = replace(admin.site, leads=(*admin.site.leads, CHANNEL))
    admin.work.directory = replace(admin.work.directory, sites=(site,))
    others = "people of another organisation are in it too, and do not count"
    assert others not in text_of(admin.to("overview").screen)
    admin.world.about_groups[CHANNEL] = Group("Staff room", "shared")
    assert others in text_of(admin.to("overview").screen)
