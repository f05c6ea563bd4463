"""The stand-in for Slack: starts and stops it, fills it with people and channels, and reads what they see."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Self

from aiohttp import web

from bot.play.slack import payloads
from bot.play.slack.carrier import Carrier
from bot.play.slack.driver import Driver
from bot.play.slack.sockets import Sockets
from bot.play.slack.webapi import WebApi
from bot.play.slack.world import SCOPES, Channel, Group, Message, Person, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from bot.play.slack.world import Json


class SlackStandIn(Driver):
    """A Slack of one's own on this machine: the Web API, Socket Mode, and people who press buttons.

    Use it as `async with SlackStandIn(bot_url=…) as slack:`; hand the bot `slack.api_url`, `slack.bot_token`,
    `slack.signing_secret` (and `slack.app_token` for Socket Mode). With `strict`, anything that Slack would refuse
    fails the test at the next step, and at the latest on leaving. `clock` gives seconds since 1970. Secrets that are
    not given are made up for this run.
    """

    def __init__(
        self,
        *,
        bot_url: str = "",
        bot_token: str = "",
        signing_secret: str = "",
        app_token: str = "",
        team: str = "T1",
        strict: bool = True,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        super().__init__(clock=clock, strict=strict)
        self.bot_token = bot_token or f"xoxb-{secrets.token_hex(12)}"
        self.signing_secret = signing_secret or secrets.token_hex(16)
        self.app_token = app_token or f"xapp-{secrets.token_hex(12)}"
        self.sockets = Sockets()
        self.carrier = Carrier(self.sockets, self.signing_secret, bot_url, clock)
        self.workspaces[team] = Workspace(team, self.bot_token, set(SCOPES))
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on the loopback address, on any free port unless one was given."""
        app = web.Application(client_max_size=4 * 1024 * 1024)
        WebApi(self, self.sockets, self.app_token).add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop listening and give back every connection."""
        await self.sockets.drop()
        await self.carrier.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and report what the linter found if nothing else went wrong."""
        await self.close()
        if error is None:
            self.check()

    @property
    def api_url(self) -> str:
        """The address for `SIGNPOST_SLACK_API_URL`."""
        return f"{self.base_url}/api/"

    @property
    def bot_url(self) -> str:
        """The bot's `/slack/events`; set it when the bot's port is known."""
        return self.carrier.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.carrier.bot_url = url

    # --- filling it ------------------------------------------------------------------------------------------------
    def add_workspace(self, team: str, *, bot_token: str) -> Workspace:
        """Install the app in another workspace."""
        ws = self.workspaces[team] = Workspace(team, bot_token, set(SCOPES), domain=team.lower(), name=team)
        return ws

    def add_person(self, user: str, name: str, *, team: str = "", home_team: str = "", **flags: bool) -> Person:
        """Add somebody. `home_team` is where an outsider's account belongs; `flags` are those of `Person`."""
        ws = self.workspace(team)
        outside = bool(home_team) and home_team != ws.id
        person = Person(user, name, home_team or ws.id, **{"is_stranger": outside, **flags})
        ws.people[user] = person
        return person

    def add_group(self, group: str, members: Iterable[str], *, handle: str = "leads", team: str = "") -> Group:
        """Add a user group."""
        ws = self.workspace(team)
        ws.groups[group] = Group(group, handle, list(members))
        return ws.groups[group]

    def add_channel(self, channel: Channel, *, team: str = "", with_app: bool = True) -> Channel:
        """Add a channel, with the app as a member unless told otherwise."""
        ws = self.workspace(team)
        if with_app and ws.bot_user not in channel.members:
            channel.members.append(ws.bot_user)
        ws.channels[channel.id] = channel
        return channel

    # --- reading it ------------------------------------------------------------------------------------------------
    def view(self, user: str, *, team: str = "") -> Json | None:
        """Return the window in front of this person as Slack would send it, or None."""
        ws = self.workspace_of(user, team)
        top = ws.top_view(user)
        return payloads.view(ws, top) if top is not None else None

    def home(self, user: str, *, team: str = "") -> Json | None:
        """Return the home tab of this person, or None if the app has not published one."""
        ws = self.workspace_of(user, team)
        return payloads.view(ws, ws.homes[user]) if user in ws.homes else None

    def errors(self, user: str, *, team: str = "") -> dict[str, str]:
        """Return the errors shown at the fields of the window in front, by block_id."""
        top = self.workspace_of(user, team).top_view(user)
        return dict(top.errors) if top is not None else {}

    def messages(self, user: str, *, team: str = "") -> list[Message]:
        """Return the messages that this person can see, oldest first."""
        return self.workspace_of(user, team).messages_seen_by(user)

    def in_channel(self, channel: str, *, team: str = "") -> list[Message]:
        """Return the messages in a channel, oldest first, ephemeral ones aside."""
        return [m for m in self.workspace(team).messages if m.channel == channel and not m.ephemeral_to]
