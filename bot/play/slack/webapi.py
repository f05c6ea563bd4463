"""The Web API over HTTP: reads JSON, forms and queries, checks token and scope, and orders the faults of a test."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.play.slack import chat, people, views
from bot.play.slack.core import Call, Core
from bot.play.slack.world import Json, Refusal, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.play.slack.faults import Fault
    from bot.play.slack.sockets import Sockets

METHODS: Mapping[str, tuple[Callable[[Core, Workspace, Json], Json], str]] = {
    "auth.revoke": (people.auth_revoke, ""),
    "auth.test": (people.auth_test, ""),
    "chat.delete": (chat.delete, "chat:write"),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.postMessage": (chat.post, "chat:write"),
    "chat.update": (chat.update, "chat:write"),
    "conversations.info": (people.conversation_info, ""),
    "conversations.members": (people.conversation_members, ""),
    "conversations.open": (people.open_conversation, "im:write"),
    "usergroups.list": (people.groups, "usergroups:read"),
    "usergroups.users.list": (people.group_members, "usergroups:read"),
    "users.info": (people.user_info, "users:read"),
    "views.open": (views.open_view, ""),
    "views.publish": (views.publish_view, ""),
    "views.push": (views.push_view, ""),
    "views.update": (views.update_view, ""),
}
_SOCKETS = "apps.connections.open"
_EXCHANGE = "oauth.v2.access"
_AS_JSON = {"view", "blocks", "metadata", "attachments"}


class WebApi:
    """Answers `/api/{method}`, `/response/{token}` and the Socket Mode socket."""

    def __init__(self, core: Core, sockets: Sockets, app_token: str) -> None:
        self._core = core
        self._sockets = sockets
        self._app_token = app_token

    def add_routes(self, app: web.Application) -> None:
        """Put our addresses into an aiohttp application."""
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/response/{token}", self._respond)
        app.router.add_get("/socket", self._sockets.serve)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params: Json = {}
        fault = self._core.faults.next_for(method)
        try:
            params = await _params(request)
            answer = {"ok": True, **self._answer(request, method, params, fault)}
        except Refusal as no:
            answer = {"ok": False, "error": no.code, **no.more}
        params.pop("token", None)
        error = "" if answer["ok"] else str(answer["error"])
        self._core.calls.append(Call(method, params, bool(answer["ok"]), error, self._core.clock(), answer))
        self._core.changed()
        return await _with_fault(request, fault, answer)

    def _answer(self, request: web.Request, method: str, params: Json, fault: Fault | None) -> Json:
        if fault is not None and not fault.accepted:
            raise Refusal(fault.code or fault.kind)
        if method == _EXCHANGE:
            return self._core.exchange(request.headers.get("Authorization", ""), params)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or str(params.get("token", ""))
        if not token:
            raise Refusal("not_authed")
        if method == _SOCKETS:
            if token != self._app_token:
                raise Refusal("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
            address = self._core.base_url.replace("http://", "ws://", 1)
            return {"url": f"{address}/socket?ticket={self._sockets.ticket()}"}
        ws = next((ws for ws in self._core.workspaces.values() if ws.bot_token == token), None)
        if ws is None:
            raise Refusal("not_allowed_token_type" if token == self._app_token else "invalid_auth")
        if method not in METHODS:
            raise Refusal("unknown_method", req_method=method)
        run, scope = METHODS[method]
        if scope and scope not in ws.scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(ws.scopes)))
        return run(self._core, ws, params)

    async def _respond(self, request: web.Request) -> web.Response:
        params: Json = {}
        try:
            params = await _params(request)
            chat.respond(self._core, request.match_info["token"], params)
        except Refusal as no:
            self._core.calls.append(Call("response_url", params, ok=False, error=no.code, at=self._core.clock()))
            return web.json_response({"ok": False, "error": no.code}, status=404)
        self._core.calls.append(Call("response_url", params, ok=True, at=self._core.clock()))
        return web.Response(text="ok")


async def _params(request: web.Request) -> Json:
    """Return the arguments: query, and a JSON or form body over it."""
    params: Json = dict(request.query)
    if request.method == "GET":
        return _unpacked(params)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError as why:
            raise Refusal("invalid_json") from why
        if not isinstance(body, dict):
            raise Refusal("json_not_object")
        return params | body
    form = await request.post()
    return _unpacked(params | {key: value for key, value in form.items() if isinstance(value, str)})


def _unpacked(params: Json) -> Json:
    """Read the arguments that a form carries as JSON text."""
    for key in _AS_JSON & params.keys():
        try:
            params[key] = json.loads(params[key])
        except ValueError as why:
            raise Refusal("invalid_arguments") from why
    return params


async def _with_fault(request: web.Request, fault: Fault | None, answer: Json) -> web.StreamResponse:
    """Answer, or go wrong in the way that the test ordered."""
    match fault.kind if fault else None:
        case "drop_reply":
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        case "rate_limit" if fault:
            waits = {"Retry-After": str(int(fault.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=waits)
        case "server_error" if fault:
            return web.Response(status=fault.status, text="upstream connect failure")
        case "delay" if fault:
            await asyncio.sleep(fault.seconds)
    return web.json_response(answer)
