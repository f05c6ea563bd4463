"""Carries to the bot what Teams sends: an activity with a token that is really signed."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.play.teams.signing import Signing
    from bot.play.teams.world import Json

PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it went to the bot, so that a test can send the very same bytes again."""

    body: bytes
    headers: Mapping[str, str]
    activity: Json = field(default_factory=dict)


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
        """Whether Teams would count this as an answer."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of HTTP success


class Carrier:
    """Sends activities to the bot and keeps what was sent. `patience` is how long Teams waits, in seconds."""

    def __init__(self, signing: Signing, bot_url: str) -> None:
        self.bot_url = bot_url
        self.patience = PATIENCE
        self.sent: list[Sent] = []
        self._signing = signing
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, activity: Json, *, token: str | None = None) -> Reply:
        """Send an activity, with a good token unless another is given."""
        sent = self.signed(activity, token=token)
        self.sent.append(sent)
        return await self.post(sent)

    def signed(self, activity: Json, *, token: str | None = None) -> Sent:
        """Build the request for an activity without sending it."""
        bearer = self._signing.token(str(activity.get("serviceUrl", ""))) if token is None else token
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        return Sent(json.dumps(activity).encode(), headers, activity)

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

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()


def _as_json(text: str) -> Any:  # noqa: ANN401 - whatever the bot answered
    try:
        return json.loads(text)
    except ValueError:
        return None
