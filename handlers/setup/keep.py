"""Keeping a change: the site as it is now, an entry in the audit trail, and a word to the leads."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.changes import Change, What
from handlers.people import Account
from handlers.ports import Delivery
from handlers.setup.at import At
from handlers.sites import Site

FOR_LEADS: Final[frozenset[str]] = frozenset(
    {
        "lead_added", "lead_removed", "lead_moved", "stand_in_added", "stand_in_removed", "contact_added",
        "contact_changed", "contact_removed", "contact_proved", "contact_suspended", "contact_due", "contact_lapsed",
        "site_removed", "rules_changed", "person_changed",
    }
)  # fmt: skip
"""What the leads of a site are told of."""


def keep_site(at: At, site: Site, what: What, about: str = "", about_name: str = "") -> At:
    """Keep the site as it is now, and return where the admin is after it. The same again changes nothing."""
    before = at.directory.site(site.id)
    if before == site:
        return replace(at, site=site)
    told = () if before is None else at.directory.leads(before, at.intent.known)
    at.work.keep_site(site)
    after = at.directory.site(site.id) or site
    note(at, what, site.id, about, about_name, leads=(*told, *at.directory.leads(after, at.intent.known)))
    return replace(at, site=after, typed=None, errors=(), note="")


def note(
    at: At, what: What, site: str = "", about: str = "", about_name: str = "", *, leads: tuple[Account, ...] = ()
) -> None:
    """Record a change, and tell these leads of it where it is theirs to know; each person once."""
    work = at.work
    by_name = work.directory.name(at.by, at.intent.known)
    by_name = "An admin" if by_name == "A safeguarding lead" else by_name
    change = Change(what, work.now, site, about, at.by, by_name, about_name)
    change_id = work.keep_change(change)
    work.record(f"setup.{what}", by=at.by, site=site, detail={"about": about} if about else None)
    if what not in FOR_LEADS:
        return
    told: list[Account] = []
    for lead in leads:
        if not any(work.directory.same_person(lead, one) for one in told):
            told.append(lead)
            work.enqueue(Delivery("setup_told", lead, extra=change_id))
