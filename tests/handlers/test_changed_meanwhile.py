"""Facts that change while a lead has the window open: it says what changed, and whom the new facts call for."""

from __future__ import annotations

import pytest

from handlers.contacts import BY_HAND_LADO
from handlers.screens import Question, Rows, Screen
from tests.handlers.deciding import LEAD, TEACHER, opened, raised, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, sends_now, text_of
from tests.handlers.stories import BASELINE, V07

ROLE = (
    "Someone else the child knows (family, partner, older pupil) → "
    "Staff, a volunteer, a coach or someone in a position of trust"
)


def meanwhile(work: MemoryWork, window: str) -> Someone:
    """A lead has a window open when the adult who is involved turns out to be one of the school's own."""
    raised(work, V07)
    lead = opened(work)
    lead.presses(window)
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"adult_role": "staff_or_trust", "coercion": "not_known"})
    sends_now(teacher)
    return lead


def chosen(screen: Screen | None) -> set[str]:
    assert screen is not None
    (contact,) = [part for part in screen.parts if isinstance(part, Question) and part.id == "contact"]
    return set(contact.chosen)


def changes(screen: Screen | None) -> dict[str, str]:
    """What is said to have changed, by its question."""
    assert screen is not None
    rows = [part.rows for part in screen.parts if isinstance(part, Rows)]
    return {label: value for found in rows for label, value in found if "→" in value}


@pytest.mark.parametrize("window", ["refer", "do_not_refer"])
def test_the_window_says_what_changed_also_once_it_came_back_for_something_else(work: MemoryWork, window: str) -> None:
    lead = meanwhile(work, window)
    lead.answers({"reason": "Because it is so."})
    for _ in range(2):
        lead.presses(f"confirm_{window}")
        if window == "do_not_refer":
            lead.answers({"reason": ""})
        assert {"No → Not known", ROLE} <= set(changes(lead.screen).values())
    assert the_case(work).decisions == ()


def test_whom_the_new_facts_call_for_is_ticked_beside_what_the_lead_chose(work: MemoryWork) -> None:
    lead = meanwhile(work, "refer")
    assert BY_HAND_LADO not in chosen(lead.screen)
    lead.answers({"contact": ("care",), "consequences_read": ("yes",)}).presses("confirm_refer")
    assert chosen(lead.screen) == {"care", BY_HAND_LADO}
    said = text_of(lead.screen)
    assert "The new facts call for these too: LADO, by phone" in said
    assert "See that they are ticked below." in said


def test_what_the_lead_took_away_under_the_old_facts_is_not_ticked_for_them_again(work: MemoryWork) -> None:
    lead = meanwhile(work, "refer")
    before = chosen(lead.screen)
    assert before
    lead.answers({"contact": ("police_by_phone",)}).presses("confirm_refer")
    assert chosen(lead.screen) == {"police_by_phone", BY_HAND_LADO}


def test_where_no_fact_changed_nobody_is_ticked_and_no_change_is_listed(work: MemoryWork) -> None:
    raised(work, BASELINE)
    lead = opened(work, LEAD)
    lead.presses("refer")
    lead.answers({"contact": ("care",)}).presses("confirm_refer")
    assert chosen(lead.screen) == {"care"}
    assert changes(lead.screen) == {}
    assert "call for these too" not in text_of(lead.screen)
