"""Accounts that become one person, or are several again: which they are, and whose leads have to hear of it.

An admin, or whoever may write the CONFIG file, says so; nobody whose account it is was asked. So it is told at once, to
each account in words to them, and to the leads wherever one of them may lead or may raise something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from handlers.people import Account, Directory, Known, Person, is_group
from handlers.sites import Site

SAME_PLACE: Final = (
    "Two of these accounts are of the same {place}, where everybody has one: they are two people. Leave one out."
)
_PLACES: Final = {"slack": "Slack workspace", "teams": "Teams tenant", "mail": "mailbox"}


def same_place(accounts: Iterable[Account]) -> str:
    """Why these are not one person, as a sentence: two of them are of one workspace or tenant. Empty where not."""
    often = Counter((one.platform, one.org) for one in accounts)
    return next((SAME_PLACE.format(place=_PLACES[of[0]]) for of, times in often.items() if times > 1), "")


def joined(before: Directory, after: Directory) -> list[Person]:
    """Who has an account now that was another person's, or nobody's but its own. Turned round: who was taken apart."""
    return [one for one in after.persons if not set(one.accounts) <= set(before.person(one.accounts[0]).accounts)]


def may_raise(account: Account, site: Site, known: Known) -> bool:
    """Whether an account may raise for a site, or cannot be ruled out: a group may hold it that was not read."""
    org = f"{account.platform}:{account.org}"
    if org not in site.serves:
        return False
    groups = [ref for ref in site.staff if is_group(ref) and ref.startswith(f"{org}/")]
    of_a_group = any(ref not in known.groups or account in known.groups[ref] for ref in groups)
    return not site.staff or str(account) in site.staff or of_a_group
