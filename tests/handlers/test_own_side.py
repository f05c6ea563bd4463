"""A press on *Acknowledge* from the school's own side does not count."""

from __future__ import annotations

from dataclasses import replace

from handlers.people import Account, Known, Standing
from tests.handlers.deciding import DEPUTY, LEAD, MARSH, ROOM, TEACHER, a_work, acknowledges, the_case
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
