"""A contact proves itself: somebody who is none of the school's acknowledges the test, in a room that will do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.changes import Change
from handlers.clocks import today
from handlers.contacts import room_of, shown
from handlers.intents import Intent
from handlers.people import Account, Known, Platform, is_group
from handlers.ports import Delivery, Work
from handlers.raising import begin
from handlers.raising.pages import TITLE
from handlers.screens import Form, Heading, Paragraph, Screen, Small
from handlers.setup.admins_there import admins_in
from handlers.setup.for_admins import looks_after
from handlers.setup.own import own_organisations
from handlers.setup.tell import keep_and_tell, leads_of
from handlers.setup.test_message import REVIEW_DAYS, counts, in_use, named_in, newest_test, over, proved
from handlers.setup.told import BY_OWN, OWN_RENEWED, RENEWED
from handlers.setup.words import OUT_OF_USE, SUSPENDS
from handlers.sites import Contact, Site, Watched

NAMELESS: Final = "somebody there"
NOT_LOOKED_AT: Final = (
    "This channel could not be looked at just now. Nothing is lost: press Acknowledge again in a minute."
)
NOT_ASKED: Final = (
    "Whether you are on the school's side could not be found out just now. Nothing is lost: press Acknowledge again in "
    "a minute."
)
COME_BACK: Final = "To see the button again, go to another channel and come back."
MOST_CASES: Final = 200
"""Cases of one person that are looked through for one of the site."""


def prove(intent: Intent, work: Work) -> Screen:
    """Somebody in the contact's room acknowledged the test: from now on leads can choose it."""
    found = named_in(f"{intent.subject.id}:{intent.subject.extra}", work)
    if found is None or intent.room is None or room_of(found[1], found[0]) != intent.room:
        work.record("acknowledge.refused", by=intent.by)
        return begin.not_yours()
    site, contact = found
    if not counts(site, contact, intent.subject.place):
        return proved(site, contact) if site.declared or _nothing_waits(contact) else over(site, contact)
    if of_the_school(site, contact, intent, work):
        work.record("acknowledge.refused", by=intent.by)
        return not_the_contact(site)
    if wrong := _room_wrong(contact, intent) or _not_asked(intent, work):
        work.record("acknowledge.refused", by=intent.by)
        return not_like_this(site, wrong, on=intent.room.platform)
    _keep(site, contact, intent, work)
    after = named_in(f"{site.id}:{contact.id}", work)
    return proved(*after) if after else begin.not_yours()


def _nothing_waits(contact: Contact) -> bool:
    return in_use(contact) and not contact.test


def _keep(site: Site, contact: Contact, intent: Intent, work: Work) -> None:
    """Note that it holds from now on, and tell the leads who showed it and where it leads."""
    room = intent.known.rooms.get(intent.room) if intent.room else None
    called = (room.name if room else "") or contact.room
    own = intent.by.platform != "mail" and _home(intent) in own_organisations(work.directory)
    after = replace(contact, suspended="", room=called, test="")
    newest = newest_test(site, contact, work)
    if not site.declared:  # until when one of the file holds stands there
        after = replace(after, verified=True, review_by=today(work.now) + timedelta(days=REVIEW_DAYS), told_due="")
        contacts = tuple(after if one.id == contact.id else one for one in site.contacts)
        work.keep_site(replace(site, contacts=contacts))
    admins = admins_in(room, work.directory, contact.admins)
    seen = Watched(room=called, told_due=after.told_due, told_owner=contact.told_owner, admins=admins,
                   own_press=own)  # fmt: skip
    work.keep_watched(site.id, contact.id, seen)
    who = _who(contact, intent, work)
    renewed = in_use(contact)
    why = (OWN_RENEWED if renewed else BY_OWN) if own else RENEWED if renewed else ""
    change = Change("contact_proved", work.now, site.id, contact.id, intent.by, who, shown(after), why)
    hears = (*leads_of(site, work), *looks_after(site, contact, work))
    keep_and_tell(change, work, hears=hears, details=[{"contact": contact.id}])
    # In a chat the test itself says that it was acknowledged, also where the press could not change it.
    if newest is not None and newest.to == intent.room and newest.to.platform != "mail":
        work.enqueue(Delivery("contact_proved", newest.to, replaces=newest.id, extra=newest.extra))


def _who(contact: Contact, intent: Intent, work: Work) -> str:
    """Who pressed, as leads read it: in the platform's own words, and from where; behind a link nobody is known."""
    if intent.by.platform == "mail":
        return f"somebody behind the link in the mail to {contact.destination}"
    name = intent.known.names.get(intent.by, "") or work.directory.person(intent.by).name or NAMELESS
    return f"{name} of {_home(intent).partition(':')[2]}"


def _home(intent: Intent) -> str:
    """The workspace or tenant that whoever pressed belongs to: `slack:T9`."""
    return intent.known.standing.home or f"{intent.by.platform}:{intent.by.org}"


def of_the_school(site: Site, contact: Contact, intent: Intent, work: Work) -> bool:
    """Whether it is pressed by somebody who cannot show that it arrives at the contact.

    An admin; a lead or somebody named as staff, of whichever site; whoever looks after the entry; whoever raised a case
    there. And whoever may raise one, or is of an own workspace or tenant where the channel is for another one, unless
    they belong to the organisation that it is shared with. No own one is that, whatever stands beside the contact.
    """
    directory, known, by = work.directory, intent.known, intent.by
    owner = [Account.parse(contact.owner_account)] if contact.owner_account else []
    ours = (*_people(work, known), *owner)
    if directory.is_admin(by) or any(directory.same_person(by, one) for one in ours):
        return True
    raised = {one.site for one in work.cases_raised_by(directory.person(by).accounts, MOST_CASES)}
    raised |= {one.site for one in work.unopened() if directory.same_person(by, one.raised_by)}
    if site.id in raised:
        return True
    home = _home(intent)
    at_home = home in own_organisations(directory) | site.serves
    if not at_home and home.partition(":")[2] in contact.organisations:
        return False
    may_raise = known.standing.member and site.id in {one.id for one in directory.sites_to_raise_for(by, known)}
    return may_raise or (at_home and bool(contact.organisations))


def _people(work: Work, known: Known) -> Iterable[Account]:
    """The leads and the staff whom any site names; of a group that cannot be read who was in it when it last could."""
    for site in work.directory.sites:
        yield from work.directory.named_leads(site, known)
        for ref in site.staff:
            members = known.groups.get(ref, known.remembered.get(ref, ())) if is_group(ref) else (Account.parse(ref),)
            yield from members


def _not_asked(intent: Intent, work: Work) -> str:
    """That nobody could say who is in a group of the workspace or tenant of whoever pressed; empty where all is said.

    Behind a link in a mail nobody is known anyway.
    """
    return NOT_ASKED if intent.by.platform != "mail" and work.directory.unread(intent.by, intent.known) else ""


def _room_wrong(contact: Contact, intent: Intent) -> str:
    """Why the channel will not do as it is at this moment; a mailbox cannot be looked at."""
    if contact.kind == "mail":
        return ""
    room = intent.known.rooms.get(intent.room) if intent.room else None
    if room is None or (room.why_not and room.why_not not in SUSPENDS):  # that speaks of us, not of the channel
        return NOT_LOOKED_AT
    why = room.why_not or ("renamed" if room.name and contact.room and room.name != contact.room else "")
    return OUT_OF_USE.get(why, OUT_OF_USE["other"]) if why else ""


def not_the_contact(site: Site) -> Form:
    """Nobody of the school can say in the contact's place that it arrives."""
    said = (
        "You are on the school's side, so your press does not count: it would show that you read this, and not that "
        f"they do. Ask somebody who is to have the notices of {site.name} to press Acknowledge."
    )
    return Form(TITLE, (Heading("Somebody else has to press this"), Paragraph(said)))


def not_like_this(site: Site, wrong: str, *, on: Platform) -> Form:
    """The channel is not as it was when the school named it: that nobody else reads it is not certain.

    Teams shows this to whoever pressed in place of the message, which comes back when they come back.
    """
    then = f"Your press does not count like this. Tell {site.name}: {site.phone or 'the switchboard'}."
    parts = (Paragraph(wrong),) if wrong in (NOT_LOOKED_AT, NOT_ASKED) else (Paragraph(wrong), Paragraph(then))
    back = (Small(COME_BACK),) if on == "teams" else ()
    return Form(TITLE, (Heading("Not acknowledged yet"), *parts, *back))
