"""Whoever leads a site anyway and stands in there reads that they go on leading, before their days and after them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Known, Standing
from handlers.telling.chase import chase
from tests.handlers.memory import DEPUTY, LEAD
from tests.handlers.setting_up import Admin, World, with_a_site
from tests.handlers.test_told_to_them import CLUB, DAYS, TODAY, WREN, reads, until


@pytest.fixture
def admin() -> Admin:
    there = with_a_site(World())
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    return there


def test_a_lead_who_stood_in_goes_on_leading_and_reads_so(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who=DEPUTY.user, **DAYS)
    (added,) = reads(admin, DEPUTY)
    assert "You stand in for Priya Nair from 14 December 2026 to 18 December 2026. You lead Northside anyway" in added
    assert "In that time you are asked in their place." in added
    until(admin, 2026, 12, 14, 8)
    begins = reads(admin, DEPUTY)[-1]
    assert "It begins today" in begins
    assert "You lead Northside anyway" in begins
    until(admin, 2026, 12, 19, 8)
    (ends,) = reads(admin, DEPUTY)
    assert "Your days are over: you stood in for Priya Nair" in ends
    assert "You still lead Northside, as before" in ends
    assert "no case of Northside" not in ends
    for said in (added, begins):
        assert "In that time you lead" not in said


def test_a_lead_by_a_group_goes_on_leading_and_where_it_cannot_be_read_nobody_says_either(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD), CLUB)))
    admin.world.groups[CLUB] = (WREN,)
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **TODAY)
    (clock,) = (one for one, _ in admin.work.outbox.values() if ":ends:" in one.extra)
    until(admin, 2026, 11, 25, 6)
    for groups, said in (({CLUB: (WREN,)}, "You still lead Northside, as before"), ({}, "could not be read just now")):
        admin.work.arrived.clear()
        chase(clock, Known(Standing(member=False), groups=groups, asked=frozenset({CLUB})), admin.work)
        (ends,) = reads(admin, WREN)
        assert said in ends


def test_who_stands_in_for_another_too_reads_that_those_days_go_on(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **TODAY)
    admin.to("stand_in").saves(away=str(DEPUTY), who="UWREN", first_day="24/11/2026", last_day="27/11/2026")
    reads(admin, WREN)
    until(admin, 2026, 11, 25, 8)
    (ends,) = reads(admin, WREN)
    assert "You stand in for somebody else there as well, and lead Northside until those days are over." in ends


def test_a_lead_whose_days_are_taken_out_reads_that_they_still_lead(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who=DEPUTY.user, **DAYS)
    reads(admin, DEPUTY)
    admin.to("overview").presses("remove_setup", label="Take out")
    (said,) = reads(admin, DEPUTY)
    assert "that was taken out. You still lead Northside, as before" in said
