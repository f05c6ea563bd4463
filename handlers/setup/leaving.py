"""A lead is taken out: with every account that is theirs, never the last, and with what they lead by all the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from handlers.clocks import today
from handlers.people import Account, is_group
from handlers.screens import Item, Part
from handlers.setup import stand_ins
from handlers.setup.alone import TWO_NEEDED, nobody_decides, nobody_in
from handlers.setup.at import At
from handlers.setup.group_words import entry, in_a_row
from handlers.setup.keep import Rights, keep_site, ref_seen_as
from handlers.sites import Site, StandIn

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
    if nobody_decides(replace(site, leads=rest), at.directory, at.intent.known.groups):
        return at.wrong(("move", TWO_NEEDED))
    by_group = any(map(is_group, rest))  # whoever is in one may be away too
    still = tuple(one for one in site.stand_ins if one.away in rest or (by_group and one.away not in gone))
    ended = [one for one in site.stand_ins if one not in still and one.last >= today(at.work.now)]
    names = ", ".join(ref_seen_as(ref, at) for ref in gone)
    if ended:
        names += f", and with them {in_a_row([ref_seen_as(one.who, at) for one in ended])}, who stood in for them"
    after = replace(site, leads=rest, stand_ins=still)
    rights = Rights(gone, still=_by_what(after, at).word)
    done = keep_site(at, after, "lead_removed", at.item, names, rights=rights)
    for one in ended:
        stand_ins.tell_removed(one, at, hears=(one.who,))
    return done


def still_leading(at: At) -> At:
    """Say, after somebody was taken out, by what they lead here all the same, with the way to end that below it."""
    site = at.site
    if site is None or at.item in site.leads or is_group(at.item):
        return at
    name = at.name(Account.parse(at.item))
    found = _by_what(site, at)
    below: list[Part] = [stand_ins.row(one, at) for one in found.entries]
    below += [Item(entry(ref, at), "", at.go("Change", "lead", ref)) for ref in found.groups]
    others = len(at.directory.person(Account.parse(at.item)).accounts) > 1
    said = (
        (BOTH, others), (STANDS_IN, bool(found.entries)), (IN_GROUP, bool(found.groups)), (UNREAD, found.unread)
    )  # fmt: skip
    notes = [at.note, *(text.format(name=name) for text, holds in said if holds)]
    return replace(at, note="\n".join(filter(None, notes)), below=tuple(below))


@dataclass(frozen=True, slots=True)
class _ByWhat:
    """By what somebody leads a site whose own entry is taken out."""

    entries: tuple[StandIn, ...] = ()
    groups: tuple[str, ...] = ()
    unread: bool = False
    """In none that could be read, and there is one that could not."""

    @property
    def word(self) -> str:
        """The same in a closed word; empty where they lead by nothing, as far as can be told."""
        if self.groups:
            return "both" if self.entries else "in_group"
        return "unread" if self.unread else "stands_in" if self.entries else ""


def _by_what(site: Site, at: At) -> _ByWhat:
    """By what the person whom the window is about leads this site all the same. A group as a whole is left alone."""
    if is_group(at.item):
        return _ByWhat()
    groups, known = [ref for ref in site.leads if is_group(ref)], at.intent.known.groups
    entries = tuple(one for one in site.stand_ins if _same(one.who, at) and one.last >= today(at.work.now))
    inside = tuple(ref for ref in groups if any(_same(str(one), at) for one in known.get(ref, ())))
    return _ByWhat(entries, inside, not inside and any(ref not in known for ref in groups))


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
