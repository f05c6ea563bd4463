"""What goes to police, social care and the LADO, in a message and by phone: who the adult is, what it is about, why."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from handlers.contacts import BY_HAND_LADO, BY_HAND_POLICE
from handlers.deciding.windows import reasons
from handlers.intents import Surface, Value
from handlers.referring.by_phone import to_say
from handlers.screens import Bullets, Form, Heading
from tests.handlers.deciding import ROOM, a_work, opened, raised, referring, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import text_of
from tests.handlers.stories import BASELINE, V05, V18

STAFF: Mapping[str, Value] = {**BASELINE, "adult_involved": "yes", "adult_role": "staff_or_trust"}
MAYBE_STAFF: Mapping[str, Value] = {**BASELINE, "adult_involved": "not_known", "adult_role": "staff_or_trust"}
A_ROW = "An adult (18 or over) involved: "
ORDERS = re.compile(r"Call 999|Do not wait|this tool|approval|Not enough is known")


def told(answers: Mapping[str, Value], *contacts: str) -> tuple[MemoryWork, str, str, str]:
    """What the window showed, what the channel got, and what a lead finds to say on the phone."""
    work = a_work()
    raised(work, answers)
    person = referring(work).answers({"contact": ("police", *contacts)})
    window = text_of(person.screen)
    person.presses("confirm_refer")
    work.passes()
    (message,) = work.at(ROOM)
    return work, window, text_of(message), text_of(opened(work).screen)


@pytest.mark.parametrize(
    ("answers", "row"),
    [
        (STAFF, "Yes: staff, a volunteer, a coach or someone in a position of trust"),
        ({**STAFF, "adult_role": "known_adult"}, "Yes: someone else the child knows (family, partner, older pupil)"),
        ({**STAFF, "adult_role": "not_known"}, "Yes. Who it is, is not known"),
        (MAYBE_STAFF, "Not known. If so: staff, a volunteer, a coach or someone in a position of trust"),
        (V18, "Not known"),
        (BASELINE, "No"),
    ],
)
def test_whoever_is_told_reads_who_the_adult_is(answers: Mapping[str, Value], row: str) -> None:
    _, window, message, _ = told(answers)
    assert f"{A_ROW}{row}" in message.splitlines()
    assert f"{A_ROW}{row}" in window.splitlines()


@pytest.mark.parametrize(
    ("shared", "label", "said"),
    [
        ("image_under_18", "A nude or semi-nude image of someone under 18, or who may be", "a nude image of a child"),
        ("text_only", "Sexual messages, or a request for a picture, but no image", "sexual messages that involve a"),
        ("not_known", "Not known", "what may be a nude image of a child"),
    ],
)
def test_whoever_is_told_reads_and_hears_what_it_is_about(shared: str, label: str, said: str) -> None:
    work, window, message, _ = told({**STAFF, "what_was_shared": shared})
    assert f"What was made or shared: {label}" in message.splitlines()
    assert f"What was made or shared: {label}" in window.splitlines()
    case = the_case(work)
    assert f"I report for a school about {said}" in to_say(case, case.decisions[0], "police")[0].text


def test_the_lado_hears_first_that_it_is_about_an_adult_who_works_with_children() -> None:
    work, *_ = told(STAFF, BY_HAND_LADO)
    case = the_case(work)
    first, *rest = [line.text for line in to_say(case, case.decisions[0], "lado")]
    assert "I report a concern about an adult who works or volunteers with children" in first
    assert "It is about a nude image of a child." in first
    assert [one for one in rest if "Staff, a volunteer, a coach or someone in a position of trust" in one]
    assert not [one for one in rest if "device" in one], "the LADO takes none"
    assert [one for one in rest if "what may be said to the adult" in one]


def test_the_lado_is_not_told_that_somebody_works_with_children_of_whom_nobody_said_so() -> None:
    work, *_ = told({**STAFF, "adult_role": "known_adult"}, BY_HAND_LADO)
    case = the_case(work)
    first = to_say(case, case.decisions[0], "lado")[0].text
    assert "I ask for advice about an adult who may work or volunteer with children" in first


def test_the_police_hear_who_the_adult_is() -> None:
    work, *_ = told(STAFF)
    case = the_case(work)
    said = [line.text for line in to_say(case, case.decisions[0], "police")]
    assert "Say who the adult is: 'Staff, a volunteer, a coach or someone in a position of trust.'" in said


def test_the_opened_case_and_the_phone_screen_have_the_lados_own_sentence() -> None:
    work, _, _, shown = told(STAFF, BY_HAND_LADO)
    assert "To the LADO say: 'I am Priya Nair" in shown
    assert "I report for a school about a nude image of a child." in shown
    person = opened(work)
    lado = [
        one for one in person.screen_buttons() if one.intent == "phone_instead" and one.token.endswith(BY_HAND_LADO)
    ]
    (button,) = lado
    screen = person.asks("phone_instead", surface=Surface.FORM, subject=button.token)
    assert "Say: 'I am Priya Nair" in text_of(screen)
    assert "I report for a school" not in text_of(screen).partition("Text for a form")[0]


@pytest.mark.parametrize("answers", [V05, V18, {**STAFF, "harm_now": "in_danger_now", "coercion": "not_known"}])
def test_nothing_that_is_said_or_sent_holds_an_order_or_that_too_little_is_known(
    answers: Mapping[str, Value],
) -> None:
    work, _, message, _ = told(answers, BY_HAND_POLICE)
    case = the_case(work)
    said = [line.text for line in to_say(case, case.decisions[0], "police")]
    assert [one for one in (*said, *message.splitlines(), reasons(case)) if ORDERS.search(one)] == []
    assert ORDERS.search(case.decisions[0].reason) is None, "what stood in the box beforehand"


def test_where_nothing_else_is_met_the_script_asks_for_advice() -> None:
    work, *_ = told(V18)
    case = the_case(work)
    (why,) = [line.text for line in to_say(case, case.decisions[0], "police") if line.text.startswith("Say why")]
    assert why == "Say why: 'What is known so far meets no criterion; I ask for advice.'"
    assert reasons(case) == "The lead's own judgement."


def test_what_is_not_known_reads_as_not_known_and_accuses_nobody() -> None:
    _, window, message, _ = told(V18)
    lines = message.splitlines()
    assert "Not known yet" in lines
    assert "Whether someone meant to hurt or humiliate" in [one.strip() for one in lines]
    assert "Someone meant to hurt or humiliate" not in message
    assert "may be met" not in message
    for line in lines:
        assert line in window


def test_a_child_in_danger_now_stands_first_and_no_other_notice_looks_like_it() -> None:
    _, window, message, _ = told(V05)
    heading, first, *rest = message.splitlines()
    assert heading.startswith("Safeguarding notice SP-")
    assert first == "A child is in danger right now, or at risk and alone. The school was told to call 999."
    assert first in window.splitlines()
    assert "Urgency: 999 now" in rest
    below = rest[rest.index("Urgency: 999 now") + 1]
    assert below.startswith("In danger, or at risk of suicide or self-harm: Yes, in danger right now")
    for answers in (STAFF, V18, BASELINE):
        _, _, other, _ = told(answers)
        assert "999" not in other


def test_no_label_asks_the_reader_what_a_teacher_was_asked() -> None:
    _, _, message, _ = told(BASELINE)
    assert "?" not in message


def test_the_message_says_what_acknowledge_does() -> None:
    _, window, message, _ = told(STAFF)
    said = "Acknowledge tells the school's safeguarding lead that you have this notice."
    assert said in message.splitlines()
    assert said in window.splitlines()


def test_a_lead_still_reads_the_whole_reason_in_the_recommendation() -> None:
    work = a_work()
    raised(work, V05)
    shown = opened(work).screen
    assert isinstance(shown, Form)
    why = [part for part in shown.parts if isinstance(part, Bullets)]
    assert any("Call 999. Do not wait for this tool" in line.text for part in why for line in part.items)
    assert Heading("Call 999 now") in shown.parts
