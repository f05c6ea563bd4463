"""Who somebody is on Slack right now, who belongs to a group, and what to call them. What cannot be asked is denied."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot import logs
from bot.cache import Cache
from bot.channel import OURS
from bot.pauses import Pauses
from bot.slack.about_groups import AboutGroups
from bot.slack.api import Api, Failed
from bot.slack.groups import UserGroups, ids
from bot.slack.mrkdwn import clean
from handlers.people import Account, Group, Standing

HOLDS: Final = 60.0
"""Seconds that an answer about a person or a group holds."""
NAME_HOLDS: Final = 600.0
FAILURE_HOLDS: Final = 5.0
LOOKUP_SECONDS: Final = 4.0
MOST_PEOPLE: Final = 5000
MOST_GROUPS: Final = 500
PAGE: Final = 200
MOST_PAGES: Final = 25
"""Of a channel's members: a group of leads with more than 5,000 of them is a mistake, and nobody's."""
_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class _Seen:
    """What Slack said of a person; `failed` if it could not be asked."""

    standing: Standing
    name: str = ""
    failed: bool = False
    team: str = ""


_FAILED: Final = _Seen(Standing(member=False, why_not="unknown"), failed=True)
_NOBODY: Final = _Seen(Standing(member=False, why_not="no_account"))
NO_SUCH_USER: Final = "user_not_found"


@dataclass(frozen=True, slots=True)
class _Read:
    """Who is in a group; None if it cannot be read. `passing`: that is no answer about the group, and may pass."""

    users: tuple[str, ...] | None = None
    passing: bool = False


class SlackLookup:
    """The `bot.channel.Lookup` of one workspace. `team_id` and `bot_user` are known once we have signed in."""

    def __init__(self, api: Api, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.team_id = ""
        self.bot_user = ""
        self._api = api
        self._pauses = Pauses(clock)
        self._user_groups = UserGroups(self._ask)
        self._about_groups = AboutGroups(self._ask, clock=clock)
        self._people: Cache[str, _Seen] = Cache(
            self._person, lambda seen: FAILURE_HOLDS if seen.failed else HOLDS,
            most=MOST_PEOPLE, clock=clock, passing=lambda seen: seen.failed,
        )  # fmt: skip
        # That there was none is held with the person: when they could be asked about since, so can their name.
        self._names: Cache[str, str] = Cache(
            self._name, lambda name: NAME_HOLDS if name else 0.0, most=MOST_PEOPLE, clock=clock
        )
        self._groups: Cache[str, _Read] = Cache(
            self._group, lambda read: FAILURE_HOLDS if read.passing else HOLDS,
            most=MOST_GROUPS, clock=clock, passing=lambda read: read.passing,
        )  # fmt: skip

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:
        """Whether the account is a full member right now."""
        if account.platform != "slack" or account.org != self.team_id:
            return Standing(member=False, why_not="outside")
        return (await self._people.get(account.user, fresh=fresh)).standing

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:
        """The members of `slack:T1/S…` (a user group) or `slack:T1/C…` (a private channel), or None."""
        org, _, group_id = group.removeprefix("slack:").partition("/")
        if org != self.team_id or not group_id:
            return None
        users = (await self._groups.get(group_id, fresh=fresh)).users
        if users is None:
            return None
        return tuple(Account("slack", org, user) for user in users if user != self.bot_user)

    async def about(self, group: str, *, fresh: bool = False) -> Group:
        """What a group is called, and why nobody can be told to be in it, for an admin."""
        org, _, group_id = group.removeprefix("slack:").partition("/")
        if org != self.team_id or not group_id:
            return Group(why_not="other_workspace")
        return await self._about_groups.of(group_id, fresh=fresh)

    async def name(self, account: Account) -> str:
        """The display name, or an empty text; of somebody outside too, whom a shared channel lets us see."""
        if account.platform != "slack":
            return ""
        if account.org != self.team_id:
            seen = await self._people.get(account.user)
            return seen.name if seen.team == account.org else ""
        return await self._names.get(account.user)

    async def _name(self, user: str) -> str:
        return (await self._people.get(user)).name

    async def _person(self, user: str) -> _Seen:
        try:
            answer = await self._ask("users.info", user=user)
        except Failed as failed:
            _note("users.info", failed)
            return _NOBODY if failed.code == NO_SUCH_USER else _FAILED
        found = answer.get("user")
        if not isinstance(found, dict) or found.get("id") != user:
            return _FAILED
        return _Seen(_standing(found, self.team_id), _called(found), team=str(found.get("team_id") or ""))

    async def _group(self, group: str) -> _Read:
        try:
            if group.startswith("S"):
                return _Read(await self._user_groups.members(group))
            return _Read(await self._channel(group))
        except Failed as failed:
            _note("usergroups" if group.startswith("S") else "conversations.members", failed)
            return _Read(passing=failed.cause != "refused" or failed.code in OURS)

    async def _channel(self, channel: str) -> tuple[str, ...] | None:
        """The members of a private channel of our own. One that others can join or read makes nobody a lead."""
        about = (await self._ask("conversations.info", channel=channel)).get("channel")
        if not isinstance(about, dict) or about.get("is_private") is not True or _shared(about):
            return None
        found: list[str] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            more = {"cursor": cursor} if cursor else {}
            answer = await self._ask("conversations.members", channel=channel, limit=PAGE, **more)
            page = ids(answer.get("members"))
            if page is None:
                return None
            found.extend(page)
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return tuple(found)
        return None

    async def _ask(self, method: str, **arguments: str | int) -> dict[str, Any]:
        """Ask Slack, unless it said lately that this was too much for a while."""
        if self._pauses.pauses(method):
            raise Failed("rate_limited", "rate_limited")
        try:
            return await self._api.get(method, arguments, seconds=LOOKUP_SECONDS)
        except Failed as failed:
            if failed.cause == "rate_limited":
                self._pauses.note(method, failed.retry_after)
            raise


def _standing(found: dict[str, Any], team: str) -> Standing:
    """A full member: of our workspace, and every flag that would say otherwise there and false."""
    if found.get("is_stranger") or found.get("team_id") not in (team, None):
        return Standing(member=False, why_not="outside")
    if found.get("deleted") is True:
        return Standing(member=False, why_not="deactivated")
    if found.get("is_restricted") or found.get("is_ultra_restricted"):
        return Standing(member=False, why_not="guest")
    flags = (found.get(flag) for flag in ("deleted", "is_restricted", "is_ultra_restricted", "is_bot"))
    if found.get("team_id") == team and all(flag is False for flag in flags):
        return Standing(member=True)
    return Standing(member=False, why_not="unknown")


def _called(found: dict[str, Any]) -> str:
    profile = found.get("profile")
    given = profile if isinstance(profile, dict) else {}
    names = (given.get("real_name"), found.get("real_name"), given.get("display_name"), found.get("name"))
    name = next((name for name in names if isinstance(name, str) and name.strip()), "")
    return " ".join(clean(name).split())[:_NAME]


def _shared(about: dict[str, Any]) -> bool:
    return bool(about.get("is_ext_shared") or about.get("pending_connected_team_ids") or about.get("is_archived"))


def _note(method: str, failed: Failed) -> None:
    logs.get_logger().warning("slack_call_failed", method=method, why=str(failed))
