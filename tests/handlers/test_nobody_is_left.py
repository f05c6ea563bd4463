"""*Nobody is left to be told* is said where somebody was left out, nobody is to tell, and nobody will be in a while."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from handlers.case import State
from handlers.intents import Surface
from handlers.people import Account, Known, Person, Standing
from handlers.screens import Screen, buttons_of
from handlers.sites import StandIn
from handlers.telling.deliveries import draw
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, raised, the_case
from tests.handlers.memory import MEMBER, SITE, TUESDAY, MemoryWork
from tests.handlers.person import Someone, text_of, whole_form

GROUP = "slack:T1/S1"
DAY = TUESDAY.date()
NOBODY = "Nobody is left to be told through Signpost."
READ = Known(Standing(member=True), groups={GROUP: (LEAD, DEPUTY)}, asked=frozenset({GROUP}), day=DAY)
UNREAD = Known(Standing(member=True), asked=frozenset({GROUP}), day=DAY)


def leaving_out(work: MemoryWork, *who: Account, known: Known = MEMBER) -> tuple[str, str]:
    """Raise a case and leave these out; what the window says, and the private message."""
    person = Someone(work, TEACHER, known=known)
    person.opens_form()
    person.answers({"harm_now": "no", "leave_out": tuple(map(str, who))})
    whole_form(person)
    person.presses("submit_report")
    work.passes()
    return text_of(person.screen), text_of(work.at(TEACHER)[-1])


def asks(work: MemoryWork, known: Known) -> Screen:
    """The raiser presses *Ask a lead to escalate* on their message."""
    person = Someone(work, TEACHER, known=known)
    (message,) = [one for one, _ in work.outbox.values() if one.kind == "recommendation"]
    drawn = draw(message, work)
    assert drawn is not None
    person.sees(drawn.content)
    return person.presses("ask_escalation")


def test_where_who_stands_in_is_told_neither_the_window_nor_the_message_says_so() -> None:
    work = a_work(leads=(str(LEAD),), stand_ins=(StandIn(str(LEAD), str(DEPUTY), DAY, DAY),))
    work.now = datetime.combine(DAY, TUESDAY.time(), TUESDAY.tzinfo)
    window, message = leaving_out(work, LEAD, known=replace(MEMBER, day=DAY))
    assert "Tom Reid is being told now." in window
    assert NOBODY not in window + message
    assert work.at(DEPUTY) != []


def test_where_everybody_was_left_out_all_of_them_say_so_and_nothing_is_asked_for() -> None:
    work = a_work()
    window, message = leaving_out(work, LEAD, DEPUTY)
    assert f"Sent and kept. {NOBODY} In danger now: call 999." in window
    assert f"{NOBODY} In danger now: call 999." in message
    assert "LADO if an adult may be involved" in window
    old = Someone(work, TEACHER).asks(
        "ask_escalation", surface=Surface.MESSAGE, subject=f"case~{the_case(work).id}~first~1~"
    )
    assert NOBODY in text_of(old)
    assert "ask_escalation" not in {one.intent for one in buttons_of(old)}
    assert (the_case(work).asked_at, the_case(work).state) == (None, State.RECOMMENDED)


def test_where_the_others_are_a_group_that_nobody_can_read_it_is_not_said() -> None:
    work = a_work(leads=(str(LEAD), GROUP))
    window, message = leaving_out(work, LEAD, known=UNREAD)
    assert NOBODY not in window + message
    assert "cannot find out who the safeguarding leads are" in window


def test_who_asks_while_the_leads_cannot_be_read_has_asked_and_they_are_looked_for() -> None:
    work = a_work(leads=(GROUP,))
    person = Someone(work, TEACHER, known=READ)
    person.opens_form()
    person.answers({"harm_now": "no"}).presses("recommend_now")
    said = text_of(asks(work, UNREAD))
    assert NOBODY not in said
    assert "cannot find out who the safeguarding leads are" in said
    assert SITE.phone in said
    case = the_case(work)
    assert (case.asked_at, case.state) == (work.now, State.ESCALATION_REQUESTED)
    assert [one.extra for one in work.deliveries(case.id) if one.kind == "chase" and "find" in one.extra] == [
        "find:asked"
    ]
    assert [one for one, _ in work.outbox.values() if one.kind == "escalation_asked"] == []


@pytest.mark.parametrize("two_people", [False, True])
def test_a_lead_who_raised_it_is_offered_no_lead_to_ask_but_where_two_are_wanted(two_people: bool) -> None:
    work = a_work(requires_two_people=two_people)
    raised(work, by=LEAD)
    (message,) = [one for one in work.at(LEAD) if "update_facts" in {b.intent for b in buttons_of(one)}]
    assert ("ask_escalation" in {button.intent for button in buttons_of(message)}) is two_people


def test_a_lone_lead_who_presses_an_old_button_reads_that_they_decide() -> None:
    work = a_work(leads=(str(LEAD),))
    work.directory = replace(work.directory, persons=(Person((LEAD,), "Priya Nair", "DSL"),))
    case = raised(work, by=LEAD)
    said = Someone(work, LEAD).asks("ask_escalation", subject=f"case~{case.id}~first~1~")
    assert NOBODY not in text_of(said)
    assert "You lead here" in text_of(said)
    assert the_case(work).asked_at is None
