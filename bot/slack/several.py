"""The workspaces of an app that is installed over OAuth, put together: who is asked, who is told, who installs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web

from bot import logs
from bot.slack.api import Api
from bot.slack.each import EachChannel, EachLookup
from bot.slack.install import Installing, OAuth
from bot.slack.states import States
from bot.slack.workspace import Making, Workspace
from bot.slack.workspaces import Keeps, Workspaces


@dataclass(frozen=True, slots=True)
class Several:
    """What it takes.

    `named` says whether configuration names a workspace (`T1`), as far as this process knows: no other is installed or
    heard. `look` has it read configuration again, which another replica may have changed; it may raise.
    """

    oauth: OAuth
    keeps: Keeps
    named: Callable[[str], bool]
    look: Callable[[], Awaitable[object]]


class SeveralWorkspaces:
    """As `OneWorkspace`, for any number of them."""

    def __init__(self, several: Several, api: Api, making: Making, clock: Callable[[], float]) -> None:
        self._workspaces = Workspaces(api, several.keeps, making, several.named, several.look)
        states = States(making.seals, several.keeps.first_use, clock)
        self._installing = Installing(several.oauth, api, self._workspaces, states, making.on_refused)
        self._watching: asyncio.Task[None] | None = None
        self.lookup = EachLookup(self._workspaces)
        self.channel = EachChannel(self._workspaces)

    def teams(self) -> frozenset[str]:
        """Where we are installed."""
        return self._workspaces.teams()

    def routes(self) -> tuple[web.RouteDef, ...]:
        """The pages for installing."""
        return self._installing.routes()

    async def start(self) -> None:
        """Load where we are installed, and keep in step with other replicas."""
        try:
            await self._workspaces.refresh()
        except Exception as error:  # noqa: BLE001  # looked at again soon, and at the first request of each workspace
            logs.get_logger().warning("slack_installations_not_read", kind=logs.kind_of(error))
        self._watching = asyncio.create_task(self._workspaces.watch())

    async def stop(self) -> None:
        """Look no more."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})

    def serves(self, team: str) -> bool:
        """Whether a workspace is heard at all: one that configuration names."""
        return self._workspaces.named(team)

    def say_missing(self, teams: Iterable[str]) -> None:
        """Log those of these workspaces that configuration names and where we are not installed."""
        self._workspaces.say_missing(teams)

    async def of(self, team: str) -> Workspace | None:
        """The workspace, for a request that Slack signed; None where we are not installed. Never raises."""
        return await self._workspaces.of(team)

    async def left(self, team: str, at: float) -> bool:
        """A workspace took us out at that time; whether there was anything. Raises as `Workspaces.left`."""
        return await self._workspaces.left(team, at)
