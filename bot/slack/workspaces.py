"""The workspaces where Signpost was installed over OAuth, each with its own token, in step with every replica.

What was loaded stays in memory, so that nobody waits for the database. It is looked up again where a workspace is not
known, where Slack refuses its token, and now and then in any case.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot import logs
from bot.cache import Cache
from bot.slack.api import Api, Failed
from bot.slack.grant import Grant
from bot.slack.workspace import Making, Workspace
from handlers.people import Account

AGAIN_SECONDS: Final = 15.0
"""How long it takes at most until we notice what another replica installed or took out."""
ABSENT_SECONDS: Final = 2.0
"""How long we remember that we are not installed somewhere."""
MOST: Final = 1000
_PREFIX: Final = "slack:"


class KeptOne(Protocol):
    """One installation: since when, and the text that was kept for it."""

    @property
    def at(self) -> datetime:
        """Since when."""

    @property
    def secret(self) -> str:
        """What was kept."""


class Keeps(Protocol):
    """What is needed of `bot.store.installations.Installations`; a workspace is written `slack:T1`."""

    async def all(self) -> Mapping[str, datetime]:
        """Where we are installed, and since when."""

    async def of(self, org: str) -> KeptOne | None:
        """The installation in a workspace, or None."""

    async def keep(self, org: str, secret: str, by: Account | None) -> None:
        """Keep a new installation in the place of any earlier one."""

    async def forget(self, org: str) -> bool:
        """Delete an installation; whether there was one."""

    async def first_use(self, once: str) -> bool:
        """Whether this text is shown to us for the first time, by all replicas together."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A workspace in memory, with its token and since when it is installed."""

    workspace: Workspace
    grant: Grant
    at: datetime


class Workspaces:
    """All of them, by id."""

    def __init__(
        self,
        api: Api,
        keeps: Keeps,
        making: Making,
        named: Callable[[str], bool],
        look: Callable[[], Awaitable[object]],
    ) -> None:
        """`named` and `look` as in `Several`."""
        self._api, self._keeps, self._making, self.named, self._look = api, keeps, making, named, look
        self._held: Cache[str, _Held | None] = Cache(
            self._load, lambda held: ABSENT_SECONDS if held is None else math.inf, most=MOST
        )
        self._there: dict[str, _Held] = {}
        self._said: set[tuple[str, str]] = set()

    def teams(self) -> frozenset[str]:
        """Where we are installed, as far as this process knows."""
        return frozenset(self._there)

    def known(self, team: str) -> Workspace | None:
        """The workspace, if this process has it in memory."""
        held = self._there.get(team)
        return held.workspace if held else None

    async def at(self, team: str) -> Workspace | None:
        """The workspace, for a question or a message; None where we are not installed. Never raises."""
        held = await self._get(team)
        if held is None:
            self.say_missing((team,))
        return held.workspace if held else None

    async def of(self, team: str) -> Workspace | None:
        """The workspace, for a request that Slack signed, so we were installed there a moment ago. Never raises."""
        held = await self._get(team) or await self._get(team, fresh=True)
        return held.workspace if held else None

    def say_missing(self, teams: Iterable[str]) -> None:
        """Log those of these workspaces where we are not installed: each once, until it is installed."""
        for team in teams:
            if team not in self._there and self.named(team):
                self._say("slack_not_installed", team)

    async def may_install(self, team: str) -> bool:
        """Whether configuration names a workspace at this moment. Raises what reading configuration raises."""
        await self._look()
        return self.named(team)

    async def keep(self, grant: Grant, by: Account | None) -> None:
        """Keep a new installation and work with it from now on. Raises what the store raises."""
        await self._keeps.keep(_PREFIX + grant.team, grant.written(), by)
        await self._held.get(grant.team, fresh=True)
        logs.get_logger().info("slack_installed", workspace=grant.team)

    async def forget(self, team: str) -> bool:
        """Delete what is kept of a workspace; whether there was anything. Raises what the store raises."""
        gone = await self._keeps.forget(_PREFIX + team)
        await self._held.get(team, fresh=True)
        if gone:
            logs.get_logger().warning("slack_uninstalled", workspace=team)
        return gone

    async def left(self, team: str, at: float) -> bool:
        """A workspace took us out at that time (seconds since 1970): what is kept of it goes. False: there was nothing.

        What is told late, or again, of an earlier installation does not end one that Slack says is alive. Raises what
        the store raises, and Failed where Slack cannot be asked.
        """
        held = await self._held.get(team, fresh=True)
        if held is not None and at < held.at.timestamp() and await self._alive(held):
            return True
        return await self.forget(team)

    async def watch(self) -> None:
        """Keep in step with other replicas, for ever."""
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            try:
                await self.refresh()
            except Exception as error:  # noqa: BLE001  # the database is away: what we know stays good
                logs.get_logger().warning("slack_installations_not_read", kind=logs.kind_of(error))

    async def refresh(self) -> None:
        """Load what changed since the last look. Raises what the store raises."""
        await self._look()
        kept = {org.removeprefix(_PREFIX): at for org, at in (await self._keeps.all()).items()}
        known = {team: held.at for team, held in self._there.items()}
        for team in {*kept, *known}:
            if kept.get(team) != known.get(team):
                await self._get(team, fresh=True)

    async def _get(self, team: str, *, fresh: bool = False) -> _Held | None:
        try:
            return await self._held.get(team, fresh=fresh)
        except Exception as error:  # noqa: BLE001  # without its token nothing can be done there, whatever the reason
            self._say("slack_installation_not_read", team, kind=logs.kind_of(error))
            return None

    async def _load(self, team: str) -> _Held | None:
        kept = await self._keeps.of(_PREFIX + team)
        held = self._there.get(team)
        if kept is None:
            self._there.pop(team, None)
            return None
        grant = Grant.read(kept.secret)
        if held is not None and (held.at, held.grant) == (kept.at, grant):
            return held  # with what it remembers of people
        api = self._api.with_token(grant.token, lambda refused: self._renew(team, refused))
        held = self._there[team] = _Held(self._making.workspace(api, grant.us), grant, kept.at)
        self._said = {said for said in self._said if said[1] != team}
        return held

    async def _renew(self, team: str, refused: str) -> str:
        """The token that has taken the place of one that Slack refused, or an empty text."""
        held = await self._get(team, fresh=True)
        newer = held.grant.token if held else ""
        if newer == refused:
            self._say("slack_token_refused", team)
        return newer

    async def _alive(self, held: _Held) -> bool:
        try:
            await self._api.with_token(held.grant.token).post("auth.test", {}, again=True)
        except Failed as failed:
            if failed.cause == "refused":
                return False
            raise
        return True

    def _say(self, event: str, team: str, kind: str = "") -> None:
        if (event, team) not in self._said:
            self._said.add((event, team))
            logs.get_logger().error(event, workspace=team, kind=kind)
