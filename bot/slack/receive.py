"""Takes what Slack sends, over HTTP or over a socket, to bolt and to the answers.

Both ways end in `dispatch`, which gets the body as data after its sender was verified: by `guard` over HTTP, by the
connection itself in Socket Mode. Bolt is therefore always told that the request came over a socket, and does not parse
or verify a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot import logs
from bot.slack import not_installed, wire
from bot.slack.api import Api
from bot.slack.arrived import Arrived
from bot.slack.checked import Malformed
from bot.slack.each import HERE
from bot.slack.quiet import LIBRARY, tame_loggers
from bot.slack.workspace import Workspace

ANY: Final = re.compile(r".*", re.DOTALL)
_ARRIVED: Final = "arrived"
_THERE: Final = "there"


class Places(Protocol):
    """Where we are installed."""

    def serves(self, team: str) -> bool:
        """Whether a workspace is heard at all. Any other is refused unheard (SR-3)."""

    async def of(self, team: str) -> Workspace | None:
        """The workspace, for a request that Slack signed; None where we are not installed. Never raises."""

    async def left(self, team: str, at: float) -> bool:
        """A workspace took us out at that time (seconds since 1970); whether we had been installed there over OAuth.

        May raise; then Slack is to tell us again.
        """


class Receiver:
    """Gives every verified request its answer. `on_refused` is told a word for the metric."""

    def __init__(self, api: Api, places: Places, on_refused: Callable[[str], None]) -> None:
        self._places, self._on_refused = places, on_refused
        self.bolt = AsyncApp(
            name=LIBRARY,
            logger=tame_loggers(),
            client=api.for_bolt,
            signing_secret="not used: see guard.py",  # noqa: S106  # bolt wants a text; requests never get there by HTTP
            authorize=_AsUs(),
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
        if team and (gone := wire.taken_out(body)) is not None and (status := await self._left(team, gone)):
            return BoltResponse(status=status, body="")
        if not team or not self._places.serves(team):
            return self._turned(403, "workspace")
        there = await self._places.of(team)
        if there is None:
            return not_installed.reply(body)
        try:
            arrived = wire.read(body, there.us)
        except Malformed:
            return self._turned(400, "malformed")
        if arrived is None:
            return BoltResponse(status=200, body="")
        HERE.set(team)
        context = {_ARRIVED: arrived, _THERE: there}
        return await self.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode", context=context))

    async def _take(self, ack: AsyncAck, context: dict[str, Any]) -> None:
        arrived, there = context[_ARRIVED], context[_THERE]
        if not isinstance(arrived, Arrived) or not isinstance(there, Workspace):
            raise TypeError("bolt gave us another request's context")
        reply = await there.answers.give(arrived)
        await (ack(reply) if reply is not None else ack())

    async def _left(self, team: str, at: float) -> int:
        """The status to answer with; 0 where there was nothing to take out."""
        try:
            return 200 if await self._places.left(team, at) else 0
        except Exception as error:  # noqa: BLE001  # the database or Slack is away: Slack tells us again
            logs.get_logger().warning("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return 503

    def _turned(self, status: int, reason: str) -> BoltResponse:
        self._on_refused(reason)
        return BoltResponse(status=status, body="")


class _AsUs(AsyncAuthorize):
    """Tells bolt who we are in the workspace that a request comes from: known beforehand, not asked each time."""

    def __init__(self) -> None:  # bolt's own has no types
        pass

    async def __call__(self, *, context: Mapping[str, Any], **_asked: object) -> AuthorizeResult:
        us = context[_THERE].us
        return AuthorizeResult(
            enterprise_id=us.enterprise_id or None,
            team_id=us.team_id,
            bot_id=us.bot_id or None,
            bot_user_id=us.bot_user or None,
            bot_token="xoxb-kept-apart",  # noqa: S106  # bolt asks for one; we never call through bolt's client
        )
