"""Slack's Web API: one HTTP session, two clients on it, and every way of failing as one of a few words."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from yarl import URL

from bot.slack.quiet import tame_loggers

Json = dict[str, Any]
Cause = Literal["unreachable", "timed_out", "dropped", "server_error", "unreadable", "rate_limited", "refused"]

Renew = Callable[[str], Awaitable[str]]
"""Told a token that Slack refused, gives the one that has taken its place, or an empty text."""

CALL_SECONDS: Final = 10.0
CONNECTIONS: Final = 50
DEAD: Final = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
"""What Slack says to a token that is none any more."""
_CODE: Final = re.compile(r"[a-z0-9_]{1,60}")


class Failed(Exception):
    """A call failed.

    `unreachable`: it never got there. `timed_out`, `dropped`, `server_error`, `unreadable`: it may have been done.
    `rate_limited`: not done, try again in `retry_after` seconds. `refused`: not done, Slack says why in `code`; where
    it says `missing_scope`, `scopes` are those that our token has, as far as Slack lists them.
    """

    def __init__(
        self, cause: Cause, code: str = "", retry_after: float | None = None, scopes: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(code or cause)
        self.cause, self.code, self.retry_after, self.scopes = cause, code, retry_after, scopes


class LeftTheApi(aiohttp.ClientError):
    """A request or a redirect pointed anywhere but at the configured API."""


class Api:
    """Calls to one Slack. `open` before the first call, `close` at the end.

    Tokens go to `base_url` and nowhere else: another address, or a redirect, is an error. Calls made `again=True` are
    repeated once when the connection breaks, which only suits what may be done twice. A call whose token is refused has
    not been done, so it is made once more where `renew` knows a newer token.
    """

    def __init__(
        self, *, token: str, base_url: str, tls: ssl.SSLContext | None = None, renew: Renew | None = None
    ) -> None:
        logger = tame_loggers()
        self._token, self._renew = token, renew
        self.base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self.tls = tls
        self.proxy = proxy_for(self.base_url)
        self._home = str(URL(self.base_url))
        self._session: aiohttp.ClientSession | None = None
        self._once = AsyncWebClient(token, self.base_url, ssl=tls, logger=logger, retry_handlers=[])
        at_once = AsyncConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(0.05))
        self._again = AsyncWebClient(token, self.base_url, ssl=tls, logger=logger, retry_handlers=[at_once])
        self.for_bolt = AsyncWebClient(None, self.base_url, ssl=tls, logger=logger, retry_handlers=[])
        """A client without our token: bolt asks for one and we never call through it."""

    async def open(self) -> None:
        """Open the session that all clients share."""
        self._over(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=self.tls or True, limit=CONNECTIONS),
                timeout=aiohttp.ClientTimeout(total=CALL_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                middlewares=(self._stay,),
            )
        )

    def with_token(self, token: str, renew: Renew | None = None) -> Api:
        """Calls with another token over the connections of this one, which is to be open: for another workspace."""
        other = Api(token=token, base_url=self.base_url, tls=self.tls, renew=renew)
        if self._session is not None:
            other._over(self._session)
        return other

    def _over(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        for client in (self._once, self._again, self.for_bolt):
            client.session = session
            client.proxy = self.proxy  # the SDK would take one from the environment, whatever NO_PROXY says

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()

    async def post(
        self, method: str, arguments: Mapping[str, object], *, seconds: float = CALL_SECONDS, again: bool = False
    ) -> Json:
        """Call a method with a JSON body. Raises Failed."""
        return await self._call(self._again if again else self._once, method, seconds, {"json": dict(arguments)})

    async def get(self, method: str, arguments: Mapping[str, str | int], *, seconds: float = CALL_SECONDS) -> Json:
        """Ask a question. Raises Failed."""
        return await self._call(self._again, method, seconds, {"http_verb": "GET", "params": dict(arguments)})

    async def exchange(self, *, client_id: str, client_secret: str, code: str, redirect_uri: str) -> Json:
        """Turn the code of a finished authorisation into a token, as the app and not as anybody's bot. Raises Failed.

        Not repeated: a code is good for one exchange.
        """
        given = {"code": code, "redirect_uri": redirect_uri}
        proof = {"Authorization": aiohttp.encode_basic_auth(client_id, client_secret)}
        return await self._call(self.for_bolt, "oauth.v2.access", CALL_SECONDS, {"data": given, "headers": proof})

    async def _call(self, client: AsyncWebClient, method: str, seconds: float, how: Json) -> Json:
        if self._session is None or self._session.closed:
            raise Failed("unreachable")
        try:
            async with asyncio.timeout(seconds):
                answer = await self._with_a_living_token(client, method, how)
        except Exception as error:  # noqa: BLE001  # the SDK raises what it likes on an answer that it cannot read
            raise _failure(error) from None  # their texts repeat what Slack said
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def _with_a_living_token(self, client: AsyncWebClient, method: str, how: Json) -> AsyncSlackResponse:
        tried = self._token
        try:
            return await client.api_call(method, **how)
        except SlackApiError as error:
            if self._renew is None or client is self.for_bolt or _answered(error.response).code not in DEAD:
                raise
            newer = await self._renew(tried)
            if not newer or newer == tried:
                raise
        self._token = self._once.token = self._again.token = newer
        return await client.api_call(method, **how)

    async def _stay(self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        if not str(request.url).startswith(self._home):
            raise LeftTheApi
        response = await handler(request)
        if 300 <= response.status < 400:  # noqa: PLR2004  # a redirect
            response.release()
            raise LeftTheApi
        return response


def _failure(error: Exception) -> Failed:
    match error:
        case TimeoutError():
            return Failed("timed_out")
        case aiohttp.ClientConnectorError() | LeftTheApi():
            return Failed("unreachable")
        case SlackApiError():
            return _answered(error.response)
        case aiohttp.ClientError() | OSError():
            return Failed("dropped")
        case SlackClientError() | ValueError() | AttributeError() | TypeError() | LookupError():
            return Failed("unreadable")
        case _:
            return Failed("unreadable")


def _answered(response: Any) -> Failed:  # noqa: ANN401  # the SDK's answer, or aiohttp's where it was no JSON
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    found = str(data.get("error", "")) if isinstance(data, dict) else ""
    code = found if _CODE.fullmatch(found) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):  # noqa: PLR2004
        return Failed("rate_limited", "rate_limited", _seconds(getattr(response, "headers", {})))
    if code in _PERHAPS_DONE or status >= 500:  # noqa: PLR2004
        return Failed("server_error", code)
    if code:
        listed = str(data.get("provided") or "") if isinstance(data, dict) and code == "missing_scope" else ""
        return Failed("refused", code, scopes=frozenset(one.strip() for one in listed.split(",") if one.strip()))
    if 400 <= status < 500:  # noqa: PLR2004  # somebody between us and Slack
        return Failed("unreachable")
    return Failed("unreadable")


_PERHAPS_DONE: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def _seconds(headers: Mapping[str, str]) -> float | None:
    given = headers.get("Retry-After", "")
    return float(given) if given.isascii() and given.isdigit() else None


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this address; none for this machine, or where NO_PROXY says so."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in ("localhost", "127.0.0.1", "::1") or proxy_bypass(parts.netloc):
        return None
    return getproxies().get(parts.scheme)
