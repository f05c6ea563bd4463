"""How every route answers: the call is noted, and the fault that a test ordered for it happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.play.teams.core import Core
    from bot.play.teams.faults import Fault
    from bot.play.teams.world import Json

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Serving:
    """Wraps the routes of the stand-in."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def route(self, what: str, handler: Handler) -> Handler:
        """Return the handler, noted under the name `what` and subject to faults."""

        async def answer(request: web.Request) -> web.Response:
            fault = self._core.faults.next_for(what)
            body = await _body(request)
            response = await handler(request) if fault is None or fault.accepted else _refused(fault)
            if fault is not None and fault.kind == "refuse":
                response = _refused(fault)
            self._core.noted(what, request.path, body, response.status)
            await _happen(fault, request)
            return response

        return answer


def _refused(fault: Fault) -> web.Response:
    headers = {
        name: value for name, value in (("Retry-After", fault.retry_after), ("Location", fault.location)) if value
    }
    said = {"error": {"code": fault.code, "message": "what the service says may repeat what was sent"}}
    return web.json_response(said, status=fault.status, headers=headers)


async def _happen(fault: Fault | None, request: web.Request) -> None:
    if fault is None:
        return
    if fault.kind == "drop_reply" and request.transport is not None:
        request.transport.abort()
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)


async def _body(request: web.Request) -> Json:
    if request.content_type != "application/json":
        return {}
    try:
        found = json.loads(await request.text() or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
