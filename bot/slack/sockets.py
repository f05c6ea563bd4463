"""Socket Mode: Slack's requests over a connection that we open, for installs that nobody can reach from outside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.api import Api
from bot.slack.quiet import tame_loggers

PING_SECONDS: Final = 10.0
STOP_SECONDS: Final = 3.0
Dispatch = Callable[[dict[str, Any]], Awaitable[BoltResponse]]


class Socket(AsyncSocketModeHandler):
    """One connection to Slack, opened again whenever it breaks. Make it while the event loop runs."""

    def __init__(self, bolt: AsyncApp, api: Api, app_token: str, dispatch: Dispatch) -> None:
        super().__init__(bolt, app_token, logger=tame_loggers(), web_client=api.for_bolt, ping_interval=PING_SECONDS)
        self.client.proxy = api.proxy
        self._dispatch = dispatch
        self._under_way: set[asyncio.Task[Any]] = set()

    async def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return bool(await self.client.is_connected())

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope. What is turned away gets an empty reply, so that Slack does not send it again."""
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
        try:
            answer = await self._dispatch(req.payload if isinstance(req.payload, dict) else {})
            said = answer if answer.status == 200 else BoltResponse(status=200, body="")  # noqa: PLR2004
            await send_async_response(client, req, said, time.time())
        finally:
            self._under_way.discard(task)

    async def stop(self) -> None:
        """Let the answers that are under way leave, then hang up."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=STOP_SECONDS)
        await self.close_async()  # type: ignore[no-untyped-call]
