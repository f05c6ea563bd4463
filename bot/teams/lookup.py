"""Who somebody is on Teams right now, who belongs to a group, and what to call them. What cannot be asked is denied.

Asked of rosters, which need no permission; only `teams:TENANT/group:ID` needs Graph with GroupMember.Read.All.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from microsoft_agents.activity.teams import TeamsChannelAccount

from bot import logs
from bot.cache import Cache
from bot.pauses import Pauses
from bot.teams.about_groups import AboutGroups
from bot.teams.cards import clean
from bot.teams.channels import Channels
from bot.teams.connector import Connector, Failed
from bot.teams.graph import Graph
from bot.teams.rooms import Rooms
from handlers.people import Account, Group, Standing

HOLDS: Final = 60.0
"""Seconds that an answer about a person or a group holds."""
NAME_HOLDS: Final = 600.0
FAILURE_HOLDS: Final = 5.0
MOST_PEOPLE: Final = 5000
MOST_GROUPS: Final = 500
_NAME: Final = 80
TOO_MANY: Final = 429
_OF_THE_GROUP: Final = frozenset({400, 404, 410})
"""Answers that say something of the group itself: there is none. Any other may be otherwise in a moment."""
T = TypeVar("T")
_GUESTS: Final = frozenset({"guest", "anonymous"})
_FULL: Final = frozenset({"user", "member", "owner", "admin", ""})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What Teams said of a person; `failed` if it could not be asked, and how long that holds in seconds."""

    standing: Standing
    name: str = ""
    failed: bool = False
    holds: float = HOLDS


_FAILED: Final = _Seen(Standing(member=False, why_not="unknown"), failed=True, holds=FAILURE_HOLDS)
_NOWHERE: Final = replace(_FAILED, holds=0.0)
"""Nobody of the tenant has written yet, so we do not know where to ask: the first of them is not to be turned away."""


@dataclass(frozen=True, slots=True)
class _Read:
    """Who is in a group; None if it cannot be read. `passing`: that is no answer about the group, and may pass."""

    users: tuple[str, ...] | None = None
    passing: bool = False


class TeamsLookup:
    """The `bot.channel.Lookup` of one app, for every tenant that it is installed in."""

    def __init__(
        self,
        connector: Connector,
        rooms: Rooms,
        graph: Graph,
        channels: Channels,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._about_groups = AboutGroups(connector, rooms, graph, channels, clock)
        self._connector, self._rooms, self._graph = connector, rooms, graph
        self._pauses = Pauses(clock)
        self._people: Cache[Account, _Seen] = Cache(
            self._person, lambda seen: seen.holds,
            most=MOST_PEOPLE, clock=clock, passing=lambda seen: seen.failed,
        )  # fmt: skip
        # That there was none is held with the person: when they could be asked about since, so can their name.
        self._names: Cache[Account, str] = Cache(
            self._called, lambda name: NAME_HOLDS if name else 0.0, most=MOST_PEOPLE, clock=clock
        )
        self._groups: Cache[str, _Read] = Cache(
            self._group, lambda read: FAILURE_HOLDS if read.passing else HOLDS,
            most=MOST_GROUPS, clock=clock, passing=lambda read: read.passing,
        )  # fmt: skip

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:
        """Whether the account is a full member of its tenant right now."""
        if account.platform != "teams":
            return Standing(member=False, why_not="outside")
        return (await self._people.get(account, fresh=fresh)).standing

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:
        """The members of `teams:TENANT/group:ID` (Entra) or `teams:TENANT/channel:ID` (roster), or None."""
        tenant, _, rest = group.removeprefix("teams:").partition("/")
        if not group.startswith("teams:") or not rest.startswith(("group:", "channel:")):
            return None
        found = (await self._groups.get(group, fresh=fresh)).users
        return None if found is None else tuple(Account("teams", tenant, user) for user in found)

    async def about(self, group: str, *, fresh: bool = False) -> Group:
        """What a group is called, and why nobody can be told to be in it, for an admin."""
        return await self._about_groups.of(group, fresh=fresh)

    async def name(self, account: Account) -> str:
        """The display name, or an empty text."""
        return await self._names.get(account) if account.platform == "teams" else ""

    async def _called(self, account: Account) -> str:
        return (await self._people.get(account)).name

    async def _person(self, account: Account) -> _Seen:
        try:
            found = await self._unless_too_much(str(account), self._in_roster(account))
        except (Failed, PermissionError) as failed:
            _note(failed)
            return _FAILED if self._rooms.knows(account.org) else _NOWHERE
        if found is None:
            return _Seen(Standing(member=False, why_not="deactivated"))
        named = found.aad_object_id
        if named and named.lower() != account.user.lower():
            return _FAILED
        return _Seen(_standing(found, account.org), " ".join(clean(found.name or "").split())[:_NAME])

    async def _in_roster(self, account: Account) -> TeamsChannelAccount | None:
        """The person's entry in their personal conversation with the bot.

        Where the app is not installed for them there is none: then in the roster of the room where they were seen.
        """
        seen = self._rooms.seen(account)
        try:
            room = await self._rooms.of(account)
            found = await self._connector.member(room.service_url, room.conversation, room.person or account.user)
        except Failed as failed:
            if seen is None or failed.cause == "rate_limited":
                raise
        else:
            if found is not None or seen is None or seen.conversation == room.conversation:
                return found
        channel = seen.conversation.partition(";")[0]
        return await self._connector.member(seen.service_url, channel, seen.person or account.user)

    async def _group(self, group: str) -> _Read:
        tenant, _, rest = group.removeprefix("teams:").partition("/")
        kind, _, identity = rest.partition(":")
        try:
            if kind == "group":
                return _Read(await self._unless_too_much("graph", self._graph.members(identity)))
            return _Read(await self._unless_too_much(group, self._in_channel(tenant, identity)))
        except (Failed, PermissionError) as failed:
            _note(failed)
            return _Read(passing=not isinstance(failed, Failed) or failed.status not in _OF_THE_GROUP)

    async def _in_channel(self, tenant: str, channel: str) -> tuple[str, ...]:
        service_url = await self._rooms.service_url(tenant)
        roster = await self._connector.members(service_url, channel)
        # Where people of another tenant are among them, one of whom Teams does not say the tenant may be theirs.
        shared = any(one.tenant_id and one.tenant_id.lower() != tenant.lower() for one in roster)
        full = (one for one in roster if _standing(one, tenant).member and (one.tenant_id or not shared))
        return tuple(one.aad_object_id for one in full if one.aad_object_id)

    async def _unless_too_much(self, kind: str, question: Coroutine[Any, Any, T]) -> T:
        """Ask, unless Teams or Graph said lately that this was too much for a while.

        Graph counts for all groups together, Teams for each conversation: one of them keeps nobody else waiting.
        """
        if self._pauses.pauses(kind):
            question.close()
            raise Failed("rate_limited", TOO_MANY)
        try:
            return await question
        except Failed as failed:
            if failed.cause == "rate_limited":
                self._pauses.note(kind, failed.retry_after)
            raise


def _standing(found: TeamsChannelAccount, tenant: str) -> Standing:
    """A full member: of this tenant, and neither invited from elsewhere nor without an account."""
    if found.tenant_id and found.tenant_id.lower() != tenant.lower():
        return Standing(member=False, why_not="outside", home=f"teams:{found.tenant_id.lower()}")
    role = (found.user_role or "").lower()
    if role in _GUESTS or "#ext#" in (found.user_principal_name or "").lower():
        return Standing(member=False, why_not="guest")
    if role not in _FULL or not (found.tenant_id or found.aad_object_id):
        return Standing(member=False, why_not="unknown")
    return Standing(member=True)


def _note(failed: Failed | PermissionError) -> None:
    logs.get_logger().warning("lookup_failed", platform="teams", kind=_kind_of(failed))


def _kind_of(failed: Failed | PermissionError) -> str:
    """A closed word: what went wrong, and the status that says so."""
    return str(failed).replace(" ", "_") if isinstance(failed, Failed) else "service_url"
