"""An adult who may be staff: nobody is told before who raises it could leave a lead out, however they send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from handlers import broken, words
from handlers.clocks import DANGER_MINUTES
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Person
from handlers.screens import Form, Question, Screen
from tests.handlers.deciding import LEAD, a_work, the_case
from tests.handlers.memory import DEPUTY, MEMBER, MemoryWork
from tests.handlers.person import Someone, errors_on, first_text, questions_on, text_of

SAFE: Mapping[str, Value] = {"harm_now": "no", "adult_involved": "yes"}
STAFF: Mapping[str, Value] = {**SAFE, "adult_role": "staff_or_trust"}
DANGER: Mapping[str, Value] = {**STAFF, "harm_now": "in_danger_now"}
MAY_BE: Mapping[str, Mapping[str, Value]] = {
    "it is said": STAFF,
    "it is said of an adult who may be involved": {**STAFF, "adult_involved": "not_known"},
    "nobody said who": SAFE,
    "who is not known": {**SAFE, "adult_role": "not_known"},
}
NOT: Mapping[str, Mapping[str, Value]] = {
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
