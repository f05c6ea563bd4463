"""A press that comes again is answered like the first: nothing moves on, and the page that it drew still works."""

from __future__ import annotations

import pytest

from handlers.intents import Surface, Value
from handlers.raising.raise_incident import MOVED_ON
from handlers.screens import Form, Screen
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V18


@pytest.fixture
def person(work: MemoryWork) -> Someone:
    someone = Someone(work)
    someone.opens_form()
    return someone.answers(V18)


def sent(person: Someone, press: str) -> tuple[str, dict[str, Value]]:
    """What goes over the wire when this is pressed: the token and what stands in the window."""
    assert isinstance(person.screen, Form)
    token = person.button(press).token or person.screen.token
    return token, person.fields()


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_a_hundred_repeats_move_nothing_on_and_the_first_answer_s_page_goes_on(
    work: MemoryWork, person: Someone, pages: int
) -> None:
    for _ in range(pages):
        person.presses("next_page")
    token, fields = sent(person, "next_page")
    first = person.presses("next_page")
    (draft,) = work.drafts.values()

    answers: list[Screen] = [
        person.asks("next_page", surface=Surface.FORM, subject=token, fields=fields) for _ in range(100)
    ]
    assert answers == [first] * 100
    assert work.drafts == {draft.id: draft}, "its revision too: the page that is open was drawn of it"

    on = "submit_report" if pages == 2 else "next_page"
    assert MOVED_ON not in text_of(person.sees(first).presses(on))


def test_the_same_press_with_other_answers_is_no_repeat(work: MemoryWork, person: Someone) -> None:
    token, fields = sent(person, "next_page")
    person.presses("next_page")
    other = person.asks("next_page", surface=Surface.FORM, subject=token, fields={**fields, "harm_now": "at_risk"})

    assert MOVED_ON in text_of(other)
    assert len(work.drafts) == 1
