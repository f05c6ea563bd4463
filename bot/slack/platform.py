"""Slack as a whole: made from settings and a desk, started and stopped by the app."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response

from bot import logs
from bot.body import Turned
from bot.channel import Channel, Desk, Lookup
from bot.later import Later
from bot.slack.api import Api, Failed
from bot.slack.guard import Guard
from bot.slack.one import OneWorkspace
from bot.slack.receive import Receiver
from bot.slack.several import Several, SeveralWorkspaces
from bot.slack.sockets import Socket
from bot.slack.workspace import Making, Sealing

PATH: Final = "/slack/events"
CONNECT_SECONDS: Final = 10.0
DRAIN_SECONDS: Final = 4.0


class CannotStart(Exception):
    """Slack does not let us in, or cannot be reached; the text is a sentence for whoever installs Signpost."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What connects us to Slack: the bot token of one workspace, or none where the app is installed over OAuth.

    With `app_token` set, requests come over Socket Mode and not over HTTP.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    tls: ssl.SSLContext | None = None
    """What outbound TLS trusts; None: the usual authorities."""


class SlackPlatform:
    """One workspace, or several. `lookup` and `channel` are there from the beginning and work from `start` to `stop`.

    `on_refused` is told a word for the metric whenever a request or a token is turned away: `signature`, `replay`,
    `workspace`, `too_large`, `too_slow`, `encoding`, `malformed`, `token`, `unknown_intent`. `clock` gives seconds
    since 1970. `several` is what installing over OAuth takes; the settings then have no bot token.
    """

    def __init__(
        self,
        settings: SlackSettings,
        desk: Desk,
        seals: Sealing,
        on_refused: Callable[[str], None],
        *,
        clock: Callable[[], float] = time.time,
        several: Several | None = None,
    ) -> None:
        self._settings, self._on_refused = settings, on_refused
        self._guard = None if settings.app_token else Guard(settings.signing_secret, clock)
        self._api = Api(token=settings.bot_token, base_url=settings.api_url, tls=settings.tls)
        self._later = Later("slack")
        making = Making(desk, seals, self._later, on_refused)
        self._places = (
            SeveralWorkspaces(several, self._api, making, clock) if several else OneWorkspace(self._api, making)
        )
        self._receiver: Receiver | None = None
        self._socket: Socket | None = None
        self.lookup: Lookup = self._places.lookup
        self.channel: Channel = self._places.channel

    def teams(self) -> frozenset[str]:
        """The workspaces that we hold a token for, by id; over OAuth it may grow and shrink."""
        return self._places.teams()

    def say_missing(self, teams: Iterable[str]) -> None:
        """Log those of these workspaces that configuration names and where we are not installed, each once."""
        self._places.say_missing(teams)

    def routes(self) -> tuple[web.RouteDef, ...]:
        """What is served over HTTP: in Socket Mode nothing but the pages for installing over OAuth."""
        events = () if self._guard is None else (web.post(PATH, self.slack_events),)
        return (*events, *self._places.routes())

    async def start(self) -> None:
        """Sign in, or load where we are installed, and in Socket Mode connect. Raises CannotStart."""
        await self._api.open()
        try:
            await self._places.start()
        except Failed as failed:
            await self._api.close()
            raise CannotStart(self._why(failed)) from None
        self._receiver = Receiver(self._api, self._places, self._on_refused)
        if self._settings.app_token:
            await self._connect(self._receiver)
        logs.get_logger().info("slack_connected", mode="socket" if self._socket else "http")

    async def stop(self) -> None:
        """Let what is under way end, then close every connection."""
        if self._socket is not None:
            await self._socket.stop()
        await self._places.stop()
        await self._later.drain(DRAIN_SECONDS)
        await self._api.close()

    async def working(self) -> bool:
        """Whether we can be reached: started, and in Socket Mode connected."""
        if self._receiver is None:
            return False
        return self._socket is None or await self._socket.connected()

    async def slack_events(self, request: web.Request) -> web.StreamResponse:
        """Answer `POST /slack/events`: commands, interactions and events, signed by Slack."""
        if self._guard is None or self._receiver is None:
            return web.Response(status=503)
        try:
            body = await self._guard.body(request)
        except Turned as turned:
            self._on_refused(turned.reason)
            logs.get_logger().warning("request_refused", reason=turned.reason, status=turned.status)
            return web.Response(status=turned.status)
        return await to_aiohttp_response(await self._receiver.dispatch(body))

    def _why(self, failed: Failed) -> str:
        if failed.cause == "refused":
            return (
                f"Slack did not accept SIGNPOST_SLACK_BOT_TOKEN ({failed.code}): copy the Bot User OAuth Token, "
                "which begins with xoxb-, from your app's page under OAuth & Permissions."
            )
        return (
            f"Slack cannot be reached at {self._settings.api_url} ({failed}): check the network and "
            "SIGNPOST_SLACK_API_URL, and SIGNPOST_CA_FILE if a proxy inspects TLS."
        )

    async def _connect(self, receiver: Receiver) -> None:
        self._socket = Socket(receiver.bolt, self._api, self._settings.app_token, receiver.dispatch)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._socket.connect_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self.stop()
            raise CannotStart(
                "Slack did not open a Socket Mode connection: check SIGNPOST_SLACK_APP_TOKEN (it begins with xapp- and "
                "needs the scope connections:write), and that Socket Mode is on in your app's settings."
            ) from None
