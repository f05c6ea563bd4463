"""By what somebody leads a site apart from the days on which they stand in: whoever leads anyway goes on leading."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.changes import Change
from handlers.clocks import today
from handlers.people import Account, Directory, Known, is_group
from handlers.ports import Work
from handlers.sites import Site

BEGINS: Final = "begins"
ENDS: Final = "ends"
"""Of a stand-in's first day, and of the day after the last."""
LEADS: Final = "leads"
"""As a lead, whoever is away."""
STANDS_IN: Final = "stands_in"
"""By other days, for somebody else."""
UNREAD: Final = "unread"
"""Perhaps by a group of their own workspace or tenant, which cannot be read just now."""


def about(who: Account, change: Change, what: str, known: Known, work: Work) -> str:
    """What the words to them are about: the change and `what` of it; of a stand-in by what they lead anyway, if so."""
    site = work.directory.site(change.site) if change.in_place else None
    anyway = ""
    if site is not None and (what in (BEGINS, ENDS) or change.what in ("stand_in_added", "stand_in_removed")):
        over = what == ENDS or change.what == "stand_in_removed"
        anyway = _leads_anyway(who, site, work.directory, replace(known, day=today(work.now)), over=over)
    return ":".join(filter(None, (change.id, what, anyway)))


def _leads_anyway(account: Account, site: Site, directory: Directory, known: Known, *, over: bool) -> str:
    """By what, in a closed word; empty where by nothing.

    Where their days are `over` it is looked too whether others of theirs are not, and whether nobody can say.
    """
    if directory.is_lead(account, replace(site, stand_ins=()), known):
        return LEADS
    if over and directory.is_lead(account, site, known):
        return STANDS_IN
    orgs = tuple(f"{one.platform}:{one.org}/" for one in directory.person(account).accounts)
    unread = any(is_group(ref) and ref.startswith(orgs) and ref not in known.groups for ref in site.leads)
    return UNREAD if over and unread else ""
