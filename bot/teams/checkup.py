"""What the doctor asks of Microsoft: does Entra know us, can a group be read, is the app there for somebody."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

import aiohttp

from bot.teams import net
from bot.teams.connector import FORBIDDEN, Connector, Failed
from bot.teams.graph import Graph
from bot.teams.options import Options
from bot.teams.quiet import tame_loggers
from bot.teams.tokens import NoToken, Tokens

NOT_ADDED: Final = "not_added"
NOBODY: Final = "nobody"
EMPTY: Final = "empty"
SHARED: Final = "shared"
_NO_SUCH: Final = frozenset({400, 404})


class Checkup:
    """Asks, and sends nothing. Every answer is one short word, empty where all is well; nothing is raised.

    `service_url` is where Teams was last met, empty for the cloud's first address.
    """

    def __init__(self, options: Options, service_url: str = "") -> None:
        tame_loggers()
        self._options = options
        self._tokens = Tokens(options)
        self._connector = Connector(options, self._tokens)
        self._graph = Graph(options, self._tokens)
        self._where = service_url if options.may_call(service_url) else options.first_service_url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._connector.close()
        await self._graph.close()

    async def token(self) -> str:
        """Why Entra gives no token for Teams: its own short code, or `unreachable`, `certificate_file`."""
        try:
            await self._tokens.connector()
        except NoToken as failed:
            return failed.why
        return ""

    async def date(self) -> str:
        """What time an answer of Microsoft's bears; empty where none came."""
        try:
            async with net.session(self._options) as client, client.get(self._options.openid_metadata) as reply:
                return reply.headers.get("Date", "")
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return ""

    async def person(self, org: str, user: str) -> str:
        """Whether somebody could be written to: `not_added`, `nobody` for an id that is none, or what went wrong."""
        try:
            await self._connector.create(self._where, org, user)
        except Failed as failed:
            if failed.status == FORBIDDEN:
                return NOT_ADDED
            return NOBODY if failed.status in _NO_SUCH else _word(failed)
        return ""

    async def group(self, identity: str) -> str:
        """Whether an Entra group can be read (`403`, …) and has anybody in it (`empty`)."""
        try:
            return "" if await self._graph.members(identity) else EMPTY
        except Failed as failed:
            return _word(failed)

    async def channel(self, identity: str, ours: str = "") -> str:
        """Whether the roster of a channel can be read and has anybody in it; of `ours` alone, where that is given."""
        tenants = await self.tenants(identity)
        if isinstance(tenants, str):
            return tenants
        if ours and tenants - {ours.lower()}:
            return SHARED if ours.lower() in tenants else EMPTY
        return ""

    async def tenants(self, identity: str) -> frozenset[str] | str:
        """Whose people are in a channel, or why its roster is of no use."""
        try:
            roster = await self._connector.members(self._where, identity)
        except Failed as failed:
            return _word(failed)
        return frozenset(one.tenant_id.lower() for one in roster if one.tenant_id) if roster else EMPTY


def _word(failed: Failed) -> str:
    return str(failed.status) if failed.cause == "refused" else failed.cause
