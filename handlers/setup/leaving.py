"""A lead is taken out: with every account that is theirs, never the last, and with what they lead by all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.clocks import today
from handlers.people import Account, is_group
from handlers.screens import Item, Part
from handlers.setup import stand_ins
from handlers.setup.at import At
from handlers.setup.checklist import nobody_in
from handlers.setup.group_words import entry
from handlers.setup.keep import keep_site, ref_seen_as
from handlers.sites import Site

LAST_LEAD: Final = "A site needs a lead. Add another first, then take this one out."
NOBODY_LEFT: Final = "Nobody would lead here: what stays is a group with nobody in it. Add a lead first."
ONLY_YOU: Final = (
    "Only you would lead here then. An admin does not take out the last other lead: add another first, or ask another "
    "admin."
)
BOTH: Final = "Every account of {name} that was listed here is taken out."
STANDS_IN: Final = "{name} can still lead here, as a stand-in. Take that out too, if they are to see no case."
IN_GROUP: Final = (
    "{name} still leads here, by a group. Take them out of the group where it is kept, or the group out of the leads."
)
UNREAD: Final = "Whether {name} is in a group that leads here cannot be read just now: look there."


def take_out(at: At, site: Site) -> At:
    """Keep the site without this lead, or say why that cannot be."""
    gone = tuple(ref for ref in site.leads if ref == at.item or _same(ref, at))
    rest = tuple(ref for ref in site.leads if ref not in gone)
    if not rest:
        return at.wrong(("move", LAST_LEAD))
    if nobody_in(rest, at.intent.known.groups):
        return at.wrong(("move", NOBODY_LEFT))
    if _left_to_the_admin(rest, at):
        return at.wrong(("move", ONLY_YOU))
    by_group = any(map(is_group, rest))  # whoever is in one may be away too
    still = tuple(one for one in site.stand_ins if one.away in rest or (by_group and one.away not in gone))
    ends = [ref_seen_as(one.who, at) for one in site.stand_ins if one not in still]
    names = ", ".join(ref_seen_as(ref, at) for ref in gone)
    names += f", and with them {', '.join(ends)}, who stood in for them" if ends else ""
    return keep_site(
        at, replace(site, leads=rest, stand_ins=still), "lead_removed", at.item, names, refs=gone
    )  # fmt: skip


def still_leading(at: At) -> At:
    """Say, after somebody was taken out, by what they lead here all the same, with the way to end that below it."""
    site = at.site
    if site is None or at.item in site.leads or is_group(at.item):
        return at
    name = at.name(Account.parse(at.item))
    groups, known = [ref for ref in site.leads if is_group(ref)], at.intent.known.groups
    entries = [one for one in site.stand_ins if _same(one.who, at) and one.last >= today(at.work.now)]
    inside = [ref for ref in groups if any(_same(str(one), at) for one in known.get(ref, ()))]
    below: list[Part] = [Item("Stands in", stand_ins.said(one, at), stand_ins.take_out(one, at)) for one in entries]
    below += [Item(entry(ref, at), "", at.go("Change", "lead", ref)) for ref in inside]
    others = len(at.directory.person(Account.parse(at.item)).accounts) > 1
    said = (
        (BOTH, others), (STANDS_IN, bool(entries)), (IN_GROUP, bool(inside)),
        (UNREAD, not inside and any(ref not in known for ref in groups)),
    )  # fmt: skip
    notes = [at.note, *(text.format(name=name) for text, holds in said if holds)]
    return replace(at, note="\n".join(filter(None, notes)), below=tuple(below))


def _left_to_the_admin(refs: tuple[str, ...], at: At) -> bool:
    """Whether nobody but the admin would lead, as far as groups can be read."""
    groups = at.intent.known.groups
    left = [one for ref in refs for one in (groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]
    unread = any(is_group(ref) and ref not in groups for ref in refs)
    return bool(left) and not unread and all(at.directory.same_person(one, at.by) for one in left)


def _same(ref: str, at: At) -> bool:
    """Whether an entry is an account of the person whom the window is about."""
    if is_group(ref) or is_group(at.item):
        return False
    return at.directory.same_person(Account.parse(ref), Account.parse(at.item))
