"""What a group is called on Slack, and why nobody can be told to be in it: for an admin, and for nobody's rights."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.cache import Cache
from bot.slack.api import Failed
from bot.slack.mrkdwn import clean
from bot.slack.send import READS_PRIVATE
from handlers.people import Group

HOLDS: Final = 60.0
"""Seconds that an answer holds, the list of a workspace's groups too: Slack gives it about twenty times a minute."""
FAILURE_HOLDS: Final = 5.0
MOST: Final = 500
_NAME: Final = 60
_NOT_THERE: Final = frozenset({"channel_not_found", "not_in_channel", "method_not_supported_for_channel_type"})
_NO_PLAN: Final = frozenset({"plan_upgrade_required", "paid_only", "paid_teams_only"})
UNKNOWN: Final = Group()

Ask = Callable[..., Awaitable[dict[str, Any]]]
Listed = dict[str, dict[str, Any]]


class AboutGroups:
    """Asks about the groups of one workspace. `ask` makes a call and raises Failed."""

    def __init__(self, ask: Ask, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._call = ask
        self._list: Cache[str, Listed | str] = Cache(
            self._listed, lambda found: FAILURE_HOLDS if isinstance(found, str) else HOLDS, most=1, clock=clock
        )
        self._channels: Cache[str, Group] = Cache(
            self._channel, lambda found: FAILURE_HOLDS if found == UNKNOWN else HOLDS, most=MOST, clock=clock
        )

    async def of(self, group: str, *, fresh: bool = False) -> Group:
        """What is said of `S…` or `C…`."""
        if not group.startswith("S"):
            return await self._channels.get(group, fresh=fresh)
        listed = await self._list.get("", fresh=fresh)
        return Group(why_not=listed) if isinstance(listed, str) else _user_group(listed.get(group))

    async def _listed(self, _: str) -> Listed | str:
        """The user groups of the workspace by id, disabled ones too; else why they cannot be had."""
        try:
            found = (await self._call("usergroups.list", include_disabled="true")).get("usergroups")
        except Failed as failed:
            if failed.code in _NO_PLAN:
                return "no_plan"
            return "no_scope" if failed.code == "missing_scope" else ""
        return {str(one.get("id")): one for one in found if isinstance(one, dict)} if isinstance(found, list) else ""

    async def _channel(self, channel: str) -> Group:
        try:
            about = (await self._call("conversations.info", channel=channel)).get("channel")
        except Failed as failed:
            if failed.code == "missing_scope":  # with the scope for private ones it is a public one
                return Group(why_not="not_private" if READS_PRIVATE in failed.scopes else "no_scope")
            return Group(why_not="not_in_channel") if failed.code in _NOT_THERE else UNKNOWN
        if not isinstance(about, dict):
            return UNKNOWN
        return Group(_called("#", about.get("name")), _why_not(about))


def _why_not(about: dict[str, Any]) -> str:
    if about.get("is_archived"):
        return "archived"
    if about.get("is_private") is not True:
        return "not_private"
    if about.get("is_ext_shared") or about.get("pending_connected_team_ids"):
        return "shared"
    return "not_in_channel" if about.get("is_member") is False else ""


def _user_group(found: dict[str, Any] | None) -> Group:
    if found is None:
        return Group(why_not="no_such_group")
    name = _called("@", found.get("handle")) or _called("", found.get("name"))
    return Group(name, "switched_off" if found.get("date_delete") else "")


def _called(mark: str, name: object) -> str:
    said = " ".join(clean(name).split())[:_NAME] if isinstance(name, str) else ""
    return f"{mark}{said}" if said else ""
