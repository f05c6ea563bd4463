"""Accounts and groups in the words of the CONFIG file, with what their platform calls them.

At a start no platform has been asked yet, and what the file calls somebody is no proof of who it is. So what the file
changed is kept with accounts as they stand there, and each gets its name when somebody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from handlers.changes import Change
from handlers.people import Account, Directory, Known, Standing, is_group
from handlers.ports import Work
from handlers.setup.group_words import NAMED_ALONE, in_a_row, named
from handlers.setup.tell import ASKED_FOR, BY_AN_ADMIN, LATELY

AN_ADMIN: Final = "an admin of Signpost"
_REF: Final = re.compile(rf"(?<![\w(:/])(?P<ref>(?:slack|teams):[\w-]+/[\w:@.-]*\w)(?P<admin> \({AN_ADMIN}\))?")
"""An account or group; one in brackets has its name before it already."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of people and groups while somebody reads of a change."""

    directory: Directory
    known: Known = field(default_factory=lambda: Known(Standing(member=False)))

    def change(self, change: Change) -> Change:
        """The same change to be read: what the file says has names, and says where an admin leads by a group of it."""
        if not of_the_file(change):
            return change
        why = BY_AN_ADMIN if change.what == "lead_added" and self._has_admin(change.whom) else change.why
        about, in_place, instead = map(self._words, (change.about_name, change.in_place, change.instead))
        return replace(change, about_name=about, in_place=in_place, instead=instead, why=why)

    def _words(self, said: str) -> str:
        return _REF.sub(lambda found: self._called(found["ref"], found["admin"] or ""), said)

    def _called(self, ref: str, admin: str = "") -> str:
        """The platform's name with the account behind it. What was entered is said to be just that."""
        if is_group(ref):
            return self._group(ref) if ref in self.known.groups else self._unread(ref)
        account = Account.parse(ref)
        there, entered = self.known.names.get(account, ""), self.directory.person(account).name
        differs = bool(entered) and entered.casefold() != there.casefold()
        behind = (f"entered as {entered}" if differs else "", ref if there else "", AN_ADMIN if admin else "")
        said = ", ".join(filter(None, behind))
        return f"{there or ref} ({said})" if said else ref

    def _group(self, ref: str) -> str:
        members = self.known.groups[ref]
        is_admin = self.directory.is_admin
        people = [self._called(str(one), AN_ADMIN if is_admin(one) else "") for one in members[:NAMED_ALONE]]
        more = [f"{len(members) - NAMED_ALONE} more"] if len(members) > NAMED_ALONE else []
        about = self.known.about_groups.get(ref)
        return f"{named(ref, about.name if about else '')} ({in_a_row([*people, *more]) or 'nobody is in it'})"

    def _unread(self, ref: str) -> str:
        """A group of whose people nobody said anything: a channel by its name, as far as that is known."""
        about = self.known.about_groups.get(ref)
        is_channel = ref.startswith("teams:") and ref.partition("/")[2].startswith("channel:")
        return named(ref, about.name if about else "") if is_channel or (about and about.name) else ref

    def _has_admin(self, refs: Iterable[str]) -> bool:
        members = (one for ref in refs if is_group(ref) for one in self.known.groups.get(ref, ()))
        return any(map(self.directory.is_admin, members))


def of_the_file(change: Change) -> bool:
    """Whether the CONFIG file says so: nobody pressed anything, and it was not noticed on a platform."""
    return change.by is None and bool(change.by_name)


def to_name(work: Work) -> frozenset[str]:
    """Accounts and groups of which somebody may have to read that the file changed something about them."""
    lately = (one for one in work.changes(LATELY) if of_the_file(one) and work.now - one.at < ASKED_FOR)
    said = " ".join(f"{one.about_name} {one.in_place} {one.instead}" for one in lately)
    return frozenset(found["ref"] for found in _REF.finditer(said))
