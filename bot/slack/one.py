"""The one workspace of a bot token: known once we have signed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from aiohttp import web

from bot.slack.api import Api, Json
from bot.slack.arrived import Us
from bot.slack.workspace import Making, Workspace

SIGN_IN_SECONDS: Final = 5.0


class OneWorkspace:
    """`lookup` and `channel` are there from the beginning, and deny and refuse until we have signed in."""

    def __init__(self, api: Api, making: Making) -> None:
        self._api, self._desk = api, making.desk
        self._there = making.workspace(api, Us(team_id=""))
        self.lookup, self.channel = self._there.lookup, self._there.channel

    def teams(self) -> frozenset[str]:
        """The workspace that the token belongs to."""
        return frozenset({self._there.us.team_id} - {""})

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Nothing: there is nothing to install."""
        return ()

    async def start(self) -> None:
        """Ask Slack who we are. Raises Failed."""
        us = _us(await self._api.post("auth.test", {}, seconds=SIGN_IN_SECONDS, again=True))
        self.lookup.team_id = self.channel.team_id = us.team_id
        self.lookup.bot_user = self.channel.bot_user = us.bot_user
        self._there = Workspace(us, self.lookup, self.channel, self._there.answers)

    async def stop(self) -> None:
        """Nothing runs by itself."""

    def serves(self, team: str) -> bool:
        """Whether a workspace is heard at all."""
        return self._desk.serves(f"slack:{team}")

    def say_missing(self, teams: Iterable[str]) -> None:
        """Nothing: a workspace other than the token's is no matter of installing."""

    async def of(self, team: str) -> Workspace:  # noqa: ARG002  # whichever it is, there is one token
        """The workspace."""
        return self._there

    async def left(self, team: str, at: float) -> bool:  # noqa: ARG002  # the token is a setting, and not ours to drop
        """Nothing is kept of it."""
        return False


def _us(found: Json) -> Us:
    names = ("team_id", "user_id", "bot_id", "enterprise_id")
    team, user, bot, enterprise = (str(found.get(name) or "") for name in names)
    return Us(team_id=team, bot_user=user, bot_id=bot, enterprise_id=enterprise)
