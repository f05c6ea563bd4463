"""What a lead says on the phone goes by the newest facts, and they read what changed since the decision."""

from __future__ import annotations

from handlers.contacts import BY_HAND_POLICE
from handlers.screens import Bullets, Heading, Rows
from tests.handlers.deciding import LEAD, TEACHER, a_work, opened, raised, referring
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07

DAY = "on Tuesday 24 November 2026"
CHANGED = f"What changed since the decision of 16:55 {DAY} (before → now)"
AS_DECIDED = "It has the facts as they were decided on. Add what changed since then."


def updated(**answers: str) -> MemoryWork:
    """A lead refers by phone and by channel; then the facts change."""
    work = a_work()
    raised(work, {**V07, "coercion": "not_known"})
    referring(work).answers({"contact": ("police", BY_HAND_POLICE)}).presses("confirm_refer")
    work.passes(2)
    if answers:
        teacher = Someone(work).sees(work.at(TEACHER)[0])
        teacher.presses("update_facts")
        teacher.answers(answers).presses("recommend_now")
        work.passes()
    return work


def test_the_opened_case_has_the_words_by_the_newest_facts_and_what_changed() -> None:
    work = updated(coercion="yes", what_was_shared="not_known")
    screen = opened(work).screen
    assert screen is not None
    said = text_of(screen)
    assert f"What to say, by the facts of 16:57 {DAY} (decided at 16:55 {DAY}, before these)" in said
    assert "I report for a school about what may be a nude image of a child." in said
    (at,) = [i for i, part in enumerate(screen.parts) if part == Heading(CHANGED)]
    assert isinstance(screen.parts[at - 1], Bullets)
    rows = screen.parts[at + 1]
    assert isinstance(rows, Rows)
    assert any("threatened, blackmailed or groomed?" in label and "→ Yes" in text for label, text in rows.rows)


def test_that_a_child_is_in_danger_now_is_said_and_999_is_rung_first() -> None:
    work = updated(harm_now="in_danger_now")
    lead = opened(work)
    whole = text_of(lead.screen)
    (why,) = [line for line in whole.splitlines() if line.strip(" •-").startswith("Say why")]
    assert "danger" in why
    phone = text_of(lead.presses("phone_instead", label="Text for a form"))
    assert "Check that 999 was called." in phone.splitlines()[1]
    assert "danger" in next(line for line in phone.splitlines() if "Say why" in line)
    assert CHANGED in phone
    assert AS_DECIDED in phone


def test_where_nothing_changed_nothing_of_it_is_said() -> None:
    work = updated()
    lead = opened(work)
    assert f"What to say (decided at 16:55 {DAY})" in text_of(lead.screen)
    phone = text_of(lead.presses("phone_instead", label="Text for a form"))
    for said in (text_of(opened(work, LEAD).screen), phone):
        assert "What changed since" not in said
        assert AS_DECIDED not in said
