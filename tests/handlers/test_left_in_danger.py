"""Whoever chose 'in danger now', read 'call 999' and did, with the window closed: the leads are told all the same."""

from __future__ import annotations

import pytest

from handlers.clocks import DANGER_MINUTES
from handlers.intents import Surface
from handlers.screens import Form
from tests.handlers.memory import LEAD, MemoryWork
from tests.handlers.person import Someone, text_of


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    """A teacher who chose 'in danger now' on Slack."""
    someone = Someone(work)
    someone.opens_form()
    someone.answers({"harm_now": "in_danger_now", "age_depicted": "13_to_15"})
    chooses(someone)
    return someone


def chooses(someone: Someone) -> None:
    """What Slack reports as soon as it is chosen, before anything is sent."""
    assert isinstance(someone.screen, Form)
    someone.asks("answer_at_once", surface=Surface.FORM, subject=someone.screen.token, fields=someone.fields())


def notices(work: MemoryWork) -> list[str]:
    return [str(one.to) for one, _ in work.outbox.values() if one.kind == "lead_notice"]


def test_the_screen_says_that_nobody_has_been_told_and_when_they_will_be(teacher: Someone) -> None:
    said = text_of(teacher.screen)

    assert "Nobody at school has been told yet" in said
    assert f"told in {DANGER_MINUTES} minutes all the same" in said


def test_closing_the_window_tells_the_leads_after_some_minutes_and_once(teacher: Someone, work: MemoryWork) -> None:
    work.passes(DANGER_MINUTES - 1)
    assert not work.cases
    work.passes(2)
    (case,) = work.cases.values()
    assert case.latest.facts.harm_now == "in_danger_now"
    assert case.latest.facts.age_depicted == "13_to_15"
    assert case.raised_by == teacher.account
    assert str(LEAD) in notices(work)
    work.passes(10)
    assert len(work.cases) == 1


def test_going_on_afterwards_goes_on_with_the_same_case(teacher: Someone, work: MemoryWork) -> None:
    work.passes(DANGER_MINUTES + 1)
    page = teacher.presses("next_page")
    (case,) = work.cases.values()
    assert f"This has been sent, as {case.reference}" in text_of(page)

    shown = teacher.presses("recommend_now")

    assert case.reference in text_of(shown)
    assert len(work.cases) == 1


def test_going_on_at_once_tells_the_leads_once(teacher: Someone, work: MemoryWork) -> None:
    teacher.presses("next_page")
    told = len(notices(work))
    work.passes(DANGER_MINUTES + 1)

    assert len(work.cases) == 1
    assert len(notices(work)) == told


def test_whoever_goes_back_because_it_was_a_slip_raises_no_alarm(teacher: Someone, work: MemoryWork) -> None:
    teacher.presses("previous_page")
    work.passes(DANGER_MINUTES + 1)

    assert not work.cases


def test_whoever_discards_it_raises_no_alarm(teacher: Someone, work: MemoryWork) -> None:
    teacher.asks("start_report")
    teacher.presses("discard_draft")
    work.passes(DANGER_MINUTES + 1)

    assert not work.cases


def test_an_update_that_turns_into_danger_is_sent_the_same_way(work: MemoryWork) -> None:
    someone = Someone(work)
    someone.opens_form()
    someone.answers({"harm_now": "no"}).presses("recommend_now")
    (case,) = work.cases.values()
    someone.asks("update_facts", subject=f"case~{case.id}~~1~")
    someone.answers({"harm_now": "in_danger_now"})
    chooses(someone)
    work.passes(DANGER_MINUTES + 1)

    assert work.cases[case.id].latest.number == 2
    assert work.cases[case.id].latest.facts.harm_now == "in_danger_now"


def test_an_update_that_was_sent_by_itself_does_not_stand_in_the_way_of_another_report(work: MemoryWork) -> None:
    someone = Someone(work)
    someone.opens_form()
    someone.answers({"harm_now": "no"}).presses("recommend_now")
    (case,) = work.cases.values()
    someone.asks("update_facts", subject=f"case~{case.id}~~1~")
    someone.answers({"harm_now": "in_danger_now", "coercion": "yes"})
    chooses(someone)
    work.passes(DANGER_MINUTES - 1)
    assert "You have changes that are not sent yet" in text_of(Someone(work).opens_form())
    work.passes(2)

    assert "Step 1 of 3" in text_of(Someone(work).opens_form())
    window = someone.presses("next_page")
    assert "Step 2 of 3" in text_of(window), "the window that is still open goes on"
    someone.answers({"spread": "shared_on"}).presses("next_page")
    assert "You have changes that are not sent yet" in text_of(Someone(work).opens_form())


def test_a_report_that_went_out_unfinished_is_said_to_be_sent(teacher: Someone, work: MemoryWork) -> None:
    work.passes(DANGER_MINUTES + 1)
    (case,) = work.cases.values()
    said = text_of(teacher.opens_form())

    assert "Your report was sent; you can add to it" in said
    assert f"{case.reference}, not finished" in said
    assert "What you answered was sent, and your leads hear of it." in said
    assert "not sent yet" not in said
    assert "stays as it is" not in said
