"""Who was told of these facts is told again only by a tick of a lead's own; whoever presses second sends nothing."""

from __future__ import annotations

import pytest

from handlers.contacts import BY_HAND_POLICE, BY_HAND_SOCIAL_CARE
from handlers.intents import Value
from handlers.referring.referral import AGAIN
from handlers.screens import Bullets, Caution, Heading, Question, Screen
from tests.handlers.deciding import (
    ROOM,
    TEACHER,
    acknowledges,
    opened,
    raised,
    referrals,
    referring,
    the_case,
)
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, errors_on, text_of

BOTH = ("police", "care")


def referred(work: MemoryWork, *contacts: str) -> Someone:
    """A lead has told these, and their messages are there."""
    raised(work)
    lead = referring(work).answers({"contact": contacts})
    lead.presses("confirm_refer")
    work.passes(0)
    return lead


def further(work: MemoryWork) -> Someone:
    """A lead has the window for a further agency in front of them, as it is drawn."""
    person = opened(work)
    person.presses("refer")
    return person


def whom(screen: Screen | None) -> Question:
    assert screen is not None
    (found,) = [part for part in screen.parts if isinstance(part, Question) and part.id == "contact"]
    return found


def note_on(screen: Screen | None, name: str) -> str:
    """What stands behind a contact in the list of where it goes."""
    assert screen is not None
    lines = [line for part in screen.parts if isinstance(part, Bullets) for line in part.items]
    (found,) = [line.note for line in lines if line.text.startswith(name) and line.note]
    return found


def box_after_999(screen: Screen | None) -> str:
    """What is read first after the line about danger."""
    assert screen is not None
    first, second = screen.parts[:2]
    assert isinstance(first, Caution)
    assert isinstance(second, Caution)
    return second.text


def ticks(person: Someone, **more: Value) -> Someone:
    """Read what stands there now and say so, with whatever else is ticked."""
    assert person.screen is not None
    (tick,) = [part for part in person.screen.parts if isinstance(part, Question) and part.id == "consequences_read"]
    return person.answers({"consequences_read": (tick.options[0].value,), **more})


# --- a further agency ------------------------------------------------------------------------------------------------
def test_who_was_told_and_has_it_is_not_ticked_for_a_further_agency_and_is_marked(work: MemoryWork) -> None:
    referred(work, "police")
    acknowledges(work, work.at(ROOM)[-1])
    screen = further(work).screen
    assert screen is not None
    assert "police" not in whom(screen).chosen
    assert BY_HAND_POLICE not in whom(screen).chosen, "the police have it"
    assert note_on(screen, "Police, Slack channel").startswith("Told at 16:55, acknowledged at 16:55.")
    assert "(told)" in next(one.label for one in whom(screen).options if one.value == "police")
    assert "Whoever was told of these facts already is not ticked." in whom(screen).help
    assert Heading(f"Refer {the_case(work).reference} to a further agency") in screen.parts


def test_of_another_day_the_day_stands_there_too(work: MemoryWork) -> None:
    referred(work, "police")
    acknowledges(work, work.at(ROOM)[-1])
    work.passes(24 * 60)
    day = "on Tuesday 24 November 2026"
    said = f"Told at 16:55 {day}, acknowledged at 16:55 {day}."
    assert note_on(further(work).screen, "Police, Slack channel").startswith(said)


def test_as_long_as_nobody_was_told_nothing_is_marked(work: MemoryWork) -> None:
    raised(work)
    screen = further(work).screen
    assert "police" in whom(screen).chosen
    assert "told" not in " ".join(one.label for one in whom(screen).options)
    assert AGAIN not in text_of(screen)


@pytest.mark.parametrize(
    ("state", "said", "ticked"),
    [
        ("queued", "Decided at 16:55, on its way.", None),
        ("sent", "Told at 16:55, not acknowledged yet.", None),
        ("unsure", "Told at 16:55, and it may not have arrived.", None),
        ("failed", "Tried at 16:55: it was not delivered.", BY_HAND_POLICE),
    ],
)
def test_where_the_message_never_arrived_another_way_to_the_same_agency_is_ticked(
    work: MemoryWork, state: str, said: str, ticked: str | None
) -> None:
    raised(work)
    referring(work).answers({"contact": ("police",)}).presses("confirm_refer")
    (sent,) = [one for one, _ in work.outbox.values() if one.kind == "referral"]
    work.mark(sent.id, state)  # type: ignore[arg-type]
    screen = further(work).screen
    assert note_on(screen, "Police, Slack channel").startswith(said)
    assert {one for one in whom(screen).chosen if one in ("police", BY_HAND_POLICE)} == ({ticked} if ticked else set())


def test_to_send_it_there_again_takes_a_tick_and_one_more_press_and_the_message_says_so(work: MemoryWork) -> None:
    referred(work, "police")
    lead = ticks(further(work), contact=("police", BY_HAND_SOCIAL_CARE))
    assert AGAIN in text_of(lead.screen), "what a contact reads stands in the window first"
    again = lead.presses("confirm_refer")
    assert box_after_999(again).startswith("Not sent yet: Police, Slack channel: ")
    assert "was told of these facts already (told at 16:55, not" in box_after_999(again)
    assert referrals(work) == [(str(ROOM), "1:police")]
    lead.presses("confirm_refer")
    work.passes(0)
    assert referrals(work) == [(str(ROOM), "1:police"), (str(ROOM), "2:police")]
    first, second = (text_of(message) for message in work.at(ROOM)[-2:])
    assert (AGAIN in first, AGAIN in second) == (False, True)
    by_phone = [text_of(message) for one, message in work.arrived if one.kind == "by_hand"]
    assert not any(AGAIN in one for one in by_phone), "social care hears it for the first time"


def test_whoever_is_ticked_besides_after_the_question_is_asked_about_too(work: MemoryWork) -> None:
    referred(work, *BOTH)
    lead = ticks(further(work), contact=("police",))
    assert "Police, Slack channel" in box_after_999(lead.presses("confirm_refer"))
    asked = box_after_999(lead.answers({"contact": BOTH}).presses("confirm_refer"))
    assert "Police, Slack channel" in asked
    assert "Children's social care, Teams channel" in asked
    assert len(the_case(work).decisions) == 1
    lead.presses("confirm_refer")
    assert len(the_case(work).decisions) == 2


def test_where_what_is_wrong_came_between_the_answer_still_counts(work: MemoryWork) -> None:
    referred(work, "police")
    lead = ticks(further(work), contact=("police",))
    lead.presses("confirm_refer")
    assert errors_on(lead.answers({"consequences_read": ()}).presses("confirm_refer"))
    ticks(lead).presses("confirm_refer")
    assert len(the_case(work).decisions) == 2


def test_newer_facts_are_no_repeat(work: MemoryWork) -> None:
    referred(work, "police")
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"capacity_concern": "yes"}).presses("recommend_now")
    lead = further(work)
    assert "police" in whom(lead.screen).chosen
    assert AGAIN not in text_of(lead.screen)
    ticks(lead).presses("confirm_refer")
    assert len(the_case(work).decisions) == 2
    assert the_case(work).decisions[1].again == ()


# --- what the lead hears who decided ---------------------------------------------------------------------------------
def acknowledged_of(work: MemoryWork, place: int) -> str:
    """The contact presses the button on one of their messages; what the lead hears of it."""
    acknowledges(work, [message for one, message in work.arrived if one.kind == "referral"][place])
    work.passes(0)
    return text_of([message for one, message in work.arrived if one.kind == "acknowledged_told"][-1])


def test_an_acknowledged_message_that_was_replaced_is_said_to_be_the_earlier_one(work: MemoryWork) -> None:
    referred(work, "police")
    work.passes(5)
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"capacity_concern": "yes"}).presses("recommend_now")
    ticks(further(work), contact=("police",)).presses("confirm_refer")
    work.passes(0)
    said = acknowledged_of(work, 0)
    assert "That is the message of 16:55 on Tuesday 24 November 2026. Update 1 of 17:00 on Tuesday 24" in said
    assert "is not acknowledged yet" in said
    assert "is not acknowledged yet" not in acknowledged_of(work, 1)


def test_who_acknowledged_has_no_names_yet(work: MemoryWork) -> None:
    referred(work, "police")
    assert "ring and give the names by voice" in acknowledged_of(work, 0)
