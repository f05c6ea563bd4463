"""Who looks after a contact, when somebody is there and by when it is checked again, for the page of its site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from handlers.clocks import day_told
from handlers.people import Account
from handlers.setup.group_words import HOW_NAMED
from handlers.sites import Contact

NOBODY: Final = "Nobody is named to look after it."
OWNER_GONE: Final = "{who} looked after it and has no account any more: name somebody else."
AT_ALL_HOURS: Final = "Somebody is there at all hours."


def of(contact: Contact, name: Callable[[Account], str], *, said: str = "") -> str:
    """All of it in a line. `said` is what stands before it: a day that is named there is not named again."""
    unnamed = contact.kind == "teams" and not contact.room
    how_named = HOW_NAMED if unnamed else ""
    return " ".join(filter(None, (how_named, _owner(contact, name), _hours(contact), _review(contact, said))))


def _owner(contact: Contact, name: Callable[[Account], str]) -> str:
    who = contact.owner or (name(Account.parse(contact.owner_account)) if contact.owner_account else "")
    if not who:
        return NOBODY
    gone = bool(contact.owner_account) and contact.told_owner == contact.owner_account
    return OWNER_GONE.format(who=who) if gone else f"{who} looks after it."


def _hours(contact: Contact) -> str:
    if contact.hours is None:
        return AT_ALL_HOURS
    outside = f"; outside these hours: {contact.out_of_hours.removesuffix('.')}" if contact.out_of_hours else ""
    return f"Somebody is there {contact.hours.words}{outside}."


def _review(contact: Contact, said: str) -> str:
    if contact.review_by is None or day_told(contact.review_by) in said:
        return ""
    begun = "It was to be checked" if contact.suspended else "To be checked again"
    return f"{begun} by {day_told(contact.review_by)}."
