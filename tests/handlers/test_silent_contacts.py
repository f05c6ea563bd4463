"""A contact that never acknowledges its test is spoken of: to whoever looks after it and to admins, in one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.people import Account
from handlers.screens import buttons_of
from handlers.setup.silent import look_again
from handlers.setup.silent_clock import SILENT
from handlers.sites import Contact
from tests.handlers.memory import ADMIN, DEPUTY, LEAD
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site
from tests.handlers.test_setup_renewed import acknowledges

WREN = Account.parse("slack:T1/UWREN")
"""Looks after a contact, and leads nothing."""
CONTACTS = (
    Contact("care", "social_care", "mail", "duty@mash.example", owner="Wren Okafor", owner_account=str(WREN)),
    Contact("police", "police", "slack", "T1/C0POLICE1"),
    Contact("officer", "police", "teams", "TEN/TEAM/19:a@thread.tacv2"),
)
CARE, POLICE, OFFICER = CONTACTS
TUESDAY, FRIDAY = datetime(2026, 11, 24, 17, 0, tzinfo=UTC), datetime(2026, 11, 27, 11, 0, tzinfo=UTC)


def with_tests(*contacts: Contact) -> Admin:
    """An admin who has just sent each of these a test, on a Tuesday."""
    admin = with_a_site()
    admin.work.keep_site(replace(admin.site, contacts=contacts, mail_domains=("northside.example",)))
    for one in contacts:
        sends(admin, one)
    admin.work.passes(minutes=11)
    admin.work.arrived[:] = [one for one in admin.work.arrived if one[0].to not in (ADMIN, WREN, LEAD, DEPUTY)]
    return admin


def sends(admin: Admin, contact: Contact, site: str = "northside") -> None:
    admin.to("contact", contact.id, site=site)
    admin.presses("test_contact")


def until(admin: Admin, moment: datetime) -> None:
    admin.work.passes((moment - admin.work.now) / timedelta(minutes=1))


def reads(admin: Admin, who: Account) -> list[str]:
    found = [text_of(message) for delivery, message in admin.work.arrived if delivery.to == who]
    admin.work.arrived[:] = [one for one in admin.work.arrived if one[0].to != who]
    return found


@pytest.mark.parametrize("contact", CONTACTS, ids=["mail", "slack", "teams"])
def test_after_three_days_admins_read_which_one_it_is_and_what_to_do_and_every_fortnight_again(
    contact: Contact,
) -> None:
    admin = with_tests(contact)
    until(admin, FRIDAY - timedelta(hours=2))
    assert reads(admin, ADMIN) == []
    until(admin, FRIDAY)
    (button,) = buttons_of(admin.work.at(ADMIN)[-1])
    assert button.label == "Open the contact"
    (said,) = reads(admin, ADMIN)
    assert said.startswith("Northside: a contact has not acknowledged its test\n")
    assert "(Northside). A test was sent at 16:" in said
    assert "on Tuesday 24 November 2026; nobody has acknowledged it yet. Ask them whether it has arrived" in said
    assert reads(admin, LEAD) == [], "a lead rings anyway"
    until(admin, FRIDAY + timedelta(days=13))
    assert reads(admin, ADMIN) == []
    until(admin, FRIDAY + timedelta(days=14))
    assert len(reads(admin, ADMIN)) == 1
    until(admin, FRIDAY + timedelta(days=60))
    again = reads(admin, ADMIN)
    assert len(again) == 3
    assert all("nobody has acknowledged it" in one or "Nobody has acknowledged" in one for one in again)


def test_whoever_looks_after_it_hears_of_theirs_and_an_admin_of_all_in_one_message_each() -> None:
    admin = with_tests(CARE, POLICE)
    admin.work.keep_site(replace(admin.site, id="south", name="Southside", contacts=(OFFICER,), rev=0))
    sends(admin, OFFICER, "south")
    until(admin, FRIDAY)
    (mine,) = reads(admin, ADMIN)
    assert mine.startswith("Signpost: contacts have not acknowledged their tests\n")
    for where in ("duty@mash.example (Northside)", "#police-liaison", "(Southside)"):
        assert where in mine
    (theirs,) = reads(admin, WREN)
    assert "duty@mash.example" in theirs
    assert "police-liaison" not in theirs
    assert "tell an admin of Signpost" in theirs


def test_an_admin_who_looks_after_it_hears_once() -> None:
    admin = with_tests(replace(CARE, owner_account=str(ADMIN)))
    until(admin, FRIDAY)
    assert len(reads(admin, ADMIN)) == 1


def test_what_was_acknowledged_removed_or_tested_anew_meanwhile_is_not_spoken_of() -> None:
    admin = with_tests(POLICE)
    acknowledges(admin.work)
    reads(admin, ADMIN)
    until(admin, FRIDAY + timedelta(days=20))
    assert [one for one in reads(admin, ADMIN) if "not acknowledged" in one] == []

    admin = with_tests(POLICE)
    admin.work.keep_site(replace(admin.site, contacts=()))
    until(admin, FRIDAY)
    assert reads(admin, ADMIN) == []

    admin = with_tests(POLICE)
    admin.work.passes(minutes=60 * 24)
    sends(admin, POLICE)
    until(admin, FRIDAY)
    assert reads(admin, ADMIN) == [], "three days count from the newest test"
    until(admin, FRIDAY + timedelta(days=3))
    assert len(reads(admin, ADMIN)) == 1


def test_it_comes_in_the_morning_of_a_working_day() -> None:
    admin = with_tests(POLICE)
    until(admin, datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    sends(admin, POLICE)  # three days on is a Sunday
    until(admin, datetime(2026, 11, 30, 9, 59, tzinfo=UTC))
    assert reads(admin, ADMIN) == []
    until(admin, datetime(2026, 11, 30, 10, 5, tzinfo=UTC))
    assert len(reads(admin, ADMIN)) == 1


def test_a_clock_that_is_answered_twice_speaks_once_and_the_trail_has_no_word_of_it() -> None:
    admin = with_tests(POLICE)
    (clock,) = [one for one in admin.work.deliveries("") if one.extra.startswith(f"{SILENT}:")]
    until(admin, FRIDAY)
    look_again(clock, admin.work)
    until(admin, FRIDAY + timedelta(hours=1))
    (said,) = reads(admin, ADMIN)
    assert "No case." in said
    (detail,) = [detail for event, detail in admin.work.recorded if event == "setup.contact_silent"]
    assert set(detail) == {"contact", "change", "words"}
