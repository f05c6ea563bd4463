"""Who has confirmed a referral is said for each; a contact that is gone keeps its name, and what it was for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from handlers.contact_names import GONE
from handlers.contacts import BY_HAND_LADO, BY_HAND_POLICE
from handlers.intents import Surface
from tests.handlers.deciding import (
    CARE_ROOM,
    DEPUTY,
    LEAD,
    POLICE,
    ROOM,
    TEACHER,
    a_work,
    acknowledges,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import TUESDAY, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05

IDS = ("(police)", "(care)", "police-", "social-care", "social_care", "teams:", "slack:")


def refers(*contacts: str, **site: object) -> MemoryWork:
    """A lead refers to these, and everything arrives."""
    work = a_work(**site)
    raised(work, V05)
    referring(work).answers({"contact": contacts}).presses("confirm_refer")
    work.passes()
    return work


def heard(work: MemoryWork, kind: str, who: object = TEACHER) -> list[str]:
    return [text_of(message) for one, message in work.arrived if (one.kind, one.to) == (kind, who)]


def without(work: MemoryWork, *gone: str, **changes: object) -> None:
    """Some contacts are removed from the site, or all of them are changed."""
    (site,) = work.directory.sites
    kept = tuple(replace(one, **changes) for one in site.contacts if one.id not in gone)  # type: ignore[arg-type]
    work.directory = replace(work.directory, sites=(replace(site, contacts=kept),))


# --- the raiser ------------------------------------------------------------------------------------------------------
def test_the_raiser_reads_who_has_confirmed_it_and_who_has_not() -> None:
    work = refers("police", "care")
    acknowledges(work, work.at(ROOM)[0])
    work.passes(60)

    (said,) = heard(work, "own_route")
    assert "The police have confirmed that they have it; children's social care have not yet." in said
    assert "Jo Marsh" not in said
    assert "nobody" not in said.partition("news")[2].partition("You may contact")[0]


def test_where_nobody_has_confirmed_it_all_of_them_are_named() -> None:
    work = refers("police", "care")
    work.passes(60)

    (said,) = heard(work, "own_route")
    assert "The police and children's social care have not confirmed yet that they have it." in said


@pytest.mark.parametrize("contacts", [("police", BY_HAND_POLICE, "care"), (BY_HAND_POLICE, "police", "care")])
def test_the_police_have_it_once_somebody_there_has_confirmed_it(contacts: tuple[str, ...]) -> None:
    work = refers(*contacts)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(60)

    assert "The police have confirmed that they have it; children's social care have not yet." in text_of(
        work.at(TEACHER)[-1]
    )


def test_where_somebody_at_each_agency_has_it_the_raiser_does_not_read_that_nobody_has() -> None:
    work = refers("police", BY_HAND_POLICE)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(60)

    (said,) = heard(work, "own_route")
    assert "The police have confirmed it, but not everybody who was to be told there." in said


def test_the_raiser_reads_of_a_designated_officer_only_that_somebody_else_was_told() -> None:
    work = refers("police", BY_HAND_LADO)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(60)

    (said,) = heard(work, "own_route")
    assert "The police have confirmed that they have it; another agency has not yet." in said
    assert "LADO" not in said


def test_what_a_lead_wrote_down_of_a_call_counts_for_the_raiser() -> None:
    work = refers(BY_HAND_POLICE, "care")
    person = Someone(work, LEAD).sees([one for one in work.at(LEAD) if "Ring now" in text_of(one)][-1])
    person.presses("write_down_call")
    person.answers({"log": "LOG 1"}).presses("confirm_call")
    work.passes(60)

    assert "The police have confirmed that they have it; children's social care have not yet." in text_of(
        work.at(TEACHER)[-1]
    )
    assert "The police have confirmed that they have it" in text_of(opened(work, TEACHER).screen)


def test_where_the_last_confirms_while_the_word_is_on_its_way_nothing_untrue_is_sent() -> None:
    work = refers("police")
    work.passes(16)
    work.passes(15, ends=lambda one: "queued" if one.kind in ("own_route", "reminder") else "sent")
    assert [one.state for one, _ in work.outbox.values() if one.kind == "own_route"] == ["queued"]
    acknowledges(work, work.at(ROOM)[0])
    before = len(heard(work, "reminder", DEPUTY)), len(heard(work, "reminder", LEAD))
    work.passes(1)

    assert heard(work, "own_route") == []
    assert (len(heard(work, "reminder", DEPUTY)), len(heard(work, "reminder", LEAD))) == before


# --- the leads -------------------------------------------------------------------------------------------------------
def test_a_reminder_names_who_has_confirmed_it_and_who_has_not() -> None:
    work = refers("police", "care", BY_HAND_LADO)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(16)

    (said,) = heard(work, "reminder", LEAD)
    assert "2 of the 3 in this referral have not confirmed it. Ring each now" in said
    assert "Confirmed: Police, Slack channel." in said
    assert "Not acknowledged yet. Ring the council's children's social care." in said
    assert "No call is written down yet. Ring the council's LADO." in said


def test_of_a_phone_call_it_is_not_said_that_nobody_acknowledged_it() -> None:
    work = refers(BY_HAND_POLICE)
    work.passes(16)

    (said,) = heard(work, "reminder", LEAD)
    assert "No call is written down: Police, by phone: 101. Ring now, and write it down." in said
    assert "acknowledged" not in said
    assert "No call is written down yet: Police, by phone: 101" in text_of(opened(work).screen)


@pytest.mark.parametrize("contacts", [("police",), ("police", "care", BY_HAND_LADO)])
def test_however_far_the_clock_jumps_nobody_reads_the_same_message_twice(contacts: tuple[str, ...]) -> None:
    work = refers(*contacts)
    for _ in range(3):
        work.now += 3 * (TUESDAY.replace(hour=20) - TUESDAY)
        work.passes()

    for who in (LEAD, DEPUTY, TEACHER):
        read = [text_of(message) for message in work.at(who)]
        assert len(read) == len(set(read))
    assert len(heard(work, "reminder", LEAD)) == 2
    assert "Still n" not in heard(work, "reminder", LEAD)[0]
    assert "Still n" in heard(work, "reminder", LEAD)[1]
    assert "Still n" not in heard(work, "reminder", DEPUTY)[0]


# --- a contact that is gone ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["removed", "out of use", "another agency"])
def test_a_contact_that_is_gone_keeps_its_name_wherever_a_lead_reads_it(how: str) -> None:
    work = refers("police", "care")
    match how:
        case "removed":
            without(work, "police", "care")
        case "out of use":
            without(work, suspended="lapsed")
        case _:
            without(work, purpose="lado", kind="by_hand", destination="01632 960012")
    work.passes(60)

    lead = Someone(work, LEAD)
    screens = [
        lead.asks("show_home", surface=Surface.HOME), lead.asks("list_cases"), opened(work).screen,
        *(message for one, message in work.arrived if one.kind == "reminder"),
    ]  # fmt: skip
    for said in map(text_of, screens):
        assert "Police, Slack channel" in said
        assert "Children's social care, Teams channel" in said
        assert not [one for one in IDS if one in said]


def test_who_acknowledged_is_said_with_the_name_of_a_contact_that_is_gone() -> None:
    work = refers("police")
    acknowledges(work, work.at(ROOM)[0])
    without(work, "police")
    work.passes()

    (said,) = heard(work, "acknowledged_told", LEAD)
    assert "Police, Slack channel." in said
    assert "Acknowledged by Jo Marsh of another organisation at" in said
    assert not [one for one in IDS if one in said]


def test_a_contact_of_which_an_earlier_release_kept_nothing_is_called_in_words() -> None:
    work = refers("police", "care")
    case = the_case(work)
    work.keep_case(replace(case, decisions=tuple(replace(one, told=()) for one in case.decisions)))
    without(work, "police", "care")
    work.passes(16)

    for said in (heard(work, "reminder", LEAD)[0], text_of(opened(work).screen)):
        assert GONE in said
        assert "(care)" not in said
        assert "Ring whoever that was: the police on 101, the council's children's social care." in said


def test_two_contacts_that_would_be_called_the_same_are_told_apart_for_leads_and_not_for_others() -> None:
    second = replace(POLICE, id="second", destination="T1/C8", room="northside-and-police")
    work = refers("police", "second", contacts=(replace(POLICE, room="northside-police"), second))
    work.passes(16)

    said = heard(work, "reminder", LEAD)[0]
    assert "Police, Slack channel (#northside-police)" in said
    assert "Police, Slack channel (#northside-and-police)" in said
    assert "northside-and-police" not in text_of(work.at(ROOM)[0])


def test_what_one_contact_reads_of_the_others_holds_no_id() -> None:
    work = refers("police", "care", BY_HAND_LADO)
    for room, others in ((ROOM, "Children's social care, Teams channel"), (CARE_ROOM, "Police, Slack channel")):
        told = text_of(work.at(room)[0]).split("Who else is told\n")[1].split("\n")
        assert [one.strip() for one in told[:2]] == [others, "LADO, by phone"]


def test_where_nobody_has_confirmed_it_that_is_said_as_one_says_it() -> None:
    work = refers("police", "care", BY_HAND_LADO)
    work.passes(40)
    first, second = heard(work, "reminder", LEAD)
    assert "None of the 3 in this referral has confirmed it. Ring each now" in first
    assert "Still none of the 3 in this referral has confirmed it. Ring each now" in second


def test_where_somebody_has_confirmed_one_referral_none_is_said_of_no_other() -> None:
    work = refers("police", "care", BY_HAND_POLICE)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(5)
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")
    referring(work).answers({"contact": ("police", "care")}).presses("confirm_refer")
    work.passes(40)

    every = heard(work, "reminder", LEAD)
    assert any("2 of the 2 told by the decision of 17:00 on Tuesday 24 November 2026 have not" in one for one in every)
    assert not [one for one in every if re.search(r"\bnone\b.*confirmed", one, re.IGNORECASE)]
    assert not [one for one in every if "Confirmed: Police, Slack channel" in one], "not what they were told last"
    before = "What was sent before they acknowledged at 16:55 on Tuesday 24 November 2026."
    assert any(f"Not acknowledged yet. {before} Ring 101" in one for one in every)
    assert before in text_of(opened(work).screen)
