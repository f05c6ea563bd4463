"""Who is a guest, has left or is of another organisation has no role: no place in the order, no case, no green site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.looking.cover import cover
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.setup.checklist import of, of_site
from handlers.setup.state import state
from handlers.sites import Contact, Site, StandIn
from tests.handlers.memory import DEPUTY, LEAD, TEACHER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import with_a_site
from tests.handlers.stories import V07

GUEST = Standing(member=False, why_not="guest")
SILENCE = Standing(member=False, why_not="unknown")
MEMBER = Standing(member=True)
OTHER = Account.parse("slack:T1/UOTHER")
LEAD_ON_TEAMS = Account.parse("teams:TEN/LEAD")
GROUP = "slack:T1/S1"
DAY = date(2026, 11, 24)
SITE = Site("northside", "Northside", "england", (str(LEAD), str(DEPUTY)), phone="01632 960001")


def a_directory(site: Site = SITE, **noted: str) -> Directory:
    """One site, and what was noted of whom by name."""
    people = {"lead": LEAD, "deputy": DEPUTY, "other": OTHER}
    return Directory((site,), not_members={people[name]: why for name, why in noted.items()})


def known(**said: Standing) -> Known:
    people = {"lead": LEAD, "deputy": DEPUTY, "other": OTHER}
    return Known(MEMBER, groups={GROUP: (LEAD, OTHER)}, standings={people[one]: s for one, s in said.items()}, day=DAY)


def test_somebody_without_a_role_has_no_place_in_the_order_by_name_or_by_group() -> None:
    assert a_directory(lead="guest").leads(SITE, known()) == (DEPUTY,)
    by_group = replace(SITE, leads=(GROUP,))
    assert a_directory(by_group, other="outside").leads(by_group, known()) == (LEAD,)


@pytest.mark.parametrize(
    ("said", "noted", "leads"),
    [
        (GUEST, "", False),
        (GUEST, "guest", False),
        (SILENCE, "guest", False),
        (SILENCE, "", True),
        (MEMBER, "guest", True),
    ],
)
def test_what_is_said_now_counts_before_what_was_noted_and_silence_changes_nothing(
    said: Standing, noted: str, leads: bool
) -> None:
    directory, now = a_directory(**({"lead": noted} if noted else {})), known(lead=said)
    assert (LEAD in directory.leads(SITE, now), directory.is_lead(LEAD, SITE, now)) == (leads, leads)


def test_a_second_account_of_the_same_person_is_told_where_it_is_named_too_and_leads_by_nothing_else() -> None:
    both = replace(SITE, leads=(str(LEAD), str(LEAD_ON_TEAMS), str(DEPUTY)))
    directory = replace(a_directory(both, lead="deactivated"), persons=(Person((LEAD, LEAD_ON_TEAMS)),))
    assert directory.leads(both, known()) == (LEAD_ON_TEAMS, DEPUTY)
    assert directory.is_lead(LEAD_ON_TEAMS, both, known())
    assert not directory.is_lead(LEAD_ON_TEAMS, SITE, known())
    guest = replace(directory, not_members={LEAD_ON_TEAMS: "guest"})
    assert guest.is_lead(LEAD, SITE, known())
    assert not guest.is_lead(LEAD_ON_TEAMS, SITE, known())


def test_a_stand_in_without_a_role_takes_nobodys_place() -> None:
    site = replace(SITE, stand_ins=(StandIn(str(LEAD), str(OTHER), DAY, DAY),))
    assert a_directory(site).leads(site, known()) == (OTHER, DEPUTY, LEAD)
    assert a_directory(site, other="guest").leads(site, known()) == (LEAD, DEPUTY)
    assert not a_directory(site, other="guest").is_lead(OTHER, site, known())


def test_a_site_is_amber_with_one_of_them_and_red_with_none_left() -> None:
    well = replace(
        SITE,
        staff=("slack:T1/S9",),
        contacts=(Contact("p", "police", "mail", "a@b.example", verified=True),),
        mail_domains=("northside.example",),
    )
    assert state(well, {}, a_directory(well)) == "Green: works."
    assert state(well, {}, a_directory(well, lead="guest")).startswith("Amber: works, and a lead or stand-in has left")
    assert state(well, {}, a_directory(well, lead="guest", deputy="deactivated")).startswith("Red: whoever is named")
    by_group = replace(well, leads=(GROUP,))
    both = a_directory(by_group, lead="guest", other="guest")
    assert state(by_group, {GROUP: (LEAD, OTHER)}, both).startswith("Red: whoever is named")
    mixed = replace(well, leads=(GROUP, str(LEAD)))
    assert not state(mixed, {}, both).startswith("Red"), "who else is in the group is not known"


def test_the_checklist_claims_nothing_of_leads_without_a_role() -> None:
    said = "somebody hears of every incident, and somebody else if they are away"
    assert said in of(a_directory())[0]
    for directory in (a_directory(lead="guest"), a_directory(lead="guest", deputy="guest")):
        assert said not in of(directory)[0]
    assert [one.what for one in of_site(SITE, directory=a_directory(lead="guest")) if one.section == "leads"] == [
        "add a deputy", "replace a lead or stand-in",
    ]  # fmt: skip
    none = of_site(SITE, directory=a_directory(lead="guest", deputy="guest"))
    assert [one.what for one in none if one.section == "leads"] == ["name a lead who is there"]


def test_an_admin_reads_beside_each_name_why_they_cannot_lead() -> None:
    admin = with_a_site()
    people = (Person((LEAD,), name="Priya Nair"), Person((DEPUTY,), name="Tom Reid"), Person((OTHER,), name="Jo Marsh"))
    admin.work.directory = replace(admin.work.directory, persons=people)
    admin.work.keep_site(
        replace(admin.site, leads=(str(LEAD), GROUP), stand_ins=(StandIn(GROUP, str(OTHER), DAY, DAY),))
    )
    admin.world.groups[GROUP] = (DEPUTY,)
    for one, why in ((LEAD, "guest"), (DEPUTY, "deactivated"), (OTHER, "outside")):
        admin.work.keep_not_member(one, why)
    said = text_of(admin.to("overview").screen)
    for marked in ("1. Priya Nair (a guest)", "Tom Reid (has left)", "Jo Marsh (of another organisation) stands in"):
        assert marked in said


def test_who_is_covering_names_those_alone_who_can_and_says_where_that_is_nobody() -> None:
    names = replace(known(), names={LEAD: "Priya Nair", DEPUTY: "Tom Reid"})
    said = text_of(cover((SITE,), a_directory(lead="deactivated"), names, DAY))
    assert ("Tom Reid" in said, "Priya Nair" in said) == (True, False)
    assert "Nobody: whoever is named as a lead here" in text_of(
        cover((SITE,), a_directory(lead="deactivated", deputy="guest"), names, DAY)
    )


@pytest.mark.parametrize("noted", [{"lead": "guest"}, {"lead": "guest", "deputy": "guest"}])
def test_the_raiser_reads_who_is_being_told_and_where_nobody_is(noted: dict[str, str]) -> None:
    work = MemoryWork()
    for name, why in noted.items():
        work.keep_not_member({"lead": LEAD, "deputy": DEPUTY}[name], why)
    teacher = Someone(work, TEACHER)
    teacher.opens_form()
    said = text_of(teacher.answers(V07).presses("recommend_now"))
    nobody = len(noted) == 2  # both
    assert ("Tom Reid is being told now" in said, "nobody is told through Signpost yet" in said) == (not nobody, nobody)
    assert "Priya Nair" not in said
