"""Where the newest facts say 'Call 999 now', everything that somebody hears or lists of the case begins with that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Person
from handlers.screens import Item
from tests.handlers.deciding import (
    DEPUTY,
    LEAD,
    TEACHER,
    a_work,
    opened,
    raised,
    referring,
)
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05, V18

CHECK = "Check that 999 was called."
CALL = "Call 999 now, if nobody has yet."
PHONES = (
    Person((LEAD,), name="Priya Nair", role="DSL", phone="01632 960002"),
    Person((TEACHER,), name="Amira Khan", phone="01632 960009"),
)


def with_phones() -> MemoryWork:
    work = a_work()
    work.directory = replace(work.directory, persons=PHONES)
    return work


def row(work: MemoryWork, who: Account) -> str:
    screen = Someone(work, who, MEMBER).asks("list_cases")
    (text,) = [part.text for part in screen.parts if isinstance(part, Item)]
    return text


def tells(work: MemoryWork, who: Account, since: int) -> list[str]:
    """What arrived for somebody after that many messages; receipts that overwrite a line aside."""
    return [text_of(content) for one, content in work.arrived[since:] if one.to == who and not one.replaces]


@pytest.mark.parametrize("who", [LEAD, DEPUTY])
def test_a_reminder_that_nobody_opened_it_begins_with_999_and_whom_to_ring(who: Account) -> None:
    work = with_phones()
    raised(work, V05)
    work.passes(10)
    before = len(work.arrived)
    work.passes(10)
    (said,) = tells(work, who, before)
    assert said.startswith(f"{CHECK} Ring Amira Khan, who raised it: 01632 960009.")
    assert "Nobody has opened this yet. Open it now." in said


def test_where_the_raiser_has_no_number_the_switchboard_stands_there(work: MemoryWork) -> None:
    raised(work, V05)
    work.passes(25)
    said = "Ring the person who raised it through Northside Academy: 01632 960001."
    assert text_of(work.at(DEPUTY)[-1]).startswith(f"{CHECK} {said}")


def test_a_reminder_to_decide_begins_with_it_and_says_whom_to_ring_who_has_it_open() -> None:
    work = with_phones()
    raised(work, V05)
    opened(work)
    before = len(work.arrived)
    work.passes(31)
    (holder,), (other,), (raiser,) = (tells(work, who, before) for who in (LEAD, DEPUTY, TEACHER))
    for said in (holder, other):
        assert said.startswith(CHECK)
        assert "01632 960009" in said
    assert "Priya Nair opened it, and nobody has decided yet. Decide now, or ring them: 01632 960002." in other
    assert "You opened it, and nobody has decided yet. Decide now." in holder
    assert raiser.startswith(CALL)
    assert "01632 960002" in raiser


def test_whoever_raised_it_reads_it_first_in_every_news_of_it() -> None:
    work = with_phones()
    raised(work, V05)
    before = len(work.arrived)
    work.passes(25)
    opened(work, DEPUTY)
    work.passes(31)
    referring(work).presses("confirm_refer")
    work.passes(60)
    news = tells(work, TEACHER, before)
    assert len(news) == 4, news  # nobody opened it, nobody decided, decided, nobody acknowledged
    assert [one for one in news if not one.startswith(CALL)] == []
    assert [one for one in news if "In danger now: call 999." not in one] == []


def test_reminders_and_alarms_about_a_contact_begin_with_it_too() -> None:
    work = with_phones()
    raised(work, V05)
    referring(work).presses("confirm_refer")
    before = len(work.arrived)
    work.passes(60, ends=lambda one: "failed" if one.kind == "referral" else "sent")
    said = tells(work, LEAD, before)
    assert any("is not confirmed" in one for one in said)
    assert any("Nobody has acknowledged it" in one for one in said)
    assert [one for one in said if not one.startswith(CHECK)] == []


def test_what_a_lead_asks_begins_with_it() -> None:
    work = with_phones()
    raised(work, {**V05, "coercion": "not_known"})
    person = opened(work)
    person.presses("ask_for_facts")
    person.answers({"ask": ("coercion",)}).presses("confirm_ask_for_facts")
    work.passes()
    assert text_of(work.at(TEACHER)[-1]).startswith(CALL)


def test_its_row_in_a_list_begins_with_it_for_leads_and_for_whoever_raised_it() -> None:
    work = with_phones()
    raised(work, V05)
    assert row(work, LEAD).startswith(
        "999 now. Check that it was called: ring Amira Khan, who raised it: 01632 960009."
    )
    assert row(work, TEACHER).startswith(f"{CALL} Ring the DSL or a deputy through Northside Academy: 01632 960001.")
    other = replace(work.directory.sites[0], id="southside", name="Southside College")
    work.directory = replace(work.directory, sites=(*work.directory.sites, other))
    assert row(work, LEAD).startswith("999 now.")
    assert row(work, TEACHER).startswith(CALL)


def test_the_row_says_it_until_nobody_has_anything_left_to_do() -> None:
    work = with_phones()
    raised(work, V05)
    referring(work).presses("confirm_refer")
    work.passes()
    assert row(work, LEAD).startswith("999 now.")
    assert row(work, TEACHER).startswith(CALL)


def test_a_site_that_shows_little_in_chat_shows_nothing_of_it_in_a_row() -> None:
    work = a_work(chat_detail="receipt")
    raised(work, V05)
    assert row(work, LEAD).startswith("Raised")
    assert row(work, TEACHER).startswith("Raised")


@pytest.mark.parametrize("who", [LEAD, DEPUTY, TEACHER])
def test_of_other_cases_nothing_of_it_is_said_first(work: MemoryWork, who: Account) -> None:
    raised(work, V18)
    before = len(work.arrived)
    work.passes(60 * 3)
    assert [one for one in tells(work, who, before) if one.startswith((CHECK, CALL))] == []
    assert not row(work, who).startswith(("999", CALL))


def test_who_alone_leads_and_raised_it_is_not_told_to_ring_themselves() -> None:
    work = a_work(leads=(str(LEAD),))
    raised(work, V05, by=LEAD)
    work.passes(60)
    said = text_of(work.at(LEAD)[-1])
    assert said.startswith(CALL)
    assert "who raised it" not in said
    assert "Nobody has decided yet. Decide now." in said
