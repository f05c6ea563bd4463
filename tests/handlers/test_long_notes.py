"""Notes of many lines: kept word for word, as lines where a window can draw them, else as one paragraph."""

from __future__ import annotations

import pytest

from handlers.raising.read_page import MOST_LINES
from handlers.screens import Item
from tests.handlers.deciding import a_work, the_case
from tests.handlers.person import Someone, whole_form
from tests.handlers.stories import V18


def noted(notes: str) -> str:
    """What is kept of these notes."""
    work = a_work()
    person = Someone(work)
    person.opens_form()
    person.answers({**V18, "notes": notes})
    form = whole_form(person)
    (shown,) = [part.text for part in form.parts if isinstance(part, Item) and part.label == "Your note"]
    person.presses("submit_report")
    assert the_case(work).latest.notes == shown
    return shown


def lines(count: int) -> list[str]:
    return [f"line {number}" for number in range(count)]


@pytest.mark.parametrize("count", [1, 2, MOST_LINES])
def test_so_many_lines_are_kept_as_lines(count: int) -> None:
    assert noted("\n".join(lines(count))) == "\n".join(lines(count))


@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\n", " \n\t"])
def test_more_become_one_paragraph_with_every_word(between: str) -> None:
    assert noted(between.join(lines(MOST_LINES + 1))) == " ".join(lines(MOST_LINES + 1))


def test_a_thousand_empty_lines_are_no_lines() -> None:
    assert noted("first" + "\n" * 900 + "last") == "first last"
