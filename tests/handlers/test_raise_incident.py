"""Raising an incident, as a teacher does it."""

from __future__ import annotations

import pytest

from handlers.intents import Surface
from handlers.screens import Caution, Form, Heading
from tests.handlers.memory import LEAD, MemoryWork
from tests.handlers.person import Someone, first_text, questions_on, text_of, whole_form
from tests.handlers.stories import V01, V05, V07, V18


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    return Someone(work)


def test_the_first_words_are_999_and_do_not_look(teacher: Someone) -> None:
    teacher.opens_form()

    assert first_text(teacher).startswith("In danger now? Call 999")
    assert "Do not look at, copy or send the image" in first_text(teacher)


def test_every_page_begins_with_999(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    for _ in range(4):
        assert "999" in first_text(teacher)
        if any(b.intent == "submit_report" for b in teacher.screen_buttons()):
            break
        teacher.presses("next_page")


def test_v01_from_the_first_click_to_the_recommendation(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    shown = teacher.presses("submit_report")

    assert Heading("This may be managed in school, if the DSL is confident") in shown.parts
    (case,) = work.cases.values()
    assert case.reference in text_of(shown)
    assert [d.kind for d in work.deliveries(case.id)] == [
        "recommendation",
        "lead_notice",
        "lead_notice",
        "chase",
    ]
    assert not work.drafts


def test_one_page_is_enough(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    shown = teacher.answers(V18).presses("recommend_now")

    assert Heading("Hold the initial review meeting now") in shown.parts
    assert len(work.cases) == 1


def test_danger_makes_a_case_at_once_and_tells_the_leads_whatever_becomes_of_the_form(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.opens_form()
    shown = teacher.answers(V05).presses("next_page")

    (case,) = work.cases.values()
    assert "Call 999 now" in first_text(teacher)
    assert case.reference in text_of(shown)
    assert [to for to, due in work.queued("lead_notice") if due == work.now] == [LEAD]

    whole_form(teacher)
    shown = teacher.presses("submit_report")
    (case,) = work.cases.values()
    assert len(case.versions) == 2
    assert isinstance(shown.parts[0], Caution)
    assert "Call 999 now" in shown.parts[0].text
    assert Heading("Call 999 now") in shown.parts


def test_danger_that_is_chosen_is_answered_before_the_page_is_sent(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "in_danger_now", "adult_involved": "yes"})
    assert isinstance(teacher.screen, Form)
    teacher.asks("answer_at_once", surface=Surface.FORM, subject=teacher.screen.token, fields=teacher.fields())

    assert "Call 999 now" in first_text(teacher)
    assert not work.cases
    teacher.presses("next_page")
    (case,) = work.cases.values()
    assert case.latest.facts.adult_involved == "yes"


def test_a_choice_that_is_no_danger_changes_nothing_on_the_screen(teacher: Someone) -> None:
    before = teacher.opens_form()
    assert isinstance(before, Form)
    teacher.answers({"harm_now": "at_risk"})
    after = teacher.asks("answer_at_once", surface=Surface.FORM, subject=before.token, fields=teacher.fields())

    assert after is before


def test_questions_open_and_close_between_pages(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no", "what_was_shared": "text_only", "adult_involved": "no", "coercion": "no"})
    teacher.presses("next_page")

    assert questions_on(teacher.screen) == ["dsl_informed"]


def test_an_answer_is_kept_while_its_question_is_closed(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no", "what_was_shared": "image_under_18"}).presses("next_page")
    teacher.answers({"spread": "shared_on"}).presses("previous_page")
    teacher.answers({"what_was_shared": "text_only"}).presses("next_page")
    assert "spread" not in questions_on(teacher.screen)
    teacher.typed.clear()
    teacher.presses("previous_page")
    teacher.answers({"what_was_shared": "image_under_18"}).presses("next_page")

    teacher.typed.clear()
    assert teacher.fields()["spread"] == "shared_on"


def test_back_loses_nothing(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    teacher.answers({"dsl_informed": "no"}).presses("previous_page")
    teacher.typed.clear()
    teacher.presses("next_page")

    assert teacher.fields()["dsl_informed"] == "no"


def test_an_answer_that_is_not_on_offer_keeps_every_other(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    shown = teacher.answers({**V07, "coercion": "<script>"}).presses("next_page")

    assert isinstance(shown, Form)
    assert [name for name, _ in shown.errors] == ["coercion"]
    assert "<script>" not in text_of(shown)
    teacher.typed.clear()
    assert teacher.fields()["adult_involved"] == "yes"
    assert not work.cases


def test_smuggled_fields_do_nothing(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    assert isinstance(teacher.screen, Form)
    fields = {**teacher.fields(), "harm_now": "no", "role": "lead", "state": "closed", "spread": "wide_or_public"}
    teacher.asks("recommend_now", surface=Surface.FORM, subject=teacher.screen.token, fields=fields)

    (case,) = work.cases.values()
    assert case.latest.facts.as_dict() == {"harm_now": "no"}


def test_change_leads_to_the_page_and_back_to_the_answers(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    teacher.asks("change_answer", surface=Surface.FORM, subject=_change_of(teacher, "spread"), fields=teacher.fields())
    teacher.answers({"spread": "shared_on"}).presses("next_page")

    assert "Check your answers" in text_of(teacher.screen)
    assert "Sent or shown to others" in text_of(teacher.screen)


def _change_of(person: Someone, fact: str) -> str:
    return next(b.token for b in person.screen_buttons() if b.intent == "change_answer" and b.token.endswith(fact))
