"""A lead's list: what is overdue or due first, a word of how urgent it is, and a way to all the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.case import Case
from handlers.intents import Surface
from handlers.looking.case_list import LIST_LIMIT
from handlers.people import Account
from handlers.screens import Form, Item, Screen, buttons_of
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, acknowledges
from tests.handlers.deciding import ROOM as POLICE_ROOM
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V01, V05, V07, V18


def raises(work: MemoryWork, answers: object = V18) -> Case:
    """One more case, a minute after the last."""
    before = set(work.cases)
    work.passes(1)
    person = Someone(work)
    person.asks("start_report")
    if "recommend_now" not in {button.intent for button in person.screen_buttons()}:
        person.presses("start_report")
    person.answers(answers)  # type: ignore[arg-type]
    if answers is V01:  # nothing is routine of which so little is known as stands on one page
        whole_form(person)
        person.presses("submit_report")
    else:
        person.presses("recommend_now")
    work.passes()
    (new,) = set(work.cases) - before
    return work.cases[new]


def labels(screen: Screen | None) -> list[str]:
    assert screen is not None
    return [part.label for part in screen.parts if isinstance(part, Item)]


def listed(work: MemoryWork, who: Account = LEAD) -> list[str]:
    return labels(Someone(work, who).asks("list_cases"))


def decides(work: MemoryWork, case: Case, kind: str = "do_not_refer") -> None:
    lead = Someone(work, LEAD)
    lead.asks("open_case", surface=Surface.MESSAGE, subject=f"case~{case.id}~~1~")
    lead.presses(kind)
    given = {"reason": "We rang them.", "consequences_read": ("yes",), "contact": ("police",)}
    lead.answers(given).presses(f"confirm_{kind}")
    work.passes()


def test_what_is_overdue_stands_first_oldest_first_then_what_is_due_soonest_then_the_newest() -> None:
    work = a_work()
    done_first, done_last = raises(work), raises(work)
    decides(work, done_first)
    decides(work, done_last)
    overdue = [raises(work), raises(work)]
    work.passes(60 * 24 * 3)
    today, danger = raises(work, V18), raises(work, V05)
    wanted = [*overdue, danger, today, done_last, done_first]
    assert listed(work) == [case.reference for case in wanted]


def test_a_contact_who_is_overdue_stands_above_a_case_that_has_just_come_in() -> None:
    work = a_work()
    told = raises(work, V07)
    decides(work, told, "refer")
    work.passes(60)
    new = raises(work, V18)
    assert listed(work) == [told.reference, new.reference]
    acknowledges(work, work.at(POLICE_ROOM)[-1])
    assert listed(work) == [new.reference, told.reference]


@pytest.mark.parametrize(("answers", "word"), [(V07, "Now."), (V18, "Today."), (V01, "Routine.")])
def test_a_lead_reads_how_urgent_what_waits_is_and_the_raiser_does_not(answers: object, word: str) -> None:
    work = a_work()
    raises(work, answers)
    rows = {
        who: next(one.text for one in Someone(work, who).asks("list_cases").parts if isinstance(one, Item))
        for who in (LEAD, TEACHER)
    }
    assert rows[LEAD].startswith(f"{word} Raised")
    assert rows[TEACHER].startswith("Raised")
    home = Someone(work, LEAD).asks("show_home")
    assert word in text_of(home)


def test_where_little_stands_in_chat_the_list_says_no_urgency() -> None:
    work = a_work(chat_detail="receipt")
    raises(work, V05)
    assert "999 now." not in text_of(Someone(work, LEAD).asks("list_cases"))


def many(work: MemoryWork, count: int) -> list[str]:
    """So many cases that nobody has opened, a minute apart; their references, oldest first."""
    first = raises(work)
    for number in range(1, count):
        at = first.raised_at + timedelta(minutes=number)
        versions = (replace(first.latest, at=at),)
        copy = replace(
            first, id=f"copy{number:028d}", reference=f"SP-9{number:03d}-2Q", raised_at=at, versions=versions
        )
        work.keep_case(copy)
    return [case.reference for case in sorted(work.cases.values(), key=lambda case: case.raised_at)]


@pytest.mark.parametrize("who", [LEAD, TEACHER, DEPUTY])
def test_there_is_a_way_to_all_the_rest_and_back(who: Account) -> None:
    work = a_work()
    every = many(work, 70)
    person = Someone(work, who)
    person.asks("list_cases")
    seen = []
    for _ in range(3):
        found = labels(person.screen)
        assert len(found) <= LIST_LIMIT
        seen += found
        if "Next page" in {button.label for button in person.screen_buttons()}:
            person.presses("list_cases", label="Next page")
    assert len(seen) == len(set(seen)) == 70
    assert set(seen) == set(every)
    assert "61 to 70 of 70" in text_of(person.screen)
    person.presses("list_cases", label="Page before")
    assert "31 to 60 of 70" in text_of(person.screen)


def test_of_hundreds_that_wait_the_oldest_stands_first() -> None:
    work = a_work()
    every = many(work, 260)
    work.outbox.clear()  # no clock runs any more: all of them are overdue
    assert listed(work) == every[:LIST_LIMIT]


def test_the_home_page_leads_to_the_rest() -> None:
    work = a_work()
    many(work, LIST_LIMIT + 1)
    person = Someone(work, LEAD)
    home = person.asks("show_home", surface=Surface.HOME)
    (turn,) = [one for one in buttons_of(home) if one.intent == "list_cases"]
    assert turn.opens_form
    shown = person.presses("list_cases", surface=Surface.HOME)
    assert isinstance(shown, Form)
    assert len(labels(shown)) == 1


def test_a_page_that_is_no_more_shows_the_last_that_there_is() -> None:
    work = a_work()
    case = raises(work)
    shown = Someone(work, LEAD).asks("list_cases", surface=Surface.FORM, subject="none~~page~7~")
    assert labels(shown) == [case.reference]
