"""What follows when facts, people or wishes change around a decision: nobody is left with old news or with none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.case import State
from handlers.people import Person
from handlers.screens import Item
from tests.handlers.deciding import (
    CARE_ROOM,
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


def new_facts(work: MemoryWork, **answers: str) -> None:
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers(answers or {"age_depicted": "under_13"}).presses("recommend_now")


def rows(work: MemoryWork) -> list[str]:
    return [part.text for part in Someone(work, LEAD).asks("list_cases").parts if isinstance(part, Item)]


def test_the_list_counts_the_contacts_of_every_referral(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    person = opened(work)
    person.presses("refer")
    person.answers({"contact": ("care",), "consequences_read": ("yes",)}).presses("confirm_refer")
    work.passes()
    acknowledges(work, work.at(CARE_ROOM)[-1], room=CARE_ROOM)
    assert "Not acknowledged yet" in rows(work)[0]
    assert "Police, Slack channel." in rows(work)[0]
    acknowledges(work, work.at(ROOM)[-1])
    assert "Everyone who was told has it." in rows(work)[0]


def test_an_approval_that_waits_is_void_once_the_facts_change_and_the_lead_reads_why(work: MemoryWork) -> None:
    raised(work)  # SR-20
    referring(work).presses("confirm_refer")
    new_facts(work)
    work.passes()
    assert work.at(ROOM) == []
    assert "dropped" in [one.state for one, _ in work.outbox.values() if one.kind == "referral"]
    assert any("It was not sent." in text_of(message) for message in work.at(LEAD))


def test_a_lead_who_enters_facts_holds_the_case_and_nobody_is_told_that_it_is_unopened(work: MemoryWork) -> None:
    raised(work)
    lead = opened(work)
    lead.presses("update_facts")
    lead.answers({"coercion": "yes"}).presses("recommend_now")
    case = the_case(work)
    assert (case.latest.number, case.opened_by) == (2, LEAD)
    work.passes(60 * 24 * 3)
    assert not any("has opened this yet" in text_of(message) for message in work.at(TEACHER))
    assert any("has not decided yet" in text_of(message) for message in work.at(TEACHER)), "but a decision is due"


def test_who_asks_again_after_a_decline_starts_the_clock_for_a_decision_anew(work: MemoryWork) -> None:
    raised(work)
    person = opened(work)
    person.presses("do_not_refer")
    person.answers({"reason": "We rang them."}).presses("confirm_do_not_refer")
    work.passes(60)
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("ask_escalation")
    assert "A decision is due by" in rows(work)[0]
    work.passes(60 * 24)
    reminded = [one.to for one, _ in work.arrived if one.kind == "reminder" and one.extra == "undecided"]
    assert set(reminded) == {LEAD, DEPUTY}


def test_a_lead_may_record_that_no_update_is_sent_and_what_was_referred_stays_referred(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    new_facts(work)
    person = opened(work)
    assert "send no update for now" in text_of(person.presses("do_not_refer"))
    person.answers({"reason": "They know already."}).presses("confirm_do_not_refer")
    case = the_case(work)
    assert case.state is State.REFERRED
    assert [one.kind for one in case.decisions] == ["refer", "do_not_refer"]
    assert opened(work).button("refer").label == "Refer to a further agency", "no update is due any more"
    work.passes()
    said = text_of(work.at(TEACHER)[-1])
    assert "What was referred stays referred." in said
    assert "yourself" in said


def test_a_referral_is_not_taken_back_by_deciding_on_the_same_facts(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    assert "You decided" in text_of(opened(work).presses("do_not_refer"))


def test_a_lone_lead_who_raises_a_case_is_reminded_to_decide() -> None:
    work = a_work(leads=(str(LEAD),))
    work.directory = replace(work.directory, persons=(Person((LEAD,), "Priya Nair", "DSL"),))
    raised(work, by=LEAD)
    work.passes(60 * 24 * 2)
    assert any("decide" in text_of(message).lower() for message in work.at(LEAD)[1:])


def test_what_waits_for_somebody_stands_first_in_the_list(work: MemoryWork) -> None:
    raised(work)
    first = the_case(work).reference
    work.passes(5)
    again = Someone(work)
    again.opens_form()
    again.answers({"harm_now": "no"}).presses("recommend_now")
    newer = next(case for case in work.cases.values() if case.reference != first)
    screen = Someone(work, LEAD).asks("list_cases")
    labels = [part.label for part in screen.parts if isinstance(part, Item)]
    assert labels == [first, newer.reference], "what is due sooner stands first"

    lead = Someone(work, LEAD)
    lead.asks("list_cases")
    lead.presses("open_case")
    lead.presses("do_not_refer")
    lead.answers({"reason": "We rang them."}).presses("confirm_do_not_refer")
    screen = Someone(work, LEAD).asks("list_cases")
    labels = [part.label for part in screen.parts if isinstance(part, Item)]
    assert labels == [newer.reference, first], "the newer one still waits"


def declines(work: MemoryWork, reason: str = "We rang them.") -> Someone:
    person = opened(work)
    person.presses("do_not_refer")
    person.answers({"reason": reason}).presses("confirm_do_not_refer")
    return person


@pytest.mark.parametrize("what", ["new facts", "asked again"])
def test_what_waits_anew_after_a_decline_can_be_declined_again_with_a_reason(work: MemoryWork, what: str) -> None:
    raised(work)
    declines(work)
    work.passes(60)
    if what == "new facts":
        new_facts(work)
    else:
        Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    assert the_case(work).decided is None
    assert "You decided" not in text_of(opened(work).presses("do_not_refer")), "the old decision is none on this"

    assert "You decided" in text_of(declines(work, "Nothing in it is new.").screen)
    case = the_case(work)
    assert (case.state, [one.reason for one in case.decisions]) == (
        State.NOT_REFERRED,
        ["We rang them.", "Nothing in it is new."],
    )
    assert case.decisions[-1].version == case.latest.number
    before = len(work.arrived)
    work.passes(60 * 24 * 3)
    assert [one.kind for one, _ in work.arrived[before:] if one.kind in ("reminder", "own_route")] == []
    assert "overdue" not in rows(work)[0]
    assert "looked at this again" in text_of(work.at(TEACHER)[-1])
    assert "You decided" in text_of(opened(work).presses("do_not_refer")), "and once more there is nothing to decide"


def test_who_asks_again_where_no_update_was_sent_waits_for_a_decision_with_a_clock(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    acknowledges(work, work.at(ROOM)[-1])
    new_facts(work)
    declines(work, "They know already.")
    work.passes(60)
    Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    assert "A decision is due by" in rows(work)[0]
    declines(work, "They know it all.")
    assert the_case(work).state is State.REFERRED
    assert len(the_case(work).decisions) == 3
