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
FOR_NOW: Final = frozenset({"room_not_read", "rate_limited", "unreachable", "timed_out", "dropped", "server_error"})
"""Reasons that say nothing about the room: we could not ask."""


def watched(site_id: str, contact_id: str, room: Room | None, known: Known, work: Work) -> None:
    """Take note of how a contact stands. `room` is what the platform said of its channel; None: nothing was asked."""
    site = work.directory.site(site_id)
    contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
    if site is None or contact is None or contact.kind == "by_hand" or not contact.verified:
        return
    why = _why_not(site, contact, room, work)
    name = (room.name if room else "") or contact.room
    if why and not contact.suspended:
        what: What = "contact_lapsed" if why == "lapsed" else "contact_suspended"
        work.keep_watched(site.id, contact.id, Watched(why, contact.room, contact.told_due))
        _tell(what, site, contact, why, known, work)
    elif not why and (site.declared if contact.suspended else name != contact.room):
        work.keep_watched(site.id, contact.id, Watched("", name, contact.told_due))
    _due(site, contact, known, work)


def _why_not(site: Site, contact: Contact, room: Room | None, work: Work) -> str:
    if room is not None and room.why_not and room.why_not not in FOR_NOW:
        return room.why_not
    if room is not None and room.name and contact.room and room.name != contact.room:
        return "renamed"
    if not site.declared and contact.review_by is not None and contact.review_by < today(work.now):
        return "lapsed"
    return ""


def _due(site: Site, contact: Contact, known: Known, work: Work) -> None:
    """Say once, for each review date, that it is near."""
    by = contact.review_by
    day = today(work.now)
    if by is None or contact.suspended or not day <= by <= day + SOON or contact.told_due == by.isoformat():
        return
    work.keep_watched(site.id, contact.id, Watched(contact.suspended, contact.room, by.isoformat()))
    _tell("contact_due", site, contact, "", known, work)


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
