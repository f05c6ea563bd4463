"""An admin of Signpost in a contact's channel reads what is sent there: that is said, and takes nothing out of use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.people import Account, Directory, Known, Room
from handlers.setup.group_words import in_a_row
from handlers.sites import Contact

MOST_NAMED: Final = 3
LEAVE: Final = "No admin should stay in it once it works."


def admins_in(room: Room | None, directory: Directory, before: Sequence[str]) -> tuple[str, ...]:
    """The accounts of admins that are in a channel; those of `before` where nobody could say who is in it."""
    if room is None or room.why_not or room.members is None:
        return tuple(before)
    admins = {account for one in directory.admins for account in (one, *directory.person(one).accounts)}
    return tuple(sorted(str(one) for one in admins.intersection(room.members)))


def said(contact: Contact, directory: Directory, known: Known) -> str:
    """Who of the admins is in a contact's channel, by name where it is known, and what that means; empty for nobody."""
    accounts = [Account.parse(one) for one in contact.admins]
    if not accounts:
        return ""
    names = [known.names.get(one, "") or directory.person(one).name for one in accounts]
    named, one_alone = list(dict.fromkeys(filter(None, names))), len(accounts) == 1
    if not named or not all(names) or len(named) > MOST_NAMED:
        who = "An admin of Signpost is" if one_alone else f"{len(accounts)} admins of Signpost are"
    elif len(named) == 1:
        who = f"{named[0]}, an admin of Signpost, is"
    else:
        who = f"{in_a_row(named)}, admins of Signpost, are"
    return f"{who} in that channel and would read what is sent there. {LEAVE}"
