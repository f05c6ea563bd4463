"""Keeping a change: the site as it is now, entries in the audit trail, and a word to the leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from handlers.changes import Change, What
from handlers.people import Account, Directory, Known, is_group
from handlers.setup import differences
from handlers.setup.at import At
from handlers.setup.group_words import entry
from handlers.setup.tell import keep_and_tell, leads_of
from handlers.setup.told import BY_HAND
from handlers.sites import Site

NOT_FOR_LEADS: Final[frozenset[str]] = frozenset({"site_added", "admin_added", "admin_removed"})
"""What other admins read and nobody is told of: it touches no lead, no contact and nothing that a lead goes by."""


def keep_site(  # what is kept, and what is said of it
    at: At, site: Site, what: What, about: str = "", about_name: str = "", *, refs: tuple[str, ...] = ()
) -> At:
    """Keep the site as it is now, and return where the admin is after it. The same again changes nothing.

    `refs` are the accounts and groups that the change is about; the audit trail gets an entry for each.
    """
    before, directory = at.directory.site(site.id), at.directory
    if before == site:
        return replace(at, site=site)
    at.work.keep_site(site)
    after = at.directory.site(site.id) or site
    found = _differences(before, after, about, at) if before else ()
    said = ". ".join(filter(None, (about_name, differences.in_words(found))))
    changed = ",".join(one.field for one in found)
    details = [{"about": one} for one in (refs or (about,)) if one] or [{}]
    note(
        at, what, site.id, about, said,
        hears=(*hears(before, at), *hears(after, at), *_stand_ins_changed(before, after)),
        details=[{**one, "changed": changed} if changed else one for one in details],
        why=next((one.kind for one in after.contacts if one.id == about and one.kind == BY_HAND), ""),
    )  # fmt: skip
    announce_self(at, directory, said)
    return replace(at, site=after, typed=None, errors=(), note="")


def note(  # as above
    at: At,
    what: What,
    site: str = "",
    about: str = "",
    about_name: str = "",
    *,
    hears: Iterable[str] = (),
    details: Iterable[Mapping[str, str]] = (),
    why: str = "",
) -> None:
    """Record a change, and have those told whose it is to know."""
    change = Change(what, at.work.now, site, about, at.by, seen_as(at.by, at), about_name, why)
    details = list(details) or [{"about": about} if about else {}]
    keep_and_tell(change, at.work, hears=() if what in NOT_FOR_LEADS else hears, details=details)


def hears(site: Site | None, at: At) -> tuple[str, ...]:
    """Who is told of a change at a site: its leads as configuration has them, and those who stand in today.

    Members of a group are told by themselves too as far as they are known: after the change the group may not be asked
    about any more.
    """
    if site is None:
        return ()
    known = at.intent.known
    members = (str(one) for ref in site.leads if is_group(ref) for one in known.groups.get(ref, ()))
    return (*leads_of(site, at.work), *members)


def _stand_ins_changed(before: Site | None, after: Site) -> tuple[str, ...]:
    """Who stands in from now on, or no more: they hear of that, although they may not lead today."""
    changed = {*(before.stand_ins if before else ())} ^ {*after.stand_ins}
    return tuple(sorted(one.who for one in changed))


def announce_self(at: At, before: Directory, said: str) -> None:
    """Say it by itself where the admin is a lead from now on, or will be, by whichever way, and was none before."""
    for site in at.directory.sites:
        earlier = before.site(site.id)
        was = earlier is not None and _leads_ever(at.by, earlier, before, at.intent.known)
        if not was and _leads_ever(at.by, site, at.directory, at.intent.known):
            note(at, "lead_self", site.id, str(at.by), said, hears=hears(site, at))


def _leads_ever(account: Account, site: Site, directory: Directory, known: Known) -> bool:
    named = [*site.leads, *(one.who for one in site.stand_ins)]
    accounts = [one for ref in named for one in (known.groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]
    return any(directory.same_person(account, one) for one in accounts)


def seen_as(account: Account, at: At) -> str:
    """What the platform calls somebody, in words that no admin writes; the name that was entered stands behind it."""
    there = at.intent.known.names.get(account, "")
    entered = at.directory.person(account).name
    if not there:
        return f"{entered} ({account})" if entered else str(account)
    return there if not entered or entered.casefold() == there.casefold() else f"{there} (entered as {entered})"


def ref_seen_as(ref: str, at: At) -> str:
    """The same of an entry that may be a group."""
    return entry(ref, at, name=None if is_group(ref) else lambda one: seen_as(one, at))


def _differences(before: Site, after: Site, about: str, at: At) -> tuple[differences.Difference, ...]:
    found = differences.of_site(before, after, lambda ref: ref_seen_as(ref, at))
    contacts = {one.id: one for one in after.contacts}
    here = next((one for one in before.contacts if one.id == about), None)
    return (*found, *(differences.of_contact(here, contacts[about]) if here and about in contacts else ()))
