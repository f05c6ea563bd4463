"""To say that accounts are one person, or no more, is told at once to each account and to the leads it concerns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account
from handlers.sites import Site
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MemoryWork
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site

TEACHER = Account.parse("slack:T1/UWREN")
ON_TEAMS = Account.parse("teams:TEN/wren")
THIRD = Account.parse("slack:T7/U0WREN77")
ELSEWHERE = Account.parse("slack:T1/UELSEWHERE")
FAR = Site("far", "Far", "england", (str(ELSEWHERE),), serves=frozenset({"slack:T9"}))


@pytest.fixture
def admin() -> Admin:
    there = with_a_site()
    there.work.directory = replace(there.work.directory, sites=(there.site, FAR))
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    return there


def at_once(work: MemoryWork) -> dict[Account, list[str]]:
    """What everybody reads by now, without any time that passes."""
    work.passes()
    found: dict[Account, list[str]] = {}
    for delivery, message in work.arrived:
        found.setdefault(delivery.to, []).append(text_of(message))
    work.arrived.clear()
    return found


def entries(admin: Admin, event: str) -> list[str]:
    return [detail["about"] for name, detail in admin.work.recorded if name == f"setup.{event}"]


def test_to_be_joined_and_to_be_taken_apart_is_told_to_each_account_and_to_the_leads_at_once(admin: Admin) -> None:
    admin.to("person", site="").saves(who="UWREN", accounts=str(ON_TEAMS), role="Teacher")
    told = at_once(admin.work)
    assert set(told) == {TEACHER, ON_TEAMS, LEAD, DEPUTY}
    for one in (TEACHER, ON_TEAMS):
        (said,) = told[one]
        assert "Signpost: your account is one person with others now" in said
        assert f"This one is {one}. Each has the rights of the others" in said
        assert "tell the head teacher and a lead, not the admin alone" in said
        assert f"with the account {ADMIN}" in said
    for one in (LEAD, DEPUTY):
        (said,) = told[one]
        assert "Signpost: accounts are one person now" in said
        assert f"Sam Adeyemi says that these accounts are one person: Wren Okafor ({TEACHER}) and {ON_TEAMS}." in said
    assert entries(admin, "person_joined") == [str(TEACHER), str(ON_TEAMS)]

    admin.to("person", str(TEACHER), site="")
    admin.presses("remove_setup")
    told = at_once(admin.work)
    assert set(told) == {TEACHER, ON_TEAMS, LEAD, DEPUTY}
    assert "your account is by itself again" in told[ON_TEAMS][0]
    assert f"This one is {ON_TEAMS}. It has no rights of the others, and they have none of its." in told[ON_TEAMS][0]
    assert "Signpost: accounts are several people again" in told[DEPUTY][0]
    assert entries(admin, "person_parted") == [str(TEACHER), str(ON_TEAMS)]


def test_who_is_joined_in_the_place_of_another_hears_so_and_so_does_the_other(admin: Admin) -> None:
    admin.to("person", site="").saves(who="UWREN", accounts=str(ON_TEAMS))
    at_once(admin.work)
    admin.to("person", str(TEACHER), site="").saves(accounts=str(THIRD))
    told = at_once(admin.work)
    assert len(told[TEACHER]) == 2
    assert "by itself again" in told[ON_TEAMS][0]
    assert "one person with others now" in told[THIRD][0]


def test_to_be_one_person_for_a_moment_is_told_too(admin: Admin) -> None:
    admin.to("person", site="").saves(who="UWREN", accounts=str(ON_TEAMS))
    admin.to("person", str(TEACHER), site="")
    admin.presses("remove_setup")
    told = at_once(admin.work)
    assert [len(told[one]) for one in (TEACHER, ON_TEAMS, LEAD, DEPUTY)] == [2, 2, 2, 2]


def test_leads_of_a_site_for_which_none_of_them_may_raise_hear_nothing(admin: Admin) -> None:
    site = replace(admin.site, staff=("slack:T1/UOTHER", "slack:T1/UADMIN"))
    admin.work.directory = replace(admin.work.directory, sites=(site, FAR))
    admin.to("person", site="").saves(who="UWREN", accounts=str(ON_TEAMS))
    assert set(at_once(admin.work)) == {TEACHER, ON_TEAMS}

    unread = replace(admin.site, staff=("slack:T1/S0STAFF01",))
    admin.work.directory = replace(admin.work.directory, sites=(unread, FAR), persons=())
    admin.to("person", site="").saves(who="UWREN", accounts=str(ON_TEAMS))
    assert set(at_once(admin.work)) == {TEACHER, ON_TEAMS, LEAD, DEPUTY}, "a group that was not read may hold them"


def test_what_else_is_written_down_of_them_waits_as_before_and_is_not_told_to_them(admin: Admin) -> None:
    admin.to("person", site="").saves(who="UWREN", accounts=str(ON_TEAMS))
    admin.to("person", site="").saves(who="ULEAD", name="Priya Nair")
    at_once(admin.work)
    admin.to("person", str(TEACHER), site="").saves(role="Teacher")
    admin.to("person", str(LEAD), site="").saves(phone="01632 960222")
    assert at_once(admin.work) == {}
    admin.work.passes(minutes=3)
    assert set(at_once(admin.work)) == {LEAD, DEPUTY}
