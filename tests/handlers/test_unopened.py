"""One case that does not open: the others are listed, and who knows of it reads that it cannot be opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account
from handlers.setup.removal import held_up
from tests.handlers.deciding import a_work, opened, raised, the_case
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MEMBER, SITE, TEACHER, TEACHER_ON_TEAMS, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07

SAID = "cannot be opened"
LISTS = ("list_cases", "show_home")


def two_cases(work: MemoryWork) -> tuple[str, str]:
    """Two cases by their references, of which the first does not open; the lead was told of both."""
    raised(work)
    first = the_case(work)
    person = Someone(work, TEACHER)
    person.opens_form()
    person.answers(V07).presses("recommend_now")
    work.passes()
    (second,) = [one for one in work.cases.values() if one.id != first.id]
    work.damaged.add(first.id)
    return first.reference, second.reference


def lists(work: MemoryWork, who: Account, name: str) -> str:
    return text_of(Someone(work, who).asks(name))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("who", [TEACHER, TEACHER_ON_TEAMS, LEAD])
def test_who_raised_it_and_who_was_told_of_it_read_its_reference_and_find_the_other(who: Account, name: str) -> None:
    work = a_work()
    broken, fine = two_cases(work)
    said = lists(work, who, name)

    assert f"{broken} {SAID}" in said
    assert "your IT" in said
    assert f"{broken}\n" not in said, "it is no row of the list"
    assert fine in said


@pytest.mark.parametrize("name", LISTS)
def test_a_lead_who_was_told_nothing_of_it_learns_nothing_of_it(name: str) -> None:
    """They may be the one whom the raiser left out, which is sealed with the rest."""
    work = a_work()
    broken, fine = two_cases(work)
    said = lists(work, DEPUTY, name)

    assert fine in said
    assert broken not in said
    assert SAID not in said


def test_a_lead_who_has_read_it_knows_of_it() -> None:
    work = a_work()
    raised(work)
    opened(work, DEPUTY)
    work.damaged.add(the_case(work).id)
    said = lists(work, DEPUTY, "list_cases")

    assert f"{the_case(work).reference} {SAID}" in said
    assert "There are none" not in said
    assert "None that are open" not in lists(work, DEPUTY, "show_home")


def test_a_site_with_a_case_that_does_not_open_is_not_removed() -> None:
    work = MemoryWork(directory=replace(a_work().directory, admins=frozenset({ADMIN})))
    raised(work)
    work.damaged.add(the_case(work).id)
    assert "cases of it are open" in held_up(SITE, work)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("who", [LEAD, TEACHER_ON_TEAMS, Account("slack", "T1", "UNOBODY")])
def test_a_list_says_as_of_when_it_is_since_it_stands_in_a_chat_for_days(who: Account, name: str) -> None:
    work = a_work()
    raised(work)
    assert "As of 16:55 on Tuesday 24 November 2026." in text_of(Someone(work, who, MEMBER).asks(name))
    work.passes(61)
    assert "As of 17:56 on Tuesday 24 November 2026." in text_of(Someone(work, who, MEMBER).asks(name))
