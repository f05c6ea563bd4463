"""The test that a contact acknowledges, before anything else goes there and again before it lapses.

One test counts at a time: the one that was sent last, for as long as nothing has changed since (`Watched.test`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.clocks import day_told, today
from handlers.contacts import room_of
from handlers.intents import Subject
from handlers.people import Room
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Button, Buttons, Heading, Message, Paragraph, Small
from handlers.setup import silent_clock
from handlers.setup.admins_there import admins_in
from handlers.setup.at import At
from handlers.setup.standing_card import draw_anew
from handlers.setup.words import BY_A_TEST
from handlers.sites import Contact, Site, Watched

REVIEW_DAYS: Final = 90
"""How long an acknowledged contact is trusted."""
SUBJECT: Final = "Signpost: a test, no case"
"""Of a test by mail."""
APART: Final = timedelta(minutes=1)
"""Between two tests to one place: a second press sends no second message."""
SENT: Final = "A test is on its way. Once somebody there presses Acknowledge, leads can choose this contact."
SENT_AGAIN: Final = "A test is on its way. Once somebody there presses Acknowledge, the contact holds for 90 days more."
JUST_SENT: Final = "A test went there less than a minute ago. Wait for it before you send another."
HOLDS: Final = "Nothing was sent: this was acknowledged today, and holds until {day}."
NEWER: Final = "A newer test was sent here. Use that one: this one does not count any more."
VOID: Final = (
    "Something changed since this was sent, so it does not count any more. If {site} still needs to know that its "
    "notices arrive here, a new test follows."
)


def send_test(contact_id: str, at: At) -> str:
    """Queue a test, unless one went there a moment ago. What to say of it; empty where nothing can be sent.

    From now on it alone counts. Those before it lose their button.
    """
    site, work = at.site, at.work
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    room = room_of(contact, site) if contact and site else None
    if site is None or contact is None or room is None:
        return ""
    if contact.review_by is not None and not _would_change(contact, work):
        return HOLDS.format(day=day_told(contact.review_by))
    newest = newest_test(site, contact, work)
    waited_for = newest is not None and newest.id == contact.test
    if newest is not None and waited_for and (newest.due or work.now) > work.now - APART:
        return JUST_SENT
    work.record("setup.contact_tested", by=at.by, site=site.id, detail={"contact": contact.id})
    _take_back(site, contact, work)
    test = work.enqueue(Delivery("contact_test", room, extra=f"{site.id}:{contact.id}"))
    silent_clock.start(test, site, work)
    called = _called(contact, at.intent.known.rooms.get(room))
    admins = admins_in(at.intent.known.rooms.get(room), work.directory, contact.admins)
    now = Watched(contact.suspended, called, contact.told_due, test, contact.told_owner, admins, contact.own_press)
    work.keep_watched(site.id, contact.id, now)
    draw_anew(work)
    return SENT_AGAIN if in_use(contact) else SENT


def _would_change(contact: Contact, work: Work) -> bool:
    """Whether acknowledging a test would change anything: what was acknowledged today already holds for 90 days."""
    acknowledged = contact.review_by - timedelta(days=REVIEW_DAYS) if contact.review_by else None
    return not in_use(contact) or acknowledged is None or today(work.now) > acknowledged


def _called(contact: Contact, seen: Room | None) -> str:
    """What the channel is called now that it is tested. While it is in use another name is for the leads to hear of."""
    return contact.room if in_use(contact) or seen is None or not seen.name else seen.name


def _take_back(site: Site, contact: Contact, work: Work) -> None:
    """Take the button from the tests before, wherever they went. A mail cannot be changed: its page says it."""
    all_of_them = work.deliveries("")
    replaced = {one.replaces for one in all_of_them}
    for one in all_of_them:
        if one.kind != "contact_test" or one.extra != f"{site.id}:{contact.id}" or one.id in replaced:
            continue
        if one.state == "queued":
            work.cancel(one.id)
        elif one.to.platform != "mail" and one.state not in ("failed", "dropped"):
            work.enqueue(Delivery("contact_test_over", one.to, replaces=one.id, extra=one.extra))


def in_use(contact: Contact) -> bool:
    """Whether leads can choose it now, as far as its own proof goes."""
    return contact.verified and not contact.suspended


def counts(site: Site, contact: Contact, test: str) -> bool:
    """Whether acknowledging the test with that id would prove anything."""
    return (not site.declared or contact.suspended in BY_A_TEST) and bool(test) and test == contact.test


def newest_test(site: Site, contact: Contact, work: Work) -> Delivery | None:
    """The test that was sent last, of those that are still known."""
    which = f"{site.id}:{contact.id}"
    tests = [one for one in work.deliveries("") if one.kind == "contact_test" and one.extra == which]
    return tests[-1] if tests else None


def draw_test(delivery: Delivery, work: Work) -> Drawn | None:
    """The test as it stands in the contact's room; None once the contact is another one.

    One that does not count any more says so also where the contact has moved on: it is our own message, and holds
    nothing but the name of the site.
    """
    found = named_in(delivery.extra, work)
    if found is None:
        return None
    site, contact = found
    if delivery.kind == "contact_test_over":
        return Drawn(waits(site), over(site, contact))
    waiting = counts(site, contact, delivery.id)
    if room_of(contact, site) != delivery.to or not (waiting or in_use(contact)):
        return None
    drawn = tested(site, contact, delivery.id) if waiting else proved(site, contact)
    if delivery.to.platform == "mail":
        drawn = Message(SUBJECT, drawn.parts)
    return Drawn(waits(site), drawn, organisations=contact.organisations)


def site_and_contact(delivery: Delivery, work: Work) -> tuple[Site, Contact] | None:
    """What a test is about; None once the contact is gone or another one."""
    found = named_in(delivery.extra, work)
    return found if found is not None and room_of(found[1], found[0]) == delivery.to else None


def waits(site: Site) -> Message:
    """The empty receipt of a test."""
    said = f"Signpost: a test from {site.name}. There is no case."
    return Message("Signpost: a test. There is no case.", (Paragraph(said),))


def tested(site: Site, contact: Contact, test: str) -> Message:
    """The test itself, with its own id in the button."""
    token = Subject("site", site.id, test, 0, contact.id).write()
    return Message(
        "Signpost: a test. There is no case.",
        (
            Heading(f"A test from {site.name}: there is no case"),
            Paragraph(
                f"{site.name} would like to reach you here with safeguarding notices. Press Acknowledge, so that the "
                "school knows that they arrive. Nothing else happens."
            ),
            Buttons((Button("acknowledge", "Acknowledge", token, main=True),)),
            Small(f"If you do not know {site.name}, press nothing and tell them: {site.phone or 'the switchboard'}."),
        ),
    )


def proved(site: Site, contact: Contact) -> Message:
    """What stands there once it was acknowledged."""
    until = f" The school asks again by {day_told(contact.review_by)}." if contact.review_by else ""
    return Message(
        "Signpost: a test. There is no case.",
        (
            Heading(f"A test from {site.name}: acknowledged"),
            Paragraph(f"Thank you. Notices of {site.name} can come here from now on.{until}"),
        ),
    )


def over(site: Site, contact: Contact) -> Message:
    """What stands there once the test does not count any more."""
    return Message(
        "Signpost: a test. There is no case.",
        (Heading(f"A test from {site.name}: there is no case"), Paragraph(over_said(site, contact))),
    )


def over_said(site: Site, contact: Contact) -> str:
    """Why a test does not count any more."""
    return NEWER if contact.test else VOID.format(site=site.name)


def named_in(which: str, work: Work) -> tuple[Site, Contact] | None:
    """The site and the contact that `site:contact` names, as they are now."""
    site_id, _, contact_id = which.partition(":")
    site = work.directory.site(site_id)
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    return (site, contact) if site and contact else None
