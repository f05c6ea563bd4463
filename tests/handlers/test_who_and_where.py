"""Who may raise, for which site, and which leads are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Known, Standing
from handlers.screens import Form
from tests.handlers.memory import DEPUTY, LEAD, MEMBER, SITE, TEACHER, MemoryWork
from tests.handlers.person import Someone, first_text, questions_on, text_of, whole_form
from tests.handlers.stories import V01, V18


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    return Someone(work)


def test_nobody_else_can_use_a_draft(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    other = Someone(work, DEPUTY, screen=teacher.screen)
    shown = other.presses("next_page")

    assert "nothing here for you" in text_of(shown)


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


def test_a_page_sent_again_shows_nothing_to_who_has_lost_the_site_since(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers(V18).presses("recommend_now")
    (case,) = work.cases.values()
    lead = Someone(work, LEAD)
    lead.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", case.id, "", 1).write())
    page = lead.answers({"harm_now": "no"}).screen
    assert case.reference in text_of(lead.presses("recommend_now"))

    (site,) = work.directory.sites
    work.directory = replace(work.directory, sites=(replace(site, leads=(str(DEPUTY),)),))
    again = Someone(work, LEAD, screen=page).answers({"harm_now": "no"}).presses("recommend_now")
    assert case.reference not in text_of(again)
    assert "nothing here for you" in text_of(again)
