"""What a lead chooses to ask for stands there whole, and whoever is asked reads the form's own question."""

from __future__ import annotations

import pytest

from handlers.deciding.short_questions import SHORT, short
from handlers.screens import LABEL_LIMIT, Question
from policy import FACTS
from tests.handlers.deciding import TEACHER, opened, raised
from tests.handlers.memory import MemoryWork
from tests.handlers.person import text_of
from tests.handlers.stories import V18


@pytest.mark.parametrize("name", [one.id for one in FACTS])
def test_every_question_fits_an_option_and_ends_as_one(name: str) -> None:
    assert len(short(name)) <= LABEL_LIMIT
    assert short(name).endswith("?")


def test_none_is_put_shorter_that_fits() -> None:
    assert {one.id for one in FACTS if len(one.question) > LABEL_LIMIT} == SHORT.keys()


def test_no_question_is_cut_in_the_window_and_the_whole_one_is_sent(work: MemoryWork) -> None:
    raised(work, V18)
    lead = opened(work)
    shown = lead.presses("ask_for_facts")
    (asked,) = [part for part in shown.parts if isinstance(part, Question)]
    assert "coercion" in [one.value for one in asked.options]
    assert [one.label for one in asked.options if "…" in one.label] == []
    lead.answers({"ask": ("coercion",)}).presses("confirm_ask_for_facts")
    work.passes()
    assert next(one.question for one in FACTS if one.id == "coercion") in text_of(work.at(TEACHER)[-1])
