"""What is not known does not hold up a referral, and a case that was decided does not read as one that waits."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handlers.intents import Value
from handlers.screens import Buttons, Form, Heading, Paragraph, Screen
from policy import fact
from tests.handlers.deciding import LEAD, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V01, V05, V07, V18

STILL_OPEN = "Still open: it need not hold you up"
FIND_OUT = "Find out first"
AS_IF = "If you cannot find out today"
UNCLEAR = {**V07, "coercion": "not_known", "spread": "not_known"}


def headings(screen: Screen | None) -> list[str]:
    assert isinstance(screen, Form)
    return [part.text for part in screen.parts if isinstance(part, Heading)]


def place(screen: Screen | None, text: str) -> int:
    assert isinstance(screen, Form)
    return next(at for at, part in enumerate(screen.parts) if getattr(part, "text", "") == text)


def labels(screen: Screen | None) -> dict[str, str]:
    assert isinstance(screen, Form)
    first = next(part for part in screen.parts if isinstance(part, Buttons))
    return {button.intent: button.label for button in first.buttons}


def decided(answers: Mapping[str, Value], *kinds: str) -> MemoryWork:
    work = a_work()
    raised(work, answers)
    for kind in kinds:
        if kind == "refer":
            referring(work).presses("confirm_refer")
        else:
            person = opened(work)
            person.presses("do_not_refer")
            person.answers({"reason": "Known to be untrue."}).presses("confirm_do_not_refer")
    work.passes()
    return work


@pytest.mark.parametrize("answers", [UNCLEAR, V05], ids=["refer now", "emergency"])
def test_a_lead_who_is_to_refer_now_is_not_told_to_find_out_first(answers: Mapping[str, Value]) -> None:
    screen = opened(decided(answers)).screen
    assert FIND_OUT not in headings(screen)
    assert AS_IF not in text_of(screen)
    assert STILL_OPEN in headings(screen)
    assert isinstance(screen, Form)
    buttons = next(at for at, part in enumerate(screen.parts) if isinstance(part, Buttons))
    assert buttons < place(screen, "Why") < place(screen, STILL_OPEN)
    asked = the_case_questions(screen)
    assert asked, "what is open still stands there"


def the_case_questions(screen: Form) -> str:
    return text_of(screen).partition(STILL_OPEN)[2]


def test_at_a_review_a_lead_finds_out_first_until_they_have_decided() -> None:
    screen = opened(decided(V18)).screen
    assert FIND_OUT in headings(screen)
    assert AS_IF in text_of(screen)
    for kind in ("refer", "do_not_refer"):
        screen = opened(decided(V18, kind)).screen
        assert FIND_OUT not in headings(screen)
        assert STILL_OPEN in headings(screen)


def test_a_lead_who_raises_it_reads_what_to_do_before_what_is_open() -> None:
    work = a_work()
    person = Someone(work, LEAD)
    person.opens_form()
    screen = person.answers(UNCLEAR).presses("recommend_now")
    assert FIND_OUT not in headings(screen)
    assert place(screen, "What to do now") < place(screen, STILL_OPEN)


def test_the_raiser_reads_what_the_lead_will_want_to_know_as_ever() -> None:
    work = decided(UNCLEAR)
    said = text_of(work.at(TEACHER)[0])
    assert "Your lead will want to know" in said
    assert STILL_OPEN not in said


def test_a_case_that_was_referred_does_not_ask_to_refer_it_now() -> None:
    work = decided(V07, "refer")
    for who in (LEAD, TEACHER):
        screen = opened(work, who).screen
        at = place(screen, "Refer now: police and/or children's social care")
        assert isinstance(screen, Form)
        before = screen.parts[at - 1]
        assert isinstance(before, Paragraph)
        assert before.text == "Recommended at 16:55 on Tuesday 24 November 2026, before the decision:"
    offered = labels(opened(work).screen)
    assert offered["refer"] == "Refer to a further agency"
    assert {"do_not_refer", "ask_for_facts"} <= set(offered)
    assert not next(one for one in opened(work).screen_buttons() if one.intent == "refer").main


def test_not_to_refer_what_was_referred_says_that_it_cannot_be_taken_back() -> None:
    said = text_of(opened(decided(V07, "refer")).presses("do_not_refer"))
    assert "You decided at" in said
    assert "A referral cannot be taken back here: if it was wrong, ring whoever was told." in said


def test_a_case_that_was_not_referred_can_be_referred_after_all() -> None:
    work = decided(V07, "do_not_refer")
    assert labels(opened(work).screen)["refer"] == "Refer after all"


def test_facts_that_came_since_are_recommended_on_anew() -> None:
    work = decided(V07, "do_not_refer")
    teacher = Someone(work)
    teacher.sees(work.at(TEACHER)[0]).presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")
    screen = opened(work).screen
    assert "before the decision:" not in text_of(screen)
    assert labels(screen)["refer"] == "Refer"
    assert the_case(work).decided is None


@pytest.mark.parametrize(("answers", "in_a_line"), [(V18, False), ({**V01, "agreed": "not_known"}, True)])
def test_a_long_list_to_find_out_stands_once_and_not_in_one_line(
    answers: Mapping[str, Value], *, in_a_line: bool
) -> None:
    work = a_work()
    person = Someone(work)
    person.opens_form()
    person.answers(answers)
    whole_form(person)
    person.presses("submit_report")
    work.passes()
    case, lead = the_case(work), opened(work)
    case_page = text_of(lead.screen)
    guidance = text_of(lead.presses("open_case", label="guidance"))

    first, *_ = case.latest.recommendation().ask_next
    assert fact(first).question in case_page
    assert (fact(first).question in guidance) is in_a_line
    assert (
        "The DSL finds out first: what is listed with the case as not known. Staff do not" in guidance
    ) is not in_a_line
