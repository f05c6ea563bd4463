"""Not referring, who may decide, who hears of it, and who acknowledges."""

from __future__ import annotations

import pytest

from handlers.case import State
from handlers.contacts import BY_PHONE
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Standing
from handlers.route import route
from handlers.screens import Form, Message, Question, buttons_of
from handlers.sites import Contact
from tests.handlers.deciding import (
    CARE_ROOM,
    DEPUTY,
    DETERS,
    LEAD,
    MARSH,
    ROOM,
    TEACHER,
    a_work,
    acknowledges,
    opened,
    raised,
    referrals,
    referring,
    the_case,
)
from tests.handlers.memory import ADMIN, MemoryWork
from tests.handlers.person import Someone, errors_on, text_of
from tests.handlers.stories import V18


def test_not_to_refer_needs_a_reason_and_can_be_changed(work: MemoryWork) -> None:
    raised(work)
    person = opened(work)
    person.presses("do_not_refer")
    assert set(errors_on(person.presses("confirm_do_not_refer"))) == {"reason"}
    shown = person.answers({"reason": "We rang them."}).presses("confirm_do_not_refer")
    assert "You decided" in text_of(shown)
    assert the_case(work).state is State.NOT_REFERRED

    person.presses("refer")
    person.answers({"consequences_read": ("yes",)}).presses("confirm_refer")
    assert the_case(work).state is State.REFERRED
    assert [one.kind for one in the_case(work).decisions] == ["do_not_refer", "refer"]


@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
def test_the_raiser_hears_the_outcome_and_their_own_route_and_never_the_reason(work: MemoryWork, kind: str) -> None:
    raised(work)  # SR-15
    person = opened(work)
    person.presses(kind)
    person.answers({"reason": "SENTINEL of a reason", "consequences_read": ("yes",)}).presses(f"confirm_{kind}")
    work.passes()
    said = text_of(work.at(TEACHER)[-1])

    assert "decided" in said
    assert "You may contact the police or children's social care yourself" in said
    assert "999" in said
    assert "SENTINEL" not in said
    assert not DETERS.search(said)
    teacher = Someone(work).sees(work.at(TEACHER)[-1])
    assert "SENTINEL" not in text_of(teacher.presses("open_case"))


def test_the_other_leads_notice_says_who_decided(work: MemoryWork) -> None:
    raised(work)
    work.passes(10)
    referring(work).presses("confirm_refer")
    work.passes()

    assert "Priya Nair decided at 17:05 on Tuesday 24 November 2026: refer." in text_of(work.at(DEPUTY)[-1])


def test_nobody_is_told_any_more_who_had_not_been_told(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes(500)

    assert work.queued("lead_notice") == []
    assert work.at(DEPUTY) == [] or "Nobody has acknowledged" in text_of(work.at(DEPUTY)[0])


def test_who_raised_it_cannot_decide_where_two_people_are_wanted() -> None:  # SR-13
    work = a_work(requires_two_people=True)
    raised(work, by=LEAD)
    person = opened(work)
    for name in ("refer", "do_not_refer"):
        assert "two people" in text_of(opened(work).presses(name))
    other = referring(work, DEPUTY)
    stolen = Someone(work, LEAD, screen=other.screen, typed=dict(other.typed))
    assert "two people" in text_of(stolen.presses("confirm_refer"))
    assert person is not None
    assert the_case(work).decisions == ()


@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
def test_a_leads_own_case_is_asked_once_more_and_marked(work: MemoryWork, kind: str) -> None:  # SR-13
    raised(work, by=LEAD)
    person = opened(work)
    person.presses(kind)
    person.answers({"consequences_read": ("yes",), "reason": "Because it is so."})
    assert "You raised this case yourself" in text_of(person.presses(f"confirm_{kind}"))
    assert the_case(work).decisions == ()
    person.presses(f"confirm_{kind}")

    assert the_case(work).decisions[0].alone
    assert "decided alone" in text_of(opened(work).screen)


@pytest.mark.parametrize("who", [TEACHER, ADMIN])
@pytest.mark.parametrize("name", ["refer", "confirm_refer", "confirm_do_not_refer", "ask_for_facts", "resend"])
def test_who_is_no_lead_decides_nothing(work: MemoryWork, who: object, name: str) -> None:
    raised(work)
    window = referring(work)
    other = Someone(work, who, screen=window.screen, typed=dict(window.typed))  # type: ignore[arg-type]
    assert isinstance(window.screen, Form)
    shown = other.asks(name, subject=window.screen.token, fields=other.fields())

    assert "There is nothing here for you" in text_of(shown)
    assert the_case(work).decisions == ()


def test_a_lead_asks_for_facts_once(work: MemoryWork) -> None:
    raised(work, V18)
    person = opened(work)
    person.presses("ask_for_facts")
    assert set(errors_on(person.presses("confirm_ask_for_facts"))) == {"ask"}
    window = person.screen
    person.answers({"ask": ("coercion",)})
    for _ in range(2):
        person.sees(window).presses("confirm_ask_for_facts")  # type: ignore[arg-type]
    work.passes()

    asked = [message for message in work.at(TEACHER) if "a lead asks" in text_of(message)]
    assert len(asked) == 1
    assert "update_facts" in [button.intent for button in buttons_of(asked[0])]


def test_agencies_that_the_recommendation_names_are_chosen_beforehand(work: MemoryWork) -> None:
    raised(work)
    person = opened(work)
    person.presses("refer")
    assert person.screen is not None
    (contact,) = [part for part in person.screen.parts if isinstance(part, Question) and part.id == "contact"]

    assert set(contact.chosen) >= {"police"}
    assert {option.value for option in contact.options} == {
        "police",
        "care",
        "police_by_phone",
        "social_care_by_phone",
        "lado_by_phone",
    }


def test_several_contacts_get_one_message_each(work: MemoryWork) -> None:
    raised(work)
    referring(work).answers({"contact": ("police", "care", "police_by_phone")}).presses("confirm_refer")
    work.passes()

    assert referrals(work) == [(str(ROOM), "1:police"), (str(CARE_ROOM), "1:care")]
    assert any("Ring 101" in text_of(message) for message in work.at(LEAD))


def test_whoever_is_in_the_room_acknowledges_once_and_the_lead_hears_who(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    (message,) = work.at(ROOM)
    shown = acknowledges(work, message)
    assert isinstance(shown, Message)
    assert "Acknowledged by Jo Marsh at 16:55" in text_of(shown)
    assert buttons_of(shown) == ()
    assert "Jo Marsh" in text_of(acknowledges(work, message, TEACHER))
    work.passes()

    assert len(the_case(work).acknowledged) == 1
    assert the_case(work).acknowledged[0].org == f"slack:{MARSH.org}"
    assert "Acknowledged by Jo Marsh of another organisation" in text_of(work.at(LEAD)[-1])
    assert "Jo Marsh" in text_of(opened(work).screen)
    assert text_of(work.at(ROOM)[-1]) == text_of(shown)


@pytest.mark.parametrize("room", [None, CARE_ROOM])
def test_from_elsewhere_nobody_acknowledges(work: MemoryWork, room: object) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    shown = acknowledges(work, work.at(ROOM)[0], room=room)  # type: ignore[arg-type]

    assert "There is nothing here for you" in text_of(shown)
    assert the_case(work).acknowledged == ()


def test_a_call_is_written_down(work: MemoryWork) -> None:
    raised(work)
    person = referring(work).answers({"contact": ("police_by_phone",)})
    person.presses("confirm_refer")
    work.passes()
    (script,) = [message for message in work.at(LEAD) if "Ring 101" in text_of(message)]
    person.sees(script).presses("write_down_call")
    assert set(errors_on(person.presses("confirm_call"))) == {"log"}
    person.answers({"log": "LOG-77", "spoke_to": "Operator 12"}).presses("confirm_call")

    assert the_case(work).acknowledged[0].log == "LOG-77"
    assert "log LOG-77, spoke to Operator 12" in text_of(opened(work).screen)
    work.passes(60 * 24 * 7)
    assert not any("Nobody has acknowledged" in text_of(message) for message in work.at(LEAD))


def test_the_record_names_the_organisation_that_somebody_who_acknowledged_belongs_to(work: MemoryWork) -> None:
    raised(work)
    person = referring(work)
    person.answers({"contact": ("care",)}).presses("confirm_refer")
    work.passes()
    (button,) = [one for one in buttons_of(work.at(CARE_ROOM)[-1]) if one.intent == "acknowledge"]
    kim = Account.parse("teams:TEN/KIM")
    known = Known(Standing(member=False, why_not="outside", home="teams:COUNCIL"), names={kim: "Kim Osei"})
    route(Intent("acknowledge", kim, known, Surface.MESSAGE, Subject.read(button.token), room=CARE_ROOM), work)

    assert [(one.name, one.org) for one in the_case(work).acknowledged] == [("Kim Osei", "teams:COUNCIL")]


def test_as_many_contacts_as_a_window_holds_can_be_chosen_whatever_their_ids() -> None:
    ids = [f"{number:02d}".ljust(40, "x") for number in range(12)]
    contacts = tuple(Contact(one, "police", "slack", f"T1/C{one[:2]}", verified=True) for one in ids)
    work = a_work(contacts=contacts)
    raised(work)
    person = referring(work)
    person.answers({"contact": (*ids, *BY_PHONE)}).presses("confirm_refer")
    (decision,) = the_case(work).decisions
    chosen = [(one["decision"], one["contact"]) for event, one in work.recorded if event == "contact.chosen"]
    assert chosen == [("1", one) for one in decision.contacts]
    assert set(decision.contacts) == {*ids, *BY_PHONE}
    (decided,) = [one for event, one in work.recorded if event == "case.decided"]
    assert decided["contacts"] == "15"
