"""The one box for free words: what it warns of, what it refuses, and that nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, errors_on, questions_on
from tests.handlers.stories import V01


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    return Someone(work)


def test_notes_with_a_phone_number_are_warned_about_once_and_then_let_through(
    teacher: Someone, work: MemoryWork
) -> None:
    teacher.opens_form()
    teacher.answers({**V01, "notes": "Mum can be reached on 07700 900123 after six"})
    for _ in range(3):
        teacher.presses("next_page")
    assert list(errors_on(teacher.screen)) == ["notes"]
    assert teacher.fields()["notes"] == "Mum can be reached on 07700 900123 after six"

    teacher.presses("next_page")
    teacher.presses("submit_report")
    (case,) = work.cases.values()
    assert "07700" in case.latest.notes


def test_a_link_to_a_picture_is_refused_every_time_and_never_kept(teacher: Someone, work: MemoryWork) -> None:
    teacher.opens_form()
    teacher.answers({**V01, "notes": "It is at https://example.org/a/b.jpg"})
    for _ in range(5):
        teacher.presses("next_page")
    assert errors_on(teacher.screen)
    shown = teacher.presses("previous_page")
    assert "notes" in questions_on(shown)
    assert teacher.fields()["notes"] == "It is at https://example.org/a/b.jpg"
    assert not any("example.org" in repr(draft) for draft in work.drafts.values())


def test_notes_that_are_too_long_lose_nothing(teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({**V01, "notes": "word " * 300})
    for _ in range(3):
        teacher.presses("next_page")

    assert "1,000" in errors_on(teacher.screen)["notes"]
