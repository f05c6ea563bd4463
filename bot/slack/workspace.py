"""One workspace as Signpost works in it: who we are there, how its people are asked about, told and answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.channel import Desk
from bot.later import Later
from bot.slack.answer import Answers
from bot.slack.api import Api
from bot.slack.arrived import Us
from bot.slack.ask import Asking
from bot.slack.calls import Calls
from bot.slack.lookup import SlackLookup
from bot.slack.send import SlackChannel


class Sealing(Protocol):
    """What is needed of `bot.seals.Seals`."""

    def seal(self, text: str, holder: str) -> str:
        """The token for this text that `holder` may use."""

    def open(self, sealed: str, holder: str) -> str:
        """The text in a token. Raises Forged."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything here calls Slack with this workspace's token and with no other."""

    us: Us
    lookup: SlackLookup
    channel: SlackChannel
    answers: Answers


@dataclass(frozen=True, slots=True)
class Making:
    """Makes workspaces out of what all of them share."""

    desk: Desk
    seals: Sealing
    later: Later
    on_refused: Callable[[str], None]

    def workspace(self, api: Api, us: Us) -> Workspace:
        """The workspace that this API's token belongs to."""
        lookup, channel = SlackLookup(api), SlackChannel(api, self.seals.seal)
        lookup.team_id = channel.team_id = us.team_id
        lookup.bot_user = channel.bot_user = us.bot_user
        return Workspace(us, lookup, channel, self.answers(api))

    def answers(self, api: Api) -> Answers:
        """Answers to people, shown with this API's token."""
        asking = Asking(self.desk, self.seals, self.on_refused)
        return Answers(asking, Calls(api, self.seals.seal), self.later)
