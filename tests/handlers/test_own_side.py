"""A press on *Acknowledge* from the school's own side does not count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Known, Person, Standing
from tests.handlers.deciding import DEPUTY, LEAD, MARSH, POLICE, ROOM, TEACHER, a_work, acknowledges, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import text_of
from tests.handlers.test_nobody_hears import GROUP, refers, told


def school_side(work: MemoryWork) -> list[Account]:
    work.keep_case(replace(the_case(work), left_out=(Account.parse("slack:T1/ULEFT"),)))
    return [LEAD, DEPUTY, TEACHER, Account.parse("teams:TEN/TEACHER"), Account.parse("slack:T1/ULEFT")]


def test_a_press_from_the_schools_own_side_does_not_end_the_clock() -> None:
    work = a_work()
    refers(work)
    work.passes()
    message = work.at(ROOM)[0]
    people = school_side(work)
    for who in people:
        shown = text_of(acknowledges(work, message, who))
        assert "not acknowledged yet" in shown
        assert "The contact presses it themselves" in shown
    assert the_case(work).acknowledged == ()
    assert work.audit.count(("acknowledge.not_counted", the_case(work).id)) == len(people)
    work.passes(16)
    assert told(work, LEAD, "Nobody has acknowledged it") == 1

    acknowledges(work, message, MARSH)
    assert [one.name for one in the_case(work).acknowledged] == ["Jo Marsh"]


def test_a_lead_by_a_group_that_cannot_be_read_just_now_does_not_count_either() -> None:
    work = a_work()
    refers(work)
    work.passes()
    member = Account.parse("slack:T1/UGROUP")
    (site,) = work.directory.sites
    work.directory = replace(work.directory, sites=(replace(site, leads=(GROUP,)),))
    message = work.at(ROOM)[0]
    known = Known(Standing(member=True), remembered={GROUP: (member,)}, names={member: "Ann"})
    acknowledges(work, message, member, known=known)

    assert the_case(work).acknowledged == ()


ADMIN = Account.parse("slack:T1/UADMIN")
ADMIN_ON_TEAMS = Account.parse("teams:TEN/ADMIN")
COLLEAGUE = Account.parse("slack:T1/UCOLLEAGUE")


@pytest.mark.parametrize("named", [ADMIN, ADMIN_ON_TEAMS], ids=str)
def test_an_admin_in_the_contacts_channel_does_not_end_the_clock_with_any_account_of_theirs(named: Account) -> None:
    work = a_work()
    linked = Person((ADMIN, ADMIN_ON_TEAMS))
    work.directory = replace(work.directory, admins=frozenset({named}), persons=(*work.directory.persons, linked))
    refers(work)
    work.passes()
    message = work.at(ROOM)[0]
    shown = text_of(acknowledges(work, message, ADMIN))

    assert "not acknowledged yet" in shown
    assert "You are an admin of Signpost, so your press does not count" in shown
    assert "open the case" not in shown
    assert the_case(work).acknowledged == ()
    assert ("acknowledge.not_counted", the_case(work).id) in work.audit
    work.passes(16)
    assert told(work, LEAD, "Nobody has acknowledged it") == 1


def test_whoever_is_neither_lead_nor_raiser_nor_admin_acknowledges_also_from_the_schools_own_workspace() -> None:
    work = a_work(contacts=(replace(POLICE, organisations=()),))
    work.directory = replace(work.directory, admins=frozenset({ADMIN}))
    refers(work)
    work.passes()
    acknowledges(work, work.at(ROOM)[0], COLLEAGUE)
    assert [one.by for one in the_case(work).acknowledged] == [COLLEAGUE]
    work.passes()
    assert told(work, LEAD, "nobody of the contact's has confirmed it") == 0  # nobody else is expected there


@pytest.mark.parametrize(("who", "how_often"), [(COLLEAGUE, 1), (MARSH, 0)], ids=["own", "theirs"])
def test_where_others_share_the_channel_a_lead_reads_that_one_of_their_own_pressed(
    who: Account, how_often: int
) -> None:
    work = a_work(contacts=(replace(POLICE, organisations=("T9",)),))
    refers(work)
    work.passes()
    acknowledges(work, work.at(ROOM)[0], who)
    work.passes()
    assert len(the_case(work).acknowledged) == 1
    assert told(work, LEAD, "of your own organisation") == how_often
    assert told(work, LEAD, "nobody of the contact's has confirmed it yet") == how_often


def test_a_lead_who_is_an_admin_too_reads_what_a_lead_can_do() -> None:
    work = a_work()
    work.directory = replace(work.directory, admins=frozenset({LEAD}))
    refers(work)
    work.passes()
    assert "open the case in Signpost and write down the call" in text_of(acknowledges(work, work.at(ROOM)[0], LEAD))
