"""The page's server: static files, one stream of screens, and one address for what the person does. Loopback only."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from bot.play import doing
from bot.play.cast import PLAYERS
from bot.play.screen import Screens, cast
from bot.play.teams_screen import TeamsScreens, teams_cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.play.mail_screen import MailScreens
    from bot.play.slack import SlackStandIn
    from bot.play.slack.world import Json
    from bot.play.stage import Stage
    from bot.play.teams import TeamsStandIn

    class Changes(Protocol):
        """Something on the page that changes."""

        version: int

        async def change_after(self, version: int) -> int:
            """Wait until something is newer than `version`, and return the newest."""


FILES = Path(__file__).parent / "page"
LIBRARY = Path(__file__).parents[2] / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.min.js"
"""What draws Teams' cards. `requirements/npm.py` puts it there; without it the page has its Slack side alone."""
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    # HTML may be made of a text in one place alone: where the library puts in the Markdown that we have read.
    "require-trusted-types-for 'script'; trusted-types adaptivecards#markdownPassthroughPolicy "
    "adaptivecards#restoreContentsPolicy adaptivecards#deprecatedExportedFunctionPolicy",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEEP_ALIVE_SECONDS = 15.0


class PlayPage:
    """Serves the page for a stand-in of Slack, and of what else there is: Teams, mail, a clock to move.

    `port` 0 takes any free one; `address` says where it is. `library` is the file that draws Teams' cards.
    """

    def __init__(
        self,
        slack: SlackStandIn,
        teams: TeamsStandIn | None = None,
        *,
        mail: MailScreens | None = None,
        stage: Stage | None = None,
        port: int = 0,
        library: Path = LIBRARY,
    ) -> None:
        self._slack, self._teams, self._library = slack, teams, library
        self._mail, self._stage = mail, stage
        self._changing: list[Changes] = [one for one in (slack, teams, mail, stage) if one is not None]
        self._screens = Screens(slack)
        self._teams_screens = TeamsScreens(teams) if teams is not None else None
        if self._teams_screens is not None:
            self._teams_screens.all_seen()
        self._port = port
        self._runner: web.AppRunner | None = None
        self._ending = asyncio.Event()

    async def start(self) -> None:
        """Listen. Raises `OSError` if the port is taken."""
        app = web.Application(middlewares=[self._only_this_page], client_max_size=256 * 1024)
        app.on_response_prepare.append(_with_headers)
        app.router.add_get("/", _index)
        app.router.add_get("/page/{file}", _file)
        app.router.add_get("/library.js", self._library_file)
        app.router.add_get("/cast", self._cast)
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
        versions: list[int] = []
        try:
            while not self._ending.is_set():
                if versions != self._versions():
                    versions = self._versions()
                    await answer.write(f"data: {json.dumps(self._screen(user))}\n\n".encode())
                elif not await self._changed(versions):
                    await answer.write(b": still here\n\n")
        except ConnectionResetError:
            pass  # the page was closed
        return answer

    def _versions(self) -> list[int]:
        return [one.version for one in self._changing]

    def _screen(self, user: str) -> Json:
        """All sides of one person's screen; messages that wait for the others are counted over all."""
        screen = self._screens.screen(user)
        for name, side in (("teams", self._teams_screens), ("mail", self._mail)):
            if side is not None:
                screen[name] = side.screen(user)
                screen["unread"] = {other: count + side.unread(other) for other, count in screen["unread"].items()}
        if self._stage is not None:
            screen["stage"] = self._stage.screen()
        return screen

    async def _changed(self, versions: list[int]) -> bool:
        """Wait for a change, for the end, or for the time to show that we are still here."""
        changes = [
            asyncio.ensure_future(one.change_after(version))
            for one, version in zip(self._changing, versions, strict=True)
        ]
        end = asyncio.ensure_future(self._ending.wait())
        try:
            await asyncio.wait({*changes, end}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return any(change.done() for change in changes)
        finally:
            for waiting in (*changes, end):
                waiting.cancel()

    async def _do(self, request: web.Request) -> web.Response:
        """Do what the person did on the page; `problem` says in a sentence why it could not be done."""
        try:
            asked = await request.json()
        except ValueError:
            raise web.HTTPBadRequest(text="Send JSON.") from None
        if not isinstance(asked, dict):
            raise web.HTTPBadRequest(text="Send an object.")
        _player(str(asked.get("as", "")))
        try:
            await doing.do(asked, self._slack, self._teams, self._teams_screens, self._stage)
        except doing.NotPossible as why:
            return web.json_response({"ok": False, "problem": str(why), "fields": why.fields})
        except doing.NoSuchThing:
            raise web.HTTPBadRequest(text="That is not something to do here.") from None
        except (KeyError, TypeError, AttributeError):
            raise web.HTTPBadRequest(text="Something is missing or of the wrong kind.") from None
        return web.json_response({"ok": True})

    async def _cast(self, _: web.Request) -> web.Response:
        sides = cast() if self._teams is None else cast() | {"teams": teams_cast()}
        return web.json_response(sides)

    async def _library_file(self, _: web.Request) -> web.Response:
        """The library, or an empty script where it is not: the page then says so."""
        there = self._library.is_file()
        text = self._library.read_text(encoding="utf-8") if there else ""
        return web.Response(text=text, content_type="text/javascript", charset="utf-8")


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


async def _with_headers(_: web.Request, answer: web.StreamResponse) -> None:
    answer.headers.update(HEADERS)
    answer.headers.pop("Server", None)  # who asks need not know what answers
