"""The doctor warns before a contact lapses, is red once it is out of use, and never greener than the list in chat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.doctor import contacts
from bot.doctor.finding import status
from bot.settings import Settings
from handlers.setup.state import state
from handlers.sites import Contact, Site

DAY = date(2026, 11, 30)
ALL = Settings.model_validate(
    {
        "slack_bot_token": "xoxb-1", "smtp_url": "smtp://mail.example:587", "mail_from": "a@b.example",
        "public_url": "https://a.example",
    }
)  # fmt: skip


def site(contact: Contact, *, declared: bool = False) -> Site:
    return Site(
        "northside", "Northside", "england", ("slack:T1/U2", "slack:T1/U3"), phone="1", staff=("slack:T1/S5",),
        serves=frozenset({"slack:T1"}), contacts=(contact,), declared=declared,
    )  # fmt: skip


def channel(**more: object) -> Contact:
    return Contact("police", "police", "slack", "T1/C9", **{"verified": True, **more})  # type: ignore[arg-type]


def by_hand(**more: object) -> Contact:
    return Contact("lado", "lado", "by_hand", "01632 960012", **{"verified": True, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "code", "colour"),
    [(15, "", ""), (14, "contact_due", "amber"), (5, "contact_due", "amber"), (0, "contact_due", "amber"),
     (-1, "contact_out_of_use", "red")],
)  # fmt: skip
@pytest.mark.parametrize("declared", [True, False], ids=["file", "chat"])
def test_a_contact_is_amber_for_two_weeks_and_then_red(days: int, code: str, colour: str, *, declared: bool) -> None:
    due = site(channel(review_by=DAY + timedelta(days=days)), declared=declared)
    found = list(contacts.look(due, ALL, DAY))

    assert [(one.code, one.state) for one in found] == ([(code, colour)] if code else [])
    for one in found:
        assert ("`review_by`" if declared else "Send the test again") in one.do
        assert one.about == "'northside'"


def test_a_number_that_nobody_has_checked_stays_on_offer_and_is_amber() -> None:
    (soon,) = contacts.look(site(by_hand(review_by=DAY)), ALL, DAY)
    (over,) = contacts.look(site(by_hand(review_by=DAY - timedelta(days=1))), ALL, DAY)
    assert (soon.code, over.code, soon.state, over.state) == ("contact_due", "contact_overdue", "amber", "amber")
    assert "out of use" not in soon.found


@pytest.mark.parametrize(
    "contact",
    [
        channel(),
        channel(suspended="archived"),
        channel(suspended="lapsed", review_by=DAY - timedelta(days=1)),
        channel(verified=False),
        channel(review_by=DAY + timedelta(days=5), told_due=str(DAY + timedelta(days=5))),
        Contact("mash", "social_care", "mail", "duty@council.example", verified=True, suspended="no_such_mailbox"),
        Contact("teams", "police", "teams", "TENANT/19:a/19:b", verified=True, within_reach=False),
    ],
)
def test_it_is_as_red_as_chat(contact: Contact) -> None:
    found = list(contacts.look(site(contact), ALL, DAY))
    in_chat = state(site(contact)).partition(":")[0].lower()
    worst = "red" if status(found) else "amber" if found else "green"
    assert worst == in_chat, (found, state(site(contact)))
    assert len(found) <= 1, "one matter is one line"
