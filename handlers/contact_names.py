"""How a contact of a decision is called, also once it is out of use, changed or removed.

Nobody is to read an internal id, and nobody is to be told to ring the police for a contact of social care. So how a
contact was called, and for what, is kept with the decision that told it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

from handlers.case import Decision, Told
from handlers.contacts import (
    ANYBODYS,
    BY_HAND_LADO,
    BY_HAND_POLICE,
    BY_HAND_SOCIAL_CARE,
    BY_PHONE,
    contact_of,
    leads_to,
    name_of,
    place_called,
    room_of,
    rung_as,
    shown,
    sort_of,
    whom_to_ring,
)
from handlers.people import Account
from handlers.referring.since import Since, in_brackets, nobody_known
from handlers.screens import LABEL_LIMIT
from handlers.sites import Contact, Site

Purpose = Literal["police", "social_care", "lado"]

GONE: Final = "A contact since removed"
"""How a contact is called of which an earlier release kept nothing but its id."""
TO_RAISER: Final = {"police": "the police", "social_care": "children's social care"}
OTHER: Final = "another agency"
"""A designated officer is told where an adult who works with children is involved: that is for the leads to tell."""
_BY_PHONE: Final = {BY_HAND_POLICE: "police", BY_HAND_SOCIAL_CARE: "social_care", BY_HAND_LADO: "lado"}


def known_as(contact: Contact, site: Site) -> str:
    """How a lead knows a contact: whom, and how; and where it leads, if the site has two that are called the same."""
    if contact.kind == "by_hand":
        return rung_as(contact, site.force)
    sort = sort_of(contact.purpose, contact.kind)
    same = [one for one in site.contacts if (one.purpose, one.kind) == (contact.purpose, contact.kind)]
    if len(same) < 2:  # noqa: PLR2004
        return sort
    named = contact.kind == "mail" or contact.room
    return f"{sort} ({place_called(contact)})"[:LABEL_LIMIT] if named else name_of(contact)


def to_keep(site: Site, contacts: Iterable[str]) -> tuple[Told, ...]:
    """What is kept of the contacts that a lead chooses."""
    found = [contact for one in contacts if (contact := contact_of(site, one)) is not None]
    return tuple(
        Told(one.id, one.purpose, one.kind, known_as(one, site), _rung(one, site), shown(one, site.force))
        for one in found
    )


def _rung(contact: Contact, site: Site) -> str:
    return contact.destination if contact.kind == "by_hand" else whom_to_ring(site, contact.purpose)


def still(site: Site, decision: Decision, contact_id: str) -> Contact | None:
    """The contact as it stands in the configuration, also out of use; None where it is gone, or is another one now."""
    found = contact_of(site, contact_id) or next((one for one in site.contacts if one.id == contact_id), None)
    kept = decision.as_told(contact_id)
    if found is None or (kept is not None and (kept.purpose, kept.kind) != (found.purpose, found.kind)):
        return None
    return found


def called(site: Site, decision: Decision, contact_id: str) -> str:
    """How a contact of a decision is called where a lead reads it: as it was called when they chose it."""
    if (kept := decision.as_told(contact_id)) is not None:
        return kept.name
    now = still(site, decision, contact_id)
    return known_as(now, site) if now else BY_PHONE.get(contact_id, GONE)


def called_outside(site: Site, decision: Decision, contact_id: str) -> str:
    """How a contact is called in a message to another one: nothing of where it leads."""
    known: Contact | Told | None = decision.as_told(contact_id) or still(site, decision, contact_id)
    return sort_of(known.purpose, known.kind) if known else BY_PHONE.get(contact_id, GONE)


def purpose_of(site: Site, decision: Decision, contact_id: str) -> str:
    """What a contact is for; empty where an earlier release kept nothing of it and its id does not say so either."""
    known: Contact | Told | None = still(site, decision, contact_id) or decision.as_told(contact_id)
    if known is not None:
        return known.purpose
    likely = contact_id.replace("-", "_")  # set up in chat, an id begins with what the contact is for
    return _BY_PHONE.get(contact_id) or next((one for one in ANYBODYS if likely.startswith(one)), "")


def is_rung(site: Site, decision: Decision, contact_id: str) -> bool:
    """Whether nothing is sent to a contact: a lead rings, and writes the call down."""
    known: Contact | Told | None = still(site, decision, contact_id) or decision.as_told(contact_id)
    return known.kind == "by_hand" if known else contact_id in BY_PHONE


def shown_as(site: Site, decision: Decision, contact_id: str) -> str:
    """How a contact of a decision is shown to a lead: where it led when they chose it."""
    kept, now = decision.as_told(contact_id), still(site, decision, contact_id)
    leads_to_now = shown(now, site.force) if now else ""
    if kept is not None and kept.place:
        return kept.place if kept.place == leads_to_now else f"{kept.place} (changed since)"
    return leads_to_now or called(site, decision, contact_id)


def went_to(site: Site, decision: Decision, contact_id: str, to: Account, since: Since = nobody_known) -> str:
    """How a contact is shown to whom something was sent: where that led; and where it leads if it was changed since.

    A channel keeps the name under which it was approved, and the one that it was given since stands behind it.
    """
    now, kept, name = (
        still(site, decision, contact_id),
        decision.as_told(contact_id),
        called(site, decision, contact_id),
    )
    if now is not None and room_of(now, site) == to:
        there = replace(now, room=now.called or now.room, called="")
        is_now = shown(there, site.force)
        renamed = kept is not None and kept.place not in ("", is_now)
        return f"{kept.place} (now {leads_to(there)})" if kept is not None and renamed else is_now
    where = (kept.place if kept else "") or name
    leads_to_now = shown(now, site.force) if now else ""
    by = in_brackets(since(site, decision, contact_id, leads_to_now))
    if now is None:
        return name if name == GONE else f"{where}: it was removed or changed since{by}"
    return f"{where}: where it led was changed since, to {leads_to_now}{by}"


def agency(site: Site, decision: Decision, contact_id: str) -> str:
    """How whoever raised a case hears of a contact. Of any other agency they read that it is one, and no more."""
    return TO_RAISER.get(purpose_of(site, decision, contact_id), OTHER)


def confirmed(site: Site, decision: Decision, contact_id: str) -> str:
    """That a contact has it, for whoever raised the case."""
    who = agency(site, decision, contact_id)
    return f"{who[0].upper()}{who[1:]} {has(who)} confirmed that they have it"


def has(who: str) -> str:
    """The verb that goes with an agency."""
    return "has" if who == OTHER else "have"
