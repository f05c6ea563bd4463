"""An admin who is the only lead of a site is a thing to do, in red: nobody hears of what they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.people import Account, Person
from handlers.setup.state import state
from tests.handlers.memory import ADMIN, LEAD
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, World, with_a_site

WREN = Account.parse("slack:T1/UWREN")
GROUP = "slack:T1/S0LEADS01"
TODO = "add a lead who is not an admin"


def without_leads(world: World | None = None) -> Admin:
    admin = Admin(world or World())
    admin.opens_setup().goes("Do it")
    admin.saves(name="Northside", nation=("england",), phone="01632 960001")
    return admin


def stands(admin: Admin) -> str:
    return state(admin.site, admin.world.groups, admin.work.directory)


def test_an_admin_who_makes_only_themselves_a_lead_is_warned_at_once_and_it_stays_to_do_in_red() -> None:
    admin = without_leads()
    said = text_of(admin.to("leads").saves(people=("UADMIN",)))
    assert "Sam Adeyemi is an admin, and sees every case of this site from now on" in said
    assert "Nobody else leads here, so nobody else is told. Add another lead." in said
    assert TODO in said
    assert stands(admin).startswith("Red: the only lead is an admin")
    home = text_of(admin.opens_setup().screen)
    assert f"Northside: {TODO}" in home
    assert "Red: the only lead is an admin" in home
    assert "Red: the only lead is an admin" in text_of(admin.asks("show_home"))


def test_the_warning_stands_there_again_where_the_press_is_delivered_twice() -> None:
    admin = without_leads()
    window = admin.to("leads").screen
    first = text_of(admin.saves(people=("UADMIN",)))
    admin.sees(window)  # type: ignore[arg-type]
    admin.typed = {}
    assert text_of(admin.saves(people=("UADMIN",))) == first


def test_it_is_done_once_somebody_else_leads_and_the_admin_reads_that_the_others_are_told() -> None:
    admin = without_leads()
    admin.to("leads").saves(people=("ULEAD",))
    said = text_of(admin.to("leads").saves(people=("UADMIN",)))
    assert "The other leads are told so." in said
    assert TODO not in said
    assert not stands(admin).startswith("Red")


def test_two_accounts_of_one_admin_are_one_lead_and_so_is_a_group_with_nobody_else() -> None:
    admin = without_leads(World(groups={GROUP: (ADMIN,)}))
    on_teams = Account.parse("teams:TEN/sam")
    admin.work.directory = replace(admin.work.directory, persons=(Person((ADMIN, on_teams), "Sam"),))
    admin.work.keep_site(replace(admin.site, leads=(str(on_teams), GROUP)))
    assert stands(admin).startswith("Red: the only lead is an admin")
    admin.world.groups[GROUP] = (ADMIN, LEAD)
    assert not stands(admin).startswith("Red")


def test_a_group_that_cannot_be_read_may_hold_others_and_a_lead_who_is_not_an_admin_is_no_matter() -> None:
    admin = without_leads()
    admin.work.keep_site(replace(admin.site, leads=(str(ADMIN), GROUP)))
    assert not stands(admin).startswith("Red")
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD),)))
    assert not stands(admin).startswith("Red")


def told(admin: Admin, who: Account) -> list[str]:
    admin.work.passes(minutes=11)
    found = [text_of(message) for delivery, message in admin.work.arrived if delivery.to == who]
    admin.work.arrived.clear()
    return found


def second_site(name: str) -> Admin:
    """A site beside one with two leads, in the same workspace."""
    admin = with_a_site()
    told(admin, LEAD)
    admin.to("site", site="").saves(name=name, nation=("england",), phone="01632 960002")
    return admin


def test_a_second_site_that_an_admin_alone_leads_is_told_to_the_leads_of_the_first() -> None:
    admin = second_site("North Annexe")
    site = next(one.id for one in admin.work.directory.sites if one.name == "North Annexe")
    said = text_of(admin.to("leads", site=site).saves(people=("UADMIN",)))
    assert "Nobody else leads here, so the leads of the other sites here are told. Add another lead." in said
    (read,) = told(admin, LEAD)
    assert "North Annexe: an admin made themselves a lead" in read
    assert "Only admins lead this site, so the leads of the other sites here are told too." in read
    admin.to("leads", site=site).saves(people=("UWREN",))
    assert told(admin, LEAD) == []


def test_an_ordinary_second_site_is_told_to_nobody_elsewhere_and_neither_is_one_of_another_workspace() -> None:
    admin = second_site("Southside")
    admin.to("leads", site="southside").saves(people=("UWREN",))
    assert told(admin, LEAD) == []
    site = next(one for one in admin.work.directory.sites if one.id == "southside")
    admin.work.keep_site(replace(site, serves=frozenset({"slack:T2"})))
    admin.to("leads", site="southside").saves(people=("UADMIN",))
    assert told(admin, LEAD) == []


@pytest.mark.parametrize("presses", [[("UWREN", "UADMIN")], [("UWREN",), ("UADMIN",)]], ids=["at once", "one by one"])
def test_a_new_site_that_an_admin_leads_is_told_beside_whoever_else_leads_it_and_the_screen_says_so(
    presses: list[tuple[str, ...]],
) -> None:  # SR-11
    admin = second_site("Northside safeguarding team")
    site = next(one.id for one in admin.work.directory.sites if one.id != "northside")
    *_, said = [text_of(admin.to("leads", site=site).saves(people=people)) for people in presses]
    assert "The other leads are told so, and so are the leads of the other sites here." in said
    admin.work.passes(minutes=0.1)
    read = [text_of(message) for delivery, message in admin.work.arrived if delivery.to == LEAD]
    assert ["an admin made themselves a lead" in one for one in read] == [True], "at once, and once"
    assert "This site is new and an admin leads it" in read[0]


def test_whoever_is_made_a_lead_together_with_an_admin_reads_that_the_admin_leads_too() -> None:
    admin = second_site("Southside")
    admin.to("leads", site="southside").saves(people=("UWREN", "UADMIN"))
    (read,) = told(admin, WREN)
    assert "You are now a lead of Southside" in read
    assert f"Sam Adeyemi, an admin of Signpost, leads there from now on too, by the account {ADMIN}." in read


def test_a_site_of_long_ago_is_not_new_any_more() -> None:
    admin = second_site("Southside")
    admin.to("leads", site="southside").saves(people=("UWREN",))
    told(admin, LEAD)
    admin.work.now += timedelta(days=31)
    said = text_of(admin.to("leads", site="southside").saves(people=("UADMIN",)))
    assert said.count("told so") == 1
    assert "of the other sites" not in said
    assert told(admin, LEAD) == []


def test_an_admin_who_is_made_a_lead_by_another_is_announced_as_an_admin() -> None:
    admin = second_site("Southside")
    other = Account.parse("slack:T1/UOTHER")
    admin.work.directory = replace(admin.work.directory, admins=frozenset({ADMIN, other}))
    admin.to("leads", site="southside").saves(people=("UWREN", "UOTHER"))
    (read,) = told(admin, LEAD)
    assert "Southside: an admin has become a lead" in read
    assert f"{other} (an admin of Signpost)" in read
    assert "This site is new" in read
