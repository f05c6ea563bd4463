"""Whether a platform's API can be reached at all, asked now and then for `/readyz`."""

from __future__ import annotations

import ssl
import time
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import aiohttp

from bot.settings.rules import is_loopback

EVERY_SECONDS: Final = 5.0
"""How often it is asked: twelve times a minute, far below what Slack allows."""
_LIMIT: Final = aiohttp.ClientTimeout(total=2.5)


class Reach:
    """Asks Slack who we are. A refused token counts as not working, too: nothing could be sent with it.

    With an empty token (there may be several, or none yet) any answer of Slack's counts.
    """

    def __init__(self, api_url: str, token: str, tls: ssl.SSLContext | None) -> None:
        self._url = api_url.rstrip("/") + "/auth.test"
        self._any_answer = not token
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._tls = tls
        self._client: aiohttp.ClientSession | None = None
        self._asked = 0.0
        self._works = True

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=self._tls or True),
            timeout=_LIMIT,
            trust_env=not is_loopback(urlsplit(self._url).hostname or ""),  # a proxy is for what is not here
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.close()

    async def works(self) -> bool:
        """What was found at most a few seconds ago. One failed question is asked again before it counts."""
        if time.monotonic() - self._asked >= EVERY_SECONDS or not self._works:
            self._works = await self._ask() or await self._ask()
            self._asked = time.monotonic()
        return self._works

    async def _ask(self) -> bool:
        if self._client is None:
            return False
        try:
            # A redirect would carry the token to whoever it names.
            async with self._client.post(self._url, headers=self._headers, allow_redirects=False) as reply:
                if reply.status == 429:  # noqa: PLR2004  # Slack is there, and asks for less
                    return True
                body = await reply.json(content_type=None)
                return isinstance(body, dict) and bool(body.get("ok") or (self._any_answer and "error" in body))
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
