"""Carries to the bot what Slack sends: signed over HTTP, or over the Socket Mode socket when the bot is there."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, assert_never
from urllib.parse import urlencode

import aiohttp

from bot.play.slack.sign import signed_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.play.slack.sockets import Sockets
    from bot.play.slack.world import Json

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PATIENCE = 3.0
Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it went to the bot, so that a test can send the very same bytes again."""

    body: bytes
    headers: Mapping[str, str]
    payload: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered. `status` is 0 if nothing came in time; `body` is the JSON, if it was JSON."""

    status: int
    text: str
    body: Any
    took: float
    sent: Sent | None = None

    @property
    def ok(self) -> bool:
        """Whether Slack would count this as an answer."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of HTTP success

    @property
    def action(self) -> str:
        """The `response_action` of an answer to `view_submission`; empty if the window simply closes."""
        return str(self.body.get("response_action", "")) if isinstance(self.body, dict) else ""

    @property
    def errors(self) -> Json:
        """The errors at the fields, by block_id."""
        return dict(self.body.get("errors", {})) if isinstance(self.body, dict) else {}


class Carrier:
    """Sends payloads to the bot and keeps what was sent. `patience` is how long Slack waits, in seconds."""

    def __init__(self, sockets: Sockets, signing_secret: str, bot_url: str, clock: Callable[[], float]) -> None:
        self.bot_url = bot_url
        self.patience = PATIENCE
        self.sent: list[Sent] = []
        self._sockets = sockets
        self._secret = signing_secret
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, kind: Kind, payload: Json, *, retry: int = 0) -> Reply:
        """Send one payload in the way in which the bot listens, and return its answer."""
        if self._sockets.connected:
            return await self._over_socket(kind, payload, retry)
        sent = self.signed(kind, payload, retry=retry)
        self.sent.append(sent)
        return await self.post(sent)

    def signed(self, kind: Kind, payload: Json, *, retry: int = 0) -> Sent:
        """Build the signed request for a payload without sending it."""
        match kind:
            case "slash_commands":
                body, content_type = urlencode(payload).encode(), FORM
            case "interactive":
                body, content_type = urlencode({"payload": json.dumps(payload)}).encode(), FORM
            case "events_api":
                body, content_type = json.dumps(payload).encode(), JSON
            case _:
                assert_never(kind)
        headers = signed_headers(self._secret, int(self._clock()), body, content_type)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        return Sent(body, headers, payload)

    async def post(self, sent: Sent) -> Reply:
        """Post exactly these bytes and headers to the bot. Nothing of the answer is carried out."""
        began = time.monotonic()
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with asyncio.timeout(self.patience):
                async with self._session.post(self.bot_url, data=sent.body, headers=sent.headers) as answer:
                    text = await answer.text()
        except (TimeoutError, aiohttp.ClientError) as why:
            return Reply(0, type(why).__name__, None, time.monotonic() - began, sent)
        return Reply(answer.status, text, _as_json(text), time.monotonic() - began, sent)

    async def _over_socket(self, kind: Kind, payload: Json, retry: int) -> Reply:
        began = time.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                body = await self._sockets.send(kind, payload, retry=retry)
        except (TimeoutError, ConnectionError) as why:
            return Reply(0, type(why).__name__, None, time.monotonic() - began)
        return Reply(200, json.dumps(body) if body is not None else "", body, time.monotonic() - began)

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()


def _as_json(text: str) -> Any:  # noqa: ANN401 - whatever the bot answered
    try:
        return json.loads(text)
    except ValueError:
        return None
