"""For each agency the same number wherever it is said, and for social care never that of the police."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.case import Acknowledgement, Decision
from handlers.contact_names import GONE, called, purpose_of
from handlers.contacts import ANYBODYS, BY_HAND_POLICE, BY_HAND_SOCIAL_CARE
from handlers.people import Account
from handlers.ports import Delivery
from handlers.referring.acknowledge import BY_LINK, call_line
from handlers.referring.trouble import MAIL_WENT
from handlers.sites import Contact, Numbers
from tests.handlers.deciding import DECIDING_SITE, LEAD, POLICE, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import SITE, TUESDAY
from tests.handlers.person import text_of
from tests.handlers.stories import V05
from tests.handlers.test_who_has_it import heard, refers, without


@pytest.mark.parametrize("how", ["there", "removed", "out of use"])
def test_for_social_care_nobody_is_told_to_ring_the_police(how: str) -> None:
    work = refers("care", force="West Mercia Police")
    without(work, *(("care",) if how == "removed" else ()), **({"suspended": "lapsed"} if how == "out of use" else {}))
    work.passes(16)

    for said in (heard(work, "reminder", LEAD)[0], text_of(opened(work).screen)):
        assert "Ring the council's children's social care." in said
        assert "West Mercia" not in said.replace("Police, by phone: 101, West Mercia Police", "")
    work.passes(16)
    assert "the police on 101, the council's children's social care." in heard(work, "own_route")[0]
    shown = text_of(opened(work).presses("phone_instead"))
    assert "Ring the council's children's social care. In danger now: 999." in shown
    assert "West Mercia" not in shown


@pytest.mark.parametrize(
    ("site", "number"),
    [
        ({"numbers": Numbers(mash="01632 960010")}, "01632 960010"),
        ({"contacts": (Contact("hub", "social_care", "by_hand", "01632 960077"),)}, "01632 960077"),
        ({"contacts": (Contact("hub", "social_care", "by_hand", "https://a.example"),)}, "the council's children's"),
    ],
)
def test_the_number_of_social_care_is_the_same_wherever_it_is_said(site: dict[str, object], number: str) -> None:
    work = a_work()
    contacts = (*DECIDING_SITE.contacts, *site.get("contacts", ()))  # type: ignore[misc]  # a tuple
    work = refers("care", **{**site, "contacts": contacts})
    work.passes(32)

    assert f"Ring {number}" in heard(work, "reminder", LEAD)[0]
    assert f"Ring {number}" in text_of(opened(work).screen)
    assert number in heard(work, "own_route")[0]


def test_the_force_stands_with_its_number_where_a_lead_chooses_and_where_they_read_it_later() -> None:
    work = a_work(force="West Mercia Police")
    raised(work, V05)
    person = referring(work).answers({"contact": (BY_HAND_POLICE,)})
    assert text_of(person.screen).count("Police, by phone: 101, West Mercia Police") == 2  # the list and the choice
    assert "Police, by phone: 101, West Mercia Police" in text_of(person.presses("confirm_refer"))
    assert "Ring 101 and ask for West Mercia Police." in text_of(opened(work).screen)


@pytest.mark.parametrize(
    ("contact", "purpose"),
    [
        ("social-care-mail", "social_care"), ("police-teams-2", "police"), ("lado-mail", "lado"), ("duty", ""),
        (BY_HAND_SOCIAL_CARE, "social_care"),
    ],
)  # fmt: skip
def test_what_an_old_contact_was_for_is_told_from_the_id_that_chat_gave_it(contact: str, purpose: str) -> None:
    site = replace(DECIDING_SITE, contacts=())
    old = Decision(1, "refer", LEAD, "Priya", TUESDAY, "", 1, "england-2024", contacts=(contact,))
    assert purpose_of(site, old, contact) == purpose
    assert called(site, old, contact) == (
        GONE if contact != BY_HAND_SOCIAL_CARE else f"Children's social care, by phone: {ANYBODYS['social_care']}"
    )


@pytest.mark.parametrize(("mail", "words"), [(True, MAIL_WENT), (False, "The message arrived.")])
def test_of_what_arrived_a_lead_reads_what_that_was(mail: bool, words: str) -> None:
    inbox = Contact("inbox", "social_care", "mail", "duty@council.example", verified=True)
    work = refers("inbox" if mail else "police", contacts=(POLICE, inbox))

    said = text_of(opened(work).screen)
    assert words in said
    assert "It is there" not in said


def test_a_delivery_of_a_decision_that_is_not_there_says_nothing_false() -> None:
    work = refers("police")
    work.enqueue(Delivery("own_route", TEACHER, the_case(work).id, 1, extra="contact:7"))
    work.passes()
    assert heard(work, "own_route") == []


def test_of_a_link_that_nobody_signed_no_name_is_made_up() -> None:
    said = Acknowledgement(1, "inbox", Account("mail", "northside", "inbox.1"), BY_LINK, "mail:northside", TUESDAY)
    assert call_line(said, SITE).endswith("No name was given there.")
    assert call_line(replace(said, name="PC Marsh"), SITE).endswith("Name given there: PC Marsh.")
