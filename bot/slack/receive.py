"""Takes what Slack sends, over HTTP or over a socket, to bolt and to the answers.

Both ways end in `dispatch`, which gets the body as data after its sender was verified: by `guard` over HTTP, by the
connection itself in Socket Mode. Bolt is therefore always told that the request came over a socket, and does not parse
or verify a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.channel import Desk
from bot.slack import wire
from bot.slack.answer import Answers
from bot.slack.api import Api
from bot.slack.arrived import Arrived, Us
from bot.slack.checked import Malformed
from bot.slack.quiet import LIBRARY, tame_loggers

ANY: Final = re.compile(r".*", re.DOTALL)
_ARRIVED: Final = "arrived"


class Receiver:
    """Gives every verified request its answer. `on_refused` is told a word for the metric."""

    def __init__(self, api: Api, answers: Answers, desk: Desk, us: Us, on_refused: Callable[[str], None]) -> None:
        self._answers, self._desk, self._us, self._on_refused = answers, desk, us, on_refused
        self.bolt = AsyncApp(
            name=LIBRARY,
            logger=tame_loggers(),
            client=api.for_bolt,
            signing_secret="not used: see guard.py",  # noqa: S106  # bolt wants a text; requests never get there by HTTP
            authorize=_AsUs(us),
            process_before_response=True,
        )
        self._listen()

    def _listen(self) -> None:
        """Hear everything of the kinds that we know; `wire.read` has dropped what is not for us."""
        # Bolt asks each in turn whether a request is its: what comes most often first.
        self.bolt.view_submission(ANY)(self._take)
        self.bolt.block_action(ANY)(self._take)
        self.bolt.command(ANY)(self._take)
        self.bolt.global_shortcut(ANY)(self._take)
        self.bolt.event("app_home_opened")(self._take)
        self.bolt.event("message")(self._take)

    async def dispatch(self, body: dict[str, Any]) -> BoltResponse:
        """Answer one verified request. Unknown workspaces get 403, what no client sends 400, both without a word."""
        if body.get("type") == "url_verification":
            return await self.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        team = wire.team_of(body)
        if not team or not self._desk.serves(f"slack:{team}"):
            return self._turned(403, "workspace")
        try:
            arrived = wire.read(body, self._us)
        except Malformed:
            return self._turned(400, "malformed")
        if arrived is None:
            return BoltResponse(status=200, body="")
        context = {_ARRIVED: arrived}
        return await self.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode", context=context))

    async def _take(self, ack: AsyncAck, context: dict[str, Any]) -> None:
        arrived = context[_ARRIVED]
        if not isinstance(arrived, Arrived):
            raise TypeError("bolt gave us another request's context")
        reply = await self._answers.give(arrived)
        await (ack(reply) if reply is not None else ack())

    def _turned(self, status: int, reason: str) -> BoltResponse:
        self._on_refused(reason)
        return BoltResponse(status=status, body="")


class _AsUs(AsyncAuthorize):
    """Tells bolt who we are: asked once when we start, not on every request."""

    def __init__(self, us: Us) -> None:
        self._us = us

    async def __call__(self, **_asked: object) -> AuthorizeResult:
        us = self._us
        return AuthorizeResult(
            enterprise_id=us.enterprise_id or None,
            team_id=us.team_id,
            bot_id=us.bot_id or None,
            bot_user_id=us.bot_user or None,
            bot_token="xoxb-kept-apart",  # noqa: S106  # bolt asks for one; we never call through bolt's client
        )
