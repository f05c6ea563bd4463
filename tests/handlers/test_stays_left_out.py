"""Who was left out stays left out at an update, also while they are not on offer; and no option is a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Account, Known, Person, Standing
from handlers.screens import Question, Screen
from handlers.sites import StandIn
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, the_case
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of, whole_form

GROUP = "slack:T1/S1"
CONCERN = Account.parse("slack:T1/UCONCERN")
ON_TEAMS = Account.parse("teams:TEN/concern")
THERE = replace(MEMBER, groups={GROUP: (CONCERN,)}, asked=frozenset({GROUP}), names={CONCERN: "Con Cern"})
UNREAD = replace(MEMBER, asked=frozenset({GROUP}))
STANDS_IN = tuple(StandIn(str(DEPUTY), str(CONCERN), date(2026, first, 1), date(2026, first, 24)) for first in (11, 12))
DAY, BETWEEN = replace(THERE, groups={}, asked=frozenset(), day=date(2026, 11, 24)), date(2026, 11, 25)


def by_a_group() -> MemoryWork:
    return a_work(leads=(str(LEAD), GROUP))


def by_name() -> MemoryWork:
    return a_work(leads=(str(LEAD), str(CONCERN)))


def as_a_stand_in() -> MemoryWork:
    return a_work(stand_ins=STANDS_IN)


def noted(work: MemoryWork, why: str) -> None:
    work.directory = replace(work.directory, not_members={CONCERN: why} if why else {})


WAYS: dict[str, tuple[Callable[[], MemoryWork], Known, Known, str]] = {
    "their group cannot be read": (by_a_group, THERE, UNREAD, ""),
    "they are noted as deactivated": (by_name, THERE, THERE, "deactivated"),
    "they are noted as a guest": (by_name, THERE, THERE, "guest"),
    "they stand in on other days": (as_a_stand_in, DAY, replace(DAY, day=BETWEEN), ""),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[MemoryWork, Known, Known, str]:
    """A case without them; what is known while they are on offer, and while they are not."""
    made, there, away, why = WAYS[request.param]
    work = made()
    teacher = Someone(work, TEACHER, known=there)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"})
    whole_form(teacher)
    teacher.answers({"leave_out": (str(CONCERN),)}).presses("submit_report")
    assert the_case(work).left_out == (CONCERN,)
    return work, there, away, why


def at_the_check(work: MemoryWork, known: Known, given: str = "yes") -> Someone:
    """The teacher has an update in front of them, to be checked."""
    teacher = Someone(work, TEACHER, known=known)
    number = the_case(work).latest.number
    subject = Subject("case", the_case(work).id, "", number).write()
    teacher.asks("update_facts", surface=Surface.MESSAGE, subject=subject)
    teacher.answers({"coercion": given})
    whole_form(teacher)
    return teacher


def boxes(screen: Screen | None) -> dict[str, str]:
    """The boxes on the page, and what stands at each."""
    assert screen is not None
    (asked,) = [part for part in screen.parts if isinstance(part, Question)] or [None]
    return {one.value: one.label for one in asked.options} if asked else {}


def opens(work: MemoryWork, known: Known) -> str:
    person = Someone(work, CONCERN, known=known)
    subject = Subject("case", the_case(work).id, "", 1).write()
    return text_of(person.asks("open_case", surface=Surface.MESSAGE, subject=subject))


def test_they_stay_out_and_the_page_says_so(way: tuple[MemoryWork, Known, Known, str]) -> None:
    work, there, away, why = way
    noted(work, why)
    teacher = at_the_check(work, away)
    assert str(CONCERN) not in boxes(teacher.screen)
    assert "Also left out: " in text_of(teacher.screen)
    assert "UCONCERN" in text_of(teacher.screen) or "Con Cern" in text_of(teacher.screen)
    teacher.presses("submit_report")
    assert the_case(work).latest.number == 2
    assert the_case(work).left_out == (CONCERN,)
    noted(work, "")
    assert "nothing here for you" in opens(work, there)
    assert [one.kind for one, _ in work.outbox.values() if one.to == CONCERN and one.kind != "retired"] == []


def test_a_box_that_was_not_there_is_not_unticked_by_being_there_a_moment_later(
    way: tuple[MemoryWork, Known, Known, str],
) -> None:
    work, there, away, why = way
    noted(work, why)
    teacher = at_the_check(work, away)
    noted(work, "")
    teacher.known = there
    teacher.presses("submit_report")
    assert the_case(work).left_out == (CONCERN,)


def test_a_tick_that_was_taken_away_lets_them_in_also_when_they_are_gone_a_moment_later(
    way: tuple[MemoryWork, Known, Known, str],
) -> None:
    work, there, away, why = way
    teacher = at_the_check(work, there)
    assert str(CONCERN) in boxes(teacher.screen)
    assert "Also left out" not in text_of(teacher.screen)
    teacher.answers({"leave_out": ()})
    noted(work, why)
    teacher.known = away
    teacher.presses("submit_report")
    assert the_case(work).left_out == ()


def test_a_tick_that_stays_keeps_them_out_also_when_they_are_gone_a_moment_later(
    way: tuple[MemoryWork, Known, Known, str],
) -> None:
    work, there, away, why = way
    teacher = at_the_check(work, there)
    noted(work, why)
    teacher.known = away
    shown = teacher.presses("submit_report")
    assert not getattr(shown, "errors", ())
    assert the_case(work).latest.number == 2
    assert the_case(work).left_out == (CONCERN,)


@pytest.mark.parametrize("press", ["previous_page", "change_answer"])
def test_to_leave_the_page_and_come_back_lets_nobody_in(way: tuple[MemoryWork, Known, Known, str], press: str) -> None:
    work, there, away, why = way
    noted(work, why)
    teacher = at_the_check(work, away)
    teacher.presses(press)
    whole_form(teacher)
    noted(work, "")
    teacher.known = there
    teacher.presses("submit_report")
    assert the_case(work).left_out == (CONCERN,)


def test_a_window_of_an_earlier_release_takes_no_tick_away() -> None:
    work = by_name()
    teacher = Someone(work, TEACHER, known=THERE)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"})
    whole_form(teacher)
    teacher.answers({"leave_out": (str(CONCERN),)}).presses("previous_page")
    whole_form(teacher)
    token = teacher.button("submit_report").token
    kind, draft, place, rev, extra = token.split("~")
    assert place != "check"
    old = "~".join((kind, draft, "check", rev, extra))
    teacher.asks("submit_report", surface=Surface.FORM, subject=old, fields={"leave_out": ()})
    assert the_case(work).left_out == (CONCERN,)


def test_one_box_stands_for_every_account_of_a_person_and_one_that_was_unlinked_while_it_was_open_stays_out() -> None:
    work = a_work(leads=(str(LEAD), str(CONCERN), str(ON_TEAMS)))
    linked = replace(work.directory, persons=(Person((CONCERN, ON_TEAMS), "Con Cern"),))
    apart = replace(work.directory, persons=())
    work.directory = linked
    teacher = Someone(work, TEACHER)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"})
    whole_form(teacher)
    teacher.answers({"leave_out": (str(CONCERN),)}).presses("submit_report")
    assert set(the_case(work).left_out) == {CONCERN, ON_TEAMS}

    teacher = at_the_check(work, MEMBER)
    assert set(boxes(teacher.screen)) == {str(LEAD), str(CONCERN)}
    work.directory = apart
    teacher.presses("submit_report")
    assert set(the_case(work).left_out) == {CONCERN, ON_TEAMS}

    teacher = at_the_check(work, MEMBER, "no")
    assert set(boxes(teacher.screen)) == {str(LEAD), str(CONCERN), str(ON_TEAMS)}
    work.directory = linked
    teacher.answers({"leave_out": (str(ON_TEAMS),)}).presses("submit_report")
    assert the_case(work).left_out == (ON_TEAMS, CONCERN), "they are one person again, and one box is still ticked"

    teacher = at_the_check(work, MEMBER, "not_known")
    teacher.answers({"leave_out": ()}).presses("submit_report")
    assert the_case(work).left_out == ()


# --- who is who -------------------------------------------------------------------------------------------------------
def drawn(*leads: str, names: dict[Account, str] | None = None, persons: tuple[Person, ...] = ()) -> Screen:
    work = a_work(leads=leads)
    work.directory = replace(work.directory, persons=persons)
    teacher = Someone(work, TEACHER, known=Known(Standing(member=True), names=names or {}))
    teacher.opens_form()
    teacher.answers({"harm_now": "no"})
    return whole_form(teacher)


def test_where_no_names_came_in_time_leads_are_told_apart_by_their_place_and_account() -> None:
    screen = drawn(str(LEAD), str(DEPUTY), str(ON_TEAMS))
    assert list(boxes(screen).values()) == [
        "The first lead (ULEAD)",
        "The second lead (UDEPUTY)",
        "The third lead (concern)",
    ]
    assert "The first lead (ULEAD) is told at once" in text_of(screen)
    assert "A safeguarding lead" not in text_of(screen)


def test_a_role_that_was_entered_is_said_and_a_name_that_is_known_stands_alone() -> None:
    persons = (Person((DEPUTY,), role="Deputy DSL"),)
    screen = drawn(str(LEAD), str(DEPUTY), names={LEAD: "Priya Nair"}, persons=persons)
    assert list(boxes(screen).values()) == ["Priya Nair", "Deputy DSL, second lead (UDEPUTY)"]


def test_two_of_the_same_name_are_told_apart_too() -> None:
    screen = drawn(str(LEAD), str(DEPUTY), names={LEAD: "Priya Nair", DEPUTY: "Priya Nair"})
    assert list(boxes(screen).values()) == ["Priya Nair, first lead (ULEAD)", "Priya Nair, second lead (UDEPUTY)"]


def test_no_option_is_longer_than_slack_takes_and_the_account_is_whole() -> None:
    leads = [f"teams:TENANT/0f8fad5b-d9cb-469f-a165-7086772895{n:02}" for n in range(12)]
    persons = (Person((Account.parse(leads[11]),), role="Designated Safeguarding Lead and Head of Pastoral Care"),)
    said = list(boxes(drawn(*leads, persons=persons)).values())
    assert max(map(len, said)) <= 75
    assert all(f"({lead.rpartition('/')[2]})" in one for one, lead in zip(said, leads, strict=True))
    assert "number 11" in said[10]
