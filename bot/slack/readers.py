"""Who reads along in a contact's channel: nobody whom the school did not mean, and still somebody of those it did."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bot.cache import Cache
from bot.channel import NotSent, Refused
from bot.slack.api import Api, Failed

HOLDS: Final = 900.0
"""Seconds that an answer about somebody in a contact's channel holds: whoever is new there is asked about at once."""
FAILURE_HOLDS: Final = 5.0
ASK_SECONDS: Final = 4.0
A_MINUTE: Final = 40
"""People who are asked about: Slack answers a hundred such questions a minute, and those who raise need them too."""
AT_ONCE: Final = 8
MOST_PEOPLE: Final = 5000
PAGE: Final = 200
MOST_PAGES: Final = 5
"""Of a channel's members: one that a thousand people read is no contact's."""

What = Literal["here", "guest", "elsewhere", "nobody", "untold", "unknown"]
"""`unknown`: it may be known at another time. `untold`: Slack never says."""
NOT_READ: Final = NotSent("people_not_read")
"""The channel itself is as it should be, and who is in it could not all be asked."""


@dataclass(frozen=True, slots=True)
class _Reader:
    what: What
    team: str = ""


class Readers:
    """Looks at the members of channels, in one workspace. What nobody could tell of somebody counts against nobody."""

    def __init__(self, api: Api, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._api, self._clock = api, clock
        self.inside: dict[str, tuple[tuple[str, str], ...]] = {}
        """Who was in each channel when it was last looked at: their workspace (empty: ours, or untold) and their id."""
        self._people: Cache[tuple[str, str], _Reader] = Cache(
            self._ask, lambda one: FAILURE_HOLDS if one.what == "unknown" else HOLDS, most=MOST_PEOPLE, clock=clock
        )
        self._few = asyncio.Semaphore(AT_ONCE)
        self._left, self._counted = float(A_MINUTE), clock()

    async def trouble(self, channel: str, us: tuple[str, str], expected: frozenset[str]) -> NotSent | Refused | None:
        """What is wrong with who is in a channel. Raises Failed where its members cannot be listed.

        `us` is our workspace and who we are there.
        """
        ours, myself = us
        members = [one for one in await self._members(channel) if one != myself]
        readers = await asyncio.gather(*(self._people.get((ours, one)) for one in members))
        self.inside[channel] = tuple((one.team, user) for one, user in zip(readers, members, strict=True))
        teams = {one.team for one in readers if one.what == "elsewhere"}
        if outside := teams - expected:
            return Refused("outside_organisation", tuple(sorted(filter(None, outside))))
        if any(one.what == "guest" for one in readers):
            return Refused("guest")
        if any(one.what == "unknown" for one in readers):
            return NOT_READ
        all_told = not any(one.what == "untold" for one in readers)
        return Refused("nobody_left") if all_told and expected - teams else None

    async def _members(self, channel: str) -> list[str]:
        found: list[str] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            more = {"cursor": cursor} if cursor else {}
            asked: dict[str, str | int] = {"channel": channel, "limit": PAGE, **more}
            answer = await self._api.get("conversations.members", asked, seconds=ASK_SECONDS)
            page = answer.get("members")
            if not isinstance(page, list):
                raise Failed("unreadable")
            found.extend(map(str, page))
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return found
        raise Failed("unreadable")

    async def _ask(self, who: tuple[str, str]) -> _Reader:
        ours, user = who
        if not self._may_ask():
            return _Reader("unknown")
        try:
            async with self._few:
                found = (await self._api.get("users.info", {"user": user}, seconds=ASK_SECONDS)).get("user")
        except Failed as failed:
            return _Reader("untold" if failed.cause == "refused" else "unknown")
        if not isinstance(found, dict):
            return _Reader("unknown")
        if found.get("deleted") is True or found.get("is_bot") is True:
            return _Reader("nobody")
        team = str(found.get("team_id") or "")
        if team != ours:
            return _Reader("elsewhere", team)
        guest = found.get("is_restricted") is True or found.get("is_ultra_restricted") is True
        return _Reader("guest" if guest else "here")

    def _may_ask(self) -> bool:
        now = self._clock()
        self._left = min(float(A_MINUTE), self._left + (now - self._counted) * A_MINUTE / 60)
        self._counted = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
