"""An adult who may be staff: nobody is told before who raises it could leave a lead out, however they send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from handlers.intents import Subject, Surface, Value
from handlers.screens import Form, Question, Screen
from tests.handlers.deciding import LEAD, a_work, the_case
from tests.handlers.memory import DEPUTY, MEMBER, MemoryWork
from tests.handlers.person import Someone, errors_on, first_text, questions_on, text_of

SAFE: Mapping[str, Value] = {"harm_now": "no", "adult_involved": "yes"}
STAFF: Mapping[str, Value] = {**SAFE, "adult_role": "staff_or_trust"}
MAY_BE: Mapping[str, Mapping[str, Value]] = {
    "it is said": STAFF,
    "it is said of an adult who may be involved": {**STAFF, "adult_involved": "not_known"},
}
NOT: Mapping[str, Mapping[str, Value]] = {
    "nobody said who": SAFE,
    "who is not known": {**SAFE, "adult_role": "not_known"},
    "another adult": {**SAFE, "adult_role": "known_adult"},
    "someone met online": {**SAFE, "adult_role": "online_adult"},
    "nothing is known": {"harm_now": "no"},
    "no adult": {**STAFF, "adult_involved": "no"},
    "all are adults": {**STAFF, "what_was_shared": "all_adults"},
}


@pytest.fixture
def work() -> MemoryWork:
    return a_work()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    someone = Someone(work)
    someone.opens_form()
    return someone


def told(work: MemoryWork) -> list[object]:
    """Which leads hear of it, at once or later."""
    return [one.to for one, _ in work.outbox.values() if one.kind == "lead_notice" and one.state != "dropped"]


def asks(screen: Screen | None) -> bool:
    return questions_on(screen) == ["leave_out"]


def updates(work: MemoryWork, teacher: Someone, given: Mapping[str, Value]) -> Someone:
    """The teacher adds to what was sent."""
    again = Someone(work, teacher.account)
    subject = Subject("case", the_case(work).id, "", the_case(work).latest.number).write()
    again.asks("update_facts", surface=Surface.MESSAGE, subject=subject)
    return again.answers(given)


@pytest.mark.parametrize("given", MAY_BE.values(), ids=MAY_BE)
def test_nobody_is_told_before_the_one_question(teacher: Someone, work: MemoryWork, given: Mapping[str, Value]) -> None:
    asked = teacher.answers(given).presses("recommend_now")
    work.passes(60)
    assert asks(asked)
    assert "Nobody has been told yet" in text_of(asked)
    assert "999" in first_text(teacher)
    assert not work.cases
    assert not told(work)

    shown = teacher.answers({"leave_out": (str(LEAD),)}).presses("submit_report")
    assert the_case(work).reference in text_of(shown)
    assert "Refer now" in text_of(shown) or "initial review" in text_of(shown)
    assert the_case(work).left_out == (LEAD,)
    assert told(work) == [DEPUTY]


@pytest.mark.parametrize("given", NOT.values(), ids=NOT)
def test_nobody_else_is_held_up(teacher: Someone, work: MemoryWork, given: Mapping[str, Value]) -> None:
    shown = teacher.answers(given).presses("recommend_now")
    assert the_case(work).reference in text_of(shown)


def test_one_press_sends_it_where_nobody_is_to_be_left_out(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    shown = teacher.presses("submit_report")
    assert the_case(work).reference in text_of(shown)
    assert told(work)[0] == LEAD


def test_where_nobody_can_say_who_leads_it_is_said_before_they_are_found_and_told() -> None:
    group = "slack:T1/S1"
    work = a_work(leads=(group,))
    teacher = Someone(work, known=replace(MEMBER, asked=frozenset({group})))
    teacher.opens_form()
    shown = teacher.answers(STAFF).presses("recommend_now")
    assert "That may be one of your leads. Nobody has been told yet" in text_of(shown)
    assert "Go to the head teacher now" in text_of(shown)
    assert "tell the head first" in text_of(shown)
    assert not work.cases
    teacher.presses("submit_report")
    assert the_case(work)


def test_it_is_asked_from_every_page(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers(STAFF).presses("next_page")
    assert asks(teacher.presses("recommend_now"))
    assert not work.cases


def test_whoever_goes_back_finds_page_1_as_it_was(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    teacher.presses("previous_page")
    assert teacher.fields()["adult_role"] == "staff_or_trust"
    assert asks(teacher.presses("recommend_now"))
    assert not work.cases


def test_a_closed_window_is_gone_on_with_at_the_question_and_the_ticks_are_kept(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    teacher.answers({"leave_out": (str(LEAD),)}).presses("previous_page")
    teacher.typed.clear()
    shown = teacher.presses("recommend_now")
    assert the_case(work).left_out == (LEAD,), "they have chosen: it is not asked again"
    assert the_case(work).reference in text_of(shown)


def test_the_draft_says_where_it_stands_and_goes_on_there(teacher: Someone) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    assert "One question is left before it is sent" in text_of(teacher.opens_form())
    assert asks(teacher.presses("continue_draft"))


def test_the_same_press_again_is_answered_like_the_first(teacher: Someone, work: MemoryWork) -> None:
    page = teacher.screen
    assert isinstance(page, Form)
    fields = teacher.answers(STAFF).fields()
    press = {"surface": Surface.FORM, "subject": page.token, "fields": fields}
    first = teacher.asks("recommend_now", **press)  # type: ignore[arg-type]
    assert text_of(teacher.asks("recommend_now", **press)) == text_of(first)  # type: ignore[arg-type]
    shown = teacher.presses("submit_report")
    assert text_of(teacher.asks("recommend_now", **press)) == text_of(shown)  # type: ignore[arg-type]
    assert len(work.cases) == 1


def test_who_is_no_lead_is_refused_and_everything_else_is_kept(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers(STAFF).presses("recommend_now")
    shown = teacher.answers({"leave_out": (str(LEAD), "slack:T1/UX")}).presses("submit_report")
    assert errors_on(shown)
    assert "UX" not in text_of(shown)
    assert not work.cases
    (question,) = [part for part in shown.parts if isinstance(part, Question)]
    assert question.chosen == (str(LEAD),)


def test_of_a_case_that_the_leads_know_it_is_asked_when_it_turns_out_to_be_staff(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    work.passes()
    again = updates(work, teacher, STAFF)
    asked = again.presses("recommend_now")
    assert asks(asked)
    assert "was told at" in text_of(asked)
    assert the_case(work).latest.number == 1
    again.answers({"leave_out": (str(LEAD),)}).presses("submit_report")
    assert the_case(work).latest.number == 2
    assert the_case(work).left_out == (LEAD,)

    next_one = updates(work, teacher, {"coercion": "yes"})
    assert "This has been sent" not in text_of(next_one.screen)
    once = next_one.presses("recommend_now")
    assert the_case(work).reference in text_of(once), "it is not asked twice"


def test_a_lead_who_adds_to_it_chooses_nothing(teacher: Someone, work: MemoryWork) -> None:
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    lead = Someone(work, LEAD)
    lead.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
    shown = lead.answers(STAFF).presses("recommend_now")
    assert the_case(work).reference in text_of(shown)
