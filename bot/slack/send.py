"""Reaching people on Slack: a receipt in their conversation with the bot, then its content, each at most once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.channel import NotSent, Refused, Result, Sent, Unsure
from bot.slack import render
from bot.slack.api import Api, Failed
from bot.slack.readers import Readers
from handlers.people import Account
from handlers.screens import Message

SEND_SECONDS: Final = 10.0
READS_PRIVATE: Final = "groups:read"
NO_SCOPE: Final = "no_groups_read"
"""Why a channel was not read: our token lacks that scope."""
CANNOT_EDIT: Final = "cannot_edit"
"""Why a `fill` was refused where the workspace forbids to change messages: the content goes as a reply."""

_FORBIDS_EDITING: Final = frozenset({"edit_window_closed", "cant_update_message", "as_user_not_supported"})

SealFor = Callable[[str, str], str]
"""Seals a token for a holder."""


class SlackChannel:
    """The `bot.channel.Channel` of one workspace. An address is the conversation and the message: `D024:17…`."""

    def __init__(self, api: Api, seal: SealFor) -> None:
        self.team_id = self.bot_user = ""
        self._api, self._seal = api, seal
        self._readers = Readers(api)
        self._names: dict[str, str] = {}

    async def post(self, to: Account, receipt: Message) -> Result:
        """Post the receipt in the person's private conversation with the bot."""
        return await self._post(to, receipt, channel=to.user)

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        """Overwrite the message at `address`. `Refused("cannot_edit")` where the workspace forbids to change it."""
        channel, _, ts = address.partition(":")
        return await self._send("chat.update", to, content, channel=channel, ts=ts)

    async def reply(self, to: Account, address: str, content: Message) -> Result:
        """Post the content in the receipt's thread."""
        channel, _, ts = address.partition(":")
        return await self._post(to, content, channel=channel, thread_ts=ts)

    def called(self, to: Account) -> str:
        """What the channel was called when it was last looked at."""
        return self._names.get(to.user, "")

    def inside(self, to: Account) -> tuple[Account, ...]:
        """Who was in the channel when it was last looked at, each with the workspace that Slack says they are of."""
        people = self._readers.inside.get(to.user, ())
        return tuple(Account("slack", team or self.team_id, user) for team, user in people)

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        """Why nothing may be posted in a channel just now: asked of Slack right before."""
        if to.platform != "slack" or to.org != self.team_id:
            return Refused("other_workspace")
        try:
            answer = await self._api.get("conversations.info", {"channel": to.user}, seconds=SEND_SECONDS)
        except Failed as failed:
            return _not_read(failed)
        found = answer.get("channel")
        about = found if isinstance(found, dict) else {}
        self._names[to.user] = str(about.get("name") or "")[:100]
        expected = frozenset(organisations)
        why = _not_fit(about, self.team_id, expected)
        if why:
            there = _outside(about, self.team_id)
            return Refused(why, tuple(sorted(there - expected)), tuple(sorted(expected - there)))
        try:
            return await self._readers.trouble(to.user, (self.team_id, self.bot_user), expected)
        except Failed as failed:
            return _not_read(failed)

    async def _post(self, to: Account, content: Message, **where: str) -> Result:
        return await self._send("chat.postMessage", to, content, unfurl_links=False, unfurl_media=False, **where)

    async def _send(self, method: str, to: Account, content: Message, **where: str | bool) -> Result:
        if to.platform != "slack" or to.org != self.team_id:
            return Refused("other_workspace")
        drawn = render.message(content, lambda token: self._seal(token, str(to)))
        try:
            answer = await self._api.post(method, {**where, **drawn}, seconds=SEND_SECONDS)
        except Failed as failed:
            return _ended(failed)
        channel, ts = answer.get("channel"), answer.get("ts")
        if not (isinstance(channel, str) and channel and isinstance(ts, str) and ts):
            return Unsure("no_address")
        return Sent(f"{channel}:{ts}")


def _not_read(failed: Failed) -> NotSent | Refused:
    """Why a channel could not be read: what it says of the channel, or of us."""
    if failed.code == "missing_scope":
        # We may read private channels alone: where we still may, this one is public now.
        return Refused("not_private" if READS_PRIVATE in failed.scopes else NO_SCOPE)
    ended = _ended(failed)
    return ended if isinstance(ended, NotSent | Refused) else NotSent("room_not_read")


def _not_fit(about: Mapping[str, Any], ours: str, expected: frozenset[str]) -> str:
    """What is wrong with a channel for a message to a contact, as a closed word."""
    if about.get("is_archived") is not False or about.get("is_frozen"):
        return "archived"
    if about.get("is_private") is not True or about.get("is_mpim"):
        return "not_private"
    if about.get("is_member") is not True:
        return "not_in_channel"
    there = {*_teams(about, "connected_team_ids"), *_teams(about, "shared_team_ids")} - {ours}
    if _outside(about, ours) - expected:
        return "outside_organisation"
    if bool(about.get("is_ext_shared")) != bool(expected) or expected - there:
        return "not_shared_as_expected"
    return ""


def _outside(about: Mapping[str, Any], ours: str) -> frozenset[str]:
    """Other workspaces in a channel, and those that are invited."""
    names = ("connected_team_ids", "shared_team_ids", "pending_connected_team_ids")
    return frozenset(team for name in names for team in _teams(about, name)) - {ours}


def _teams(about: Mapping[str, Any], name: str) -> frozenset[str]:
    found = about.get(name)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _ended(failed: Failed) -> Result:
    match failed.cause:
        case "unreachable":
            return NotSent("unreachable")
        case "rate_limited":
            return NotSent("rate_limited", failed.retry_after)
        case "timed_out" | "dropped" | "server_error" | "unreadable":
            return Unsure(failed.cause)
        case "refused":
            return Refused(CANNOT_EDIT if failed.code in _FORBIDS_EDITING else failed.code)
