"""Where two people decide there are two: whoever is taken out leaves nobody alone, and a site in that state is red."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.people import Account, Person
from handlers.setup.state import state
from handlers.sites import StandIn
from tests.handlers.memory import DEPUTY, LEAD
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, with_a_site

ON_TEAMS = Account.parse("teams:TEN/priya")
WREN = Account.parse("slack:T1/UWREN")
GROUP = "slack:T1/S0LEADS01"
RED = "Red: two people have to decide, and one lead is left: nobody can decide what that lead raises."


@pytest.fixture
def admin() -> Admin:
    made = with_a_site()
    made.to("rules").saves(two_people="yes")
    assert made.site.requires_two_people
    return made


def reads(admin: Admin, *people: Account) -> None:
    """The group of leads has these people in it."""
    admin.world.groups[GROUP] = people


def test_the_last_but_one_stays_until_there_is_another_or_one_may_decide(admin: Admin) -> None:
    screen = admin.to("lead", str(DEPUTY)).saves(move="out")
    assert "Two people have to decide here, and one lead would be left" in errors_on(screen)["move"]
    assert admin.site.leads == (str(LEAD), str(DEPUTY))
    admin.to("leads").saves(people=("UWREN",))
    admin.to("lead", str(DEPUTY)).saves(move="out")
    assert admin.site.leads == (str(LEAD), str(WREN))
    admin.to("rules").saves(two_people="no")
    admin.to("lead", str(WREN)).saves(move="out")
    assert admin.site.leads == (str(LEAD),)


def test_two_accounts_of_one_person_are_one(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD), str(ON_TEAMS), str(DEPUTY))))
    admin.work.keep_persons((Person((LEAD, ON_TEAMS)),))
    screen = admin.to("lead", str(DEPUTY)).saves(move="out")
    assert "one lead would be left" in errors_on(screen)["move"]


def test_a_group_counts_by_who_is_in_it_and_is_trusted_while_it_cannot_be_read(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD), str(DEPUTY), GROUP)))
    reads(admin, LEAD)
    screen = admin.to("lead", str(DEPUTY)).saves(move="out")
    assert "one lead would be left" in errors_on(screen)["move"]
    reads(admin, LEAD, WREN)
    admin.to("lead", str(DEPUTY)).saves(move="out")
    assert admin.site.leads == (str(LEAD), GROUP)
    screen = admin.to("lead", GROUP).saves(move="out")
    assert "one lead would be left" in errors_on(screen)["move"]
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD), str(DEPUTY), GROUP)))
    del admin.world.groups[GROUP]
    admin.to("lead", str(DEPUTY)).saves(move="out")
    assert admin.site.leads == (str(LEAD), GROUP)


def test_the_one_who_stands_in_beside_a_lone_lead_stays_too(admin: Admin) -> None:
    entry = StandIn(GROUP, str(WREN), date(2026, 11, 1), date(2026, 12, 24))
    admin.work.keep_site(replace(admin.site, leads=(GROUP,), stand_ins=(entry,)))
    reads(admin, LEAD)
    admin.to("overview")
    said = text_of(admin.presses("remove_setup", label="Take out"))
    assert "one lead would be left" in said
    assert admin.site.stand_ins == (entry,)
    admin.work.keep_site(replace(admin.site, leads=(GROUP, str(LEAD), str(DEPUTY))))
    admin.to("overview")
    admin.presses("remove_setup", label="Take out")
    assert admin.site.stand_ins == ()


def test_who_stands_in_for_some_days_is_no_second_lead(admin: Admin) -> None:
    admin.to("rules").saves(two_people="no")
    admin.work.keep_site(
        replace(admin.site, leads=(str(LEAD),),
                stand_ins=(StandIn(str(LEAD), str(WREN), date(2026, 11, 1), date(2026, 12, 24)),))
    )  # fmt: skip
    screen = admin.to("rules").saves(two_people="yes")
    assert "Add a second lead first" in errors_on(screen)["two_people"]


def test_a_site_in_that_state_is_red_whoever_left_and_however_it_was_set_up(admin: Admin) -> None:
    directory = admin.work.directory
    assert not state(admin.site, {}, directory).startswith("Red")
    assert state(replace(admin.site, leads=(str(LEAD),)), {}, directory) == RED
    assert state(replace(admin.site, leads=(str(LEAD),), declared=True), {}, directory) == RED
    shrunk = replace(admin.site, leads=(GROUP,))
    assert state(shrunk, {GROUP: (LEAD,)}, directory) == RED
    assert not state(shrunk, {GROUP: (LEAD, WREN)}, directory).startswith("Red")
    assert not state(shrunk, {}, directory).startswith("Red"), "nobody knows"
    left = replace(directory, not_members={DEPUTY: "deactivated"})
    assert state(admin.site, {}, left) == RED
    joined = replace(directory, persons=(Person((LEAD, DEPUTY)),))
    assert state(admin.site, {}, joined) == RED
    assert not state(replace(admin.site, requires_two_people=False, leads=(str(LEAD),)), {}, directory).startswith(
        "Red"
    )


def test_what_is_to_do_says_so_first(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD),)))
    said = text_of(admin.to("overview").screen)
    assert "add a second lead" in said
