"""What a channel is: open to its whole team or not, what it is called, and who may be in it.

Whoever is in a team may list its channels without any permission, by the team's own id. A channel's link does not hold
that id (only the group's, which is another), so it is learnt from whatever happens in a team, its being added there
first of all, and kept. A channel of a team in which nothing has happened yet cannot be told: `about` is None then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from bot import logs
from bot.channel import Refused
from bot.teams.addresses import Addresses
from bot.teams.connector import FORBIDDEN, NOT_FOUND, Connector, Failed
from bot.teams.rooms import STORE_SECONDS, Seen
from handlers.people import Account

MOST_TEAMS: Final = 20
"""Teams of a tenant that are asked, the newest first: contacts' channels are in one or two."""
_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class About:
    """What Teams says of a channel."""

    name: str
    is_open: bool
    """Whether it is a standard channel, which everybody in the team reads."""


class Channels:
    """The teams that we are in, and what is said of their channels."""

    def __init__(self, connector: Connector, addresses: Addresses) -> None:
        self._connector, self._addresses = connector, addresses
        self._met: dict[str, dict[str, None]] = {}
        self._team_of: dict[Account, str] = {}
        self._names: dict[Account, str] = {}

    async def met(self, org: str, seen: Seen) -> None:
        """Something happened in a team: keep its id. Never raises: nobody's answer hangs on it."""
        met = self._met.setdefault(org, {})
        if not seen.team or seen.team in met:
            return
        met[seen.team] = None
        try:
            async with asyncio.timeout(STORE_SECONDS):
                if seen.team not in await self._addresses.teams(org, MOST_TEAMS):
                    await self._addresses.remember_team(org, seen.team, seen.service_url)
        except Exception as error:  # noqa: BLE001  # whatever ails the store
            met.pop(seen.team, None)  # so that it is tried again
            logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))

    def called(self, room: Account) -> str:
        """What a channel was called when it was last looked at, empty where nobody knows."""
        return self._names.get(room, "")

    async def about(self, service_url: str, room: Account) -> About | None:
        """What Teams says of a channel just now. Raises Failed where its team is known and cannot be asked."""
        last = self._team_of.get(room)
        if last is not None and (found := await self._in(service_url, last, room)) is not None:
            return found
        self._team_of.pop(room, None)
        teams = await self._teams(room.org)
        asked = await asyncio.gather(*(self._in(service_url, one, room) for one in teams), return_exceptions=True)
        for team, answer in zip(teams, asked, strict=True):
            if isinstance(answer, About):  # and another team's trouble is not this channel's
                self._team_of[room] = team
                return answer
        return None

    async def _in(self, service_url: str, team: str, room: Account) -> About | None:
        try:
            listed = await self._connector.channels(service_url, team)
        except Failed as failed:
            if failed.status in (FORBIDDEN, NOT_FOUND):  # we were taken out of that team
                return None
            raise
        for one in listed:
            if one.id == room.user:
                # A team's first channel has no name; a kind that we do not know is not called open.
                self._names[room] = " ".join((one.name or "").split())[:_NAME]
                return About(self._names[room], (one.type or "").lower() == "standard")
        return None

    async def _teams(self, org: str) -> tuple[str, ...]:
        """The teams of a tenant that we know of: from the store, or those met since we started where it is away."""
        met = tuple(self._met.get(org, ()))
        try:
            async with asyncio.timeout(STORE_SECONDS):
                kept = await self._addresses.teams(org, MOST_TEAMS)
        except Exception as error:  # noqa: BLE001  # whatever ails the store
            logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))
            kept = ()
        return tuple(dict.fromkeys((*kept, *met)))[:MOST_TEAMS]


def not_fit(about: About | None, tenants: frozenset[str], ours: str, organisations: tuple[str, ...]) -> Refused | None:
    """What is wrong with a channel for a message to a contact. `tenants` are those of the people in it.

    Our own tenant is nobody's to share it with: where it was named, nobody of the contact's is known to be there.
    """
    expected = {one.lower() for one in organisations}
    there = {one.lower() for one in tenants} - {ours.lower()}
    missing = expected - there
    if about is not None and about.is_open:
        return Refused("not_private")
    if outside := there - expected:
        return Refused("outside_organisation", tuple(sorted(outside)), tuple(sorted(missing)))
    return Refused("not_shared_as_expected") if missing else None
