"""A site at which no staff can raise is red, says why and both ways out; leads hear it, and nobody is led past it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.changes import UNRAISED
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.screens import Caution, Form, Question
from handlers.setup import checklist
from handlers.setup.declared import tell_declared
from handlers.setup.state import state
from handlers.setup.told import line
from handlers.sites import Site
from tests.handlers.memory import DEPUTY, LEAD, MEMBER, SITE, TEACHER, TEACHER_ON_TEAMS, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import Admin, World, nothing, parts_of
from tests.handlers.test_checklist import WORKS

BOTH = frozenset({"slack:T1", "teams:TEN"})
STAFF = "slack:T1/S0STAFF01"
ON_TEAMS = "teams:TEN/group:5b1f"
AMIRA = Account.parse("slack:T1/UAMIRA")
WHY = "those who may are on Slack workspace T1, and it may not be raised from there"
NAME = "name a group on Teams under 'Who may raise', from there."
TICK = f"Tick Slack workspace T1 again under 'Name and numbers', or {NAME}"


def of_both() -> Admin:
    """An admin whose site is raised from Slack and from Teams, by a group of Slack."""
    work = MemoryWork(directory=replace(nothing(), connected=BOTH))
    admin = Admin(World(work, groups={STAFF: (AMIRA,)}))
    admin.opens_setup().goes("Do it")
    admin.saves(name="Northside", nation=("england",), phone="01632 960001", serves=tuple(BOTH))
    admin.to("leads").saves(people=("ULEAD", "UDEPUTY"))
    admin.to("staff").saves(groups="S0STAFF01")
    admin.to("contact").saves(purpose="lado", kind="by_hand", destination="01632 960012")
    admin.work.passes(minutes=11)
    admin.work.arrived.clear()
    return admin


def takes_slack_out(admin: Admin) -> str:
    """Untick Slack and save; what the admin reads."""
    return text_of(admin.to("site").saves(serves=("teams:TEN",)))


def at_the_top(admin: Admin) -> list[str]:
    return [part.text for part in parts_of(admin) if isinstance(part, Caution)][1:]


def test_who_saves_it_reads_at_the_top_what_they_have_done_and_both_ways_out() -> None:
    admin = of_both()
    takes_slack_out(admin)
    (said,) = at_the_top(admin)
    assert said == f"Nobody but leads can raise an incident here: {WHY}. {TICK}"
    assert at_the_top(admin.to("overview")) == [said], "and whoever opens the page later"


def test_it_is_red_and_the_first_thing_to_do_with_both_ways_out_and_no_third() -> None:
    admin = of_both()
    takes_slack_out(admin)
    assert (
        state(admin.site, directory=admin.work.directory) == f"Red: nobody but leads can raise an incident here: {WHY}."
    )
    todo = checklist.of(admin.work.directory)[1]
    assert (todo[0].title, todo[0].red, todo[0].section) == ("Northside: let your staff raise", True, "site")
    assert todo[0].why == f"Nobody but leads can: {WHY}. {TICK}"
    (teams,) = [one for one in todo if one.what == "say who may raise on Teams"]
    assert "take Teams out" not in teams.why


def test_either_way_out_puts_it_right() -> None:
    admin = of_both()
    takes_slack_out(admin)
    named = replace(admin.site, staff=(STAFF, ON_TEAMS))
    ticked = replace(admin.site, serves=BOTH)
    for site in (named, ticked):
        assert not state(site, directory=admin.work.directory).startswith("Red")
        assert "let your staff raise" not in {one.what for one in checklist.of_site(site)}


@pytest.mark.parametrize(("site", "red"), [
    (replace(WORKS, staff=("slack:T2/S9",)), True),
    (replace(WORKS, staff=("slack:T2/S9", "slack:T1/U7")), False),
    (replace(WORKS, staff=()), False),
    (replace(WORKS, staff=(STAFF,)), False),
])  # fmt: skip
def test_another_workspace_of_the_same_platform_is_another_place(site: Site, *, red: bool) -> None:
    assert state(site).startswith("Red: nobody but leads can raise") == red


def test_a_group_of_staff_with_nobody_in_it_is_red_as_well() -> None:
    site = replace(WORKS, staff=(STAFF,))
    assert state(site, {STAFF: ()}) == (
        "Red: nobody but leads can raise an incident here: nobody is in the group of those who may."
    )
    (todo,) = [one for one in checklist.of_site(site, {STAFF: ()}) if one.red]
    assert (todo.what, todo.section) == ("let your staff raise", "staff")
    assert state(site, {STAFF: (AMIRA,)}) == state(site, {}) == "Green: works."


def test_of_a_site_of_the_file_the_file_is_what_is_changed() -> None:
    site = replace(WORKS, staff=("slack:T2/S9",), declared=True)
    (todo,) = [one for one in checklist.of_site(site) if one.red]
    assert "Write slack:T2 into its serves, or somebody of Slack workspace T1 into its staff." in todo.why
    assert "Tick" not in todo.why


def test_the_leads_hear_at_once_and_by_itself_that_nobody_can_raise() -> None:
    admin = of_both()
    takes_slack_out(admin)
    admin.work.passes()
    (said,) = [text_of(one) for one in admin.work.at(LEAD)]
    assert said.startswith("Northside: nobody but leads can raise an incident now")
    assert "Nobody can raise an incident here from Slack workspace T1 any more." in said
    assert f"Nobody but leads can now: {WHY}." in said


def test_the_same_where_the_group_of_the_other_platform_was_taken_out() -> None:
    admin = of_both()
    admin.work.keep_site(replace(admin.site, serves=frozenset({"teams:TEN"}), staff=(STAFF, ON_TEAMS)))
    shown = admin.to("staff").screen
    assert isinstance(shown, Form)
    (out,) = [part for part in shown.parts if isinstance(part, Question) and part.id == "take_out"]
    admin.saves(take_out=(out.options[0].value,))
    admin.work.passes()
    (said,) = [text_of(one) for one in admin.work.at(DEPUTY)]
    assert f"Nobody but leads can now: {WHY}." in said
    assert "any more" not in said


def test_where_others_still_can_the_leads_read_from_where_nobody_can_with_the_rest() -> None:
    admin = of_both()
    admin.work.keep_site(replace(admin.site, staff=(STAFF, ON_TEAMS)))
    takes_slack_out(admin)
    admin.work.passes()
    assert admin.work.at(LEAD) == []
    admin.work.passes(minutes=11)
    (said,) = [text_of(one) for one in admin.work.at(LEAD)]
    assert "Nobody can raise an incident here from Slack workspace T1 any more." in said
    assert "Nobody but leads" not in said


WEST = Site("west", "Westhill", "england", (str(LEAD),), serves=frozenset({"teams:TEN"}), staff=(str(TEACHER),))
SLACK = replace(SITE, serves=frozenset({"slack:T1"}))


def begins(*sites: Site, persons: tuple[Person, ...] = (), known: Known = MEMBER) -> str:
    directory = Directory(sites, persons=persons)
    return text_of(Someone(MemoryWork(directory=directory), TEACHER, known).asks("start_report"))


@pytest.mark.parametrize("staff", [
    (str(TEACHER),), (str(TEACHER_ON_TEAMS),), ("slack:T1/S9",),
], ids=["by name", "by the other account", "by a group"])  # fmt: skip
def test_whoever_is_named_at_a_site_that_is_not_raised_from_here_is_asked_and_led_nowhere(
    staff: tuple[str, ...],
) -> None:
    known = Known(Standing(member=True), groups={"slack:T1/S9": (TEACHER,)}, asked=frozenset({"slack:T1/S9"}))
    persons = (Person((TEACHER, TEACHER_ON_TEAMS)),)
    said = begins(SLACK, replace(WEST, staff=staff), persons=persons, known=known)
    assert "Which site is this about?" in said
    assert "Is yours not here? Choose none" in said
    assert "Westhill" not in said


def test_with_one_site_on_offer_and_others_elsewhere_the_first_page_says_what_to_do_if_it_is_another() -> None:
    said = begins(SLACK, replace(WEST, staff=()))
    assert "This report is for Northside Academy.\nAnother school? Close this: tell its DSL now" in said
    assert "Westhill" not in said


def test_where_there_is_one_site_nobody_is_asked() -> None:
    said = begins(SLACK)
    assert "Which site" not in said
    assert "Another school?" not in said


@pytest.mark.parametrize("after", [
    replace(WORKS, serves=frozenset({"teams:TEN"}), declared=True),
    replace(WORKS, staff=("slack:T2/S9",), declared=True),
], ids=["serves", "staff"])  # fmt: skip
def test_what_the_file_takes_away_is_told_at_once_too(after: Site) -> None:
    work = MemoryWork()
    tell_declared(Directory((replace(WORKS, declared=True),)), Directory((after,)), work)
    (change,) = work.kept
    assert change.why == UNRAISED
    assert "Nobody but leads can now: those who may are on Slack workspace T" in line(change)
