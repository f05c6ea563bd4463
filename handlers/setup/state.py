"""How a site stands, in a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from handlers.clocks import day_told
from handlers.people import Directory
from handlers.setup import raising_here
from handlers.setup.alone import no_role, nobody_decides, nobody_in, none_left, only_an_admin
from handlers.setup.checklist import NOBODY, UNREAD, Groups, of_site
from handlers.setup.clock_fields import slow
from handlers.setup.served import without
from handlers.setup.standing import by_own_word, due_soon
from handlers.sites import Site

WORKS: Final = "works."
UNVERIFIED: Final = "is not in use: the file does not say verified = true of it"


def state(site: Site, groups: Groups = UNREAD, directory: Directory = NOBODY) -> str:
    """A site in a line: red, amber or green, and why. `groups` are those that could be read just now.

    `directory` says who is an admin, and who has left or has no role.
    """
    if red := _red(site, groups, directory):
        return f"Red: {red}"
    works = f"works{_first(site, groups, directory)}."
    late = slow(site.clocks)
    more = (f"And {len(late) - 1} more: its page says which.",) if len(late) > 1 else ()
    said = "Green: works." if works == WORKS and not late else " ".join((f"Amber: {works}", *late[:1], *more))
    return f"{said}{without(site, directory)}"


def _red(site: Site, groups: Groups, directory: Directory) -> str:
    """Why nobody hears, or can raise, or who cannot be reached; empty where none of it is so."""
    if not site.leads:
        return "no lead, so nobody hears of an incident."
    if nobody_in(site.leads, groups):
        return "nobody is in the group of leads, so nobody hears of an incident."
    if none_left(site, directory, groups):
        return "whoever is named as lead has left or has no role, so nobody hears of an incident."
    if only_an_admin(site, directory, groups):
        return "the only lead is an admin, and nobody else hears of an incident or of what they change."
    if nobody_decides(site, directory, groups):
        return "two people have to decide, and one lead is left: nobody can decide what that lead raises."
    if none := raising_here.why_not(site, groups):
        return f"nobody but leads can raise an incident here: {none}."
    out = [one for one in site.contacts if one.suspended or not one.within_reach]
    which = "a contact is" if len(out) == 1 else f"{len(out)} contacts are"
    return f"{which} out of use. Leads ring until that is put right." if out else ""


def _first(site: Site, groups: Groups, directory: Directory) -> str:
    """What to look at first, as it goes on after `works`; empty for nothing."""
    if no_role(site, directory, groups):
        return ", and a lead or stand-in has left or has no role: name somebody in their place"
    if any(not one.verified for one in site.contacts if one.kind != "by_hand"):
        return f", and a contact {UNVERIFIED if site.declared else 'has not acknowledged its test yet'}"
    if due := [one.review_by for one in site.contacts if one.review_by and due_soon(one)]:
        return f", and a contact has to be checked by {day_told(min(due))}"
    if any(one.admins for one in site.contacts):
        return ", and an admin of Signpost is in a contact's channel and can read what is sent there"
    if any(map(by_own_word, site.contacts)):
        return ", and a contact's test was acknowledged by somebody of your own workspace or tenant: was it them?"
    if todo := of_site(site, groups, directory=directory):
        where = " in the file" if site.declared else ""
        return f". Still to do{where}: {'; '.join(one.what for one in todo)}"
    return ""


def by_urgency(sites: Iterable[Site], groups: Groups = UNREAD, directory: Directory = NOBODY) -> list[Site]:
    """Sites in order: what needs somebody stands first, and then by name."""
    return sorted(sites, key=lambda site: ("RAG".index(state(site, groups, directory)[0]), site.name.casefold()))
