"""After sending: opening, listing, updating, asking a lead, clearing; and what each person may not see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from handlers.case import Case
from handlers.intents import Subject, Surface, Value
from handlers.people import Account
from handlers.ports import Drawn
from handlers.screens import Heading, Message
from handlers.telling.deliveries import draw
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05, V07, V18

OUTSIDER = Account.parse("slack:T1/UOUTSIDER")


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


def raised(work: MemoryWork, answers: Mapping[str, Value] = V18) -> Someone:
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers(answers).presses("recommend_now")
    return teacher


def the_case(work: MemoryWork) -> Case:
    (case,) = work.cases.values()
    return case


def token(work: MemoryWork) -> str:
    return Subject("case", the_case(work).id, "", 1).write()


def drawn(work: MemoryWork, kind: str, to: Account | None = None) -> Drawn:
    delivery = next(
        d for d, _ in work.outbox.values() if d.kind == kind and d.state != "dropped" and to in (None, d.to)
    )
    found = draw(delivery, work)
    assert found is not None
    return found


def test_the_private_message_has_the_recommendation_and_never_the_answers(work: MemoryWork) -> None:
    raised(work, {**V07, "notes": "SENTINEL"})
    message = drawn(work, "recommendation").content

    assert Heading("Refer now: police and/or children's social care") in message.parts
    assert "Someone aged 18 or over is involved." in text_of(message)
    assert the_case(work).reference in text_of(message)
    assert "SENTINEL" not in text_of(message)
    assert "13 to 15" not in text_of(message)
    assert {b.intent for b in Someone(work, screen=message).screen_buttons()} == {
        "update_facts", "ask_escalation", "open_case", "clear_from_chat",
    }  # fmt: skip


def test_the_leads_message_has_reasons_and_one_button(work: MemoryWork) -> None:
    raised(work, V05)
    message = drawn(work, "lead_notice").content

    assert Heading("Call 999 now") in message.parts
    assert [b.intent for b in Someone(work, LEAD, screen=message).screen_buttons()] == ["open_case"]


def test_receipts_and_summaries_are_neutral(work: MemoryWork) -> None:
    raised(work, V05)
    for delivery, _ in work.outbox.values():
        if delivery.kind == "chase":
            continue
        found = draw(delivery, work)
        assert found is not None
        for text in (found.receipt.summary, found.content.summary, text_of(found.receipt)):
            assert not {"nude", "image", "police", "abuse", "refer"} & set(text.lower().replace(",", " ").split())


def test_the_raiser_opens_all_that_they_entered(work: MemoryWork) -> None:
    teacher = raised(work, V07)
    shown = teacher.asks("open_case", surface=Surface.MESSAGE, subject=token(work))

    assert "Is anyone aged 18 or over involved?: Yes" in text_of(shown)


def test_a_lead_opens_it_and_the_next_lead_is_not_told(work: MemoryWork) -> None:
    raised(work)
    assert [to for to, _ in work.queued("lead_notice")] == [LEAD, DEPUTY]
    work.send_all()
    Someone(work, LEAD).asks("open_case", surface=Surface.MESSAGE, subject=token(work))

    assert work.queued("lead_notice") == []


def test_the_next_lead_is_told_when_the_clock_has_run_out(work: MemoryWork) -> None:
    raised(work, V05)
    first, second = work.queued("lead_notice")

    assert first == (LEAD, work.now)
    assert second == (DEPUTY, work.now + timedelta(minutes=10))


@pytest.mark.parametrize("account", [OUTSIDER, ADMIN])
@pytest.mark.parametrize("intent", ["open_case", "update_facts", "ask_escalation", "clear_from_chat"])
def test_who_may_not_see_a_case_sees_the_same_as_for_one_that_is_not_there(
    work: MemoryWork, account: Account, intent: str
) -> None:
    raised(work)
    real = Someone(work, account).asks(intent, surface=Surface.MESSAGE, subject=token(work))
    none = Someone(work, account).asks(
        intent, surface=Surface.MESSAGE, subject=Subject("case", "invented", "", 1).write()
    )

    assert real == none


def test_a_list_holds_only_what_is_theirs(work: MemoryWork) -> None:
    raised(work)
    reference = the_case(work).reference

    assert reference in text_of(Someone(work, DEPUTY).asks("list_cases"))
    assert reference in text_of(Someone(work).asks("list_cases"))
    assert reference not in text_of(Someone(work, OUTSIDER).asks("list_cases"))
    assert reference not in text_of(Someone(work, ADMIN).asks("list_cases"))


def test_updating_makes_a_version_and_shows_old_and_new(work: MemoryWork) -> None:
    teacher = raised(work, V07)
    work.send_all()
    teacher.asks("update_facts", surface=Surface.MESSAGE, subject=token(work))
    assert teacher.fields()["adult_involved"] == "yes"
    teacher.typed.clear()
    shown = teacher.answers({"adult_involved": "no"}).presses("recommend_now")

    case = the_case(work)
    assert [version.number for version in case.versions] == [1, 2]
    assert "Is anyone aged 18 or over involved?: Yes → No" in text_of(shown)
    assert case.reference in text_of(shown)
    assert [d.kind for d, _ in work.outbox.values() if d.replaces] == ["retired", "retired"]
    assert [to for to, due in work.queued("lead_notice") if due == work.now] == [LEAD]


def test_an_update_that_changes_nothing_is_no_version(work: MemoryWork) -> None:
    teacher = raised(work, V07)
    teacher.asks("update_facts", surface=Surface.MESSAGE, subject=token(work))
    teacher.presses("recommend_now")

    assert len(the_case(work).versions) == 1


def test_two_who_update_at_once_lose_neither_answers(work: MemoryWork) -> None:
    teacher = raised(work, V18)
    lead = Someone(work, LEAD)
    for person in (teacher, lead):
        person.typed.clear()
        person.asks("update_facts", surface=Surface.MESSAGE, subject=token(work))
    lead.answers({"coercion": "yes"}).presses("recommend_now")
    teacher.answers({"adult_involved": "yes"}).presses("recommend_now")

    facts = the_case(work).latest.facts
    assert (facts.coercion, facts.adult_involved) == ("yes", "yes")


def test_what_a_lead_entered_stays_with_the_leads(work: MemoryWork) -> None:
    teacher = raised(work, V18)
    lead = Someone(work, LEAD)
    lead.asks("update_facts", surface=Surface.MESSAGE, subject=token(work))
    lead.answers({"notes": "SENTINEL", "vulnerability": "yes"})
    for _ in range(3):
        lead.presses("next_page")
    lead.presses("submit_report")
    assert len(the_case(work).versions) == 2

    opened = teacher.asks("open_case", surface=Surface.MESSAGE, subject=token(work))
    assert "SENTINEL" not in text_of(opened)
    assert "especially vulnerable?: Yes" not in text_of(opened)
    teacher.asks("update_facts", surface=Surface.MESSAGE, subject=token(work))
    for _ in range(2):
        assert "SENTINEL" not in text_of(teacher.screen)
        teacher.presses("next_page")
    assert "SENTINEL" in text_of(Someone(work, DEPUTY).asks("open_case", surface=Surface.MESSAGE, subject=token(work)))


def test_asking_a_lead_tells_every_lead_once_and_says_whom_to_ring(work: MemoryWork) -> None:
    teacher = raised(work)
    work.send_all()
    teacher.screen = drawn(work, "recommendation").content
    asked = teacher.screen
    shown = teacher.presses("ask_escalation")
    teacher.screen = asked
    teacher.presses("ask_escalation")

    assert isinstance(shown, Message)
    assert "You asked the safeguarding leads to escalate" in text_of(shown)
    assert "You may contact the police or children's social care yourself" in text_of(shown)
    assert [to for to, _ in work.queued("escalation_asked")] == [LEAD, DEPUTY]
    assert work.queued("lead_notice") == []


def test_asking_from_the_window_answers_in_the_window(work: MemoryWork) -> None:
    teacher = raised(work)
    shown = teacher.presses("ask_escalation")

    assert "01632 960001" in text_of(shown)
    assert len(work.queued("escalation_asked")) == 2


def test_clearing_leaves_a_receipt_and_the_case(work: MemoryWork) -> None:
    teacher = raised(work, V07)
    teacher.screen = drawn(work, "recommendation").content
    shown = teacher.presses("clear_from_chat")

    assert "18 or over" not in text_of(shown)
    assert [b.intent for b in teacher.screen_buttons()] == ["open_case"]
    assert the_case(work).latest.facts.adult_involved == "yes"


def test_every_screen_for_the_raiser_says_that_they_may_report_themselves(work: MemoryWork) -> None:
    teacher = raised(work)
    screens = [teacher.screen, drawn(work, "recommendation").content]
    screens.append(teacher.presses("ask_escalation"))
    screens.append(teacher.asks("open_case", surface=Surface.MESSAGE, subject=token(work)))
    for screen in screens:
        assert "You may contact the police or children's social care yourself" in text_of(screen)


@pytest.mark.parametrize("what", ["file", "message"])
def test_whoever_writes_to_the_bot_reads_that_it_still_stands_in_their_chat(work: MemoryWork, what: str) -> None:
    person = Someone(work, screen=Message("", ()))
    person.asks(f"refuse_{what}", surface=Surface.MESSAGE, event="Ev1")
    ((delivery, _),) = work.outbox.values()
    found = draw(delivery, work)
    assert found is not None
    said = text_of(found.content)

    assert "delete" in said
    assert "in this chat" in said or "from this chat" in said
    assert "attached" not in said, "a link is attached to nothing"


def test_a_message_to_the_bot_is_answered_once(work: MemoryWork) -> None:
    teacher = Someone(work, screen=Message("", ()))
    for _ in range(2):
        teacher.asks("refuse_file", surface=Surface.MESSAGE, event="Ev1")

    ((delivery, _),) = work.outbox.values()
    found = draw(delivery, work)
    assert found is not None
    assert "Files and pictures are not taken here" in text_of(found.content)
