"""The page's server: static files, one stream of screens, and one address for what the person does. Loopback only."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.play.cast import PLAYERS
from bot.play.screen import Screens, cast
from bot.play.slack import NotPossibleError, SlackStandIn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.play.slack.world import Json

FILES = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEEP_ALIVE_SECONDS = 15.0


class PlayPage:
    """Serves the page for one stand-in. `port` 0 takes any free one; `address` says where it is."""

    def __init__(self, slack: SlackStandIn, *, port: int = 0) -> None:
        self._slack = slack
        self._screens = Screens(slack)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._ending = asyncio.Event()

    async def start(self) -> None:
        """Listen. Raises `OSError` if the port is taken."""
        app = web.Application(middlewares=[self._only_this_page], client_max_size=256 * 1024)
        app.on_response_prepare.append(_with_headers)
        app.router.add_get("/", _index)
        app.router.add_get("/page/{file}", _file)
        app.router.add_get("/cast", _cast)
        app.router.add_get("/stream", self._stream)
        app.router.add_post("/do", self._do)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening and end every stream."""
        self._ending.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self._port}/"

    @web.middleware
    async def _only_this_page(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Answer this page alone: another site's page could otherwise reach us under a name of its own."""
        if request.host not in {f"127.0.0.1:{self._port}", f"localhost:{self._port}"}:
            raise web.HTTPMisdirectedRequest(text="This address is not served here.")
        if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"} and request.path != "/":
            raise web.HTTPForbidden(text="Only this page may ask.")
        if request.method == "POST":
            if request.headers.get("Origin") != f"http://{request.host}":
                raise web.HTTPForbidden(text="Only this page may ask.")
            if request.content_type != "application/json":
                raise web.HTTPUnsupportedMediaType(text="Send JSON.")
        return await handler(request)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Send the screen of one person now and after every change."""
        user = _player(request.query.get("as", ""))
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        version = -1
        try:
            while not self._ending.is_set():
                if version != self._slack.version:
                    screen = self._screens.screen(user)
                    version = screen["version"]
                    await answer.write(f"data: {json.dumps(screen)}\n\n".encode())
                elif not await self._changed(version):
                    await answer.write(b": still here\n\n")
        except ConnectionResetError:
            pass  # the page was closed
        return answer

    async def _changed(self, version: int) -> bool:
        """Wait for a change, for the end, or for the time to show that we are still here."""
        change = asyncio.ensure_future(self._slack.change_after(version))
        end = asyncio.ensure_future(self._ending.wait())
        try:
            await asyncio.wait({change, end}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return change.done()
        finally:
            change.cancel()
            end.cancel()

    async def _do(self, request: web.Request) -> web.Response:
        """Do what the person did on the page; `problem` says in a sentence why it could not be done."""
        try:
            asked = await request.json()
        except ValueError:
            raise web.HTTPBadRequest(text="Send JSON.") from None
        if not isinstance(asked, dict):
            raise web.HTTPBadRequest(text="Send an object.")
        user = _player(str(asked.get("as", "")))
        try:
            await self._act(user, asked)
        except NotPossibleError as why:
            return web.json_response({"ok": False, "problem": str(why), "fields": why.fields})
        except (KeyError, TypeError, AttributeError):
            raise web.HTTPBadRequest(text="Something is missing or of the wrong kind.") from None
        return web.json_response({"ok": True})

    async def _act(self, user: str, asked: Json) -> None:
        slack = self._slack
        answers: dict[str, Any] = asked.get("answers") or {}
        spot: dict[str, Any] = {"place": asked.get("place"), "ts": str(asked.get("ts") or "")}
        if "window" in asked:
            self._check_window(user, asked["window"])
        match asked.get("do"):
            case "command":
                name, _, text = str(asked["text"]).strip().partition(" ")
                _check_command(user, name)
                await slack.command(user, text.strip(), name=name)
            case "shortcut":
                _check_command(user, "/signpost")
                await slack.shortcut(user, "raise_incident")
            case "home":
                await slack.open_home(user)
            case "press":
                spot |= {"value": asked.get("value"), "block_id": str(asked.get("block") or "")}
                await slack.press(user, str(asked["action"]), answers=answers, **spot)
            case "choose":
                slack.fill(user, answers, **spot)
                await slack.choose(user, str(asked["block"]), answers[str(asked["block"])], **spot)
            case "submit":
                await slack.submit(user, answers)
            case "close":
                await slack.close_view(user, everything=bool(asked.get("everything")))
            case _:
                raise web.HTTPBadRequest(text="That is not something to do here.")

    def _check_window(self, user: str, window: object) -> None:
        top = self._slack.view(user)
        if top is None or top["id"] != window:
            raise NotPossibleError("This window has changed meanwhile. Look at it again.")


def _check_command(user: str, name: str) -> None:
    if any(player.id == user and player.channel for player in PLAYERS):
        raise NotPossibleError("Your account belongs to another organisation: Slack does not offer you this command.")
    if name != "/signpost":
        raise NotPossibleError("Nobody reads messages written here. Type /signpost, or press Raise an incident.")


def _player(user: str) -> str:
    if any(player.id == user for player in PLAYERS):
        return user
    raise web.HTTPBadRequest(text="There is nobody of that name here.")


async def _index(_: web.Request) -> web.Response:
    return _page_file("index.html")


async def _file(request: web.Request) -> web.Response:
    return _page_file(request.match_info["file"])


def _page_file(name: str) -> web.Response:
    known = {path.name: path for path in FILES.iterdir() if path.suffix in TYPES}
    if name not in known:
        raise web.HTTPNotFound(text="There is no such file.")
    path = known[name]
    return web.Response(text=path.read_text(encoding="utf-8"), content_type=TYPES[path.suffix], charset="utf-8")


async def _cast(_: web.Request) -> web.Response:
    return web.json_response(cast())


async def _with_headers(_: web.Request, answer: web.StreamResponse) -> None:
    answer.headers.update(HEADERS)
    answer.headers.pop("Server", None)  # who asks need not know what answers
