"""The opened case says whom to ring, what to say and how each message stands, whatever the chat shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.contacts import BY_HAND_POLICE
from handlers.ports import Delivery, DeliveryState
from handlers.screens import Form, buttons_of
from handlers.sites import Numbers
from tests.handlers.deciding import (
    DEPUTY,
    LEAD,
    ROOM,
    TEACHER,
    a_work,
    acknowledges,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of

BUTTONS = {"write_down_call", "phone_instead", "mark_delivered", "resend"}


def referred(work: MemoryWork, how: DeliveryState = "sent", *contacts: str) -> None:
    """A lead refers, and the messages to the contacts end like this."""
    raised(work)
    referring(work).answers({"contact": contacts or ("police",)}).presses("confirm_refer")
    work.passes(ends=lambda one: how if one.kind == "referral" else "sent")


def offered(person: Someone) -> set[str]:
    return BUTTONS & {button.intent for button in person.screen_buttons()}


@pytest.mark.parametrize("detail", ["receipt", "full"])
@pytest.mark.parametrize("who", [LEAD, DEPUTY])
def test_every_lead_finds_the_words_to_say_and_the_box_for_the_call(detail: str, who: object) -> None:
    work = a_work(chat_detail=detail)
    referred(work, "sent", BY_HAND_POLICE)
    person = opened(work, DEPUTY if who == DEPUTY else LEAD)

    said = text_of(person.screen)
    assert "Ring 101" in said
    assert "I report for a school about a nude image of a child." in said
    assert "Text for a form" in said
    assert "Text for a form" in text_of(person.presses("phone_instead"))
    assert f"Safeguarding notice {the_case(work).reference}" in text_of(person.screen)

    person.presses("write_down_call")
    person.answers({"log": "LOG 9"}).presses("confirm_call")
    assert the_case(work).acknowledged[0].log == "LOG 9"
    assert offered(opened(work)) == set()


@pytest.mark.parametrize(
    ("how", "buttons"),
    [
        ("sent", {"write_down_call", "phone_instead"}),
        ("unsure", BUTTONS),
        ("failed", BUTTONS),
        ("dropped", {"write_down_call", "phone_instead", "resend"}),
    ],
)
def test_what_may_be_done_about_a_message_is_offered_as_far_as_it_is_true(
    how: DeliveryState, buttons: set[str]
) -> None:
    work = a_work(chat_detail="receipt")
    referred(work, how)

    assert offered(opened(work)) == buttons


def test_what_decides_still_stands_first() -> None:
    work = a_work()
    referred(work, "failed")
    person = opened(work)

    names = [button.intent for button in person.screen_buttons()]
    assert names[:3] == ["refer", "do_not_refer", "ask_for_facts"]


def test_each_button_answers_in_the_window_that_it_stands_in() -> None:
    for name in BUTTONS:
        work = a_work(chat_detail="receipt")
        referred(work, "failed")
        shown = opened(work).presses(name)
        assert isinstance(shown, Form)
        assert "999" in text_of(shown).split("\n")[0]


def test_nobody_but_a_lead_reads_whom_to_ring() -> None:
    work = a_work()
    referred(work, "failed")

    assert offered(opened(work, TEACHER)) == set()


def test_who_has_acknowledged_is_not_rung() -> None:
    work = a_work()
    referred(work)
    acknowledges(work, work.at(ROOM)[0])

    assert "Not acknowledged yet" not in text_of(opened(work).screen)


def test_a_lead_for_whom_it_is_not_added_is_told_where_it_stands_and_it_does() -> None:
    work = a_work()
    raised(work)
    referring(work).answers({"contact": (BY_HAND_POLICE,)}).presses("confirm_refer")
    work.passes(ends=lambda one: "failed" if one.to == LEAD else "sent")
    for key, (one, due) in work.outbox.items():
        if one.state == "failed":
            work.outbox[key] = (replace(one, why="not_installed"), due)

    said = text_of(opened(work).screen)
    assert "What they would say stands in each case" in said
    assert "Say: 'I am Priya Nair" in said


def test_a_reminder_names_the_number_of_a_contact_who_has_a_channel() -> None:
    work = a_work(numbers=Numbers(officer="101 ext 4"))
    referred(work)
    work.passes(16)

    assert "Ring 101 ext 4." in text_of(work.at(LEAD)[-1])


def test_one_reminder_names_every_contact_who_has_not_acknowledged() -> None:
    work = a_work(numbers=Numbers(mash="01632 960010"))
    referred(work, "sent", "police", "care", BY_HAND_POLICE)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(16)

    reminders = [message for one, message in work.arrived if one.kind == "reminder" and one.to == LEAD]
    assert len(reminders) == 1
    said = text_of(reminders[0])
    assert "Ring 01632 960010." in said
    assert "Ring 101." in said
    assert "(police)" not in said
    calls = [button.token for button in buttons_of(reminders[0]) if button.intent == "write_down_call"]
    assert len(set(calls)) == 2
    work.passes(16)
    assert [one.to for one, _ in work.arrived if one.kind == "reminder"] == [LEAD, LEAD, DEPUTY]


# --- It arrived, I will phone ----------------------------------------------------------------------------------------
def test_what_has_not_gone_out_cannot_have_arrived() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(3, ends=lambda one: "queued" if one.kind == "referral" else "sent")
    (told,) = [message for message in work.at(LEAD) if "is not confirmed" in text_of(message)]
    assert "mark_delivered" not in [button.intent for button in buttons_of(told)]

    person = Someone(work, LEAD).sees(told)  # a button of an earlier release, which offered it
    (press,) = [button for button in person.screen_buttons() if button.intent == "phone_instead"]
    shown = person.asks("mark_delivered", subject=press.token)
    assert "It has not gone out yet" in text_of(shown)
    work.passes(1)
    assert len(work.at(ROOM)) == 1


def test_what_is_on_its_way_may_still_arrive_and_nobody_reads_that_it_was_not_sent() -> None:
    work = a_work()
    referred(work, "failed")
    (key,) = [key for key, (one, _) in work.outbox.items() if one.kind == "referral"]
    person = Someone(work, LEAD).sees(work.at(LEAD)[-1])
    work.mark(key, "sending")

    assert "it may still arrive" in text_of(person.presses("phone_instead"))
    again = person.sees(work.at(LEAD)[-1]).presses("phone_instead")  # the same press, delivered twice
    assert "it may still arrive" in text_of(again)
    said = text_of(opened(work).screen)
    assert "may still arrive" in said
    assert "It was not sent" not in said


def test_where_nothing_was_on_its_way_nothing_may_arrive() -> None:
    def waits(delivery: Delivery) -> DeliveryState:
        return "queued" if delivery.kind == "referral" else "sent"

    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(3, ends=waits)
    person = Someone(work, LEAD).sees(work.at(LEAD)[-1])

    assert "may still arrive" not in text_of(person.presses("phone_instead"))
    assert "It was not sent." in text_of(opened(work).screen)


def test_who_has_just_decided_reads_where_the_words_stand() -> None:
    work = a_work(chat_detail="receipt")
    raised(work)
    shown = referring(work).answers({"contact": (BY_HAND_POLICE,)}).presses("confirm_refer")

    assert "The words to say stand in the case: press Open" in text_of(shown)
    person = Someone(work, LEAD).sees(shown)
    assert "Say: 'I am Priya Nair" in text_of(person.presses("open_case"))
