"""Calls to Microsoft: one TLS context, no redirects, short timeouts, and a token put on each at the last moment."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp
import requests
from requests.adapters import HTTPAdapter

from bot.teams.options import Options
from bot.teams.written import written

SECONDS: Final = 15.0
"""How long a call may take."""
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of a document that we read."""
_REDIRECT: Final = range(300, 400)
_TOLD_APART: Final = frozenset({403, 404})
_MOST_OF_A_NO: Final = 10_000
_CODE: Final = re.compile(r"[A-Za-z]{1,60}")

Bearer = Callable[[], Awaitable[str]]
"""A token for the service that is called. Raises NoToken."""


class Redirected(aiohttp.ClientError):
    """A service answered with another address. Nothing of ours is sent there."""


async def _stay(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Follow no redirect: the next address was checked by nobody (SR-5)."""
    response = await handler(request)
    if response.status in _REDIRECT:
        response.close()
        raise Redirected("the service points to another address")
    return response


class Said(aiohttp.ClientResponseError):
    """A service said no. `word` is its own code for why, or empty where it gave none; nothing else of it is kept."""

    word = ""


async def code_of(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Raise Said where the service forbids or finds nothing: its code tells whether that speaks of us or of a place."""
    response = await handler(request)
    if response.status not in _TOLD_APART:
        return response
    said = Said(response.request_info, response.history, status=response.status, headers=response.headers)
    try:
        body = json.loads(await response.content.read(_MOST_OF_A_NO))
        found = str(body["error"]["code"])
    except (aiohttp.ClientError, ValueError, LookupError, TypeError):
        found = ""
    said.word = found if _CODE.fullmatch(found) else ""
    response.close()
    raise said


def session(
    options: Options, *, base_url: str = "", bearer: Bearer | None = None, codes: bool = False
) -> aiohttp.ClientSession:
    """A session. With `bearer` each call carries a token, fetched when it is needed and not before.

    With `codes` what is forbidden or not found is raised as Said.
    """

    async def signed(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        if bearer is not None:
            request.headers["Authorization"] = f"Bearer {await bearer()}"
        return await handler(request)

    return aiohttp.ClientSession(
        base_url=base_url or None,
        connector=aiohttp.TCPConnector(ssl=options.tls, limit=50),
        timeout=aiohttp.ClientTimeout(total=SECONDS, sock_connect=5.0),
        middlewares=(*((code_of,) if codes else ()), _stay, signed),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=True,
        json_serialize=written,
    )


async def read(http: aiohttp.ClientSession, url: str) -> bytes:
    """A document. Raises aiohttp.ClientError or TimeoutError."""
    async with http.get(url) as response:
        response.raise_for_status()
        body = await response.content.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise aiohttp.ClientPayloadError("the document is too large")
        while chunk := await response.content.readany():
            body += chunk
            if len(body) > MOST_BYTES:
                raise aiohttp.ClientPayloadError("the document is too large")
        return body


class _OwnTrust(HTTPAdapter):
    """Our own TLS context, which an environment variable of `requests` would otherwise overrule."""

    def __init__(self, options: Options) -> None:
        self._context = options.tls
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  # the signature of requests
        super().init_poolmanager(*args, **more, ssl_context=self._context)

    def proxy_manager_for(self, proxy: Any, **more: Any) -> Any:  # noqa: ANN401  # the signature of requests
        return super().proxy_manager_for(proxy, **more, ssl_context=self._context)


class _Staying(requests.Session):
    """What msal calls with: no redirects (they would carry the secret along), and never without a limit of time."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """No redirect is followed."""
        del resp

    def request(self, *args: Any, **more: Any) -> requests.Response:  # noqa: ANN401  # the signature of requests
        more.setdefault("timeout", SECONDS)
        return super().request(*args, **more)


def for_msal(options: Options) -> requests.Session:
    """The session that msal uses."""
    made = _Staying()
    made.mount("https://", _OwnTrust(options))
    return made
