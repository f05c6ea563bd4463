"""A contact that goes stale is taken out of use at once, and the leads and whoever looks after it are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.changes import Change, What
from handlers.clocks import day_told, today
from handlers.contacts import room_of, shown
from handlers.people import Account, Room
from handlers.ports import Work
from handlers.setup.admins_there import admins_in
from handlers.setup.standing_card import draw_anew
from handlers.setup.tell import keep_and_tell, leads_of
from handlers.setup.told import IN_FILE
from handlers.setup.words import SUSPENDS
from handlers.sites import Contact, Site, Watched

SOON: Final = timedelta(days=14)
"""How long before its review date whoever looks after a contact is told."""
MAILBOX_GONE: Final = "no_such_mailbox"
STAYS: Final = frozenset({MAILBOX_GONE})
"""What no look can show to be over: the contact of the file acknowledges a test, or the file names another place."""
BLIND_AGAIN: Final = timedelta(days=1)
"""How long admins hear nothing new of the same trouble of one workspace or tenant, though it comes and goes."""
LAST_CHANGES: Final = 50


def differs(site_id: str, contact_id: str, room: Room | None, work: Work) -> bool:
    """Whether there is anything new to take note of: most of the time there is not, and then nothing is written."""
    found = _found(site_id, contact_id, work)
    return found is not None and (_now(*found, room, work) != _kept(found[1]))


def watched(site_id: str, contact_id: str, room: Room | None, work: Work) -> None:
    """Take note of how a contact stands. `room` is what the platform said of its channel; None: nothing was learnt."""
    found = _found(site_id, contact_id, work)
    if found is None:
        return
    site, contact = found
    now, before = _now(site, contact, room, work), _kept(contact)
    if now == before:
        return
    work.keep_watched(site.id, contact.id, now)
    draw_anew(work)
    if now.suspended and not before.suspended:
        what: What = "contact_lapsed" if now.suspended == "lapsed" else "contact_suspended"
        _tell(what, site, replace(contact, called=now.called), now.suspended, work)
    elif now.told_due != before.told_due:
        _tell("contact_due", site, contact, "", work)


def mailbox_gone(at: Account, work: Work) -> None:
    """The server of a contact's mailbox says that there is none: nothing more goes there, and everybody hears."""
    site = work.directory.site(at.org)
    contact = next((one for one in site.contacts if room_of(one, site) == at), None) if site else None
    if site is None or contact is None or not contact.verified or contact.suspended:
        return
    work.keep_watched(site.id, contact.id, replace(_kept(contact), suspended=MAILBOX_GONE, test=""))
    _tell("contact_suspended", site, contact, MAILBOX_GONE, work)


def owner_differs(site_id: str, contact_id: str, owner: str, *, gone: bool, work: Work) -> bool:
    """Whether it is news that the account of whoever looks after a contact is gone, or is there again."""
    found = _found(site_id, contact_id, work)
    return found is not None and found[1].owner_account == owner and (found[1].told_owner == owner) != gone


def owner_watched(site_id: str, contact_id: str, owner: str, *, gone: bool, work: Work) -> None:
    """Take note of it. A contact whose owner left stays in use: admins hear, and name somebody else."""
    found = _found(site_id, contact_id, work)
    if found is None or not owner_differs(site_id, contact_id, owner, gone=gone, work=work):
        return
    site, contact = found
    work.keep_watched(site.id, contact.id, replace(_kept(contact), told_owner=owner if gone else ""))
    if gone:
        change = Change("contact_owner_gone", work.now, site.id, contact.id, about_name=shown(contact))
        keep_and_tell(change, work, hears=_admins(work), details=[{"contact": contact.id}])


def blinded(place: str, why: str, work: Work) -> None:
    """Take note of why the contacts of a workspace or tenant cannot be looked at; empty: they can. Admins hear once."""
    if work.directory.blind.get(place, "") == why:
        return
    work.keep_blind(place, why)
    again = any(
        (one.what, one.about, one.why) == ("watch_blind", place, why) and one.at > work.now - BLIND_AGAIN
        for one in work.changes(LAST_CHANGES)
    )
    if why and not again:
        change = Change("watch_blind", work.now, about=place, about_name=place, why=why)
        keep_and_tell(change, work, hears=_admins(work), details=[{"place": place, "why": why}])


def _found(site_id: str, contact_id: str, work: Work) -> tuple[Site, Contact] | None:
    site = work.directory.site(site_id)
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    if site is None or contact is None or contact.kind == "by_hand" or not contact.verified:
        return None
    return site, contact


def _kept(contact: Contact) -> Watched:
    return Watched(
        contact.suspended, contact.room, contact.told_due, contact.test, contact.told_owner, contact.admins,
        contact.own_press, contact.called,
    )  # fmt: skip


def _now(site: Site, contact: Contact, room: Room | None, work: Work) -> Watched:
    """How it stands now. One of the file is in use again by itself; any other has to prove itself anew."""
    kept = _kept(contact)
    learnt = room if room is None or not room.why_not or room.why_not in SUSPENDS else None
    why = _why_not(contact, learnt, work)
    if learnt is not None and learnt.name and contact.room:  # what it proved itself as stays, until it does so anew
        kept = replace(kept, called="" if learnt.name == contact.room else learnt.name)
    if contact.suspended:
        over = site.declared and not why and contact.suspended not in STAYS and not contact.test
        seen = learnt is not None or contact.suspended == "lapsed"
        return replace(kept, suspended="", test="") if over and seen else kept
    if why:
        return replace(kept, suspended=why, test="")
    by, day = contact.review_by, today(work.now)
    soon = by is not None and day <= by <= day + SOON
    return replace(
        kept,
        room=learnt.name if learnt is not None and learnt.name else contact.room,
        told_due=by.isoformat() if by is not None and soon else contact.told_due,
        admins=admins_in(learnt, work.directory, contact.admins),
    )


def _why_not(contact: Contact, room: Room | None, work: Work) -> str:
    if room is not None and room.why_not:
        return room.why_not
    if room is not None and room.name and contact.room and room.name != contact.room:
        return "renamed"
    if contact.review_by is not None and contact.review_by < today(work.now):
        return "lapsed"
    return ""


def _admins(work: Work) -> tuple[str, ...]:
    return tuple(sorted(map(str, work.directory.admins)))


def _tell(what: What, site: Site, contact: Contact, why: str, work: Work) -> None:
    said = IN_FILE if site.declared and what in ("contact_due", "contact_lapsed") else why
    about = shown(contact)
    if what == "contact_due" and contact.review_by is not None:
        about = f"{about}. It is out of use after {day_told(contact.review_by)}"
    change = Change(what, work.now, site.id, contact.id, about_name=about, why=said)
    owner = (contact.owner_account,) if contact.owner_account else ()
    hears = (*leads_of(site, work), *owner, *_admins(work))
    keep_and_tell(change, work, hears=hears, details=[{"contact": contact.id, "why": why}])
