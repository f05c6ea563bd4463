"""How a site stands, in a line."""

from __future__ import annotations

from handlers.sites import Contact, Site


def state(site: Site) -> str:
    """A site in a line: red, amber or green, and why."""
    out = [one for one in site.contacts if one.suspended or not one.within_reach]
    if not site.leads:
        return "Red: no lead, so nobody hears of an incident."
    if out:
        which = "a contact is" if len(out) == 1 else f"{len(out)} contacts are"
        return f"Red: {which} out of use. Leads ring until that is put right."
    if any(not one.verified for one in site.contacts if one.kind != "by_hand"):
        return "Amber: works, and a contact has not acknowledged its test yet."
    if any(due_soon(one) for one in site.contacts):
        return "Amber: works, and a contact has to be checked soon."
    if not site.staff or not site.phone:
        return "Amber: works, and something is still to do."
    return "Green: works."


def urgency(site: Site) -> tuple[int, str]:
    """By what sites are put in order: what needs somebody stands first, and then by name."""
    return ("RAG".index(state(site)[0]), site.name.casefold())


def due_soon(contact: Contact) -> bool:
    """Whether somebody has been told that it has to be checked."""
    return contact.review_by is not None and contact.told_due == contact.review_by.isoformat()
