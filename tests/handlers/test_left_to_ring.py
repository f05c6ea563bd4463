"""Whom a raiser is sent to: never the role that they left out, and by the direct number where there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.intents import Surface
from handlers.people import Account, Person
from handlers.raising.left_to_ring import Left, ring, to_whom
from handlers.screens import buttons_of
from handlers.sites import Numbers
from handlers.telling.deliveries import draw
from policy import Outcome
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, raised, the_case
from tests.handlers.memory import MEMBER, SITE, MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V07

TOM = Person((DEPUTY,), "Tom Reid", "Deputy DSL", "01632 960003")
PRIYA = Person((LEAD,), "Priya Nair", "DSL", "01632 960002")
NUMBERS = Numbers(mash="01632 960010", lado="01632 960012")
HEAD = "Where it says DSL, deputy or lead below, that is the head teacher now."
ROLES = ("the DSL or a deputy", "safeguarding lead")
STATE = "No lead was told: go to the head"


def known_by_number(**changes: object) -> MemoryWork:
    work = a_work(numbers=NUMBERS, **changes)
    work.directory = replace(work.directory, persons=(PRIYA, TOM))
    return work


def leaving_out(work: MemoryWork, *who: Account, harm: str = "no") -> Someone:
    person = Someone(work, TEACHER)
    person.opens_form()
    person.answers({**V07, "dsl_informed": "no", "harm_now": harm, "leave_out": tuple(map(str, who))})
    whole_form(person)
    person.presses("submit_report")
    work.passes()
    return person


def guidance_of(work: MemoryWork) -> tuple[str, str]:
    """The opened case of the raiser, and its guidance."""
    person = Someone(work, TEACHER)
    opened = text_of(person.asks("open_case", surface=Surface.MESSAGE, subject=f"case~{the_case(work).id}~~1~"))
    return opened, text_of(person.presses("open_case", label="What to do"))


def _roles(said: str) -> list[str]:
    """The roles that it sends to; a question of the form names one too."""
    lines = [line for line in said.splitlines() if not line.startswith("Has the DSL or a deputy been told")]
    return [role for role in ROLES if any(role in line for line in lines)]


def reminded(work: MemoryWork) -> str:
    """What the raiser is sent once nobody has opened it for hours."""
    for _ in range(6):
        work.now += timedelta(hours=1)
        work.passes()
    found = [one for one, _ in work.outbox.values() if one.kind == "own_route"]
    assert found
    drawn = draw(found[-1], work)
    assert drawn is not None
    return text_of(drawn.content)


def test_who_left_the_dsl_out_is_sent_by_name_to_who_is_left() -> None:
    work = known_by_number()
    window, message = text_of(leaving_out(work, LEAD).screen), text_of(work.at(TEACHER)[-1])
    assert "Ring Tom Reid, Deputy DSL, 01632 960003." in window
    assert "Tell Tom Reid now, in person or by phone" in message
    for said in (window, message, *guidance_of(work)):
        assert "Where it says DSL, deputy or lead below, that is Tom Reid now." in said
        assert not _roles(said), said
        assert "Priya" not in said
    again = reminded(work)
    assert "Ring Tom Reid, Deputy DSL, 01632 960003." in again
    assert "the DSL or a deputy" not in again


def test_where_no_name_is_known_it_is_a_lead_whom_they_did_not_leave_out() -> None:
    work = a_work()
    work.directory = replace(work.directory, persons=(PRIYA,))
    leaving_out(work, LEAD)
    again = reminded(work)
    assert f"Ring a lead whom you did not leave out, through {SITE.name}: {SITE.phone}." in again
    (message,) = [one for one, _ in work.outbox.values() if one.kind == "own_route"][-1:]
    drawn = draw(message, work)
    assert drawn is not None
    assert drawn.to_name
    assert "the DSL or a deputy" not in text_of(drawn.receipt)
    named = draw(message, work, replace(MEMBER, day=work.now.date()))
    assert named is not None
    assert f"Ring Tom Reid, through {SITE.name}: {SITE.phone}." in text_of(named.content)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_outcome_sends_a_raiser_to_a_role_that_was_left_out(outcome: Outcome) -> None:
    for left in (Left((TOM,), somebody_out=True), Left(somebody_out=True), Left(somebody_out=True, nobody=True)):
        assert "safeguarding lead" not in to_whom(outcome.to_raiser, left, "DSL")
        assert "reach one" not in to_whom(outcome.to_raiser, left, "DSL")


def test_with_all_left_out_nothing_sends_to_a_lead_and_the_numbers_are_there() -> None:
    work = known_by_number()
    person = leaving_out(work, LEAD, DEPUTY)
    assert person.screen is not None
    message = work.at(TEACHER)[-1]
    opened, guidance = guidance_of(work)
    for screen in (person.screen, message):
        assert "ask_escalation" not in {one.intent for one in buttons_of(screen)}
    for said in (text_of(person.screen), text_of(message), opened):
        assert "LADO (01632 960012)" in said
        assert "children's social care on 01632 960010" in said
        assert HEAD in said
        assert not _roles(said), said
    assert HEAD in guidance
    assert f"{STATE}" in opened
    assert "Ask a lead" not in opened


def test_the_list_and_the_home_say_that_no_lead_was_told() -> None:
    work = known_by_number()
    person = leaving_out(work, LEAD, DEPUTY)
    for name in ("list_cases", "show_home"):
        said = text_of(person.asks(name))
        assert STATE in said
        assert "Waiting for a lead" not in said


def test_while_somebody_is_left_it_waits_for_a_lead() -> None:
    work = known_by_number()
    assert "Waiting for a lead" in text_of(leaving_out(work, LEAD).asks("list_cases"))


def in_danger_at_the_check() -> Someone:
    work = known_by_number()
    person = Someone(work, TEACHER)
    person.opens_form()
    person.answers({**V07, "harm_now": "in_danger_now"})
    person.presses("next_page")
    work.passes()
    assert work.at(LEAD)
    while "submit_report" not in {one.intent for one in person.screen_buttons()}:
        intents = {one.intent for one in person.screen_buttons()}
        person.presses("next_page" if "next_page" in intents else "go_on")
    return person


def test_the_check_of_danger_that_was_told_says_who_was_told_and_that_it_is_taken_back() -> None:
    person = in_danger_at_the_check()
    said = text_of(person.screen)
    assert "Priya Nair was told at 16:55" in said
    assert "They hear at once of what you send. If there is no reaction in time, then Tom Reid too." in said
    assert "Priya Nair is told at once" not in said
    assert "leaving them out takes the message back, but they may have read it" in said
    assert "Whoever you choose here gets no message" not in said


def test_the_check_of_what_nobody_was_told_says_who_is_told_at_once() -> None:
    person = Someone(known_by_number(), TEACHER)
    person.opens_form()
    person.answers({"harm_now": "no"})
    whole_form(person)
    said = text_of(person.screen)
    assert "Priya Nair is told at once; if there is no reaction in time, then Tom Reid." in said
    assert "Whoever you choose here gets no message" in said


def test_the_direct_number_stands_by_the_name_and_in_neither_notification_nor_receipt() -> None:
    work = known_by_number()
    person = leaving_out(work)
    assert "Priya Nair (01632 960002) is being told now." in text_of(person.screen)
    (message,) = [one for one, _ in work.outbox.values() if one.kind == "recommendation"]
    drawn = draw(message, work)
    assert drawn is not None
    assert "Direct: Priya Nair, 01632 960002; Tom Reid, 01632 960003." in text_of(drawn.content)
    assert "01632 960002" not in text_of(drawn.receipt) + drawn.receipt.summary + drawn.content.summary
    assert "Direct: Priya Nair, 01632 960002; Tom Reid, 01632 960003." in reminded(work)


def test_what_nobody_need_approve_says_what_it_is() -> None:
    work = a_work()
    raised(work)
    said = text_of(work.at(TEACHER)[-1])
    assert "You need nobody's approval to report it yourself." in said
    assert "approval is needed for that" not in said


def test_where_some_have_no_number_of_their_own_the_school_is_rung() -> None:
    both = Left((TOM, replace(PRIYA, phone="")), somebody_out=True)
    assert ring(both, SITE) == (
        f"Ring Tom Reid, Deputy DSL, 01632 960003; or Priya Nair, DSL, through {SITE.name}: {SITE.phone}. "
        "In danger now: call 999."
    )
