"""What an admin reads of a contact that needs somebody: what is the matter, what was done, and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.hours import read_hours
from handlers.people import Room
from handlers.screens import Item
from handlers.setup.state import state
from handlers.setup.watch import owner_watched
from handlers.setup.words import SOCIAL_CARE
from handlers.sites import Contact
from policy import EDITIONS
from tests.handlers.memory import LEAD, MemoryWork
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site
from tests.handlers.test_setup_renewed import LINK, acknowledges, looks, with_a_contact

CALLED = "Police, Slack channel (police-slack)"


def todo(admin: Admin) -> Item:
    """The row of the contact in the list of what is still to do."""
    rows = [one for one in admin.opens_setup().screen.parts if isinstance(one, Item)]
    (found,) = [one for one in rows if one.label.startswith(f"Northside: {CALLED}")]
    return found


def everywhere(admin: Admin) -> list[str]:
    """What the three places say where a contact is met: the list, the page of its site, its own window."""
    (row,) = [one for one in admin.to("overview").screen.parts if isinstance(one, Item) and one.label == CALLED]
    return [todo(admin).text, row.text, text_of(admin.to("contact", "police-slack").screen)]


def lapsed() -> Admin:
    admin = with_a_contact()
    admin.work.now += timedelta(days=91)
    looks(admin.work)
    return admin


def sends(admin: Admin) -> None:
    admin.to("contact", "police-slack")
    admin.presses("test_contact")


def test_a_lapsed_contact_says_that_a_test_is_the_way_out_and_then_that_one_is_waited_for() -> None:
    admin = lapsed()
    row = todo(admin)
    assert (row.label, row.button.label) == (f"Northside: {CALLED}: out of use", "Do it")
    for said in everywhere(admin):
        assert "Nobody has checked it in time. Send the test again: once somebody there acknowledges it" in said

    sends(admin)
    assert "A test is on its way; nobody has acknowledged it yet." in todo(admin).text
    admin.work.passes()
    for said in everywhere(admin):
        assert "A test was sent at 16:55 on Tuesday 23 February 2027; nobody has acknowledged it yet." in said
        assert "Send the test again:" not in said
    assert todo(admin).button.label == "View", "there is nothing to do but wait"
    acknowledges(admin.work)
    assert "In use." in text_of(admin.to("contact", "police-slack").screen)


def test_one_that_waits_says_since_when_and_offers_nothing_to_do() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    admin.work.passes()
    for said in everywhere(admin):
        assert "on Tuesday 24 November 2026; nobody has acknowledged it yet." in said
    assert (todo(admin).label, todo(admin).button.label) == (f"Northside: {CALLED}: waits to be acknowledged", "View")
    assert "not of your school, has to press Acknowledge" in todo(admin).text


def test_a_test_that_failed_is_said_in_the_list_and_on_the_page_too() -> None:
    admin = lapsed()
    sends(admin)
    _last_test_went_wrong(admin.work)
    for said in everywhere(admin):
        assert "It was not delivered" in said
        assert "nobody has acknowledged" not in said


def test_a_first_test_that_failed_is_what_is_to_be_put_right() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    _last_test_went_wrong(admin.work)
    row = todo(admin)
    assert row.label == f"Northside: {CALLED}: the test went wrong"
    assert "Once that is put right, send the test again. Leads ring until then." in row.text
    assert "press Acknowledge" not in row.text


def test_a_test_that_counts_no_more_is_not_waited_for() -> None:
    admin = lapsed()
    sends(admin)
    admin.work.passes()
    looks(admin.work, Room("archived"))
    site = admin.site
    moved = tuple(replace(one, test="") for one in site.contacts)
    admin.work.directory = replace(admin.work.directory, sites=(replace(site, contacts=moved),))
    assert "nobody has acknowledged" not in " ".join(everywhere(admin))


def test_what_has_to_be_put_right_elsewhere_says_why_and_the_way_out() -> None:
    admin = with_a_contact()
    looks(admin.work, Room("archived"))
    row = todo(admin)
    assert (row.label, row.button.label) == (f"Northside: {CALLED}: out of use", "View")
    put_right = "The channel is archived. Once that is put right, send the test again. Leads ring until then."
    assert row.text == f"#police-liaison, shared with another organisation (T9). {put_right}"
    assert state(admin.site).startswith("Red: a contact is out of use.")


@pytest.mark.parametrize(
    ("contact", "what", "why"),
    [
        (Contact("p", "police", "mail", "a@police.example"), "not in use", "verified = true"),
        (Contact("p", "police", "mail", "a@police.example", verified=True, within_reach=False), "out of reach",
         "is not connected"),
    ],
)  # fmt: skip
def test_no_contact_that_leads_cannot_choose_is_left_without_a_word(contact: Contact, what: str, why: str) -> None:
    admin = with_a_site()
    declared = replace(admin.site, contacts=(contact,), declared=True)
    admin.work.directory = replace(admin.work.directory, sites=(declared,))
    said = text_of(admin.to("overview").screen)
    assert f"Police, e-mail (p): {what}" in said
    assert why in said


def test_the_day_by_which_a_contact_has_to_be_checked_is_named() -> None:
    admin = with_a_contact()
    admin.work.now += timedelta(days=80)
    looks(admin.work)
    assert admin.site.contacts[0].review_by == date(2027, 2, 22)
    admin.work.passes(minutes=5)
    assert "It is out of use after 22 February 2027. An admin sends it a test" in text_of(admin.work.at(LEAD)[-1])
    assert state(admin.site) == "Amber: works, and a contact has to be checked by 22 February 2027."
    assert (todo(admin).label, todo(admin).button.label) == (
        f"Northside: {CALLED}: to be checked by 22 February 2027", "Do it",
    )  # fmt: skip
    sends(admin)
    admin.work.passes()
    assert "nobody has acknowledged it yet" in todo(admin).text
    assert todo(admin).button.label == "View"


def _last_test_went_wrong(work: MemoryWork) -> None:
    for key, (delivery, due) in work.outbox.items():
        if delivery.kind == "contact_test" and delivery.state == "queued":
            work.outbox[key] = (replace(delivery, state="failed", why="channel_not_found", id=key), due)


def page(admin: Admin) -> dict[str, str]:
    """The rows of the page of a site by their labels."""
    return {one.label: one.text for one in admin.to("overview").screen.parts if isinstance(one, Item)}


def test_the_page_of_a_site_shows_its_nation_every_number_that_is_set_and_names_the_usual_ones_that_are_not() -> None:
    admin = with_a_site()
    missing = (
        "Not set: police force, children's social care (MASH), LADO. Screens then say whom to ring, and no number."
    )
    assert page(admin)["Name and numbers"].splitlines() == ["England", "Switchboard: 01632 960001", missing]
    admin.to("site").saves(
        force="Northshire Police", mash="01632 960010", out_of_hours="01632 960011", lado="01632 960012",
        officer="101 ext 4", links="Our policy https://school.example/policy", mail_domains="northside.sch.example",
    )  # fmt: skip
    assert page(admin)["Name and numbers"].splitlines()[2:] == [
        "Police force: Northshire Police", "Children's social care (MASH): 01632 960010",
        "Children's social care, out of hours: 01632 960011", "LADO: 01632 960012", "Safer schools officer: 101 ext 4",
        "Own mail domains: northside.sch.example", "Own guidance: Our policy (school.example)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nation", "says", "missing"),
    [
        ("wales", "Wales", "Not set: police force, social services, LADO."),
        ("scotland", "Scotland", ""),
        ("northern_ireland", "Northern Ireland", ""),
    ],
)
def test_each_nation_is_spoken_of_in_its_own_terms(nation: str, says: str, missing: str) -> None:
    admin = with_a_site()
    admin.to("site").saves(nation=(nation,))
    said = page(admin)["Name and numbers"]
    assert said.startswith(says)
    assert "hildren's social care" not in said
    assert "MASH" not in said
    assert "children's social care" not in text_of(admin.to("overview").screen)
    window = text_of(admin.to("site").screen)
    assert "MASH" not in window
    assert "Children's social care" not in window
    assert (missing in said) if missing else "Not set" not in said


def test_the_names_of_social_care_are_those_of_the_editions() -> None:
    for one in EDITIONS:
        assert SOCIAL_CARE[one.nation].lower() == one.social_care_name


@pytest.mark.parametrize("section", ["overview", "site", "people", "contact"])
def test_a_window_of_setting_up_begins_with_999_and_speaks_of_no_form(section: str) -> None:
    said = text_of(with_a_site().to(section).screen)
    assert said.startswith("In danger now? Call 999, and stay with the child.")
    assert "form can wait" not in said


def test_the_page_of_a_site_says_who_looks_after_each_contact_its_hours_and_by_when_it_is_checked() -> None:
    admin = with_a_contact()
    assert page(admin)[CALLED].splitlines() == [
        "#police-liaison, shared with another organisation (T9). In use. To be checked again by 22 February 2027.",
        "Nobody is named to look after it. Somebody is there at all hours.",
    ]
    admin.to("contact", "police-slack").saves(owner="UWREN", hours="Mon-Fri 08:00-16:00", out_of_hours="ring 101.")
    admin.to("contact").saves(purpose="lado", kind="by_hand", destination="01632 960012", owner="UWREN")
    assert page(admin)[CALLED].splitlines()[1:] == [
        "Wren Okafor looks after it. Somebody is there Mon-Fri 08:00-16:00; outside these hours: ring 101.",
    ]
    assert page(admin)["LADO, by phone: 01632 960012"].splitlines() == [
        "In use: a lead rings.", "Wren Okafor looks after it. Somebody is there at all hours.",
    ]  # fmt: skip


def test_a_contact_whose_owner_has_left_says_so_on_the_page_of_its_site() -> None:
    admin = with_a_contact()
    admin.to("contact", "police-slack").saves(owner="UWREN")
    owner_watched("northside", "police-slack", "slack:T1/UWREN", gone=True, work=admin.work)
    said = page(admin)[CALLED]
    assert "Wren Okafor looked after it and has no account any more: name somebody else." in said


def test_one_that_has_to_be_checked_soon_or_lapsed_says_its_day_once() -> None:
    admin = with_a_contact()
    admin.work.now += timedelta(days=80)
    looks(admin.work)
    assert page(admin)[CALLED].count("22 February 2027") == 1
    admin.work.now += timedelta(days=20)
    looks(admin.work)
    assert "It was to be checked by 22 February 2027." in page(admin)[CALLED]


def test_a_contact_of_the_file_says_the_same() -> None:
    admin = with_a_site()
    mailbox = Contact(
        "p", "police", "mail", "a@police.example", verified=True, owner="Sam at the desk",
        hours=read_hours("Mon-Fri 08:00-16:00"), out_of_hours="ring 101", review_by=date(2027, 5, 1),
    )  # fmt: skip
    declared = replace(admin.site, contacts=(mailbox,), declared=True)
    admin.work.directory = replace(admin.work.directory, sites=(declared,))
    said = text_of(admin.to("overview").screen)
    assert "To be checked again by 1 May 2027." in said
    assert (
        "Sam at the desk looks after it. Somebody is there Mon-Fri 08:00-16:00; outside these hours: ring 101." in said
    )
