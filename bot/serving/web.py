"""The two ports: what the platforms may call, and health and figures for whoever runs Signpost.

Only the documented routes and methods answer. No answer says what software this is, none can be kept by a cache or
framed, and none explains what went wrong inside.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

from aiohttp import web

from bot import logs
from bot.metrics import Metrics

MOST_BYTES: Final = 1024 * 1024
"""The largest body that is read."""
MOST_FIELDS: Final = 1000
"""Fields in a form; a Slack body has one, a command about fifteen."""
BODY_SECONDS: Final = 10.0
"""How long a body may take to arrive."""
IDLE_SECONDS: Final = 75.0
"""How long a connection may stay without a whole request head: longer than a reverse proxy keeps one."""
DRAIN_SECONDS: Final = 4.0
"""How long a stop waits for answers that are under way."""

SAFE_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_NO_ACCESS_LOG: Final = logging.getLogger("signpost.access")
_NO_ACCESS_LOG.disabled = True  # an address line names people's tokens and times

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def public_app(routes: Iterable[web.RouteDef], metrics: Metrics) -> web.Application:
    """The application on the public port: the platforms' routes and nothing else."""
    app = web.Application(middlewares=[_answer_safely(metrics), _read_first], client_max_size=MOST_BYTES)
    app.on_response_prepare.append(_cover)
    app.router.add_routes(routes)
    return app


def ops_app(
    metrics: Metrics, parts: Callable[[], Mapping[str, bool]], refresh: Callable[[], Awaitable[None]]
) -> web.Application:
    """The application on the second port. `parts` says what works; `refresh` brings the figures up to date.

    `/livez` is 200 as long as the process can answer. `/readyz` is 200 when every part works, else 503 with the names
    of those that do not.
    """

    async def livez(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        state = parts()
        broken = sorted(part for part, works in state.items() if not works)
        return web.json_response({"ready": not broken, "broken": broken}, status=503 if broken else 200)

    async def figures(_request: web.Request) -> web.Response:
        await refresh()
        return web.Response(body=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    app = web.Application(middlewares=[_answer_safely(metrics)], client_max_size=1024)
    app.on_response_prepare.append(_cover)
    for path, handler in {"/livez": livez, "/readyz": readyz, "/metrics": figures}.items():
        app.router.add_get(path, handler, allow_head=False)
    return app


async def _cover(_request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers, and take away the one that names our server and its version."""
    for name, value in SAFE_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)


def _answer_safely(metrics: Metrics) -> Callable[..., Awaitable[web.StreamResponse]]:
    """Turn every way of failing into a bare status: no page, no path, no traceback."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refusal:
            if refusal.status >= 400:  # noqa: PLR2004
                metrics.refused(_REASONS.get(refusal.status, "malformed"))
            allow = refusal.headers.get("Allow")
            return web.Response(status=refusal.status, headers={"Allow": allow} if allow else None)
        except Exception as error:  # noqa: BLE001  # the last place where an answer can still be given
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return web.Response(status=500)

    return middleware


_REASONS: Final[Mapping[int, str]] = {
    401: "signature", 403: "workspace", 404: "unknown_path", 405: "method", 408: "too_slow", 413: "too_large",
    415: "encoding",
}  # fmt: skip


@web.middleware
async def _read_first(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Read the whole body, within limits, before anybody looks at it. Handlers find it again in `request.read()`."""
    if request.match_info.http_exception is not None or not request.body_exists:
        return await handler(request)  # nothing here reads it, so nothing here waits for it
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (web.RequestPayloadError, ConnectionError):
        raise web.HTTPBadRequest from None
    _look_over(request, body)
    return await handler(request)


def _look_over(request: web.Request, body: bytes) -> None:
    """Refuse what no platform sends: another charset than it says, or thousands of fields."""
    try:
        body.decode(request.charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        raise web.HTTPBadRequest from None
    if request.content_type == "application/x-www-form-urlencoded" and body.count(b"&") >= MOST_FIELDS:
        raise web.HTTPBadRequest


class _Connection(web.RequestHandler):
    """A connection whose own errors (a request that is no HTTP) are as bare as ours."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,  # noqa: ARG002  # aiohttp's signature
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        """A status and nothing else. Raises ConnectionError where an answer has begun to leave."""
        if request.writer.output_size > 0:
            raise ConnectionError("an answer is already on its way")
        # An empty Server header keeps aiohttp from adding its own, with its version.
        response = web.Response(status=status, headers={**SAFE_HEADERS, "Server": ""})
        response.force_close()
        return response


class Port:
    """One listening port."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=DRAIN_SECONDS)
        self._host, self._port = host, port
        self._listening: asyncio.Server | None = None

    async def open(self) -> None:
        """Start listening. Raises OSError when the address cannot be had."""
        await self._runner.setup()
        server = self._runner.server
        if server is None:
            raise RuntimeError("the application did not start")
        loop = asyncio.get_running_loop()

        def connection() -> _Connection:
            return _Connection(
                server,
                loop=loop,
                keepalive_timeout=IDLE_SECONDS,
                lingering_time=2.0,
                access_log=_NO_ACCESS_LOG,
                auto_decompress=False,
            )

        self._listening = await loop.create_server(connection, self._host, self._port, backlog=256, reuse_address=True)

    async def close(self) -> None:
        """Stop listening, let answers that are under way finish, close the rest."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()
