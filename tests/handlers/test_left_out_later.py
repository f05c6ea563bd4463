"""A lead who is left out after they were told or decided: nothing of the case stays with them or follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.contacts import BY_HAND_POLICE
from handlers.intents import Intent, Subject, Surface
from handlers.ports import TO_LEADS, Delivery
from handlers.route import route
from handlers.screens import Form, Question
from handlers.telling.deliveries import draw
from tests.handlers.deciding import LEAD, ROOM, TEACHER, a_work, acknowledges, raised, referring, the_case
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import text_of
from tests.handlers.test_stays_left_out import at_the_check


def decided() -> MemoryWork:
    """The lead referred, rang, and heard of an acknowledgement and of what nobody acknowledged."""
    work = a_work()
    raised(work)
    referring(work).answers({"contact": ("police", "care", BY_HAND_POLICE)}).presses("confirm_refer")
    work.passes()
    acknowledges(work, work.at(ROOM)[0])
    work.passes(20)
    return work


def stands(work: MemoryWork) -> dict[str, set[str]]:
    """What stands in the lead's chat of the case: kind by id, without what a receipt has taken the place of."""
    theirs = [one for one, _ in work.outbox.values() if one.to == LEAD and one.state == "sent"]
    taken = {one.replaces for one in theirs if one.kind == "retired"}
    left = [one for one in theirs if one.kind in TO_LEADS and one.id not in taken]
    return {one.id: {one.kind} for one in left}


def test_everything_that_a_lead_has_becomes_a_receipt_when_they_are_left_out() -> None:
    work = decided()
    had = set().union(*stands(work).values())
    assert had >= {"by_hand", "acknowledged_told", "reminder"}
    teacher = at_the_check(work, MEMBER)
    teacher.answers({"leave_out": (str(LEAD),)}).presses("submit_report")
    work.passes()

    assert the_case(work).left_out == (LEAD,)
    assert stands(work) == {}
    receipts = [text_of(message) for message in work.at(LEAD)[-len(had) :]]
    assert all("There is nothing here for you any more." in said for said in receipts)


@pytest.mark.parametrize("kind", sorted(TO_LEADS))
def test_what_waits_to_be_sent_again_is_not_drawn_for_somebody_left_out_meanwhile(kind: str) -> None:
    work = decided()
    case = the_case(work)
    waits = next(
        (replace(one, id="") for one, _ in work.outbox.values() if one.kind == kind and one.to == LEAD),
        Delivery(kind, LEAD, case.id, case.latest.number, extra="opened"),  # type: ignore[arg-type]  # one of them
    )
    work.keep_case(replace(case, left_out=(LEAD,)))
    assert draw(waits, work) is None


def test_the_look_before_sending_is_at_something_that_would_be_sent() -> None:
    work = decided()
    drawn = [draw(one, work) for one, _ in work.outbox.values() if one.kind in TO_LEADS and one.to == LEAD]
    assert sum(one is not None for one in drawn) >= 3


@pytest.mark.parametrize("press", ["next_page", "recommend_now"])
def test_a_file_on_a_page_comes_back_with_the_reason_and_what_was_typed(press: str) -> None:  # SR-29
    work = MemoryWork()
    shown = route(Intent("start_report", TEACHER, MEMBER, Surface.COMMAND), work)
    assert isinstance(shown, Form)
    sent = Intent(
        press,
        TEACHER,
        MEMBER,
        Surface.FORM,
        Subject.read(shown.token),
        {"harm_now": "no", "coercion": "yes"},
        has_file=True,
    )
    back = route(sent, work)

    assert isinstance(back, Form)
    (said,) = [words for _, words in back.errors]
    assert "Files and pictures are not taken here" in said
    assert [part.chosen for part in back.parts if isinstance(part, Question) and part.id == "harm_now"] == [("no",)]
    assert work.cases == {}
