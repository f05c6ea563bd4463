"""Whoever goes on with a draft while the records cannot be reached loses nothing of it by trying again."""

from __future__ import annotations

import pytest

from handlers.broken import not_saved
from handlers.intents import Intent, Subject, Surface
from handlers.screens import Question
from tests.handlers.memory import MEMBER, TEACHER, MemoryWork
from tests.handlers.person import Someone, text_of

GIVEN = {"harm_now": "no", "coercion": "yes", "spread": "wide_or_public", "agreed": "no"}


@pytest.mark.parametrize("press", ["continue_draft", "discard_draft"])
def test_a_press_that_brings_no_answers_is_not_answered_with_an_empty_page(work: MemoryWork, press: str) -> None:
    person = Someone(work)
    person.opens_form()
    for _ in range(2):
        person.answers(GIVEN).presses("next_page")
    person.presses("previous_page")
    (draft,) = work.drafts.values()
    assert draft.place == "page/2"

    subject = Subject("draft", draft.id, draft.place, draft.rev, draft.site)
    shown = not_saved(Intent(press, TEACHER, MEMBER, Surface.COMMAND, subject), "E-7K4M-2Q")
    assert "E-7K4M-2Q" in text_of(shown)
    assert [part for part in shown.parts if isinstance(part, Question)] == []
    person.typed.clear()
    person.sees(shown).presses(press)
    if press == "discard_draft":
        assert work.drafts == {}
        return
    person.presses("next_page")
    (kept,) = work.drafts.values()
    assert {name: kept.answers[name] for name in GIVEN} == GIVEN
