"""What every part of the stand-in shares: the clock, the workspaces, ids, triggers, the log, and news of changes."""

from __future__ import annotations

import itertools
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.play.news import Watched
from bot.play.slack.faults import Faults
from bot.play.slack.world import Refusal, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.play.slack.world import Channel, Json

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


class BadBlockKitError(AssertionError):
    """The bot sent something that Slack would refuse; the message lists what and where."""


@dataclass(slots=True)
class Trigger:
    """A trigger: whose, when issued, from inside which window, and whether it was exchanged already."""

    team: str
    user: str
    issued: float
    view: str = ""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A response_url: where its messages go, which message it may replace, and how often it may still be used."""

    team: str
    user: str
    channel: str
    issued: float
    ts: str = ""
    left: int = RESPONSE_URL_USES


@dataclass(frozen=True, slots=True)
class Call:
    """One call that the bot made to the Web API, and how it was answered."""

    method: str
    params: Json
    ok: bool
    error: str = ""
    at: float = 0.0
    reply: Json = field(default_factory=dict)


class Core(Watched):
    """State and small services; the Web API and the driver both work on one of these."""

    bad = BadBlockKitError

    def __init__(self, *, clock: Callable[[], float] = time.time, strict: bool = True) -> None:
        super().__init__(strict=strict)
        self.clock = clock
        self.ahead = 0.0
        """Seconds by which the times of messages are ahead, as people see them. Signatures and triggers are not."""
        self.workspaces: dict[str, Workspace] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.calls: list[Call] = []
        self.faults = Faults()
        self.base_url = ""
        self._last_ts = 0.0
        self._numbers = itertools.count(1)

    # --- workspaces and people -------------------------------------------------------------------------------------
    def workspace(self, team: str = "") -> Workspace:
        """Return a workspace by id, or the first one."""
        return self.workspaces[team] if team else next(iter(self.workspaces.values()))

    def workspace_of(self, user: str, team: str = "") -> Workspace:
        """Return the workspace in which this person sees the app."""
        if team:
            return self.workspaces[team]
        return next(ws for ws in self.workspaces.values() if user in ws.people)

    def known_channel(self, ws: Workspace, channel: str) -> Channel:
        """Return a channel of the workspace; a person's id stands for the direct conversation with them."""
        if channel in ws.people:
            person = ws.people[channel]
            if person.deleted or person.is_stranger:
                raise Refusal("channel_not_found")
            return ws.direct_channel(channel)
        found = ws.channels.get(channel)
        if found is None or (found.is_private and ws.bot_user not in found.members):
            raise Refusal("channel_not_found")
        return found

    def exchange(self, authorization: str, params: Json) -> Json:
        """`oauth.v2.access`, which an app that is in one workspace alone has no use for: see `DistributedStandIn`."""
        del authorization, params
        raise Refusal("unknown_method")

    # --- ids and times ---------------------------------------------------------------------------------------------
    def new_id(self, prefix: str) -> str:
        """Return an id that was not used before."""
        return f"{prefix}{next(self._numbers):09d}"

    def new_ts(self) -> str:
        """Return a message timestamp later than every earlier one."""
        self._last_ts = max(self.clock() + self.ahead, self._last_ts + 0.000001)
        return f"{self._last_ts:.6f}"

    def new_hash(self) -> str:
        """Return a view hash."""
        return f"{int(self.clock())}.{secrets.token_hex(4)}"

    def new_trigger(self, ws: Workspace, user: str, *, view: str = "") -> str:
        """Issue a trigger that lives for three seconds and opens one window."""
        trigger_id = f"{next(self._numbers)}.{1000 + len(self.triggers)}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(ws.id, user, self.clock(), view)
        return trigger_id

    def new_response_url(self, ws: Workspace, user: str, channel: str, ts: str = "") -> str:
        """Issue a response_url on this machine."""
        token = secrets.token_hex(16)
        self.response_urls[token] = ResponseUrl(ws.id, user, channel, self.clock(), ts)
        return f"{self.base_url}/response/{token}"

    # --- the log ---------------------------------------------------------------------------------------------------
    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]
