"""What a group is called in Teams, and why nobody can be told to be in it: for an admin, and for nobody's rights."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from bot.cache import Cache
from bot.teams.cards import clean
from bot.teams.channels import Channels
from bot.teams.connector import FORBIDDEN, NOT_FOUND, UNAUTHORISED, Connector, Failed
from bot.teams.graph import Graph
from bot.teams.rooms import Rooms
from handlers.people import Account, Group

HOLDS: Final = 60.0
FAILURE_HOLDS: Final = 5.0
MOST: Final = 500
BAD_REQUEST: Final = 400
_NAME: Final = 60
UNKNOWN: Final = Group()


class AboutGroups:
    """Asks about Entra groups and channels."""

    def __init__(  # what it asks
        self,
        connector: Connector,
        rooms: Rooms,
        graph: Graph,
        channels: Channels,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connector, self._rooms, self._graph, self._channels = connector, rooms, graph, channels
        self._held: Cache[str, Group] = Cache(
            self._ask, lambda found: FAILURE_HOLDS if found == UNKNOWN else HOLDS, most=MOST, clock=clock
        )

    async def of(self, group: str, *, fresh: bool = False) -> Group:
        """What is said of `teams:TENANT/group:ID` or `teams:TENANT/channel:ID`."""
        return await self._held.get(group, fresh=fresh)

    async def _ask(self, group: str) -> Group:
        tenant, _, rest = group.removeprefix("teams:").partition("/")
        kind, _, identity = rest.partition(":")
        try:
            if kind == "group":
                return Group(" ".join(clean(await self._graph.name(identity)).split())[:_NAME])
            service_url = await self._rooms.service_url(tenant)
            roster = await self._connector.members(service_url, identity)
            about = await self._channels.about(service_url, Account("teams", tenant, identity))
            # People of another tenant never count as members (TeamsLookup); that they read there an admin has to know.
            outside = {one.tenant_id.lower() for one in roster if one.tenant_id} - {tenant.lower()}
            return Group(about.name if about else "", "shared" if outside else "")
        except PermissionError:
            return UNKNOWN
        except Failed as failed:
            return Group(why_not=_why_not(kind, failed.status))


def _why_not(kind: str, status: int) -> str:
    if kind == "group":
        if status in (BAD_REQUEST, NOT_FOUND):
            return "no_such_group"
        return "not_permitted" if status in (UNAUTHORISED, FORBIDDEN) else ""
    return "not_in_channel" if status in (BAD_REQUEST, FORBIDDEN, NOT_FOUND) else ""
