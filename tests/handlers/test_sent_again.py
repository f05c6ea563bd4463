"""*Send again* stands only where it sends; an old button says what to press instead, and never that it is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import Subject, Surface
from handlers.ports import Delivery
from handlers.screens import Screen, buttons_of
from tests.handlers.deciding import CARE, DEPUTY, LEAD, ROOM, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of

BEING_SENT = "being sent again"


def new_facts(work: MemoryWork, **answers: str) -> None:
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers(answers or {"coercion": "yes"}).presses("recommend_now")


def overtaken() -> MemoryWork:
    """A lead refers; the facts change before the message goes out."""
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    new_facts(work)
    work.passes()
    return work


def failed() -> MemoryWork:
    """A lead refers; the message is refused."""
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(ends=lambda one: "failed" if one.kind == "referral" else "sent")
    return work


def presses_again(work: MemoryWork, who: object = LEAD, surface: Surface = Surface.MESSAGE) -> Screen:
    """The button as it was drawn for the first referral, whenever that was."""
    token = Subject("case", the_case(work).id, "", 1, "1:police").write()
    return Someone(work, who).asks("resend", surface=surface, subject=token)  # type: ignore[arg-type]


def queued(work: MemoryWork) -> list[Delivery]:
    return [one for one, _ in work.outbox.values() if one.kind == "referral" and one.state == "queued"]


@pytest.mark.parametrize("who", [LEAD, DEPUTY])
def test_where_the_facts_overtook_it_the_alarm_offers_the_update_in_its_place(who: object) -> None:
    work = overtaken()
    (alarm,) = [one for one in work.at(who) if "is not confirmed" in text_of(one)]  # type: ignore[arg-type]
    assert [one.intent for one in buttons_of(alarm)] == ["phone_instead", "refer", "open_case"]
    assert "Ring 101." in text_of(alarm)
    (refer,) = [one for one in buttons_of(alarm) if one.intent == "refer"]
    assert (refer.label, refer.opens_form) == ("Send update 1", True)
    assert "resend" not in [one.intent for one in opened(work).screen_buttons()]


@pytest.mark.parametrize("surface", [Surface.MESSAGE, Surface.FORM])
@pytest.mark.parametrize("how", [overtaken, failed])
def test_an_old_button_says_that_the_facts_changed_with_the_button_that_sends_them(
    how: object, surface: Surface
) -> None:
    work = how()  # type: ignore[operator]
    if how is failed:
        new_facts(work)
    answer = presses_again(work, surface=surface)
    for _ in range(3):
        answer = presses_again(work, surface=surface)
        assert "The facts changed: send the update. Nothing is sent again." in text_of(answer)
        assert BEING_SENT not in text_of(answer)
        assert "Send update 1" in [one.label for one in buttons_of(answer) if one.intent == "refer"]
    assert queued(work) == []
    lead = Someone(work, LEAD).sees(answer)
    assert "Update 1: it replaces what was sent before." in text_of(lead.presses("refer"))


def test_once_the_update_went_to_them_an_old_button_says_so() -> None:
    work = overtaken()
    referring(work).presses("confirm_refer")
    work.passes()
    assert len(work.at(ROOM)) == 1
    answer = presses_again(work)
    assert "A newer message to them, with the newest facts, was decided at 16:55" in text_of(answer)
    assert [one.intent for one in buttons_of(answer)] == ["open_case"]
    assert BEING_SENT not in text_of(answer)
    assert queued(work) == []


def test_where_a_lead_decided_to_send_no_update_it_can_still_be_referred() -> None:
    work = overtaken()
    person = opened(work)
    person.presses("do_not_refer")
    person.answers({"reason": "The police know of it."}).presses("confirm_do_not_refer")
    answer = presses_again(work)
    assert "The facts changed: refer again if they are to know these. Nothing is sent again." in text_of(answer)
    assert "refer" in [one.intent for one in buttons_of(answer)]


@pytest.mark.parametrize("gone", [True, False])
def test_where_the_contact_is_gone_or_another_one_neither_button_nor_press_sends_it(gone: bool) -> None:
    work = failed()
    (site,) = work.directory.sites
    others = (CARE,) if gone else (replace(site.contacts[0], destination="T1/C10"), CARE)
    work.directory = replace(work.directory, sites=(replace(site, contacts=others),))
    assert "resend" not in [one.intent for one in opened(work).screen_buttons()]
    answer = presses_again(work)
    assert "This contact was removed or has changed since it was approved, so it is not sent again" in text_of(answer)
    assert BEING_SENT not in text_of(answer)
    assert queued(work) == []


def test_what_waits_and_will_be_held_back_is_not_said_to_be_tried_again() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    new_facts(work)
    (waiting,) = queued(work)
    shown = text_of(opened(work).screen)
    assert "Signpost keeps trying" not in shown
    assert "It was not sent. The facts changed before it went out" in shown
    assert "The facts changed: send the update." in text_of(presses_again(work))
    assert queued(work) == [waiting]


def test_where_it_can_go_out_it_is_offered_and_goes() -> None:
    work = failed()
    (alarm,) = [one for one in work.at(LEAD) if "is not confirmed" in text_of(one)]
    assert [one.intent for one in buttons_of(alarm)] == ["phone_instead", "mark_delivered", "resend", "open_case"]
    assert BEING_SENT in text_of(presses_again(work))
    work.passes()
    assert len(work.at(ROOM)) == 1
