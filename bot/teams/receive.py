"""Takes what Teams sends to the answers: through the checks, then through the SDK's adapter, which knows turns.

The adapter is given our own client factory, which fetches no token before it is needed, and none of its defaults that
write errors into the chat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web
from microsoft_agents.activity import Activity
from microsoft_agents.hosting.aiohttp import CloudAdapter
from microsoft_agents.hosting.core import ChannelServiceClientFactoryBase, TurnContext
from microsoft_agents.hosting.core.authorization import ClaimsIdentity
from microsoft_agents.hosting.core.connector import ConnectorClientBase, UserTokenClientBase
from microsoft_agents.hosting.core.connector.client import UserTokenClient

from bot import logs
from bot.body import Turned
from bot.channel import Desk
from bot.teams import body, wire
from bot.teams.answer import Answers, Reply
from bot.teams.arrived import Arrived
from bot.teams.connector import Connector
from bot.teams.login import Login, NotTeams, tenant_of
from bot.teams.written import written


class Receiver:
    """Gives every verified request its answer. `on_refused` is told a word for the metric."""

    def __init__(
        self, login: Login, answers: Answers, desk: Desk, connector: Connector, on_refused: Callable[[str], None]
    ) -> None:
        self._login, self._answers, self._desk, self._on_refused = login, answers, desk, on_refused
        self._adapter = CloudAdapter(channel_service_client_factory=_Clients(connector))
        self._adapter.on_turn_error = _on_turn_error

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Answer `POST /api/messages`. Whatever is refused gets a status and not a word."""
        try:
            claims = await self._login.claims(request.headers.getall("Authorization", []))
            activity = await body.read(request)
            self._login.check_addresses(claims, activity)
            arrived = self._arrived(activity)
        except NotTeams as why:
            return self._turned(why.status, _METRIC.get(why.why, "signature"), why.why)
        except Turned as why:
            return self._turned(why.status, why.reason, why.reason)
        except wire.Malformed:
            return self._turned(400, "malformed", "malformed")
        except wire.UnknownInvoke:
            return self._turned(501, "malformed", "unknown_invoke")
        return await self._turn(activity, claims, arrived)

    def _arrived(self, activity: Mapping[str, Any]) -> Arrived:
        tenant = tenant_of(activity)
        if not tenant or not self._desk.serves(f"teams:{tenant}"):
            raise Turned(403, "workspace")
        if not isinstance(activity.get("type"), str):
            raise wire.Malformed
        return wire.read(activity, tenant)

    async def _turn(self, activity: dict[str, Any], claims: dict[str, Any], arrived: Arrived) -> web.Response:
        activity.pop("deliveryMode", None)  # we answer where we say, not in bulk in the reply
        try:
            response = await self._adapter.process_request(_Verified(activity, claims), _Turn(self._answers, arrived))
        except Exception as error:  # noqa: BLE001  # the SDK could not read it: its own words repeat what was sent
            logs.get_logger().warning("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return self._turned(400, "malformed", "malformed")
        if response.status_code >= 400:  # noqa: PLR2004  # the SDK explains; we do not
            return self._turned(response.status_code, "malformed", "sdk")
        if response.body is None:
            return web.Response(status=response.status_code)
        return web.json_response(response.body, status=response.status_code, dumps=written)

    def _turned(self, status: int, reason: str, why: str) -> web.Response:
        self._on_refused(reason)
        logs.get_logger().warning("request_refused", reason=why, status=status)
        return web.Response(status=status)


_METRIC = {"service_url": "workspace", "channel": "workspace"}


class _Verified:
    """A request as the SDK wants it: parsed by us, and its token already checked."""

    method = "POST"
    headers: Mapping[str, str] = {}  # the SDK's shape; nothing is ever put into it

    def __init__(self, activity: dict[str, Any], claims: dict[str, Any]) -> None:
        self._activity, self._claims = activity, claims

    async def json(self) -> dict[str, Any]:
        """The body."""
        return self._activity

    def get_claims_identity(self) -> ClaimsIdentity:
        """Who it comes from."""
        return ClaimsIdentity(self._claims, authentication_type="Bearer")

    def get_path_param(self, name: str) -> str:
        """There are none."""
        del name
        return ""


class _Turn:
    """One turn: the SDK's `Agent` for one activity."""

    def __init__(self, answers: Answers, arrived: Arrived) -> None:
        self._answers, self._arrived = answers, arrived

    async def on_turn(self, context: TurnContext) -> None:
        """Answer it, in the reply where it is an invoke."""
        reply = await self._answers.give(self._arrived)
        if reply is not None:
            # Not through `send_activity`: it would copy the whole card, to put it where it is put here.
            context.turn_state[CloudAdapter.INVOKE_RESPONSE_KEY] = _invoke_response(reply)


def _invoke_response(reply: Reply) -> Activity:
    return Activity(type="invokeResponse", value={"status": 200, "body": reply})


async def _on_turn_error(context: TurnContext, error: Exception) -> None:
    """The SDK would write the exception into the chat; we log its class and place, and say nothing."""
    logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
    if context.activity.type == "invoke":
        context.turn_state[CloudAdapter.INVOKE_RESPONSE_KEY] = Activity(type="invokeResponse", value={"status": 500})


class _NoUserTokens(UserTokenClient):
    """The SDK asks for it on every turn; we act for nobody, so it holds nothing and opens nothing."""

    def __init__(self) -> None:
        """Without the connection that the SDK would make."""

    async def close(self) -> None:
        """There is nothing to close."""


class _Clients(ChannelServiceClientFactoryBase):
    """Hands the SDK our own clients: on allowed hosts alone, and with a token only when a call is made."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._none = _NoUserTokens()

    async def create_connector_client(
        self,
        context: TurnContext | None,
        claims_identity: ClaimsIdentity,
        service_url: str,
        audience: str,
        scopes: list[str] | None = None,
        use_anonymous: bool = False,  # noqa: FBT001, FBT002  # the SDK's signature
    ) -> ConnectorClientBase:
        """The shared client of that service URL. Raises PermissionError."""
        del context, claims_identity, audience, scopes
        if use_anonymous:
            raise PermissionError("nobody is anonymous here")
        return self._connector.client(service_url)

    async def create_user_token_client(
        self,
        context: TurnContext,
        claims_identity: ClaimsIdentity,
        use_anonymous: bool = False,  # noqa: FBT001, FBT002  # the SDK's signature
    ) -> UserTokenClientBase:
        """One that has no token."""
        del context, claims_identity, use_anonymous
        return self._none
