"""A contact that goes stale is taken out of use at once, and the leads and whoever looks after it are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.changes import Change, What
from handlers.clocks import today
from handlers.contacts import name_of
from handlers.people import Account, Known, Room
from handlers.ports import Delivery, Work
from handlers.sites import Contact, Site, Watched

SOON: Final = timedelta(days=14)
"""How long before its review date whoever looks after a contact is told."""


def differs(site_id: str, contact_id: str, room: Room | None, work: Work) -> bool:
    """Whether there is anything new to take note of: most of the time there is not, and then nothing is written."""
    found = _found(site_id, contact_id, work)
    return found is not None and (_now(*found, room, work) != _kept(found[1]))


def watched(site_id: str, contact_id: str, room: Room | None, known: Known, work: Work) -> None:
    """Take note of how a contact stands. `room` is what the platform said of its channel; None: nothing was learnt."""
    found = _found(site_id, contact_id, work)
    if found is None:
        return
    site, contact = found
    now, before = _now(site, contact, room, work), _kept(contact)
    if now == before:
        return
    work.keep_watched(site.id, contact.id, now)
    if now.suspended and not before.suspended:
        what: What = "contact_lapsed" if now.suspended == "lapsed" else "contact_suspended"
        _tell(what, site, contact, now.suspended, known, work)
    elif now.told_due != before.told_due:
        _tell("contact_due", site, contact, "", known, work)


def _found(site_id: str, contact_id: str, work: Work) -> tuple[Site, Contact] | None:
    site = work.directory.site(site_id)
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    if site is None or contact is None or contact.kind == "by_hand" or not contact.verified:
        return None
    return site, contact


def _kept(contact: Contact) -> Watched:
    return Watched(contact.suspended, contact.room, contact.told_due)


def _now(site: Site, contact: Contact, room: Room | None, work: Work) -> Watched:
    """How it stands now. One of the file is in use again by itself; any other has to prove itself anew."""
    why = _why_not(site, contact, room, work)
    if contact.suspended:
        again = site.declared and room is not None and not why
        return Watched("", room.name, contact.told_due) if again and room is not None else _kept(contact)
    if why:
        return Watched(why, contact.room, contact.told_due)
    name = room.name if room is not None and room.name else contact.room
    by, day = contact.review_by, today(work.now)
    soon = by is not None and day <= by <= day + SOON
    return Watched("", name, by.isoformat() if by is not None and soon else contact.told_due)


def _why_not(site: Site, contact: Contact, room: Room | None, work: Work) -> str:
    if room is not None and room.why_not:
        return room.why_not
    if room is not None and room.name and contact.room and room.name != contact.room:
        return "renamed"
    if not site.declared and contact.review_by is not None and contact.review_by < today(work.now):
        return "lapsed"
    return ""


def _tell(what: What, site: Site, contact: Contact, why: str, known: Known, work: Work) -> None:
    change = Change(what, work.now, site.id, contact.id, about_name=name_of(replace(contact, suspended="")), why=why)
    change_id = work.keep_change(change)
    work.record(f"setup.{what}", by=None, site=site.id, detail={"contact": contact.id, "why": why})
    owner = (Account.parse(contact.owner_account),) if contact.owner_account else ()
    told: list[Account] = []
    for one in (*work.directory.leads(site, known), *owner, *sorted(work.directory.admins)):
        if not any(work.directory.same_person(one, other) for other in told):
            told.append(one)
            work.enqueue(Delivery("setup_told", one, extra=change_id))
