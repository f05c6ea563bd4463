"""Which contacts a lead is offered, what they are told of each, and numbered updates after late facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from handlers.case import Decision
from handlers.contact_names import called
from handlers.contacts import as_connected, contacts_of, is_there, looked_after, room_of, suggested
from handlers.hours import Hours
from handlers.people import Person
from handlers.screens import Question
from handlers.sites import Contact
from tests.handlers.deciding import (
    CARE_ROOM,
    DECIDING_SITE,
    LEAD,
    POLICE,
    ROOM,
    TEACHER,
    a_work,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import DIRECTORY
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V18

MAIL = Contact("inbox", "police", "mail", "desk@police.example", verified=True)
HOURS = Hours(frozenset(range(5)), time(8), time(16), "Mon-Fri 08:00-16:00")
DAYTIME = replace(POLICE, hours=HOURS, out_of_hours="ring 101")
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("connected", "offered"),
    [
        (frozenset({"slack:T1", "teams:TEN", "mail"}), {"police", "care", "inbox"}),
        (frozenset({"slack:T1"}), {"police"}),
        (frozenset({"slack:T2", "teams:TEN"}), {"care"}),
        (frozenset({"mail"}), {"inbox"}),
        (frozenset(), set()),
    ],
)
def test_a_contact_whose_platform_is_not_connected_is_not_on_offer(
    connected: frozenset[str], offered: set[str]
) -> None:
    site = replace(DECIDING_SITE, contacts=(*DECIDING_SITE.contacts, MAIL))
    (marked,) = as_connected(replace(DIRECTORY, sites=(site,)), connected).sites
    found = contacts_of(marked)

    assert {one.id for one in found if one.kind != "by_hand"} == offered
    by_hand = {one.purpose: one.destination for one in found if one.kind == "by_hand"}
    assert set(by_hand) == {"police", "social_care", "lado"}, "the phone always is"
    assert all(by_hand.values()), "and says whom to ring, whether a number is entered or not"


def test_a_mailbox_is_known_by_no_address_and_a_changed_address_is_another_room() -> None:
    room = room_of(MAIL, DECIDING_SITE)
    assert room is not None
    assert "@" not in str(room)
    assert room != room_of(replace(MAIL, destination="other@police.example"), DECIDING_SITE)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 15, 0, tzinfo=UTC), False),
    ],
    ids=["opens", "a minute before", "closes", "Saturday", "Christmas", "summer time opens", "summer time closes"],
)
def test_hours_go_by_the_clock_in_london_and_stop_on_bank_holidays(moment: datetime, *, there: bool) -> None:
    assert is_there(DAYTIME, DECIDING_SITE, moment) is there


def test_where_nobody_is_there_the_window_says_so_and_the_phone_is_chosen() -> None:
    work = a_work(contacts=(DAYTIME,))
    raised(work, V18)  # at 16:55
    screen = opened(work).presses("refer")
    (question,) = [part for part in screen.parts if isinstance(part, Question) and part.id == "contact"]

    assert "Nobody is there now. There Mon-Fri 08:00-16:00; outside these hours: ring 101." in text_of(screen)
    assert "police" not in question.chosen
    assert "police_by_phone" in question.chosen
    result = the_case(work).latest.recommendation()
    assert "police" in suggested(replace(DECIDING_SITE, contacts=(DAYTIME,)), result, TUESDAY_NOON)


def test_an_entry_that_nobody_has_checked_in_time_is_said_to_be_so() -> None:
    stale = replace(POLICE, owner="Office manager", review_by=date(2026, 11, 23))
    assert "Not checked by Office manager since it fell due on 23 November 2026" in looked_after(
        stale, DECIDING_SITE, TUESDAY_NOON
    )
    assert looked_after(replace(stale, review_by=date(2026, 11, 24)), DECIDING_SITE, TUESDAY_NOON) == ""


def test_the_message_says_when_the_lead_can_be_reached_and_who_else_is_told() -> None:
    work = a_work()
    persons = (Person((LEAD,), "Priya Nair", "DSL", "01632 960002", "until 17:00"),)
    work.directory = replace(work.directory, persons=persons)
    raised(work)
    person = referring(work)
    window = text_of(person.screen)
    person.answers({"contact": ("police", "care")}).presses("confirm_refer")
    work.passes()
    message = text_of(work.at(ROOM)[-1])

    assert "Priya Nair, DSL, 01632 960002, reachable until 17:00" in message
    told = message.split("Who else is told\n")[1].splitlines()[0]
    assert told.strip() == "Children's social care, Teams channel", "and no id"
    assert [line for line in message.splitlines() if line != "Acknowledge" and line not in window.splitlines()] == []


def test_facts_that_come_after_a_referral_go_as_a_numbered_update_that_is_approved_again() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    first = text_of(work.at(ROOM)[-1])
    assert "Update" not in first
    for number, answer in ((1, "yes"), (2, "not_known")):
        teacher = Someone(work).sees(work.at(TEACHER)[0])
        teacher.presses("update_facts")
        teacher.answers({"capacity_concern": answer}).presses("recommend_now")
        before = len(work.at(ROOM))
        work.passes()
        assert len(work.at(ROOM)) == before, "nothing goes by itself"
        assert f"'Send update {number}'" in text_of(work.at(LEAD)[-1])

        person = opened(work)
        assert person.button("refer").label == f"Send update {number}"
        person.presses("refer")
        said = f"Update {number}: it replaces what was sent before."
        assert said in text_of(person.screen)
        person.answers({"contact": ("police",), "consequences_read": ("yes",)}).presses("confirm_refer")
        work.passes()
        assert said in text_of(work.at(ROOM)[-1])


def test_a_second_agency_told_of_the_same_facts_gets_no_update() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    person = opened(work)
    person.presses("refer")
    person.answers({"contact": ("care",), "consequences_read": ("yes",)}).presses("confirm_refer")
    work.passes()
    sent = [text_of(message) for message in work.at(CARE_ROOM)]
    assert len(sent) == 1
    assert "Update" not in sent[0]


def test_everybody_who_was_told_is_chosen_for_the_update_and_it_stays_due_until_all_of_them_have_it() -> None:
    work = a_work()
    raised(work)
    person = referring(work)
    person.answers({"contact": ("police", "care")}).presses("confirm_refer")
    work.passes()
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"age_depicted": "under_13"}).presses("recommend_now")
    person = opened(work)
    screen = person.presses("refer")
    (question,) = [part for part in screen.parts if isinstance(part, Question) and part.id == "contact"]
    assert {"police", "care"} <= set(question.chosen)

    person.answers({"contact": ("police",), "consequences_read": ("yes",)}).presses("confirm_refer")
    person = opened(work)
    assert person.button("refer").label == "Send update 1", "social care still has the old facts"
    person.presses("refer")
    person.answers({"contact": ("care",), "consequences_read": ("yes",)}).presses("confirm_refer")
    assert opened(work).button("refer").label == "Refer to a further agency"


def test_who_is_told_for_the_first_time_reads_of_no_update() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    teacher = Someone(work).sees(work.at(TEACHER)[0]) if work.at(TEACHER) else Someone(work)
    teacher.presses("update_facts")
    teacher.answers({"age_depicted": "under_13"}).presses("recommend_now")
    person = opened(work)
    person.presses("refer")
    person.answers({"contact": ("police", "care"), "consequences_read": ("yes",)}).presses("confirm_refer")
    work.passes()
    assert "Update 1" in text_of(work.at(ROOM)[-1])
    assert "Update" not in text_of(work.at(CARE_ROOM)[-1])


def test_a_number_that_a_contact_of_the_site_has_replaced_is_still_called_by_its_name() -> None:
    (site,) = DIRECTORY.sites
    rung = Contact("police-by-hand", "police", "by_hand", "01632 960077")
    decision = Decision(1, "refer", LEAD, "Priya", TUESDAY_NOON, "", 1, "england-2024", contacts=("police_by_phone",))
    assert called(replace(site, contacts=(rung,)), decision, "police_by_phone") == "Police, by phone"
