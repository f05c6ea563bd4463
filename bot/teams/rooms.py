"""Finds the room of a person: remembered from their own messages, or made by their Entra object id."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot import logs
from bot.teams.addresses import Addresses, Reference
from bot.teams.connector import FORBIDDEN, Connector, Failed
from bot.teams.options import Options
from handlers.people import Account

STORE_SECONDS: Final = 1.0
"""How long an answer to a person may wait for their address to be written down."""
ABSENT_SECONDS: Final = 300.0
"""How long we do not try again to reach somebody for whom the app is not installed."""
RENEW_SECONDS: Final = 86400.0
"""How often at most it is noted of somebody that they are still heard of."""
MOST: Final = 5000
"""People whose whereabouts are kept in memory."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where somebody was seen a moment ago: good for asking who they are, never for sending them anything."""

    service_url: str
    conversation: str
    person: str
    team: str = ""
    """The team's own id, where it happened in one of a team's channels."""


class Rooms:
    """Personal conversations by account, and who has none because the app is not installed for them.

    `clock` gives seconds that only grow; `on_reachable` hears of everybody who can be written to from now on.
    """

    def __init__(
        self,
        options: Options,
        connector: Connector,
        addresses: Addresses,
        clock: Callable[[], float] = time.monotonic,
        on_reachable: Callable[[Account], None] = lambda _: None,
    ) -> None:
        self._options, self._connector, self._addresses, self._clock = options, connector, addresses, clock
        self._on_reachable = on_reachable
        self._known: OrderedDict[Account, Reference] = OrderedDict()
        self._heard: OrderedDict[Account, float] = OrderedDict()
        self._seen: OrderedDict[Account, Seen] = OrderedDict()
        self._absent: OrderedDict[Account, float] = OrderedDict()
        self._urls: dict[str, str] = {}

    def saw(self, account: Account, seen: Seen) -> None:
        """Somebody did something there just now."""
        self._seen[account] = seen
        self._seen.move_to_end(account)
        self._urls[account.org] = seen.service_url
        _trim(self._seen)

    def seen(self, account: Account) -> Seen | None:
        """Where somebody was last seen."""
        return self._seen.get(account)

    async def remember(self, account: Account, reference: Reference) -> bool:
        """Keep the address of a personal conversation, and return whether there was none before.

        Never raises: a person's answer does not hang on it.
        """
        was_absent = self._absent.pop(account, None) is not None
        before = self._known.get(account)
        is_fresh = self._clock() - self._heard.get(account, -RENEW_SECONDS) < RENEW_SECONDS
        if before == reference and is_fresh and not was_absent:
            return False
        self._known[account] = reference
        self._known.move_to_end(account)
        _trim(self._known)
        try:
            async with asyncio.timeout(STORE_SECONDS):
                kept = await self._addresses.renewed(account)
                before = before or kept
                if kept != reference:
                    await self._addresses.remember(account, reference)
                self._heard[account] = self._clock()
                self._heard.move_to_end(account)
                _trim(self._heard)
        except Exception as error:  # noqa: BLE001  # whatever ails the store
            self._known.pop(account, None)  # so that it is tried again with the next message
            logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))
            is_new = False  # as far as anybody knows
        else:
            is_new = before is None
        if was_absent or is_new:
            self._on_reachable(account)
        return is_new

    async def installed(self, account: Account, reference: Reference) -> bool:
        """The app was added for somebody; return whether that is news.

        The store knows: another replica may have heard that it was removed.
        """
        self._known.pop(account, None)
        return await self.remember(account, reference)

    async def removed(self, account: Account) -> None:
        """The app was taken from somebody, or Teams says that it is not there: their address is good for nothing."""
        self.absent(account)
        self._known.pop(account, None)
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self._addresses.forget(account)
        except Exception as error:  # noqa: BLE001  # then the next post finds out
            logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))

    def absent(self, account: Account) -> None:
        """Teams says that the app is not installed for somebody."""
        self._absent[account] = self._clock() + ABSENT_SECONDS
        self._absent.move_to_end(account)
        _trim(self._absent)

    def reached(self, account: Account) -> None:
        """A message got through to somebody: whatever was said of them before."""
        if self._absent.pop(account, None) is not None:
            self._on_reachable(account)

    async def known(self, account: Account) -> Reference | None:
        """The address that we have. Never raises."""
        if account not in self._known:
            try:
                async with asyncio.timeout(STORE_SECONDS):
                    kept = await self._addresses.of(account)
            except Exception as error:  # noqa: BLE001  # whatever ails the store
                logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))
                return None
            if kept is None:
                return None
            self._known.setdefault(account, kept)  # unless a newer one came meanwhile
            _trim(self._known)
        return self._known[account]

    async def of(self, account: Account, *, anew: bool = False) -> Reference:
        """The personal conversation, made if there is none (or `anew`). Raises Failed: 403 without the app."""
        found = None if anew else await self.known(account)
        if found is not None:
            return found
        if self._absent.get(account, 0.0) > self._clock():
            raise Failed("refused", FORBIDDEN)
        service_url = await self.service_url(account.org)
        try:
            conversation = await self._connector.create(service_url, account.org, account.user)
        except Failed as failed:
            if failed.status == FORBIDDEN:
                self.absent(account)
            raise
        made = Reference(service_url, conversation)
        await self.remember(account, made)
        return made

    def not_installed(self, account: Account) -> bool:
        """Whether the last that Teams told us of this person is that they do not have the app."""
        return account in self._absent

    def knows(self, org: str) -> bool:
        """Whether Teams ever said where to call for a tenant."""
        return org in self._urls

    async def service_url(self, org: str) -> str:
        """Where to call for a tenant: what Teams said last, else the first address of the cloud."""
        if org not in self._urls:
            try:
                async with asyncio.timeout(STORE_SECONDS):
                    kept = await self._addresses.service_url(org)
            except Exception as error:  # noqa: BLE001  # whatever ails the store
                logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))
                kept = ""
            if not self._options.may_call(kept):
                return self._options.first_service_url
            self._urls[org] = kept
        return self._urls[org]


def _trim(held: OrderedDict[Account, Reference] | OrderedDict[Account, Seen] | OrderedDict[Account, float]) -> None:
    while len(held) > MOST:
        held.popitem(last=False)
