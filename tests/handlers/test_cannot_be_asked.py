"""The platform cannot be asked who somebody is just now: a form goes on, a case stays shut, nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import INTENTS, Subject, Surface
from handlers.people import Known, Standing
from handlers.route import FOR_ANYONE, HANDLERS, REPORTING
from handlers.screens import Caution, Form, Question, TextBox
from tests.handlers.deciding import raised, the_case
from tests.handlers.memory import LEAD, MEMBER, TEACHER, MemoryWork
from tests.handlers.person import Someone, first_text, text_of
from tests.handlers.stories import V18

UNKNOWN = Standing(member=False, why_not="unknown")
LATELY = replace(MEMBER, standing=UNKNOWN, lately=True)
NEVER = replace(MEMBER, standing=UNKNOWN)
SAID = "could not check your account just now"


def test_who_was_a_member_a_moment_ago_raises_an_incident_from_the_first_page_to_the_last(work: MemoryWork) -> None:
    person = Someone(work, TEACHER, LATELY)
    person.opens_form()
    person.answers({**V18, "notes": "The form tutor knows."})
    for press in ("next_page", "previous_page", "next_page", "next_page", "next_page"):
        assert SAID not in text_of(person.presses(press))
    person.presses("change_answer")
    person.presses("next_page")
    person.presses("submit_report")

    assert the_case(work).latest.notes == "The form tutor knows."
    assert the_case(work).reference in text_of(person.screen)


def test_a_draft_is_found_again_and_danger_is_answered_at_once(work: MemoryWork) -> None:
    person = Someone(work, TEACHER, LATELY)
    person.opens_form()
    person.answers(V18).presses("next_page")
    person.opens_form()
    person.presses("continue_draft")
    assert "Step 2 of 3" in text_of(person.screen)

    person.opens_form()
    person.presses("start_report", label="another")
    shown = person.answers({"harm_now": "in_danger_now"}).presses("next_page")
    assert "Call 999 now." in text_of(shown)
    assert work.queued("lead_notice")


@pytest.mark.parametrize("who", [TEACHER, LEAD], ids=["raiser", "lead"])
def test_a_case_stays_shut_even_for_who_was_a_member_a_moment_ago(who: object, work: MemoryWork) -> None:
    raised(work, {**V18, "notes": "SENTINEL"})
    person = Someone(work, who, LATELY)  # type: ignore[arg-type]
    token = Subject("case", the_case(work).id, "", 1).write()
    before = len(work.outbox)

    for intent in ("open_case", "ask_escalation", "update_facts", "clear_from_chat", "refer", "do_not_refer"):
        shown = text_of(person.asks(intent, surface=Surface.MESSAGE, subject=token))
        assert SAID in shown
        assert "SENTINEL" not in shown
    assert SAID in text_of(person.asks("list_cases"))
    assert len(work.outbox) == before
    assert the_case(work).opened_at is None


def test_of_all_that_can_be_asked_only_reporting_goes_on() -> None:
    assert {"open_case", "list_cases", "discard_draft", "confirm_refer"} & REPORTING == set()
    assert REPORTING <= set(HANDLERS) == INTENTS
    assert not REPORTING & FOR_ANYONE


def test_who_was_never_seen_gets_the_page_back_with_all_that_they_typed(work: MemoryWork) -> None:
    person = Someone(work)
    person.opens_form()
    person.answers({**V18, "notes": "it was in a group chat"})
    for _ in range(2):
        person.presses("next_page")
    drawn = person.screen
    person.known = NEVER

    shown = person.presses("next_page")

    assert isinstance(shown, Form)
    assert isinstance(drawn, Form)
    assert SAID in text_of(shown)
    assert "999" in first_text(person)
    assert any(isinstance(part, Caution) and SAID in part.text for part in shown.parts)
    assert _boxes(shown) == {"notes": "it was in a group chat"}
    assert {part.id for part in shown.parts if isinstance(part, Question)} == {
        part.id for part in drawn.parts if isinstance(part, Question)
    }
    assert shown.token == drawn.token
    person.known = MEMBER
    assert SAID not in text_of(person.presses("next_page"))


def test_what_was_chosen_stays_chosen(work: MemoryWork) -> None:
    person = Someone(work)
    person.opens_form()
    person.known = NEVER

    shown = person.answers({"harm_now": "at_risk"}).presses("recommend_now")

    (chosen,) = [part.chosen for part in shown.parts if isinstance(part, Question) and part.id == "harm_now"]
    assert chosen == ("at_risk",)
    assert work.cases == {}


@pytest.mark.parametrize("why", ["guest", "deactivated", "outside"])
def test_a_clear_no_of_the_platform_counts_whatever_was_a_moment_ago(why: str, work: MemoryWork) -> None:
    known = Known(Standing(member=False, why_not=why), lately=True)  # type: ignore[arg-type]

    assert "There is no form for this account" in text_of(Someone(work, TEACHER, known).opens_form())


def _boxes(screen: Form) -> dict[str, str]:
    return {part.id: part.value for part in screen.parts if isinstance(part, TextBox)}
