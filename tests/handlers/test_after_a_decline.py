"""After a lead decided not to refer: whoever raised it has the numbers and can ask again, and the leads read why."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handlers.intents import Surface, Value
from handlers.screens import Form, Message, buttons_of
from tests.handlers.deciding import DEPUTY, LEAD, ROOM, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07, V18
from tests.handlers.test_left_to_ring import known_by_number

REASON = "The police know of it already."
DECLINED = "A lead decided at 16:55 on Tuesday 24 November 2026 not to refer it."


def declined(work: MemoryWork, answers: Mapping[str, Value] = V07) -> Someone:
    """A lead did not refer; the raiser has the news in front of them."""
    raised(work, answers)
    lead = opened(work)
    lead.presses("do_not_refer")
    lead.answers({"reason": REASON}).presses("confirm_do_not_refer")
    work.passes(1)
    return Someone(work).sees(work.at(TEACHER)[-1])


def to_lead(work: MemoryWork, who: object = LEAD) -> str:
    """What a lead reads whom the raiser asked."""
    work.passes(0)
    return text_of([message for one, message in work.arrived if (one.kind, one.to) == ("escalation_asked", who)][-1])


# --- the raiser's message --------------------------------------------------------------------------------------------
def test_the_news_of_a_decline_has_the_numbers_and_the_button(work: MemoryWork) -> None:
    teacher = declined(work)
    said = text_of(teacher.screen)
    assert "decided not to refer this for now" in said
    assert "you can ring: the police on 101, the council's children's social care. Or ask the leads to look" in said
    assert REASON not in said
    assert [(one.intent, one.main) for one in teacher.screen_buttons()] == [
        ("ask_escalation", True), ("open_case", False), ("update_facts", False),
    ]  # fmt: skip


def test_where_the_guidance_does_not_say_refer_the_button_is_there_and_does_not_press(work: MemoryWork) -> None:
    teacher = declined(work, V18)
    assert [one.main for one in teacher.screen_buttons() if one.intent == "ask_escalation"] == [False]


def test_pressed_there_the_news_stays_news_and_the_leads_are_asked_once(work: MemoryWork) -> None:
    teacher = declined(work)
    news = teacher.screen
    for _ in range(2):
        teacher.sees(news)  # type: ignore[arg-type]
        said = text_of(teacher.presses("ask_escalation"))
        assert isinstance(teacher.screen, Message)
        assert "decided not to refer this for now" in said
        assert f"{DECLINED} You asked the safeguarding leads to escalate at 16:56" in said
        assert teacher.button("ask_escalation").label == "Ask the leads again"
    assert [one.to for one, _ in work.outbox.values() if one.kind == "escalation_asked"] == [LEAD, DEPUTY]


def test_a_referral_and_what_stays_referred_offer_no_such_button(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(0)
    news = Someone(work).sees(work.at(TEACHER)[-1])
    assert "decided to refer this" in text_of(news.screen)
    assert "ask_escalation" not in {one.intent for one in buttons_of(work.at(TEACHER)[-1])}


def test_a_lead_who_raised_it_and_may_decide_asks_nobody() -> None:
    for two, offered in ((False, False), (True, True)):
        work = a_work(requires_two_people=two)
        raised(work, by=LEAD)
        other = opened(work, DEPUTY)
        other.presses("do_not_refer")
        other.answers({"reason": REASON}).presses("confirm_do_not_refer")
        work.passes(0)
        (news,) = [message for one, message in work.arrived if one.kind == "decided"]
        assert ("ask_escalation" in {one.intent for one in buttons_of(news)}) is offered


# --- the window after asking -----------------------------------------------------------------------------------------
def test_whoever_asked_reads_what_was_decided_who_hears_and_the_numbers_and_nothing_of_the_first_sending() -> None:
    work = known_by_number()
    teacher = declined(work)
    teacher.presses("open_case")
    shown = teacher.presses("ask_escalation")
    assert isinstance(shown, Form)
    said = text_of(shown)
    assert f"{DECLINED} Priya Nair and Tom Reid are being told that you ask them to look at it again." in said
    assert "You can ring too: the police on " in said
    assert "Sent and kept" not in said
    assert "being told now" not in said
    heading = the_case(work).latest.recommendation().outcome.heading
    assert said.index(DECLINED) < said.index("You can ring too") < said.index(heading)


def test_before_any_decision_they_are_asked_to_escalate_it() -> None:
    work = known_by_number()
    raised(work)
    teacher = Someone(work)
    teacher.asks("open_case", surface=Surface.MESSAGE, subject=f"case~{the_case(work).id}~~1~")
    said = text_of(teacher.presses("ask_escalation"))
    assert "Priya Nair and Tom Reid are being told that you ask them to escalate it." in said
    assert "not to refer" not in said


def test_the_recommendation_in_the_chat_says_both_too(work: MemoryWork) -> None:
    declined(work)
    (recommended,) = [message for one, message in work.arrived if one.kind == "recommendation"]
    said = text_of(Someone(work).sees(recommended).presses("ask_escalation"))
    assert f"{DECLINED} You asked the safeguarding leads to escalate at 16:56" in said


# --- the leads -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", [LEAD, DEPUTY], ids=["who declined", "who never heard of it"])
def test_a_lead_who_is_asked_after_a_decline_reads_who_decided_what_and_when(work: MemoryWork, who: object) -> None:
    declined(work).presses("ask_escalation")
    said = to_lead(work, who)
    assert (
        "Priya Nair decided at 16:55 on Tuesday 24 November 2026: do not refer. The reason stands in the case." in said
    )
    assert "asks a lead to look at it again, and to escalate it." in said
    assert REASON not in said, "it is no message's business"


def test_nobody_is_told_to_ring_without_a_number() -> None:
    work = known_by_number()
    raised(work)
    Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    said = to_lead(work)
    assert "ring them" not in said
    assert "through Northside Academy: 01632 960001." in said


def test_after_a_referral_they_read_that_it_was_referred(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(1)
    assert work.at(ROOM)
    Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    assert "Priya Nair decided at 16:55 on Tuesday 24 November 2026: refer." in to_lead(work)
