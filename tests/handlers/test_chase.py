"""Time is up: silence goes up and never closes; and a message that is not confirmed is somebody's to act upon."""

from __future__ import annotations

import pytest

from handlers.case import State
from handlers.people import Account
from handlers.ports import Delivery, DeliveryState
from handlers.screens import buttons_of
from tests.handlers.deciding import (
    DEPUTY,
    DETERS,
    LEAD,
    ROOM,
    TEACHER,
    acknowledges,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05


def said_to(work: MemoryWork, who: Account) -> list[str]:
    return [text_of(message) for message in work.at(who)]


def newest(work: MemoryWork, who: Account, words: str) -> Someone:
    found = [message for message in work.at(who) if words in text_of(message)]
    assert found, said_to(work, who)
    return Someone(work, who).sees(found[-1])


def test_after_the_last_lead_all_hear_once_more_and_the_raiser_whom_to_ring(work: MemoryWork) -> None:
    raised(work, V05)
    work.passes(9)
    assert said_to(work, DEPUTY) == []
    work.passes(2)
    assert len(said_to(work, DEPUTY)) == 1
    work.passes(10)

    for lead in (LEAD, DEPUTY):
        assert "Nobody has opened this yet" in said_to(work, lead)[-1]
    raiser = said_to(work, TEACHER)[-1]
    assert "01632 960001" in raiser
    assert "You may contact the police or children's social care yourself" in raiser
    assert "999" in raiser
    assert not DETERS.search(raiser)
    assert the_case(work).state is State.RECOMMENDED


def test_a_glance_silences_nobody(work: MemoryWork) -> None:
    raised(work, V05)
    opened(work)
    work.passes(29)
    assert not any("nobody has decided yet" in said for said in said_to(work, DEPUTY))
    work.passes(2)

    for lead in (LEAD, DEPUTY):
        assert "nobody has decided yet" in said_to(work, lead)[-1]
    assert "yourself" in said_to(work, TEACHER)[-1]


def test_a_clock_whose_thing_is_done_does_nothing(work: MemoryWork) -> None:
    raised(work, V05)
    referring(work).presses("confirm_refer")
    work.passes()
    acknowledges(work, work.at(ROOM)[0])
    work.passes()
    before = len(work.arrived)
    work.passes(60 * 24 * 14)

    assert len(work.arrived) == before


def test_new_facts_start_the_clocks_afresh(work: MemoryWork) -> None:
    raised(work, V05)
    referring(work).presses("confirm_refer")
    work.passes()
    acknowledges(work, work.at(ROOM)[0])
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")
    work.passes(60)

    assert "Nobody has read the update of 16:55 on Tuesday 24 November 2026 yet" in said_to(work, LEAD)[-1]


def test_nobody_acknowledges_so_the_lead_rings_and_then_all_are_told(work: MemoryWork) -> None:
    raised(work, V05)
    referring(work).presses("confirm_refer")
    work.passes(16)
    assert "Nobody has acknowledged it" in said_to(work, LEAD)[-1]
    assert said_to(work, DEPUTY) == []
    work.passes(16)
    assert "Nobody has acknowledged it" in said_to(work, DEPUTY)[-1]

    person = newest(work, DEPUTY, "Nobody has acknowledged it")
    person.presses("write_down_call")
    person.answers({"log": "LOG 5"}).presses("confirm_call")
    assert the_case(work).acknowledged[0].log == "LOG 5"


def test_what_is_not_confirmed_within_two_minutes_is_a_leads_to_know(work: MemoryWork) -> None:  # SR-22
    def hangs(delivery: Delivery) -> DeliveryState:
        return "queued" if delivery.kind == "referral" else "sent"

    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(1.9, ends=hangs)
    assert not any("is not confirmed" in said for said in said_to(work, LEAD))
    work.passes(0.2, ends=hangs)

    person = newest(work, LEAD, "is not confirmed")
    assert "resend" not in [button.intent for button in person.screen_buttons()]
    assert "is not confirmed" in said_to(work, DEPUTY)[-1]


@pytest.mark.parametrize("how", ["failed", "unsure"])
def test_a_message_that_failed_is_told_at_once_and_sent_again_only_by_a_person(  # SR-22, SR-23
    work: MemoryWork, how: DeliveryState
) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(ends=lambda delivery: how if delivery.kind == "referral" else "sent")
    person = newest(work, LEAD, "is not confirmed")
    message = person.screen
    for _ in range(3):
        person.sees(message).presses("resend")  # type: ignore[arg-type]
    work.passes()

    assert len(work.at(ROOM)) == 1
    acknowledges(work, work.at(ROOM)[0])
    assert len(the_case(work).acknowledged) == 1


def test_a_lead_knows_that_it_arrived(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(ends=lambda delivery: "unsure" if delivery.kind == "referral" else "sent")
    person = newest(work, LEAD, "is not confirmed")
    assert "It arrived: recorded" in text_of(person.presses("mark_delivered"))
    work.passes()

    assert [d.state for d, _ in work.outbox.values() if d.kind == "referral"] == ["sent"]
    work.passes(60 * 24 * 3)
    assert any("Nobody has acknowledged it" in said for said in said_to(work, LEAD))


def test_a_lead_rings_instead_and_nothing_more_is_sent(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(3, ends=lambda delivery: "queued" if delivery.kind == "referral" else "sent")
    person = newest(work, LEAD, "is not confirmed")
    assert "Ring 101" in text_of(person.presses("phone_instead"))
    work.passes(30)
    assert work.at(ROOM) == []

    person.presses("write_down_call")
    person.answers({"spoke_to": "Operator 3"}).presses("confirm_call")
    assert the_case(work).acknowledged[0].spoke_to == "Operator 3"


def test_a_lead_who_cannot_be_reached_brings_the_next_ones_turn_forward(work: MemoryWork) -> None:
    def nobody_home(delivery: Delivery) -> DeliveryState:
        return "failed" if delivery.to == LEAD else "sent"

    person = Someone(work)
    person.opens_form()
    person.answers(V05).presses("recommend_now")
    work.passes(ends=nobody_home)

    assert len(said_to(work, DEPUTY)) == 1


def test_with_no_lead_to_be_reached_the_raiser_is_told_whom_to_ring(work: MemoryWork) -> None:
    person = Someone(work)
    person.opens_form()
    person.answers(V05).presses("recommend_now")
    work.passes(ends=lambda delivery: "failed" if delivery.to in (LEAD, DEPUTY) else "sent")

    assert "could not reach a safeguarding lead" in said_to(work, TEACHER)[-1]
    assert "open_case" in [button.intent for button in buttons_of(work.at(TEACHER)[-1])]
