"""A contact proves itself: a test goes there, and whoever acknowledges it shows that it arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers import begin
from handlers.changes import Change
from handlers.clocks import day_told, today
from handlers.contacts import name_of, room_of
from handlers.intents import Intent, Subject
from handlers.pages import TITLE
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Button, Buttons, Form, Heading, Message, Paragraph, Screen, Small
from handlers.setup.at import At
from handlers.sites import Contact, Site, Watched

REVIEW_DAYS: Final = 90
"""How long an acknowledged contact is trusted."""
NAMELESS: Final = "Somebody there"
SUBJECT: Final = "Signpost: a test, no case"
"""Of a test by mail."""
APART: Final = timedelta(minutes=1)
"""Between two tests to one place: a second press sends no second message."""
SENT: Final = "A test is on its way. Once somebody there presses Acknowledge, leads can choose this contact."
SENT_AGAIN: Final = "A test is on its way. Once somebody there presses Acknowledge, the contact holds for 90 days more."
JUST_SENT: Final = "A test went there less than a minute ago. Wait for it before you send another."


def send_test(contact_id: str, at: At) -> str:
    """Queue a test, unless one went there a moment ago. What to say of it; empty where nothing can be sent."""
    site = at.site
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    room = room_of(contact, site) if contact and site else None
    if site is None or contact is None or room is None:
        return ""
    newest = newest_test(site, contact, at.work)
    if newest is not None and newest.to == room and _waits_still(newest, at.work):
        return JUST_SENT
    at.work.record("setup.contact_tested", by=at.by, site=site.id, detail={"contact": contact.id})
    at.work.enqueue(Delivery("contact_test", room, extra=f"{site.id}:{contact.id}"))
    return SENT_AGAIN if contact.verified and not contact.suspended else SENT


def _waits_still(test: Delivery, work: Work) -> bool:
    """Whether a test was sent a moment ago and nobody can have missed it yet."""
    answered = any(one.replaces == test.id for one in work.deliveries("") if one.kind == "contact_proved")
    return not answered and (test.due or work.now) > work.now - APART


def newest_test(site: Site, contact: Contact, work: Work) -> Delivery | None:
    """The test that was sent last, of those that are still known."""
    which = f"{site.id}:{contact.id}"
    tests = [one for one in work.deliveries("") if one.kind == "contact_test" and one.extra == which]
    return tests[-1] if tests else None


def draw_test(delivery: Delivery, work: Work) -> Drawn | None:
    """The test as it stands in the contact's room; None once the contact is another one."""
    found = site_and_contact(delivery, work)
    if found is None:
        return None
    site, contact = found
    waiting = waits_for_proof(site, contact, delivery, work)
    drawn = tested(site, contact) if waiting and delivery.kind == "contact_test" else proved(site, contact)
    if delivery.to.platform == "mail":
        drawn = Message(SUBJECT, drawn.parts)
    return Drawn(waits(site), drawn, organisations=contact.organisations)


def site_and_contact(delivery: Delivery, work: Work) -> tuple[Site, Contact] | None:
    """What a test is about; None once the contact is gone or another one."""
    found = _found(delivery.extra, work)
    return found if found is not None and room_of(found[1], found[0]) == delivery.to else None


def waits_for_proof(site: Site, contact: Contact, test: Delivery | None, work: Work) -> bool:
    """Whether acknowledging this test would change anything: one in use holds for longer with a test of a later day."""
    if site.declared:
        return False
    if not contact.verified or contact.suspended:
        return True
    if test is None or contact.review_by is None:
        return False
    return today(test.due or work.now) > contact.review_by - timedelta(days=REVIEW_DAYS)


def waits(site: Site) -> Message:
    """The empty receipt of a test."""
    said = f"Signpost: a test from {site.name}. There is no case."
    return Message("Signpost: a test. There is no case.", (Paragraph(said),))


def tested(site: Site, contact: Contact) -> Message:
    """The test itself."""
    token = Subject("site", site.id, "contact", 0, contact.id).write()
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


def not_by_admin(site: Site) -> Form:
    """An admin cannot say in the contact's place that it arrives."""
    said = (
        "You set Signpost up, so your press does not count: it would show that you read this, and not that they do. "
        f"Ask somebody who is to have the notices of {site.name} to press Acknowledge."
    )
    return Form(TITLE, (Heading("Somebody else has to press this"), Paragraph(said)))


def prove(intent: Intent, work: Work) -> Screen:
    """Somebody in the contact's room acknowledged the test: from now on leads can choose it."""
    found = _found(f"{intent.subject.id}:{intent.subject.extra}", work)
    if found is None or intent.room is None or room_of(found[1], found[0]) != intent.room:
        work.record("acknowledge.refused", by=intent.by)
        return begin.not_yours()
    site, contact = found
    if work.directory.is_admin(intent.by):
        work.record("acknowledge.refused", by=intent.by)
        return not_by_admin(site)
    if not waits_for_proof(site, contact, newest_test(site, contact, work), work):
        return proved(site, contact)
    room = intent.known.rooms.get(intent.room)
    after = replace(contact, verified=True, review_by=today(work.now) + timedelta(days=REVIEW_DAYS), suspended="")
    contacts = tuple(after if one.id == contact.id else one for one in site.contacts)
    work.keep_site(replace(site, contacts=contacts))
    work.keep_watched(site.id, contact.id, Watched(room=room.name if room else ""))
    who = work.directory.person(intent.by).name or intent.known.names.get(intent.by, "") or NAMELESS
    change = Change("contact_proved", work.now, site.id, contact.id, intent.by, who, about_name=name_of(after))
    change_id = work.keep_change(change)
    _show_where_it_stands(site, contact, intent, work)
    work.record("setup.contact_proved", by=intent.by, site=site.id, detail={"contact": contact.id})
    for lead in work.directory.leads(site, intent.known):
        work.enqueue(Delivery("setup_told", lead, extra=change_id))
    return proved(site, after)


def _show_where_it_stands(site: Site, contact: Contact, intent: Intent, work: Work) -> None:
    """In a chat the test itself says that it was acknowledged, also where the press could not change it."""
    if intent.room is not None and intent.room.platform != "mail":
        newest = newest_test(site, contact, work)
        if newest is not None and newest.to == intent.room:
            work.enqueue(Delivery("contact_proved", intent.room, replaces=newest.id, extra=newest.extra))


def _found(which: str, work: Work) -> tuple[Site, Contact] | None:
    site_id, _, contact_id = which.partition(":")
    site = work.directory.site(site_id)
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    return (site, contact) if site and contact else None
