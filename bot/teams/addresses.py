"""Where people are reached on Teams: the personal conversation of each, and how to call the service that holds it.

An address comes from a personal conversation with the bot and from nowhere else. A message extension is used inside
somebody else's chat: a recommendation sent there would be a breach.
"""

from __future__ import annotations

from typing import Protocol

from bot.reference import Reference
from handlers.people import Account

__all__ = ["Addresses", "InMemory", "Reference"]


class Addresses(Protocol):
    """Where references are kept across restarts: a table with one row an account."""

    async def remember(self, account: Account, reference: Reference) -> None:
        """Keep the newest reference of an account, in place of any earlier one."""

    async def forget(self, account: Account) -> None:
        """Keep none of an account any more."""

    async def of(self, account: Account) -> Reference | None:
        """The reference of an account, or None."""

    async def renewed(self, account: Account) -> Reference | None:
        """The same where the person was heard of just now: their address is kept for longer."""

    async def service_url(self, org: str) -> str:
        """The service URL that was remembered last for a tenant (its id, without `teams:`), or an empty text."""

    async def remember_team(self, org: str, team: str, service_url: str) -> None:
        """Keep the id of a team of a tenant, in which something happened."""

    async def teams(self, org: str, most: int) -> tuple[str, ...]:
        """The ids of a tenant's teams that were kept, the newest first, at most so many."""


class InMemory:
    """Addresses for as long as the process lives: for tests and the playground."""

    def __init__(self) -> None:
        self.held: dict[Account, Reference] = {}
        self.met: dict[str, dict[str, None]] = {}

    async def remember(self, account: Account, reference: Reference) -> None:
        """Keep it, as the newest."""
        self.held.pop(account, None)
        self.held[account] = reference

    async def forget(self, account: Account) -> None:
        """Keep none."""
        self.held.pop(account, None)

    async def of(self, account: Account) -> Reference | None:
        """The reference of an account."""
        return self.held.get(account)

    async def renewed(self, account: Account) -> Reference | None:
        """The same: nothing here is forgotten."""
        return await self.of(account)

    async def service_url(self, org: str) -> str:
        """The newest one of the tenant."""
        urls = [reference.service_url for account, reference in self.held.items() if account.org == org]
        return urls[-1] if urls else ""

    async def remember_team(self, org: str, team: str, service_url: str) -> None:  # noqa: ARG002  # the protocol's
        """Keep it."""
        self.met.setdefault(org, {})[team] = None

    async def teams(self, org: str, most: int) -> tuple[str, ...]:
        """The newest first."""
        return tuple(reversed(self.met.get(org, {})))[:most]
