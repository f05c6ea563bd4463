"""Raising an incident, as a teacher does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.intents import Surface
from handlers.people import Known, Standing
from handlers.screens import Button, Caution, Form, Heading, Question
from tests.handlers.memory import DEPUTY, LEAD, MEMBER, SITE, TEACHER, TEACHER_ON_TEAMS, MemoryWork
from tests.handlers.person import Someone, questions_on, text_of
from tests.handlers.stories import V01, V05, V07, V18


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    return Someone(work)


def whole_form(person: Someone) -> None:
    """Press *Continue* until the answers stand there to be checked."""
    for _ in range(5):
        if any(b.intent == "submit_report" for b in _buttons(person)):
            return
        person.presses("next_page")
    raise AssertionError("no page to check the answers")


def _buttons(person: Someone) -> tuple[Button, ...]:
    return person.screen_buttons()


def first_text(person: Someone) -> str:
    assert person.screen is not None
    part = person.screen.parts[0]
    assert isinstance(part, Caution)
    return part.text


def test_the_first_words_are_999_and_do_not_look(teacher: Someone) -> None:
    teacher.opens_form()

    assert first_text(teacher).startswith("In danger now? Call 999")
    assert "Do not look at, copy or send the image" in first_text(teacher)


def test_every_page_begins_with_999(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    for _ in range(4):
        assert "999" in first_text(teacher)
        if any(b.intent == "submit_report" for b in _buttons(teacher)):
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
    assert [d.kind for d in work.deliveries(case.id)] == ["recommendation", "lead_notice", "lead_notice"]
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

    spread = next(p for p in teacher.screen.parts if isinstance(p, Question) and p.id == "spread")
    assert spread.chosen == ("shared_on",)


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
        if any(b.intent == "continue_draft" for b in _buttons(teacher)):
            teacher.presses("start_report")
        teacher.answers({"harm_now": "no"}).presses("next_page")

    assert len(work.drafts) == 2
    teacher.opens_form()
    assert len([b for b in _buttons(teacher) if b.intent == "continue_draft"]) == 2


def test_a_discarded_draft_is_gone(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    teacher.opens_form()
    teacher.presses("discard_draft")

    assert not work.drafts


def test_an_expired_draft_is_not_offered_but_what_stands_in_the_window_is_kept(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no", "coercion": "yes"}).presses("next_page")
    teacher.answers({"dsl_informed": "no"})
    work.now += timedelta(hours=25)
    shown = teacher.presses("recommend_now")

    assert Heading("Hold the initial review meeting now") in shown.parts
    (case,) = work.cases.values()
    assert case.latest.facts.dsl_informed == "no"


def test_nobody_else_can_use_a_draft(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    other = Someone(work, DEPUTY, screen=teacher.screen)
    shown = other.presses("next_page")

    assert "nothing here for you" in text_of(shown)


def test_change_leads_to_the_page_and_back_to_the_answers(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    teacher.asks("change_answer", surface=Surface.FORM, subject=_change_of(teacher, "spread"), fields=teacher.fields())
    teacher.answers({"spread": "shared_on"}).presses("next_page")

    assert "Check your answers" in text_of(teacher.screen)
    assert "Sent or shown to others" in text_of(teacher.screen)


def _change_of(person: Someone, fact: str) -> str:
    return next(b.token for b in _buttons(person) if b.intent == "change_answer" and b.token.endswith(fact))


def test_a_lead_who_is_left_out_is_not_told_and_the_next_one_is(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    assert "Priya Nair is told at once" in text_of(teacher.screen)
    teacher.answers({"leave_out": (str(LEAD),)}).presses("submit_report")

    assert [to for to, _ in work.queued("lead_notice")] == [DEPUTY]
    (case,) = work.cases.values()
    lead = Someone(work, LEAD)
    lead.asks("list_cases")
    assert case.reference not in text_of(lead.screen)


def test_with_nobody_left_the_heads_route_is_shown(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    shown = teacher.answers({"leave_out": (str(LEAD), str(DEPUTY))}).presses("submit_report")

    assert "Go to the head teacher now" in text_of(shown)
    assert not work.queued("lead_notice")


def test_somebody_who_is_no_lead_cannot_be_left_out(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    shown = teacher.answers({"leave_out": ("slack:T1/UX",)}).presses("submit_report")

    assert isinstance(shown, Form)
    assert shown.errors
    assert "slack:T1/UX" not in text_of(shown)
    assert not work.cases


def test_notes_with_a_phone_number_are_warned_about_once_and_then_let_through(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.opens_form()
    teacher.answers({**V01, "notes": "Mum can be reached on 07700 900123 after six"})
    for _ in range(3):
        shown = teacher.presses("next_page")
    assert isinstance(shown, Form)
    assert [name for name, _ in shown.errors] == ["notes"]
    assert teacher.fields()["notes"] == "Mum can be reached on 07700 900123 after six"

    teacher.presses("next_page")
    teacher.presses("submit_report")
    (case,) = work.cases.values()
    assert "07700" in case.latest.notes


def test_a_link_to_a_picture_is_refused_every_time_and_never_kept(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({**V01, "notes": "It is at https://example.org/a/b.jpg"})
    for _ in range(5):
        shown = teacher.presses("next_page")
    assert isinstance(shown, Form)
    assert shown.errors
    shown = teacher.presses("previous_page")
    assert "notes" in questions_on(shown)
    assert teacher.fields()["notes"] == "It is at https://example.org/a/b.jpg"
    assert not any("example.org" in repr(draft) for draft in work.drafts.values())


def test_notes_that_are_too_long_lose_nothing(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({**V01, "notes": "word " * 300})
    for _ in range(3):
        shown = teacher.presses("next_page")

    assert isinstance(shown, Form)
    assert "1,000" in shown.errors[0][1]


@pytest.mark.parametrize("why", ["guest", "deactivated", "outside", "unknown"])
def test_without_standing_there_is_an_answer_and_no_form(work: MemoryWork, why: str) -> None:
    person = Someone(work, TEACHER, Known(Standing(member=False, why_not=why)))  # type: ignore[arg-type]
    shown = person.opens_form()

    assert "999" in text_of(shown)
    assert not questions_on(shown)


def test_with_several_sites_it_asks_which(work: MemoryWork) -> None:
    south = replace(SITE, id="southside", name="Southside Academy")
    work.directory = replace(work.directory, sites=(SITE, south))
    teacher = Someone(work)
    teacher.opens_form()
    assert questions_on(teacher.screen) == ["site"]
    assert "999" in first_text(teacher)
    teacher.presses("start_report")
    assert questions_on(teacher.screen) == ["site"]
    teacher.answers({"site": "southside"}).presses("start_report")
    teacher.answers(V18).presses("recommend_now")

    (case,) = work.cases.values()
    assert case.site == "southside"


def test_scotland_is_signposted_and_asked_nothing(work: MemoryWork) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, nation="scotland"),))
    teacher = Someone(work)
    shown = teacher.opens_form()

    assert not questions_on(shown)
    assert "999" in text_of(shown)
    assert "National Guidance for Child Protection in Scotland" in text_of(shown)


def test_words_after_the_command_were_not_read(teacher: Someone) -> None:
    shown = teacher.asks("start_report", extra_text=True)

    assert "not read and not kept" in text_of(shown)


def test_a_lead_who_raises_is_not_told_of_their_own_case(work: MemoryWork) -> None:
    lead = Someone(work, LEAD, MEMBER)
    lead.opens_form()
    lead.answers(V18).presses("recommend_now")

    assert [to for to, _ in work.queued("lead_notice")] == [DEPUTY]
