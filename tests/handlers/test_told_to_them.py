"""Whoever is made a lead or a stand-in, or is taken out, reads it in words to them; the others read who it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.changes import Change
from handlers.people import Account, Known, Person, Standing
from handlers.ports import Delivery
from handlers.screens import Bullets, Form
from handlers.setup.told import line
from handlers.telling.chase import chase
from tests.handlers.memory import ADMIN, DEPUTY, LEAD
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

WREN = Account.parse("slack:T1/UWREN")
AMIRA = Account.parse("slack:T1/UAMIRA")
ON_TEAMS = Account.parse("teams:TEN/jo")
CLUB = "slack:T1/S0CLUB99"
DAYS = {"first_day": "14/12/2026", "last_day": "18/12/2026"}
TODAY = {"first_day": "24/11/2026", "last_day": "24/11/2026"}


@pytest.fixture
def admin() -> Admin:
    there = with_a_site(World())
    there.world.names["UAMIRA"] = "Amira Khan"
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    return there


def reads(admin: Admin, who: Account, *, minutes: float = 0) -> list[str]:
    """What arrived at somebody since this was last asked, once the clocks have had so many minutes."""
    admin.work.passes(minutes)
    found = [text_of(message) for delivery, message in admin.work.arrived if delivery.to == who]
    admin.work.arrived[:] = [one for one in admin.work.arrived if one[0].to != who]
    return found


def last_changes(admin: Admin) -> list[str]:
    shown = admin.opens_setup().screen
    assert isinstance(shown, Form)
    bullets = [part for part in shown.parts if isinstance(part, Bullets)]
    return [one.text for one in bullets[-1].items]


def until(admin: Admin, year: int, month: int, day: int, hour: int) -> None:
    admin.work.passes((datetime(year, month, day, hour, tzinfo=UTC) - admin.work.now) / timedelta(minutes=1))


def test_who_is_made_a_lead_is_told_at_once_what_that_means_and_by_which_account(admin: Admin) -> None:
    admin.to("leads").saves(people=("UWREN",))
    (said,) = reads(admin, WREN)
    assert "Northside: you are a lead now" in said
    assert "You are now a lead of Northside: you are told of every incident there and see every case." in said
    assert f"Sam Adeyemi changed this at 17:06 on Tuesday 24 November 2026, with the account {ADMIN}." in said
    assert "tell the head teacher and another lead, not the admin alone" in said
    assert reads(admin, LEAD) == []
    (others,) = reads(admin, LEAD, minutes=11)
    assert "Sam Adeyemi made Wren Okafor a lead. Whoever leads sees every case of the site." in others
    assert reads(admin, WREN) == [], "nobody reads the same twice"


def test_several_new_leads_are_named_in_one_sentence(admin: Admin) -> None:
    admin.world.groups[CLUB] = (WREN,)
    admin.to("leads").adds_group("S0CLUB99", people=("UAMIRA",))
    (others,) = reads(admin, LEAD, minutes=11)
    made = "Sam Adeyemi made Amira Khan and everyone in user group S0CLUB99 (1 person: Wren Okafor) leads."
    assert made in others
    assert last_changes(admin)[0].startswith(f"Northside: {made}")


def test_an_admin_among_new_leads_is_named_as_who_made_themselves_one_and_nothing_is_said_twice(admin: Admin) -> None:
    before = len(admin.work.kept)
    admin.to("leads").saves(people=("UWREN", "UADMIN"))
    (others,) = reads(admin, LEAD)
    assert "Sam Adeyemi made themselves a lead, and Wren Okafor a lead. Whoever leads" in others
    (herself,) = reads(admin, WREN)
    assert "You are now a lead of Northside" in herself
    (the_admin,) = reads(admin, ADMIN)
    assert "You made yourself a lead of Northside" in the_admin
    assert len(admin.work.kept) == before + 1
    assert [one for one in last_changes(admin) if "Wren Okafor" in one] == last_changes(admin)[:1]
    assert reads(admin, LEAD, minutes=11) == []
    recorded = [(event, detail["about"]) for event, detail in admin.work.recorded if event.startswith("setup.lead_")]
    assert recorded[-3:] == [
        ("setup.lead_self", str(ADMIN)), ("setup.lead_added", str(WREN)), ("setup.lead_added", str(ADMIN)),
    ]  # fmt: skip


def test_an_admin_who_adds_nobody_else_has_a_sentence_without_an_empty_list(admin: Admin) -> None:
    admin.to("leads").saves(people=("UADMIN",))
    assert "Sam Adeyemi made themselves a lead. Whoever leads" in reads(admin, LEAD)[0]


def test_a_group_of_the_other_platform_is_told_in_words_to_them_unless_they_lead_anyway(admin: Admin) -> None:
    group = "teams:TEN/group:leads"
    admin.world.groups[group] = ()
    directory = replace(admin.work.directory, persons=(Person((LEAD, Account.parse("teams:TEN/priya"))),))
    admin.work.directory = directory
    change = Change("lead_added", admin.work.now, "northside", by=ADMIN, whom=(group,), hears=(group,))
    admin.work.keep_site(replace(admin.site, leads=(*admin.site.leads, group)))
    change_id = admin.work.keep_change(change)
    known = Known(Standing(member=False), groups={group: (ON_TEAMS, Account.parse("teams:TEN/priya"))})
    clock = replace(_any_clock(admin), extra=f"setup:{change_id}:2")
    chase(clock, known, admin.work)
    told = {one.to: one.extra for one, _ in admin.work.outbox.values() if one.kind == "setup_told"}
    assert told[ON_TEAMS] == f"{change_id}:you"
    assert told[Account.parse("teams:TEN/priya")] == change_id


def _any_clock(admin: Admin) -> Delivery:
    return next(one for one, _ in admin.work.outbox.values() if one.kind == "chase")


def test_who_stands_in_from_today_is_told_at_once_and_on_the_day_after_the_last(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **TODAY)
    (said,) = reads(admin, WREN)
    assert "You stand in for Priya Nair on 24 November 2026. In that time you lead Northside" in said
    (others,) = reads(admin, LEAD, minutes=11)
    assert "Wren Okafor stands in for Priya Nair on 24 November 2026" in others
    until(admin, 2026, 11, 25, 6)
    assert reads(admin, WREN) == []
    until(admin, 2026, 11, 25, 8)
    assert "Your days are over: you stood in for Priya Nair on 24 November 2026." in reads(admin, WREN)[0]


def test_who_stands_in_later_is_told_again_on_the_first_day_and_after_the_last(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **DAYS)
    assert "You stand in for Priya Nair from 14 December 2026 to 18 December 2026" in reads(admin, WREN)[0]
    until(admin, 2026, 12, 13, 23)
    assert reads(admin, WREN) == []
    until(admin, 2026, 12, 14, 8)
    (begins,) = reads(admin, WREN)
    assert "It begins today: you stand in for Priya Nair from 14 December 2026 to 18 December 2026" in begins
    until(admin, 2026, 12, 18, 23)
    assert reads(admin, WREN) == []
    until(admin, 2026, 12, 19, 8)
    assert "Your days are over" in reads(admin, WREN)[0]
    assert reads(admin, DEPUTY)[1:] == []


def test_who_was_taken_out_before_their_first_day_is_told_that_and_no_more_of_those_days(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **DAYS)
    reads(admin, WREN)
    admin.to("overview").presses("remove_setup", label="Take out")
    (said,) = reads(admin, WREN)
    assert "You do not stand in for Priya Nair from 14 December 2026 to 18 December 2026 at Northside any more" in said
    until(admin, 2026, 12, 20, 8)
    assert reads(admin, WREN) == []


def test_a_stand_in_whose_days_are_long_over_hears_nothing_when_another_is_added(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **TODAY)
    until(admin, 2026, 12, 1, 8)
    reads(admin, WREN)
    admin.to("stand_in").saves(away=str(LEAD), who="UAMIRA", **DAYS)
    assert reads(admin, WREN, minutes=11) == []
    assert "You stand in for Priya Nair" in reads(admin, AMIRA)[0]


def test_an_admin_who_stands_in_is_announced_once_with_the_days(admin: Admin) -> None:
    before = len(admin.work.kept)
    admin.to("stand_in").saves(away=str(LEAD), who="UADMIN", **DAYS)
    (said,) = reads(admin, LEAD, minutes=11)
    assert "Sam Adeyemi made themselves a lead, as a stand-in: Sam Adeyemi stands in for Priya Nair from 14" in said
    assert len(admin.work.kept) == before + 1
    assert "You made yourself a stand-in: you stand in for Priya Nair" in reads(admin, ADMIN)[0]


def test_a_lead_who_is_taken_out_is_told_so(admin: Admin) -> None:
    admin.to("lead", str(DEPUTY)).saves(move="out")
    (said,) = reads(admin, DEPUTY)
    assert "You are not a lead of Northside any more" in said
    assert "Sam Adeyemi took this lead out: Tom Reid." in reads(admin, LEAD)[0]


LEADS_BY = {
    "a group": ("They still lead here, by a group", "You still lead there, by a group"),
    "a group and as a stand-in": (
        "They still lead here by a group, and can",
        "You still lead there by a group, and can",
    ),
    "a stand-in": ("They can still lead here, as a stand-in", "You can still lead there as a stand-in"),
    "a group that cannot be read": ("Whether they are in a group that leads here", "Whether you still lead there by"),
}


@pytest.mark.parametrize("by", LEADS_BY)
def test_who_is_taken_out_and_leads_all_the_same_is_not_said_to_be_off_duty(admin: Admin, by: str) -> None:
    if "group" in by:
        admin.world.groups[CLUB] = (DEPUTY,)
        admin.work.keep_site(replace(admin.site, leads=(*admin.site.leads, CLUB)))
    if "stand-in" in by:
        admin.to("stand_in").saves(away=str(LEAD), who="UDEPUTY", **DAYS)
    if "cannot be read" in by:
        del admin.world.groups[CLUB]
    reads(admin, LEAD, minutes=11)
    reads(admin, DEPUTY)
    admin.to("lead", str(DEPUTY)).saves(move="out")
    others, own = LEADS_BY[by]
    (to_others,), (to_them,) = reads(admin, LEAD), reads(admin, DEPUTY)
    assert others in to_others
    assert own in to_them
    assert "not a lead" not in to_them
    assert others in last_changes(admin)[0]


def test_members_of_a_group_that_is_taken_out_are_told_unless_they_lead_by_name(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, leads=(*admin.site.leads, CLUB)))
    admin.world.groups[CLUB] = (WREN, DEPUTY)
    admin.to("lead", CLUB).saves(move="out")
    known = Known(Standing(member=False), groups=admin.world.groups)
    for clock in [one for one, _ in admin.work.outbox.values() if one.kind == "chase" and one.state == "queued"]:
        admin.work.mark(clock.id, "sent")
        chase(clock, known, admin.work)
    assert "You are not a lead of Northside any more" in reads(admin, WREN)[0]
    (tom,) = reads(admin, DEPUTY)
    assert "took this lead out" in tom


def test_the_same_people_stand_in_for_the_same_days_once(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **DAYS)
    shown = admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="18/12/2026", last_day="20/12/2026")
    assert "from 14 December 2026 to 18 December 2026 already" in errors_on(shown)["first_day"]
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="19/12/2026", last_day="20/12/2026")
    admin.to("stand_in").saves(away=str(DEPUTY), who="UWREN", **DAYS)
    assert len(admin.site.stand_ins) == 3


def test_each_entry_and_its_question_say_whom_it_is_about(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", **DAYS)
    admin.to("stand_in").saves(away=str(DEPUTY), who="UAMIRA", **DAYS)
    asked = [one.ask_first for one in admin.screen_buttons() if one.label == "Take out"]
    assert asked == [
        "Take this out: Wren Okafor stands in for Priya Nair from 14 December 2026 to 18 December 2026?",
        "Take this out: Amira Khan stands in for Tom Reid from 14 December 2026 to 18 December 2026?",
    ]


GRAVE = {
    "the site": "removed the site",
    "a contact": "removed a contact",
    "who may raise": "changed who may raise an incident",
    "clocks": "changed the clocks",
    "numbers": "Switchboard: 01632 960009",
}


@pytest.mark.parametrize("what", GRAVE)
def test_what_an_admin_did_is_told_with_their_account_and_not_to_be_asked_of_them_alone(
    admin: Admin, what: str
) -> None:
    match what:
        case "the site":
            admin.to("overview").presses("remove_setup", label="Remove this site")
        case "a contact":
            admin.to("contact").saves(purpose="lado", kind="by_hand", destination="01632 960012")
            reads(admin, LEAD, minutes=11)
            admin.to("contact", admin.site.contacts[0].id).presses("remove_setup")
        case "who may raise":
            admin.to("staff").saves(people=("UWREN",))
        case "clocks":
            admin.to("rules").saves(lead_urgent="5")
        case _:
            admin.to("site").saves(phone="01632 960009")
    (said,) = reads(admin, LEAD, minutes=11)
    assert GRAVE[what] in said
    assert "tell the head teacher and another lead, not the admin alone" in said
    assert f"with the account {ADMIN}" in said


def test_a_removed_site_keeps_its_name_in_what_was_changed_there(admin: Admin) -> None:
    admin.to("rules").saves(lead_urgent="5")
    button = next(one for one in admin.to("overview").screen_buttons() if one.label == "Remove this site")
    assert button.ask_first.startswith("Remove the site Northside?")
    admin.presses("remove_setup", label="Remove this site")
    assert all(one.startswith("Northside: ") for one in last_changes(admin))
    (removed, *_rest) = reads(admin, LEAD, minutes=11)[::-1]
    assert "Northside" in removed


def test_what_an_earlier_release_kept_is_still_said_in_its_words() -> None:
    old = Change(
        "lead_self", datetime(2026, 11, 24, tzinfo=UTC), "northside", str(ADMIN), ADMIN, "Sam", "Tom Reid, Sam"
    )
    assert line(old).startswith("Sam made themselves a lead: Tom Reid, Sam. Whoever")
    assert line(replace(old, what="lead_added")).startswith("Sam made this a lead: Tom Reid, Sam. Whoever")
    assert line(replace(old, what="staff_changed", about_name="who may raise: x")) == (
        "Sam changed who may raise an incident: x."
    )
    assert old.fingerprint == "820d35810d776be4e00e9934c168f4ba0a974429a64b79c8f1baeef1659bf658"
