"""Whether any of the staff can raise an incident at a site: those who may are to be of where it is raised from.

Who may is named in one window and from where in another, so both can be right and nobody can all the same. Whoever is
let down by that is led to another school's form, or to none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.people import Account, Directory, is_group
from handlers.setup.served import PLATFORMS, known, listed
from handlers.sites import Site

Groups = Mapping[str, tuple[Account, ...]]
UNREAD: Final[Groups] = {}
LET_THEM: Final = "let your staff raise"
"""What is to be done."""


def why_not(site: Site, groups: Groups = UNREAD) -> str:
    """Why nobody but leads can, as the end of a sentence; empty where somebody can, as far as is known.

    `groups` are those that could be read just now.
    """
    if not (site.staff and site.serves):
        return ""
    from_here = [ref for ref in site.staff if _org(ref) in site.serves]
    if not from_here:
        return f"those who may are on {listed(_orgs(site))}, and it may not be raised from there"
    empty = all(is_group(ref) and groups.get(ref) == () for ref in from_here)
    return "nobody is in the group of those who may" if empty else ""


def only_elsewhere(site: Site) -> bool:
    """Whether who may is named on other workspaces and tenants alone than those it is raised from."""
    return not _orgs(site) & site.serves


def ways_out(site: Site, directory: Directory) -> str:
    """What to do about it, each way in the window where it is done."""
    where = listed(site.serves)
    if not only_elsewhere(site):
        return "Put them into it on the platform, or name another group under 'Who may raise'."
    if site.declared:
        serves = ", ".join(sorted(_orgs(site)))
        return f"Write {serves} into its serves, or somebody of {where} into its staff."
    platforms = dict.fromkeys(org.partition(":")[0] for org in sorted(site.serves))
    on = " or ".join(PLATFORMS[one] for one in platforms)
    back = _orgs(site) & known(directory)
    name = f"name a group on {on} under 'Who may raise', from there."
    return f"Tick {listed(back)} again under 'Name and numbers', or {name}" if back else f"N{name[1:]}"


def lost(before: Site | None, after: Site) -> tuple[str, ...]:
    """What a change has taken away, in sentences without a full stop: from where nobody can any more, or nowhere."""
    if before is None:
        return ()
    gone = before.serves - after.serves
    said = (f"Nobody can raise an incident here from {listed(gone)} any more",) if gone else ()
    return (*said, f"Nobody but leads can now: {why_not(after)}") if nobody_any_more(before, after) else said


def nobody_any_more(before: Site | None, after: Site) -> bool:
    """Whether it is by a change that nobody but leads can."""
    return before is not None and bool(why_not(after)) and not why_not(before)


def _orgs(site: Site) -> frozenset[str]:
    """Of which workspaces and tenants those are who may."""
    return frozenset(map(_org, site.staff))


def _org(ref: str) -> str:
    return ref.partition("/")[0]
