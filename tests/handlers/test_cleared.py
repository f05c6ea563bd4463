"""*Clear from chat*, and what stands there where a site shows little: the queue does what a press could not."""

from __future__ import annotations

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Account
from handlers.ports import Delivery
from handlers.screens import Message, buttons_of
from handlers.telling.deliveries import draw
from tests.handlers.deciding import a_work, raised, the_case
from tests.handlers.memory import LEAD, MEMBER, TEACHER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07


def token(work: MemoryWork) -> str:
    return Subject("case", the_case(work).id, "", the_case(work).latest.number).write()


def clears(work: MemoryWork, who: Account = TEACHER, surface: Surface = Surface.MESSAGE) -> str:
    return text_of(Someone(work, who).asks("clear_from_chat", surface=surface, subject=token(work)))


def of_kind(work: MemoryWork, kind: str) -> list[Delivery]:
    return [one for one, _ in work.outbox.values() if one.kind == kind]


@pytest.mark.parametrize("surface", [Surface.MESSAGE, Surface.FORM])
def test_the_recommendation_is_replaced_through_the_queue_too_and_once(surface: Surface) -> None:
    """The change at the press may fail at the platform; the queue makes it until it is made."""
    work = a_work()
    raised(work, V07)
    (message,) = of_kind(work, "recommendation")

    for _ in range(3):
        assert "leared" in clears(work, surface=surface)

    (cleared,) = of_kind(work, "cleared")
    assert (cleared.to, cleared.replaces, cleared.state) == (TEACHER, message.id, "queued")
    drawn = draw(cleared, work)
    assert drawn is not None
    assert "Cleared from chat." in text_of(drawn.content)
    assert the_case(work).latest.recommendation().outcome.heading not in text_of(drawn.content)
    assert [one.intent for one in buttons_of(drawn.content)] == ["open_case"]


def test_each_version_that_stands_in_the_chat_is_cleared() -> None:
    work = a_work()
    raised(work, V07)
    clears(work)
    person = Someone(work)
    person.asks("update_facts", surface=Surface.MESSAGE, subject=token(work))
    person.answers({"harm_now": "at_risk"}).presses("recommend_now")
    work.passes()

    clears(work)
    clears(work)

    messages = of_kind(work, "recommendation")
    assert len(messages) == 2
    assert [one.replaces for one in of_kind(work, "cleared")] == [one.id for one in messages]


def test_nobody_clears_what_stands_in_another_chat() -> None:
    work = a_work()
    raised(work, V07)

    clears(work, LEAD)
    stranger = Someone(work, Account.parse("slack:T1/USTRANGER"), MEMBER)
    stranger.asks("clear_from_chat", surface=Surface.MESSAGE, subject=token(work))

    assert of_kind(work, "cleared") == []


# --- chat_detail = "receipt" -----------------------------------------------------------------------------------------
def asks_to_escalate(work: MemoryWork) -> Message:
    shown = Someone(work).asks("ask_escalation", surface=Surface.MESSAGE, subject=token(work))
    assert isinstance(shown, Message)
    return shown


def test_where_the_site_shows_little_in_chat_asking_does_not_bring_it_back() -> None:
    work = a_work(chat_detail="receipt")
    raised(work, V07)

    shown = asks_to_escalate(work)

    said = text_of(shown)
    assert "You asked the safeguarding leads to escalate at" in said
    assert the_case(work).latest.recommendation().outcome.heading not in said
    assert [one.intent for one in buttons_of(shown)] == ["open_case"]
    assert "If nothing opens:" in said
    assert of_kind(work, "escalation_asked")


def test_where_it_shows_all_of_it_the_recommendation_stays() -> None:
    work = a_work()
    raised(work, V07)

    shown = asks_to_escalate(work)

    assert the_case(work).latest.recommendation().outcome.heading in text_of(shown)
    assert {"ask_escalation", "update_facts", "open_case", "clear_from_chat"} == {
        one.intent for one in buttons_of(shown)
    }


def test_every_message_of_such_a_site_is_a_receipt() -> None:
    work = a_work(chat_detail="receipt")
    raised(work, V07)

    for one, message in work.arrived:
        assert [button.intent for button in buttons_of(message)] in ([], ["open_case"]), one.kind
    assert {one.kind for one, _ in work.arrived} >= {"recommendation", "lead_notice"}
