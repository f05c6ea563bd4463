"""Socket Mode: the bot connects to us, and what Slack sends travels over that socket."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from bot.play.slack.world import Json


class Sockets:
    """The open sockets of one app, and the envelopes that wait for their answer."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._answers: dict[str, asyncio.Future[Json | None]] = {}

    @property
    def connected(self) -> bool:
        """Whether the bot is connected now."""
        return any(not socket.closed for socket in self._open)

    def ticket(self) -> str:
        """Return a ticket that opens one socket."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one socket: greet, then take the bot's answers until it goes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self._open.append(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self._open), "connection_info": {}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._open.remove(socket)
        return socket

    async def send(self, kind: str, payload: Json, *, retry: int = 0) -> Json | None:
        """Send one envelope over the newest socket and return what the bot answered (None: nothing but a receipt)."""
        envelope_id = secrets.token_hex(8)
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._answers[envelope_id] = future
        try:
            await self._open[-1].send_json(envelope)
            return await future
        finally:
            del self._answers[envelope_id]

    async def ask_to_reconnect(self) -> None:
        """Say that the connection will be closed, and close it: Slack does so every few hours."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
            await socket.close()

    async def drop(self) -> None:
        """Close every socket without a word."""
        for socket in list(self._open):
            await socket.close()

    def _take(self, data: str) -> None:
        answer = json.loads(data)
        future = self._answers.get(str(answer.get("envelope_id", "")))
        if future is not None and not future.done():
            future.set_result(answer.get("payload"))
