"""Sites where nobody hears, or one alone: the only lead is an admin, or whoever is named has left or has no role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from handlers.people import Account, Directory, is_group
from handlers.ports import Work
from handlers.setup.tell import LATELY, leads_of
from handlers.sites import Site

ALONE: Final = "alone"
"""Of an admin who is made a lead: only admins lead that site."""
TWO_NEEDED: Final = (
    "Two people have to decide here, and one lead would be left: nobody could decide what that lead raises. Add "
    "another lead first, or let one person decide under 'Clocks and rules'."
)
NEW: Final = "new"
"""The same: the site is new, and others lead it too, who may know no better than that it is what it is called."""
BESIDE: Final = frozenset({ALONE, NEW})
"""Where the leads of the other sites are told too."""
NEW_FOR: Final = timedelta(days=30)


def no_role(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> tuple[Account, ...]:
    """Leads and stand-ins of a site who are no full members, as far as is known: guests, or people who have left."""
    stand_ins = (Account.parse(one.who) for one in site.stand_ins)
    people = dict.fromkeys((*_named(site, groups), *stand_ins))
    return tuple(one for one in people if one in directory.not_members)


def nobody_in(leads: tuple[str, ...], groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether it is known that nobody leads: every entry is a group that was read and has nobody in it."""
    return all(is_group(ref) and groups.get(ref) == () for ref in leads)


def none_left(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether all who lead a site are such; not so where a group cannot be read."""
    named = _named(site, groups)
    unread = any(is_group(ref) and ref not in groups for ref in site.leads)
    return bool(named) and not unread and all(one in directory.not_members for one in named)


def _named(site: Site, groups: Mapping[str, tuple[Account, ...]]) -> list[Account]:
    return [one for ref in site.leads for one in (groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]


def fewer_than_two(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether it is known that no two people lead a site. Who stands in does so for some days, and is not counted."""
    if any(is_group(ref) and ref not in groups for ref in site.leads):
        return False
    leads = [one for one in _named(site, groups) if one not in directory.not_members]
    return all(directory.same_person(leads[0], one) for one in leads)


def nobody_decides(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether a site wants two people to decide, and has not got them."""
    return site.requires_two_people and fewer_than_two(site, directory, groups)


def only_an_admin(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether one person leads a site, and that is an admin; not so where others do, or may as far as is known."""
    if any(is_group(ref) and ref not in groups for ref in site.leads):
        return False
    leads = [one for one in _named(site, groups) if one not in directory.not_members]
    return bool(leads) and directory.is_admin(leads[0]) and all(directory.same_person(leads[0], one) for one in leads)


def only_admins(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether everybody who leads a site is an admin; not so where others may, as far as is known."""
    unread = any(is_group(ref) and ref not in groups for ref in site.leads)
    leads = [one for one in _named(site, groups) if one not in directory.not_members]
    return bool(leads) and not unread and all(map(directory.is_admin, leads))


def told_beside(
    site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]], work: Work
) -> tuple[str, tuple[str, ...]]:
    """Which leads of other sites hear that an admin leads this one from now on, and why; nobody, with no word."""
    why = ALONE if only_admins(site, directory, groups) else NEW if _is_new(site, work) else ""
    beside = leads_beside(site, work) if why else ()
    return (why, beside) if beside else ("", ())


def _is_new(site: Site, work: Work) -> bool:
    """Whether it was added lately, or nobody can say: more has happened since than is looked through."""
    newest, since = work.changes(LATELY), work.now - NEW_FOR
    added = any((one.what, one.site) == ("site_added", site.id) and one.at > since for one in newest)
    return added or (len(newest) >= LATELY and newest[-1].at > since)


def leads_beside(site: Site, work: Work) -> tuple[str, ...]:
    """The leads of the other sites that some of a site's people see: whoever raises an incident chooses between them.

    Where only admins lead a site, they are the only ones who can know that it is not what it is called.
    """
    others = (one for one in work.directory.sites if one.id != site.id and one.serves & site.serves)
    return tuple(dict.fromkeys(ref for one in others for ref in leads_of(one, work)))
