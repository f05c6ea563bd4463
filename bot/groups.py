"""Which groups are asked about before a transaction, and what if configuration names another one by then."""

from __future__ import annotations

from handlers.intents import Intent
from handlers.people import Account, Directory, is_group
from handlers.ports import Work
from handlers.route import route
from handlers.screens import Screen


class NotAsked(Exception):
    """Configuration names a group since a moment ago, and nobody was asked who is in it."""


def groups_for(account: Account, directory: Directory) -> frozenset[str]:
    """Groups that can matter to this account: those of the sites that serve its workspace, and of its own."""
    org = f"{account.platform}:{account.org}"
    return frozenset(
        ref
        for site in directory.sites
        for ref in (*site.leads, *site.staff)
        if is_group(ref) and (org in site.serves or ref.startswith(f"{org}/"))
    )


def route_with_groups(intent: Intent, work: Work) -> Screen | None:
    """Carry an intent out. Raises NotAsked, with nothing done, where the members of a group would be missing."""
    known = intent.known
    if known.standing.member and not groups_for(intent.by, work.directory) <= known.asked:
        raise NotAsked
    return route(intent, work)
