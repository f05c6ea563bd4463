"""An adult who may be staff and danger now: 999 first, nobody waits, and the choice whom to leave out stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import broken, words
from handlers.clocks import DANGER_MINUTES
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Person
from handlers.screens import Form, Screen
from tests.handlers.deciding import LEAD, a_work, the_case
from tests.handlers.memory import DEPUTY, MEMBER, MemoryWork
from tests.handlers.person import Someone, first_text, text_of
from tests.handlers.test_leads_first import STAFF, asks, told, updates

DANGER = {**STAFF, "harm_now": "in_danger_now"}


@pytest.fixture
def work() -> MemoryWork:
    return a_work()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    someone = Someone(work)
    someone.opens_form()
    return someone


def chooses_danger(teacher: Someone) -> Screen:
    """What Slack reports as soon as it is chosen."""
    assert isinstance(teacher.screen, Form)
    return teacher.asks(
        "answer_at_once", surface=Surface.FORM, subject=teacher.screen.token, fields=teacher.answers(DANGER).fields()
    )


@pytest.mark.parametrize("press", ["next_page", "recommend_now"])
def test_in_danger_999_stands_first_and_the_choice_on_the_same_screen(
    teacher: Someone, work: MemoryWork, press: str
) -> None:
    shown = chooses_danger(teacher)
    assert first_text(teacher).startswith("Call 999 now.")
    assert asks(shown)
    assert not told(work)
    teacher.answers({"leave_out": (str(LEAD),)}).presses(press)
    assert told(work) == [DEPUTY]
    assert the_case(work).left_out == (LEAD,)


def test_in_danger_the_leads_are_told_anyway_when_the_time_is_up(teacher: Someone, work: MemoryWork) -> None:
    chooses_danger(teacher)
    work.passes(DANGER_MINUTES + 1)
    assert told(work)[0] == LEAD


@pytest.mark.parametrize("press", ["next_page", "recommend_now"])
def test_a_page_that_arrives_in_danger_tells_the_leads_at_once_and_the_choice_takes_it_back(
    teacher: Someone, work: MemoryWork, press: str
) -> None:
    """What Teams sends: it says nothing before."""
    shown = teacher.answers(DANGER).presses(press)
    assert told(work)[0] == LEAD
    assert first_text(teacher).startswith("Call 999 now.")
    assert asks(shown)
    assert "leaving them out takes the message back" in text_of(shown)
    work.passes()

    teacher.answers({"leave_out": (str(LEAD),)}).presses("next_page")
    work.passes()
    assert the_case(work).left_out == (LEAD,)
    assert "nothing here for you" in text_of(
        Someone(work, LEAD).asks(
            "open_case", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write()
        )
    )
    number = the_case(work).latest.number
    teacher.presses("recommend_now")
    assert the_case(work).latest.number == number, "nothing has changed since"


def test_the_999_screen_of_an_update_says_that_nobody_has_been_told_of_this(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    work.passes()
    again = updates(work, teacher, {"harm_now": "in_danger_now"})
    assert isinstance(again.screen, Form)
    shown = again.asks("answer_at_once", surface=Surface.FORM, subject=again.screen.token, fields=again.fields())
    said = text_of(shown)
    assert "are being told now" not in said
    assert "Nobody at school has been told of this yet" in said
    assert the_case(work).reference in said
    assert again.button("next_page").label == "Tell my leads, go on"

    page = again.presses("next_page")
    assert the_case(work).latest.facts.harm_now == "in_danger_now"
    assert f"This has been sent, as {the_case(work).reference}" in text_of(page)


def test_the_999_screen_names_who_is_told_where_somebody_was_left_out(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    teacher.answers({"leave_out": (str(LEAD),)}).presses("submit_report")
    shown = updates(work, teacher, {"harm_now": "in_danger_now"}).presses("next_page")
    said = text_of(shown)
    assert "Tom Reid is being told now." in said
    assert "Your safeguarding leads are being told now" not in said


def test_where_all_were_left_out_the_999_screen_sends_nobody_to_a_lead(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    teacher.answers({"leave_out": (str(LEAD), str(DEPUTY))}).presses("submit_report")
    said = text_of(updates(work, teacher, {"harm_now": "in_danger_now"}).presses("next_page"))
    assert "Go to the head teacher now" in said
    assert "Ring the DSL" not in said


def test_who_has_two_accounts_is_left_out_with_both_and_that_is_no_news_twice(
    teacher: Someone, work: MemoryWork
) -> None:
    on_teams = Account.parse("teams:TEN/priya")
    work.directory = replace(work.directory, persons=(Person((LEAD, on_teams), "Priya Nair"),))
    teacher.answers(DANGER).presses("next_page")
    teacher.answers({"leave_out": (str(LEAD),)}).presses("next_page")
    assert the_case(work).left_out == (LEAD, on_teams)
    number = the_case(work).latest.number
    teacher.presses("recommend_now")
    assert the_case(work).latest.number == number


def test_what_was_not_saved_on_the_999_screen_begins_with_999_whatever_boxes_it_carries(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.answers(DANGER).presses("next_page")
    teacher.answers({"leave_out": (str(LEAD),)}).presses("recommend_now")
    again = updates(work, teacher, {"harm_now": "in_danger_now"})
    again.presses("next_page")
    again.presses("previous_page")
    shown = chooses_danger(again)
    assert isinstance(shown, Form)
    subject = Subject.read(shown.token)
    assert subject.place.startswith("danger/"), "it carries the box of who is left out"
    failed = broken.not_saved(Intent("next_page", teacher.account, MEMBER, Surface.FORM, subject), "E-7K4M-2Q")
    assert text_of(failed).startswith(words.DANGER)
