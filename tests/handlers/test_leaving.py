"""A lead is taken out: whoever reads "no lead any more" can rely on it, and a site is never left with nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.people import Account, Known, Person, Standing
from handlers.screens import Form
from handlers.setup.state import state
from tests.handlers.memory import DEPUTY, LEAD
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

ON_TEAMS = Account.parse("teams:TEN/tom")
DAYS = {"first_day": "14/12/2026", "last_day": "18/12/2026"}
GROUP = "slack:T1/S0LEADS01"


def is_lead(admin: Admin, account: Account, day: str = "2026-12-15") -> bool:
    known = Known(Standing(member=True), groups=admin.world.groups, day=date.fromisoformat(day))
    return admin.work.directory.is_lead(account, admin.site, known)


def takes_out(admin: Admin, account: Account) -> str:
    return text_of(admin.to("lead", str(account)).saves(move="out"))


def test_who_also_stands_in_is_said_to_lead_still_and_that_is_taken_out_with_one_press() -> None:
    admin = with_a_site()
    admin.to("stand_in").saves(away=str(LEAD), who="UDEPUTY", **DAYS)
    said = takes_out(admin, DEPUTY)
    assert "Tom Reid can still lead here, as a stand-in" in said
    assert is_lead(admin, DEPUTY)

    first = next(button for button in admin.screen_buttons() if button.label == "Take out")
    assert said.index("can still lead here") < said.index(first.label) < said.index("Name and numbers")
    admin.presses("remove_setup", label="Take out")
    assert not is_lead(admin, DEPUTY)
    assert "still lead" not in text_of(admin.screen)


def test_every_account_of_a_person_is_taken_out_and_the_screen_and_the_leads_are_told_so() -> None:
    admin = with_a_site()
    directory = admin.work.directory
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD), str(DEPUTY), str(ON_TEAMS))))
    admin.work.directory = replace(admin.work.directory, persons=(Person((DEPUTY, ON_TEAMS), "Tom Reid"),))
    assert directory.persons == ()
    said = takes_out(admin, DEPUTY)
    assert admin.site.leads == (str(LEAD),)
    assert not is_lead(admin, DEPUTY)
    assert not is_lead(admin, ON_TEAMS)
    assert "Every account of Tom Reid that was listed here is taken out" in said
    (change,) = [one for one in admin.work.kept if one.what == "lead_removed"]
    assert str(ON_TEAMS) in change.about_name


def test_both_accounts_of_one_person_are_the_last_lead() -> None:
    admin = with_a_site()
    admin.work.keep_site(replace(admin.site, leads=(str(DEPUTY), str(ON_TEAMS))))
    admin.work.directory = replace(admin.work.directory, persons=(Person((DEPUTY, ON_TEAMS), "Tom Reid"),))
    shown = admin.to("lead", str(DEPUTY)).saves(move="out")
    assert "needs a lead" in errors_on(shown)["move"]
    assert len(admin.site.leads) == 2


def with_a_group(*members: Account) -> Admin:
    admin = with_a_site(World(groups={GROUP: members}))
    admin.work.keep_site(replace(admin.site, leads=(*admin.site.leads, GROUP)))
    return admin


def test_a_member_of_a_group_of_leads_is_said_to_lead_still_with_the_way_to_that_group() -> None:
    admin = with_a_group(DEPUTY)
    said = takes_out(admin, DEPUTY)
    assert "Tom Reid still leads here, by a group" in said
    assert is_lead(admin, DEPUTY)
    admin.goes("Change")
    assert isinstance(admin.screen, Form)
    assert "S0LEADS01" in text_of(admin.screen)


def test_a_group_that_cannot_be_read_is_said_and_nothing_is_promised() -> None:
    admin = with_a_group(DEPUTY)
    del admin.world.groups[GROUP]
    assert "Whether Tom Reid is in a group that leads here cannot be read just now" in takes_out(admin, DEPUTY)


def test_whoever_leads_by_nothing_else_is_simply_out() -> None:
    said = takes_out(with_a_group(LEAD), DEPUTY)
    assert not [words for words in ("still", "Every account", "cannot be read") if words in said]


@pytest.mark.parametrize("who", [DEPUTY, GROUP])
def test_the_last_person_stays_where_only_an_empty_group_would(who: object) -> None:
    admin = with_a_group()
    admin.to("lead", str(LEAD)).saves(move="out")
    if who == GROUP:  # and the other way round: the last group that has somebody in it
        other = "slack:T1/S0DEPUTY1"
        admin.world.groups |= {GROUP: (), other: (DEPUTY,)}
        admin.work.keep_site(replace(admin.site, leads=(GROUP, other)))
        who = other
    before = admin.site.leads
    shown = admin.to("lead", str(who)).saves(move="out")
    assert "Nobody would lead here" in errors_on(shown)["move"]
    assert admin.site.leads == before


def test_a_group_that_cannot_be_read_just_now_may_have_somebody_in_it() -> None:
    admin = with_a_group(DEPUTY)
    admin.to("lead", str(LEAD)).saves(move="out")
    del admin.world.groups[GROUP]
    takes_out(admin, DEPUTY)
    assert admin.site.leads == (GROUP,)


def test_a_site_whose_groups_are_all_empty_is_red_wherever_an_admin_looks() -> None:
    admin = with_a_group(DEPUTY)
    admin.work.keep_site(replace(admin.site, leads=(GROUP,)))
    assert "nobody is in the group of leads" not in text_of(admin.opens_setup().screen)
    admin.world.groups[GROUP] = ()
    for shown in (admin.opens_setup().screen, admin.asks("show_home"), admin.asks("show_start")):
        assert "Red: nobody is in the group of leads" in text_of(shown)
    assert "put somebody into the leads' group" in text_of(admin.to("overview").screen)
    assert state(admin.site).startswith("Amber"), "what was not asked is not claimed"
