"""Which groups and names somebody's wish needs: before its transaction, and in it, where the case tells the site.

A platform answers so often a minute and no oftener (docs/reference/performance.md), and twenty sites have forty groups:
so nothing is asked that would change nothing.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

from handlers.intents import Intent, Subject
from handlers.looking.by_reference import resolved
from handlers.people import Account, Directory, Known, is_group
from handlers.ports import Work
from handlers.route import route
from handlers.screens import Screen
from handlers.sites import Site
from handlers.unread import is_refused, leads_perhaps_by

ANY_SITE: Final = frozenset({"start_report", "show_start", "show_home", "show_cover"})
"""What looks at every site at which somebody may raise or leads."""
LED_SITES: Final = frozenset({"list_cases"})
"""What looks at the sites that somebody leads."""
NAMING_LED: Final = frozenset({"list_cases", "show_home"})
"""What names who holds a case."""


class NotAsked(Exception):
    """Nobody was asked who is in these groups, and it matters: the case tells so, or what is configured has changed."""

    def __init__(self, refs: frozenset[str], site: Site | None) -> None:
        super().__init__()
        self.refs, self.site = refs, site


def groups_for(account: Account, directory: Directory, *, staff: bool = True) -> frozenset[str]:
    """Groups that can matter to this account: those of the sites that serve its workspace, and of its own.

    Besides those by which its person may lead: whoever leads by one account leads by all, wherever they ask.
    """
    org = f"{account.platform}:{account.org}"
    near = {
        ref
        for site in directory.sites
        for ref in (*site.leads, *(site.staff if staff else ()))
        if is_group(ref) and (org in site.serves or ref.startswith(f"{org}/"))
    }
    return directory.may_lead_by(account).union(near)


def wanted_first(account: Account, name: str, subject: Subject, directory: Directory) -> frozenset[str]:
    """Groups to ask about before the transaction, as far as they can be told. Without a `name` all that can matter."""
    if not name or name in ANY_SITE:
        return groups_for(account, directory)
    if name in LED_SITES:
        return groups_for(account, directory, staff=False)
    site = site_of(subject, directory)
    if name == "acknowledge" and site is not None:  # nobody of any site's people proves a contact
        return groups_for(account, directory) | _of(site, staff=True)
    return _of(site, staff=True)


def site_of(subject: Subject, directory: Directory) -> Site | None:
    """The site that something is about, where it says so itself. A case does not: its token holds nothing of it."""
    match subject.kind:
        case "draft":
            return directory.site(subject.extra)
        case "site":
            return directory.site(subject.id)
        case _:
            return None


def sites_named(account: Account, name: str, subject: Subject, directory: Directory, known: Known) -> tuple[Site, ...]:
    """The sites whose leads the screen may call by their names."""
    site = site_of(subject, directory)
    if site is not None:
        return (site,)
    if name in NAMING_LED:
        return directory.sites_led_by(account, known)
    if name == "show_cover" and directory.is_admin(account):
        return directory.sites
    if not name or name == "show_cover":
        mine = {*directory.sites_to_raise_for(account, known), *directory.sites_led_by(account, known)}
        return tuple(one for one in directory.sites if one in mine)
    return ()


def route_with_groups(intent: Intent, work: Work) -> Screen | None:
    """Carry an intent out. Raises NotAsked, with nothing done, where the members of a group would be missing."""
    known = intent.known
    if known.standing.member or known.lately:
        refs, site = _wanted(intent, work)
        mine = leads_perhaps_by(intent.by, work.directory)
        if refs <= known.asked and not mine <= known.asked and is_refused(resolved(intent, work), work):
            refs = mine  # whether they can be read decides what is said, for a case that there is not too
        if not refs <= known.asked:
            raise NotAsked(refs - known.asked, site)
    return route(intent, work)


def _wanted(intent: Intent, work: Work) -> tuple[frozenset[str], Site | None]:
    """Groups that matter, and the site where it is one."""
    subject, directory = resolved(intent, work).subject, work.directory
    if subject.kind == "case":
        case = work.case(subject.id)
        site = directory.site(case.site) if case else _as_if(intent.subject.id, directory)
        return _of(site, staff=False), site
    site = site_of(subject, directory)
    if subject.kind == "draft" and site is None:
        draft = work.draft(subject.id)
        site = directory.site(draft.site) if draft else None
        return _of(site, staff=True), site
    return wanted_first(intent.by, intent.name, subject, directory), site


def _as_if(identity: str, directory: Directory) -> Site | None:
    """Some site, the same each time, for a case that there is not: its answer takes as long as a real one's."""
    return directory.sites[crc32(identity.encode()) % len(directory.sites)] if directory.sites else None


def _of(site: Site | None, *, staff: bool) -> frozenset[str]:
    refs = (*site.leads, *(site.staff if staff else ())) if site else ()
    return frozenset(ref for ref in refs if is_group(ref))
