"""The stand-in for Teams: starts and stops it, fills it with people and channels, and reads what they see."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from bot.play.teams.authority import Authority
from bot.play.teams.carrier import Carrier
from bot.play.teams.driver import Driver
from bot.play.teams.entra import Entra
from bot.play.teams.linting import Linter
from bot.play.teams.service import SCOPE, Service
from bot.play.teams.serving import Serving
from bot.play.teams.signing import ISSUER, Signing
from bot.play.teams.world import Channel, Dialog, Group, Message, Person, Team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import TracebackType


class TeamsStandIn(Driver):
    """A Teams of one's own on this machine: sign-in, connector, Graph, and people who press buttons.

    Use it as `async with TeamsStandIn(bot_url=…) as teams:` and hand the bot `teams.settings`, over TLS with an
    authority of its own. With `strict`, anything that Teams would refuse or show wrongly fails the test at the next
    step, and at the latest on leaving. `schema` is the JSON schema of Adaptive Cards, to check cards with. `clock`
    gives seconds since 1970; `folder` is where the authority's files go, else where what is temporary goes.
    """

    def __init__(  # noqa: PLR0913  # what a test may choose, each by name
        self,
        *,
        bot_url: str = "",
        app_id: str = "app-signpost",
        tenant: str = "tenant-northside",
        secret: str = "",
        strict: bool = True,
        schema: Path | None = None,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        folder: Path | None = None,
    ) -> None:
        super().__init__(tenant=tenant, clock=clock, strict=strict)
        self.app_id = app_id
        self.secret = secret or secrets.token_urlsafe(24)
        self.signing = Signing(app_id, clock)
        self.carrier = Carrier(self.signing, bot_url)
        self.linter = Linter(schema)
        self.entra = Entra(self, self.signing, app_id, self.secret)
        self.service = Service(self, self.entra, self.linter)
        self.authority = Authority(folder)
        self.service_url = ""
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on the loopback address, on any free port unless one was given."""
        app = web.Application(client_max_size=4 * 1024 * 1024)
        serving = Serving(self)
        self.entra.add_routes(app, serving)
        self.service.add_routes(app, serving)
        app.router.add_route("*", "/{anything:.*}", serving.route("other", _nothing_there))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, ssl_context=self.authority.server)
        await site.start()
        self.base_url = f"https://localhost:{self._runner.addresses[0][1]}"
        self.service_url = f"{self.base_url}/teams/"

    async def close(self) -> None:
        """Stop listening and give back every connection."""
        await self.carrier.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self.authority.close()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and report what is wrong with what the bot sent if nothing else went wrong."""
        await self.close()
        if error is None:
            self.check()

    @property
    def settings(self) -> dict[str, str]:
        """The environment variables that connect a bot to this stand-in."""
        return {
            "SIGNPOST_TEAMS_APP_ID": self.app_id,
            "SIGNPOST_TEAMS_TENANT_ID": self.world.tenant,
            "SIGNPOST_TEAMS_CLIENT_SECRET": self.secret,
            "SIGNPOST_TEAMS_AUTHORITY": self.base_url,
            "SIGNPOST_TEAMS_TOKEN_SCOPE": SCOPE,
            "SIGNPOST_TEAMS_TOKEN_ISSUER": ISSUER,
            "SIGNPOST_TEAMS_OPENID_METADATA_URL": f"{self.base_url}/v1/.well-known/openidconfiguration",
            "SIGNPOST_TEAMS_SERVICE_HOSTS": "localhost",
            "SIGNPOST_TEAMS_GRAPH_URL": f"{self.base_url}/graph",
            "SIGNPOST_TEAMS_INSTANCE_DISCOVERY": "false",
            "SIGNPOST_CA_FILE": str(self.authority.ca_file),
        }

    @property
    def bot_url(self) -> str:
        """The bot's `/api/messages`; set it when the bot's port is known."""
        return self.carrier.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.carrier.bot_url = url

    # --- filling it ------------------------------------------------------------------------------------------------
    def add_person(self, user: str, name: str, *, home: str = "", **flags: bool) -> Person:
        """Add somebody. `home` is the tenant of an outsider's account; `flags` are those of `Person`."""
        person = Person(user, name, home or self.world.tenant, **flags)
        self.world.people[user] = person
        return person

    def add_group(self, group: str, members: Iterable[str], *, name: str = "") -> Group:
        """Add an Entra group."""
        self.world.groups[group] = Group(group, list(members), name)
        return self.world.groups[group]

    def add_channel(self, channel: Channel, *, team: str = "team-northside") -> Channel:
        """Add a channel to a team, which is made if need be."""
        held = self.world.teams.setdefault(team, Team(team, team))
        held.channels[channel.id] = channel
        return channel

    # --- reading it ------------------------------------------------------------------------------------------------
    def dialog(self, user: str) -> Dialog | None:
        """Return the dialog in front of this person, or None."""
        return self.world.dialogs.get(user)

    def card(self, user: str) -> dict[str, Any]:
        """Return the card of the dialog in front of this person."""
        return self._dialog(user).card

    def in_channel(self, channel: str) -> list[Message]:
        """Return the bot's messages in a channel and its threads, oldest first."""
        return [held for held in self.world.messages if held.conversation.partition(";")[0] == channel]


async def _nothing_there(_request: web.Request) -> web.Response:
    """Whatever else is called is noted too: a picture that was fetched, a redirect that was followed."""
    return web.Response(status=404)
