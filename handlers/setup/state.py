"""How a site stands, in a line."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.setup.checklist import UNREAD, Groups, due_soon, nobody_in, of_site
from handlers.sites import Site


def state(site: Site, groups: Groups = UNREAD) -> str:
    """A site in a line: red, amber or green, and why. `groups` are those that could be read just now."""
    out = [one for one in site.contacts if one.suspended or not one.within_reach]
    if not site.leads:
        return "Red: no lead, so nobody hears of an incident."
    if nobody_in(site.leads, groups):
        return "Red: nobody is in the group of leads, so nobody hears of an incident."
    if out:
        which = "a contact is" if len(out) == 1 else f"{len(out)} contacts are"
        return f"Red: {which} out of use. Leads ring until that is put right."
    if any(not one.verified for one in site.contacts if one.kind != "by_hand"):
        return "Amber: works, and a contact has not acknowledged its test yet."
    if any(due_soon(one) for one in site.contacts):
        return "Amber: works, and a contact has to be checked soon."
    if todo := of_site(site, groups):
        where = " in the file" if site.declared else ""
        return f"Amber: works. Still to do{where}: {'; '.join(one.what for one in todo)}."
    return "Green: works."


def by_urgency(sites: Iterable[Site], groups: Groups = UNREAD) -> list[Site]:
    """Sites in order: what needs somebody stands first, and then by name."""
    return sorted(sites, key=lambda site: ("RAG".index(state(site, groups)[0]), site.name.casefold()))
