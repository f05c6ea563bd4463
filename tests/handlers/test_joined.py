"""Who joins a group that leads becomes a lead on the platform, where nobody presses anything: the leads hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.changes import What
from handlers.people import Account, Person
from handlers.setup.joined import Reading, Said, differs, noted, people_in
from handlers.setup.tell import QUIET
from handlers.sites import StandIn
from tests.handlers.memory import ADMIN, DEPUTY, DIRECTORY, LEAD, SITE, TEACHER, MemoryWork
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, World, with_a_site

GROUP, OTHER = "slack:T1/S0LEADS01", "slack:T1/C0LEADS02"
JO, WREN = Account.parse("slack:T1/UJO"), Account.parse("slack:T1/UWREN")
NAMES = {LEAD: "Priya Nair", DEPUTY: "Tom Reid", JO: "Jo Marsh", WREN: "Wren Okafor", ADMIN: "Sam Okafor"}
SAID = Said(NAMES, {GROUP: "@dsl-team", OTHER: "#leads"})
UNEXPECTED = "If you did not expect this, tell the head teacher and another lead, not the admin alone."


@pytest.fixture
def work() -> MemoryWork:
    """A site that a group of two leads, which was read once."""
    made = MemoryWork(directory=replace(DIRECTORY, sites=(replace(SITE, leads=(GROUP,)),)))
    read(made, {LEAD, DEPUTY})
    assert made.kept == []
    return made


def read(
    work: MemoryWork,
    there: Iterable[Account],
    ref: str = GROUP,
    *,
    guests: Iterable[Account] = (),
    before: tuple[Account, ...] | None = None,
) -> None:
    """A round of the watch has read who is in a group."""
    known = before if before is not None else work.directory.announced.get(ref)
    noted({ref: Reading(known, frozenset(there), frozenset(guests))}, SAID, work)


def arrived(work: MemoryWork, who: Account, minutes: float = 0) -> list[str]:
    """What somebody has read by then."""
    work.passes(minutes)
    return [text_of(message) for message in work.at(who)]


def announced(work: MemoryWork) -> list[tuple[What, tuple[str, ...]]]:
    return [(one.what, one.whom) for one in work.kept]


def test_the_first_reading_announces_nobody_and_the_same_again_writes_nothing(work: MemoryWork) -> None:
    again = {GROUP: Reading(work.directory.announced[GROUP], frozenset({DEPUTY, LEAD}))}
    assert not differs(again, work)
    assert (work.kept, work.audit, work.outbox) == ([], [], {})


def test_of_a_group_that_is_read_for_the_first_time_nobody_is_announced_beside_one_that_somebody_joined(
    work: MemoryWork,
) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(GROUP, OTHER)),))
    both = {
        GROUP: Reading(work.directory.announced[GROUP], frozenset({LEAD, DEPUTY, JO})),
        OTHER: Reading(None, frozenset({WREN})),
    }
    noted(both, SAID, work)
    assert announced(work) == [("lead_joined", (str(JO),))]
    assert work.directory.announced[OTHER] == (WREN,)


def test_who_joins_is_announced_at_once_to_whoever_led_before_and_to_themselves(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY, JO})
    for lead in (LEAD, DEPUTY):
        (said,) = arrived(work, lead)
        assert "Northside Academy: somebody has become a lead" in said
        assert "Jo Marsh is now in user group @dsl-team and so leads Northside Academy." in said
        assert f"The account: {JO}." in said
        assert UNEXPECTED in said
    (to_them,) = arrived(work, JO)
    assert "you are a lead now" in to_them
    assert "You are now in a group that leads Northside Academy, so you are a lead: you are told of every" in to_them
    assert arrived(work, LEAD, minutes=60)[1:] == []


def test_it_is_an_entry_of_the_audit_trail_with_the_account_and_the_group(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY, JO})
    ((event, detail),) = work.recorded
    assert (event, detail["about"], detail["group"]) == ("setup.lead_joined", str(JO), GROUP)
    assert detail["words"] == replace(work.kept[0], id="").fingerprint


def test_an_admin_who_joins_is_said_to_be_one(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY, ADMIN})
    (said,) = arrived(work, LEAD)
    assert "Northside Academy: an admin has become a lead" in said
    assert "Sam Okafor (an admin of Signpost) is now in user group @dsl-team and so leads Northside Academy." in said


def test_several_who_join_are_one_message_and_an_entry_each(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY, JO, WREN})
    (said,) = arrived(work, LEAD)
    assert "Jo Marsh and Wren Okafor are now in user group @dsl-team and so lead Northside Academy." in said
    assert [detail["about"] for _, detail in work.recorded] == [str(JO), str(WREN)]


@pytest.mark.parametrize("way", ["by name", "by another group", "with another account"])
def test_who_leads_there_already_is_not_announced(work: MemoryWork, way: str) -> None:
    site, directory = replace(SITE, leads=(GROUP, OTHER)), work.directory
    on_teams = Account.parse("teams:TEN/jo")
    if way == "by name":
        site = replace(site, leads=(str(JO), GROUP))
    elif way == "with another account":
        site = replace(site, leads=(str(on_teams), GROUP))
        directory = replace(directory, persons=(Person((JO, on_teams)),))
    work.directory = replace(directory, sites=(site,))
    if way == "by another group":
        read(work, {JO}, OTHER)
    read(work, {LEAD, DEPUTY, JO})
    assert work.kept == []
    assert JO in work.directory.announced[GROUP]


def test_a_stand_in_of_some_days_who_joins_leads_for_good_and_is_announced(work: MemoryWork) -> None:
    day = work.now.date()
    site = replace(SITE, leads=(GROUP,), stand_ins=(StandIn(str(LEAD), str(JO), day, day),))
    work.directory = replace(work.directory, sites=(site,))
    read(work, {LEAD, DEPUTY, JO})
    assert announced(work) == [("lead_joined", (str(JO),))]


def test_who_leaves_is_told_of_but_not_at_once_and_reads_it_themselves(work: MemoryWork) -> None:
    read(work, {LEAD})
    assert arrived(work, LEAD) == []
    assert (
        "You are not in a group that leads Northside Academy any more, so you are told of no"
        in arrived(work, DEPUTY)[0]
    )
    (said,) = arrived(work, LEAD, minutes=QUIET / timedelta(minutes=1))
    assert "Northside Academy: somebody is not a lead any more" in said
    assert "Tom Reid is not in user group @dsl-team any more and so does not lead Northside Academy." in said
    assert announced(work) == [("lead_left", (str(DEPUTY),))]
    read(work, {LEAD, DEPUTY})
    assert announced(work)[1:] == [("lead_joined", (str(DEPUTY),))]


def test_who_moves_from_one_group_that_leads_to_another_stays_a_lead(work: MemoryWork) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(GROUP, OTHER)),))
    read(work, {JO}, OTHER)
    both = {
        GROUP: Reading(work.directory.announced[GROUP], frozenset({LEAD})),
        OTHER: Reading(work.directory.announced[OTHER], frozenset({JO, DEPUTY})),
    }
    noted(both, SAID, work)
    assert work.kept == []


def test_who_left_one_sites_group_is_told_of_there_though_they_are_in_anothers(work: MemoryWork) -> None:
    other = replace(SITE, id="southside", name="Southside College", leads=(OTHER,))
    work.directory = replace(work.directory, sites=(*work.directory.sites, other))
    read(work, {DEPUTY, JO}, OTHER)
    both = {
        GROUP: Reading(work.directory.announced[GROUP], frozenset({LEAD})),
        OTHER: Reading(work.directory.announced[OTHER], frozenset({DEPUTY, JO})),
    }
    noted(both, SAID, work)
    assert [(one.what, one.site, one.whom) for one in work.kept] == [("lead_left", "northside", (str(DEPUTY),))]


def test_each_site_that_the_group_leads_hears_and_no_other_does(work: MemoryWork) -> None:
    other = replace(SITE, id="southside", name="Southside College", leads=(str(WREN), GROUP))
    walled = replace(SITE, id="west", name="West School", leads=(str(TEACHER),))
    work.directory = replace(work.directory, sites=(*work.directory.sites, other, walled))
    read(work, {LEAD, DEPUTY, JO})
    assert [(one.what, one.site) for one in work.kept] == [("lead_joined", "northside"), ("lead_joined", "southside")]
    (said,) = arrived(work, WREN)
    assert "Jo Marsh is now in user group @dsl-team and so leads Southside College." in said
    assert arrived(work, TEACHER) == []


def test_who_stands_in_for_somebody_leads_again_once_the_group_has_them(work: MemoryWork) -> None:
    entry = StandIn(str(JO), str(WREN), date(2026, 12, 14), date(2026, 12, 18))
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(GROUP,), stand_ins=(entry,)),))
    assert WREN in people_in({GROUP: Reading((LEAD,), frozenset({LEAD, JO}))}, work.directory)
    read(work, {LEAD, DEPUTY, JO})
    days = "for Jo Marsh from 14 December 2026 to 18 December 2026"
    assert announced(work) == [("lead_joined", (str(JO),)), ("lead_joined", (str(WREN),))]
    assert (
        f"Wren Okafor stands in {days}, and leads Northside Academy then: Jo Marsh is now in user group @dsl-team."
        in "\n".join(arrived(work, LEAD))
    )
    assert f"You stand in {days}. They are now in a group that leads" in arrived(work, WREN)[0]
    read(work, {LEAD, DEPUTY})
    assert announced(work)[2:] == [("lead_left", (str(JO),)), ("lead_left", (str(WREN),))]
    said = "\n".join(arrived(work, LEAD, minutes=11))
    assert f"Wren Okafor stands in {days}, and does not lead Northside Academy: Jo Marsh is not in" in said


def test_a_guest_in_the_group_leads_nothing_and_is_announced_once_they_are_no_guest_any_more(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY, JO}, guests={JO})
    assert work.kept == []
    read(work, {LEAD, DEPUTY, JO})
    assert announced(work) == [("lead_joined", (str(JO),))]


def test_of_a_lead_who_is_a_guest_now_nobody_says_that_they_left(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY}, guests={DEPUTY})
    assert work.kept == []


def test_an_answer_from_before_another_process_was_faster_changes_nothing(work: MemoryWork) -> None:
    before = work.directory.announced[GROUP]
    read(work, {LEAD, DEPUTY, JO})
    read(work, {LEAD, DEPUTY}, before=before)
    assert announced(work) == [("lead_joined", (str(JO),))]
    assert JO in work.directory.announced[GROUP]


def test_a_group_that_leads_no_more_is_forgotten_and_one_that_was_not_read_stays(work: MemoryWork) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(GROUP, OTHER)),))
    read(work, {JO}, OTHER)
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(OTHER,)),))
    noted({}, SAID, work)
    assert work.directory.announced == {OTHER: (JO,)}
    assert work.kept == []


def test_without_a_name_from_the_platform_the_account_stands_there(work: MemoryWork) -> None:
    noted({GROUP: Reading(work.directory.announced[GROUP], frozenset({LEAD, DEPUTY, JO}))}, Said({}, {}), work)
    said = arrived(work, LEAD)[0]
    assert f"Somebody whose name Signpost cannot read ({JO}; the list of members in Slack says who that is)" in said
    assert "is now in user group S0LEADS01 and so leads Northside Academy." in said


def test_an_admin_reads_it_among_the_last_changes_and_a_name_that_was_entered_stands_behind() -> None:
    admin = with_a_site(World())
    group = "slack:T1/S0LEADS01"
    admin.work.keep_site(replace(admin.site, leads=(*admin.site.leads, group)))
    admin.work.keep_persons((Person((JO,), name="Priya Nair-Smith"),))
    read(admin.work, {WREN})
    read(admin.work, {WREN, JO})
    shown = text_of(admin.opens_setup().screen)
    assert "Northside: Jo Marsh (entered as Priya Nair-Smith) is now in user group @dsl-team and so leads" in shown


def test_of_a_group_that_an_admin_adds_whoever_comes_after_those_who_were_shown_is_announced() -> None:
    admin: Admin = with_a_site(World())
    admin.world.groups[GROUP] = (WREN,)
    admin.to("leads").adds_group("S0LEADS01")
    assert admin.work.directory.announced == {GROUP: (WREN,)}
    before = len(admin.work.kept)
    read(admin.work, {WREN, ADMIN})
    assert announced(admin.work)[before:] == [("lead_joined", (str(ADMIN),))]


def test_a_group_that_leads_elsewhere_already_is_compared_with_what_was_told_there() -> None:
    admin: Admin = with_a_site(World())
    admin.work.directory = replace(
        admin.work.directory, sites=(*admin.work.directory.sites, replace(SITE, id="south", leads=(GROUP,)))
    )
    read(admin.work, {WREN})
    admin.world.groups[GROUP] = (WREN, ADMIN)
    admin.to("leads").adds_group("S0LEADS01")
    assert admin.work.directory.announced == {GROUP: (WREN,)}
    read(admin.work, {WREN, ADMIN})
    assert [(one.what, one.site) for one in admin.work.kept if one.what == "lead_joined"] == [
        ("lead_joined", "south"), ("lead_joined", admin.site.id),
    ]  # fmt: skip
