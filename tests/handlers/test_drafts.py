"""A report that is not sent yet: repeats, stale pages, other devices, and its end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.memory import TEACHER, TEACHER_ON_TEAMS, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V18


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    return Someone(work)


def test_a_double_press_has_one_effect_and_one_answer(teacher: Someone, work: MemoryWork) -> None:
    first_page = teacher.opens_form()
    teacher.answers(V18)
    once = teacher.presses("recommend_now")
    teacher.screen = first_page
    again = teacher.presses("recommend_now")

    assert again == once
    assert len(work.cases) == 1
    assert len(work.queued("recommendation")) == 1


def test_a_stale_page_never_overwrites_and_loses_nothing(teacher: Someone, work: MemoryWork) -> None:
    stale = teacher.opens_form()
    teacher.answers({"harm_now": "no", "coercion": "yes"}).presses("next_page")
    teacher.screen = stale
    teacher.typed = {"harm_now": "no", "coercion": "no"}
    shown = teacher.presses("next_page")

    assert "moved on" in text_of(shown)
    teacher.typed.clear()
    assert teacher.fields()["coercion"] == "no"
    (draft,) = work.drafts.values()
    assert draft.answers["coercion"] == "yes"
    teacher.presses("next_page")
    (draft,) = work.drafts.values()
    assert draft.answers["coercion"] == "no"


def test_a_draft_is_offered_again_on_another_device_and_platform(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no", "coercion": "yes"}).presses("next_page")
    elsewhere = Someone(work, TEACHER_ON_TEAMS)
    elsewhere.opens_form()
    assert "not sent yet" in text_of(elsewhere.screen)
    elsewhere.presses("continue_draft")
    elsewhere.presses("previous_page")

    assert elsewhere.fields()["coercion"] == "yes"


def test_starting_another_keeps_both_drafts(teacher: Someone, work: MemoryWork) -> None:
    for _ in range(2):
        teacher.opens_form()
        if any(b.intent == "continue_draft" for b in teacher.screen_buttons()):
            teacher.presses("start_report")
        teacher.answers({"harm_now": "no"}).presses("next_page")

    assert len(work.drafts) == 2
    teacher.opens_form()
    assert len([b for b in teacher.screen_buttons() if b.intent == "continue_draft"]) == 2


def test_what_was_begun_last_comes_first_then_another_report_then_the_older_ones(
    teacher: Someone, work: MemoryWork
) -> None:
    for number in range(3):
        teacher.opens_form()
        if number:
            teacher.presses("start_report")
        teacher.answers({"harm_now": "no"}).presses("next_page")
        work.now += timedelta(minutes=5)

    teacher.opens_form()
    assert [one.intent for one in teacher.screen_buttons()] == [
        "continue_draft", "discard_draft", "start_report", *("continue_draft", "discard_draft") * 2,
    ]  # fmt: skip
    said = text_of(teacher.screen)
    assert said.index("17:05") < said.index("Begun before that") < said.index("17:00") < said.index("16:55")


def test_a_discarded_draft_is_gone(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    teacher.opens_form()
    teacher.presses("discard_draft")

    assert not work.drafts


def test_a_page_of_an_expired_draft_sends_nothing_by_itself_and_keeps_what_stands_on_it(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no", "coercion": "yes"}).presses("next_page")
    teacher.answers({"dsl_informed": "no"})
    work.now += timedelta(hours=25)
    shown = teacher.presses("recommend_now")

    assert "discarded or has expired" in text_of(shown)
    assert not work.cases
    teacher.typed.clear()
    teacher.answers({"harm_now": "at_risk"}).presses("next_page")
    assert teacher.fields()["dsl_informed"] == "no"


def test_the_recommendation_goes_where_it_was_sent_from_wherever_it_was_begun() -> None:
    work = MemoryWork()
    begun = Someone(work, TEACHER)
    begun.opens_form()
    begun.answers({"harm_now": "no"}).presses("next_page")
    sent = Someone(work, TEACHER_ON_TEAMS)
    sent.opens_form()
    sent.presses("continue_draft")
    sent.presses("recommend_now")
    work.passes()

    (case,) = work.cases.values()
    assert case.raised_by == TEACHER_ON_TEAMS
    assert len(work.at(TEACHER_ON_TEAMS)) == 1
    assert work.at(TEACHER) == []
    assert case.reference in text_of(Someone(work, TEACHER).asks("list_cases")), "both accounts are one person"
