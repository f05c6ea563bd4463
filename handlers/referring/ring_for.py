"""Whom to ring for a contact, in a sentence."""

from __future__ import annotations

from handlers.case import Decision
from handlers.contact_names import purpose_of
from handlers.contacts import police_and_care
from handlers.referring.approved import at_phone, changed
from handlers.referring.since import Since, nobody_known
from handlers.sites import Site


def ring(site: Site, decision: Decision, contact: str, since: Since = nobody_known) -> str:
    """Whom to ring for a contact, in a sentence; and that the set-up says otherwise since it was approved."""
    if not purpose_of(site, decision, contact):
        return f"Ring whoever that was: {police_and_care(site)}."
    at = at_phone(site, decision, contact)
    force = f" and ask for {site.force}" if at.purpose == "police" and site.force else ""
    return f"Ring {at.destination}{force}. {changed(site, decision, contact, since)}".strip()
