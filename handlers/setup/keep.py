"""Keeping a change: the site as it is now, entries in the audit trail, and a word to the leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from handlers.changes import MOVED, UNRAISED, Change, What
from handlers.clocks import today
from handlers.contacts import place_called, room_of
from handlers.people import Account, Directory, Known, is_group
from handlers.setup import differences, raising_here
from handlers.setup.alone import told_beside
from handlers.setup.at import At
from handlers.setup.group_words import described, entry, in_a_row
from handlers.setup.joined import keep_shown, person_named
from handlers.setup.seen import AN_ADMIN
from handlers.setup.tell import BY_AN_ADMIN, keep_and_tell, leads_of, start_days
from handlers.setup.told import BY_HAND
from handlers.sites import Site, StandIn

NOT_FOR_LEADS: Final[frozenset[str]] = frozenset({"site_added", "admin_added", "admin_removed"})
"""What other admins read and nobody is told of: it touches no lead, no contact and nothing that a lead goes by."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Who leads by a change from now on, or no more: accounts and groups, with an entry in the trail for each."""

    refs: tuple[str, ...] = ()
    still: str = ""
    """By what whoever is taken out leads all the same, or whose an account is that was joined, in a closed word."""
    others: str = ""
    """Of leads who are added: what they are made without the admin, who is told of in other words."""
    in_place: str = ""
    """Of a stand-in: in whose place, and when."""


NOBODY: Final = Rights()


def keep_site(  # what is kept, and what is said of it
    at: At, site: Site, what: What, about: str = "", about_name: str = "", *, rights: Rights = NOBODY
) -> At:
    """Keep the site as it is now, and return where the admin is after it. The same again changes nothing.

    Where the admin is a lead by it who was none, that is what the change is, and it is told by itself.
    """
    before, directory = at.directory.site(site.id), at.directory
    if before == site:
        return replace(at, site=site)
    at.work.keep_site(site)
    keep_shown(directory, at.intent.known.groups, at.work)
    after = at.directory.site(site.id) or site
    found = _differences(before, after, about, at) if before else ()
    said = ". ".join(filter(None, (about_name, differences.in_a_sentence(found), *raising_here.lost(before, after))))
    changed = ",".join(one.field for one in found)
    details = [{"about": one} for one in (rights.refs or (about,)) if one] or [{}]
    by_hand = next((one.kind for one in after.contacts if one.id == about and one.kind == BY_HAND), "")
    details = [{**one, "changed": changed} if changed else one for one in details]
    unraised = UNRAISED if raising_here.nobody_any_more(before, after) else ""
    why = MOVED if what == "contact_removed" or differences.moves(found) else unraised
    change = Change(
        what, at.work.now, site.id, about, at.by, seen_as(at.by, at), said, rights.still or why or by_hand,
        whom=rights.refs, in_place=rights.in_place,
    )  # fmt: skip
    besides: list[tuple[What, Mapping[str, str]]] = []
    beside: tuple[str, ...] = ()
    by_an_admin = False
    if _leads_now(at, site.id, directory):
        change = _of_themselves(change, rights, at)
        besides, details = [(what, one) for one in details], [{"about": str(at.by)}]
    elif by_an_admin := what == "lead_added" and _makes_admins_leads(at, rights.refs, before):
        change = replace(change, why=BY_AN_ADMIN)
    if change.what == "lead_self" or by_an_admin:
        beside_why, beside = told_beside(after, at.directory, at.intent.known.groups, at.work)
        change = replace(change, why=beside_why or change.why)
    told = () if what in NOT_FOR_LEADS else (*hears(before, at), *hears(after, at))
    added, gone = _stand_ins_changed(before, after, at)
    heard = (one.who for one in ((*added, *gone) if what != "lead_removed" else added))  # those hear it in other words
    change_id = keep_and_tell(change, at.work, hears=(*told, *heard, *beside), details=details, besides=besides)
    start_days(change_id, added, at.work)
    return replace(at, site=after, typed=None, errors=(), note="")


def _of_themselves(change: Change, rights: Rights, at: At) -> Change:
    """The same change, told as what it is: an admin made themselves a lead, and perhaps others too."""
    rest = f"as a stand-in: {change.about_name}" if rights.in_place else f"and {rights.others}" if rights.others else ""
    whom = tuple(dict.fromkeys((str(at.by), *change.whom)))
    return replace(change, what="lead_self", about=str(at.by), about_name=rest, whom=whom)


def note(  # as above
    at: At,
    what: What,
    site: str = "",
    about: str = "",
    about_name: str = "",
    *,
    hears: Iterable[str] = (),
    details: Iterable[Mapping[str, str]] = (),
    rights: Rights = NOBODY,
) -> None:
    """Record a change, and have those told whose it is to know."""
    change = Change(
        what, at.work.now, site, about, at.by, seen_as(at.by, at), about_name, rights.still, whom=rights.refs,
        in_place=rights.in_place,
    )  # fmt: skip
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


def _stand_ins_changed(before: Site | None, after: Site, at: At) -> tuple[list[StandIn], list[StandIn]]:
    """Who stands in from now on, and who does no more: they hear of that, although they may not lead today.

    One whose days are over is gone from the list as well, and hears nothing of it.
    """
    old, day = before.stand_ins if before else (), today(at.work.now)
    added = [one for one in after.stand_ins if one not in old]
    return added, [one for one in old if one not in after.stand_ins and one.last >= day]


def announce_self(at: At, before: Directory, said: str) -> tuple[str, ...]:
    """Say it by itself where the admin is a lead from now on, or will be, by another way than a change of a site.

    Returns whoever hears that, and need not hear of the same in other words.
    """
    told: list[str] = []
    for site in at.directory.sites:
        if _leads_now(at, site.id, before):
            told += hears(site, at)
            note(at, "lead_self", site.id, str(at.by), said, hears=hears(site, at))
    return tuple(told)


def _leads_now(at: At, site_id: str, before: Directory) -> bool:
    """Whether the admin leads a site from now on, or will, by whichever way, and did not before."""
    known, was, now = at.intent.known, before.site(site_id), at.directory.site(site_id)
    led = was is not None and _leads_ever(at.by, was, before, known)
    return not led and now is not None and _leads_ever(at.by, now, at.directory, known)


def _makes_admins_leads(at: At, refs: Iterable[str], was: Site | None) -> bool:
    """Whether one of these, or somebody in them, is an admin who did not lead the site before."""
    known, admin = at.intent.known, at.directory.is_admin
    people = [one for ref in refs for one in (known.groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]
    return any(admin(one) and not (was and _leads_ever(one, was, at.directory, known)) for one in people)


def _leads_ever(account: Account, site: Site, directory: Directory, known: Known) -> bool:
    named = [*site.leads, *(one.who for one in site.stand_ins)]
    accounts = [one for ref in named for one in (known.groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]
    return any(directory.same_person(account, one) for one in accounts)


def seen_as(account: Account, at: At) -> str:
    """What the platform calls somebody, in words that no admin writes; the name that was entered stands behind it."""
    return person_named(account, at.intent.known.names.get(account, ""), at.directory)


def ref_seen_as(ref: str, at: At) -> str:
    """The same of an entry that may be a group."""
    return entry(ref, at, name=None if is_group(ref) else lambda one: seen_as(one, at))


def made(refs: Iterable[str], at: At) -> str:
    """What these are made, behind "somebody made": `Tom Reid a lead`, `Tom Reid and Amira Khan leads`."""
    said = [f"everyone in {described(ref, at)}" if is_group(ref) else _admin_or_not(ref, at) for ref in refs]
    return f"{in_a_row(said)} {'a lead' if len(said) == 1 else 'leads'}" if said else ""


def _admin_or_not(ref: str, at: At) -> str:
    """Somebody's name, and that they are an admin: whoever leads beside them has to know."""
    account = Account.parse(ref)
    return f"{seen_as(account, at)} ({AN_ADMIN})" if at.directory.is_admin(account) else seen_as(account, at)


def _differences(before: Site, after: Site, about: str, at: At) -> tuple[differences.Difference, ...]:
    found = differences.of_site(before, after, lambda ref: ref_seen_as(ref, at))
    contacts = {one.id: one for one in after.contacts}
    here = next((one for one in before.contacts if one.id == about), None)
    if here is None or about not in contacts:
        return found
    there = contacts[about]
    where = room_of(there, after)
    room = at.intent.known.rooms.get(where) if where else None
    called = there.room or (room.name if room else "")  # by the name that the platform gave a moment ago
    return (*found, *differences.of_contact(here, replace(there, room=called), place_called))
