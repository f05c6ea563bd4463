"""Whom a lead rings for a contact: what they approved, and beside it what the set-up says where that is another."""

from __future__ import annotations

from typing import Final, cast

from handlers.case import Decision
from handlers.contact_names import Purpose, purpose_of, still
from handlers.contacts import sort_of, whom_to_ring
from handlers.referring.since import Since, in_brackets, nobody_known
from handlers.sites import Contact, Site

CHANGED: Final = "That is what was approved. The set-up says {now} since then{by}: ask before you use that one."


def at_phone(site: Site, decision: Decision, contact_id: str) -> Contact:
    """The same contact, as one who is rung: on the number that was approved."""
    purpose = cast("Purpose", purpose_of(site, decision, contact_id) or "police")
    number = _approved(site, decision, contact_id) or _now(site, decision, contact_id)
    return Contact(contact_id or "phone", purpose, "by_hand", number)


def changed(site: Site, decision: Decision, contact_id: str, since: Since = nobody_known) -> str:
    """That the set-up names another number since, and who changed it; empty where it names the same."""
    then, now = _approved(site, decision, contact_id), _now(site, decision, contact_id)
    if not then or then == now:
        return ""
    return CHANGED.format(now=now, by=in_brackets(since(site, decision, contact_id, now)))


def _now(site: Site, decision: Decision, contact_id: str) -> str:
    found = still(site, decision, contact_id)
    if found is not None and found.kind == "by_hand":
        return found.destination
    return whom_to_ring(site, purpose_of(site, decision, contact_id) or "police")


def _approved(site: Site, decision: Decision, contact_id: str) -> str:
    """The number as it stood; an earlier release kept it in the name of a contact by phone, and of no other."""
    kept = decision.as_told(contact_id)
    if kept is None or kept.rings or kept.kind != "by_hand":
        return kept.rings if kept else ""
    named = kept.name.removeprefix(f"{sort_of(kept.purpose, kept.kind)}: ")
    return named.removesuffix(f", {site.force}") if site.force else named
