"""Teams as a whole: made from options, a desk and a place for addresses; started and stopped by the app."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any, Final

import aiohttp
from aiohttp import web

from bot import logs
from bot.channel import Desk
from bot.later import Later
from bot.teams import net
from bot.teams.addresses import Addresses
from bot.teams.answer import Answers
from bot.teams.ask import Asking, Sealing
from bot.teams.channels import Channels
from bot.teams.connector import Connector
from bot.teams.graph import Graph
from bot.teams.keys import PublishedKeys
from bot.teams.login import Login
from bot.teams.lookup import TeamsLookup
from bot.teams.options import Options
from bot.teams.quiet import tame_loggers
from bot.teams.receive import Receiver
from bot.teams.rooms import Rooms
from bot.teams.send import TeamsChannel
from bot.teams.tokens import UNREACHABLE, NoToken, Tokens

PATH: Final = "/api/messages"
DRAIN_SECONDS: Final = 4.0


class CannotStart(Exception):
    """Entra does not let us in; the text is a sentence for whoever installs Signpost."""


class TeamsPlatform:
    """One app registration. `lookup` and `channel` are there from the beginning and work from `start` to `stop`.

    `on_refused` is told a word for the metric whenever a request or a token is turned away: `signature`, `workspace`,
    `too_large`, `too_slow`, `encoding`, `malformed`, `token`, `unknown_intent`. `clock` gives seconds that only grow.
    """

    def __init__(
        self,
        options: Options,
        desk: Desk,
        seals: Sealing,
        on_refused: Callable[[str], None],
        *,
        addresses: Addresses,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        tame_loggers()
        self._options, self._later = options, Later("teams")
        self._tokens = Tokens(options, clock)
        self._connector = Connector(options, self._tokens)
        self._graph = Graph(options, self._tokens)
        self._http: aiohttp.ClientSession | None = None
        rooms = Rooms(options, self._connector, addresses, clock, lambda account: self._hear(desk.reachable(account)))
        channels = Channels(self._connector, addresses)
        self.lookup = TeamsLookup(self._connector, rooms, self._graph, channels, clock)
        self.channel = TeamsChannel(options, self._connector, rooms, channels, seals.seal)
        asking = Asking(desk, seals, rooms, channels, on_refused)
        answers = Answers(asking, self.channel, self._connector, self._later, options, seals)
        self._keys = PublishedKeys(options.openid_metadata, self._get, clock)
        self._receiver = Receiver(Login(options, self._keys), answers, desk, self._connector, on_refused)

    @property
    def tenant(self) -> str:
        """The tenant that the app is registered in: whose people are ours."""
        return self._options.tenant

    def routes(self) -> tuple[web.RouteDef, ...]:
        """What is served over HTTP."""
        return (web.post(PATH, self._receiver.messages),)

    async def start(self) -> None:
        """Sign in once, so that a wrong secret shows now and not when somebody is in need. Raises CannotStart.

        Where Entra cannot be reached we start all the same: dialogs are answered without a token of ours.
        """
        self._http = net.session(self._options)
        try:
            await self._tokens.connector()
        except NoToken as failed:
            if failed.why != UNREACHABLE:
                await self.stop()
                raise CannotStart(_advice(failed.why)) from None
        else:
            logs.get_logger().info("teams_connected")

    async def stop(self) -> None:
        """Let what is under way end, then close every connection."""
        await self._later.drain(DRAIN_SECONDS)
        await self._connector.close()
        await self._graph.close()
        if self._http is not None:
            await self._http.close()

    async def working(self) -> bool:
        """Whether we are signed in, so that messages can be sent; tries again if we are not."""
        if self._http is None or self._http.closed:
            return False
        try:
            await self._tokens.connector()
        except NoToken:
            return False
        return True

    def _hear(self, telling: Coroutine[Any, Any, None]) -> None:
        """The desk hears of it behind whatever is going on: nobody waits for that."""
        self._later.start(telling)

    async def _get(self, url: str) -> bytes:
        if self._http is None:
            raise OSError("not started")
        return await net.read(self._http, url)


def _advice(why: str) -> str:
    if why == "certificate_file":
        return (
            "SIGNPOST_TEAMS_CERTIFICATE_FILE holds no private key or no certificate: write both into one PEM file, or "
            "name a .pfx file without a password."
        )
    return (
        f"Entra gave no token ({why}): check SIGNPOST_TEAMS_APP_ID, SIGNPOST_TEAMS_TENANT_ID and the secret or "
        "certificate, all from the app registration in the Entra admin centre."
    )
