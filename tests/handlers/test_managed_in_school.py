"""What lets a school keep a case to itself can be looked up like any other reason, and says nothing that is not so."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handlers.intents import Value
from handlers.screens import Message
from policy import EDITIONS, Edition, Facts, Outcome, assess, conditions_to_manage, edition, rests_on
from tests.handlers.deciding import LEAD, TEACHER, a_work, opened
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V01

PLACE = "UKCIS-2024, §2 'Initial review meeting'"
MANAGED: Mapping[str, Value] = {**V01, "parents_informed": "not_known"}
MESSAGES: Mapping[str, Value] = {**V01, "what_was_shared": "text_only"}


@pytest.fixture
def work() -> MemoryWork:
    return answered(MANAGED)


def answered(answers: Mapping[str, Value]) -> MemoryWork:
    """Somebody answers every page and sends it."""
    work = a_work()
    person = Someone(work)
    person.opens_form()
    person.answers(answers)
    whole_form(person)
    person.presses("submit_report")
    work.passes()
    return work


def screens(work: MemoryWork) -> dict[str, str]:
    """What the raiser is sent, what the lead is sent, and what each of them opens."""
    return {
        "to the raiser": text_of(work.at(TEACHER)[0]),
        "to the lead": text_of(work.at(LEAD)[0]),
        "opened by the raiser": text_of(opened(work, TEACHER).screen),
        "opened by the lead": text_of(opened(work, LEAD).screen),
    }


def test_raiser_and_lead_read_the_four_conditions_and_where_they_stand(work: MemoryWork) -> None:
    for where, said in screens(work).items():
        assert f"Only if all four of these are true ({PLACE}):" in said, where
        assert all(condition in said for condition in conditions_to_manage(edition("england-2024"))), where
        assert "You can escalate at any time if more comes to light." in said, where


def test_nobody_reads_that_every_question_is_answered_where_one_is_not(work: MemoryWork) -> None:
    for where, said in screens(work).items():
        assert "Every question is answered" not in said, where
        assert f"Every question that bears on this is answered, and no criterion is met. {PLACE}" in said, where


def test_what_the_lead_is_to_check_below_stands_below(work: MemoryWork) -> None:
    (notice,) = work.at(LEAD)
    assert isinstance(notice, Message)
    said = text_of(notice)
    assert said.index("Check the four conditions below.") < said.index(PLACE) < said.index("are recorded.")


def test_what_the_guidance_does_not_cover_says_where_it_stands() -> None:
    work = answered(MESSAGES)
    for where, said in screens(work).items():
        assert "UKCIS-2024, §1 'What this advice covers'" in said, where
        assert "Only if all four" not in said, where


@pytest.mark.parametrize("chosen", EDITIONS, ids=lambda one: one.id)
def test_each_edition_names_a_document_of_its_own_or_says_that_the_rule_is_ours(chosen: Edition) -> None:
    own = {document.id for document in chosen.documents} | {"SIGNPOST"}
    for facts, outcome in ((V01, Outcome.MANAGE_IN_SCHOOL), (MESSAGES, Outcome.OUT_OF_SCOPE)):
        assert assess(Facts.of(facts), chosen).outcome is outcome
        source = rests_on(outcome, chosen)
        assert source.document in own
        assert source.ref
