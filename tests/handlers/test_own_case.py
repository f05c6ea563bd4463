"""SR-13: who raised a case decides on it alone only where the site lets them, asked once more, and marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.case import Decision
from handlers.people import Account, Person
from tests.handlers.deciding import DEPUTY, LEAD, a_work, opened, raised, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of

ELSEWHERE = Account.parse("teams:TEN/PRIYA")
"""The lead's account on the other platform."""
KINDS = ("refer", "do_not_refer")
ASKED = "You raised this case yourself"


def a_school(*, two_people: bool) -> MemoryWork:
    work = a_work(requires_two_people=two_people)
    persons = (Person((LEAD, ELSEWHERE), name="Priya Nair", role="DSL"),)
    work.directory = replace(work.directory, persons=persons)
    return work


def filled(work: MemoryWork, kind: str, who: Account) -> Someone:
    """The window of a decision with everything in it."""
    person = opened(work, who)
    person.presses(kind)
    return person.answers({"contact": ("police",), "consequences_read": ("yes",), "reason": "Because it is so."})


def decided(work: MemoryWork) -> tuple[Decision, ...]:
    return the_case(work).decisions


@pytest.mark.parametrize("by", [LEAD, ELSEWHERE])
@pytest.mark.parametrize("kind", KINDS)
def test_alone_it_takes_one_more_press_and_is_marked_from_either_account(kind: str, by: Account) -> None:
    work = a_school(two_people=False)
    raised(work, by=by)
    person = filled(work, kind, LEAD)
    assert ASKED in text_of(person.presses(f"confirm_{kind}"))
    assert decided(work) == ()
    person.presses(f"confirm_{kind}")

    assert [one.alone for one in decided(work)] == [True]
    assert "decided alone" in text_of(opened(work, DEPUTY).screen)


@pytest.mark.parametrize("by", [LEAD, ELSEWHERE])
@pytest.mark.parametrize("kind", KINDS)
def test_where_two_people_are_wanted_no_account_of_theirs_decides(kind: str, by: Account) -> None:
    work = a_school(two_people=True)
    raised(work, by=by)
    assert "two people" in text_of(opened(work, LEAD).presses(kind))
    other = filled(work, kind, DEPUTY)
    taken_over = Someone(work, LEAD, screen=other.screen, typed=dict(other.typed))
    assert "two people" in text_of(taken_over.presses(f"confirm_{kind}"))
    assert decided(work) == ()


@pytest.mark.parametrize("two_people", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_another_lead_is_asked_nothing_more_and_nothing_is_marked(kind: str, *, two_people: bool) -> None:
    work = a_school(two_people=two_people)
    raised(work, by=LEAD)
    filled(work, kind, DEPUTY).presses(f"confirm_{kind}")

    assert [one.alone for one in decided(work)] == [False]
    assert "decided alone" not in text_of(opened(work, LEAD).screen)
