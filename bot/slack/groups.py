"""Who is in the user groups of a workspace: a few are asked about one by one, many with one call for all of them.

Slack answers either call about twenty times a minute, each with a count of its own (docs/reference/performance.md,
*How often the platforms may be asked*). So twenty groups one by one would be the whole minute; and where one call is
refused for being too many, the other one may still go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.slack.api import Failed

MANY: Final = 3
"""So many groups at the same moment are asked about with one call."""
AT_ONCE: Final = 5
"""One by one, after all: so many at the same time, so that a refusal spares the rest."""
ONE, ALL = "usergroups.users.list", "usergroups.list"

Users = tuple[str, ...]


class UserGroups:
    """Asks about user groups. `ask` makes a call and raises Failed."""

    def __init__(self, ask: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._ask = ask
        self._waiting: dict[str, asyncio.Future[Users | None]] = {}
        self._rounds: set[asyncio.Task[None]] = set()

    async def members(self, group: str) -> Users | None:
        """The ids of a group's members; None if the answer cannot be read. Raises Failed."""
        if group not in self._waiting:
            if not self._waiting:
                task = asyncio.create_task(self._round())
                self._rounds.add(task)
                task.add_done_callback(self._rounds.discard)
            self._waiting[group] = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._waiting[group])

    async def _round(self) -> None:
        """Ask about all that somebody wants to know at this moment."""
        await asyncio.sleep(0)
        waiting, self._waiting = self._waiting, {}
        found: dict[str, Users | None] = {}
        if len(waiting) >= MANY:
            try:
                found = await self._all()
            except Failed:  # then one by one: that is another call with another limit
                found = {}
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._told(group, future, found, gate) for group, future in waiting.items()))

    async def _told(
        self,
        group: str,
        future: asyncio.Future[Users | None],
        found: dict[str, Users | None],
        gate: asyncio.Semaphore,
    ) -> None:
        try:
            if (users := found.get(group)) is None:
                async with gate:
                    users = await self._one(group)
        except Exception as error:  # noqa: BLE001  # whoever waits is told, and the round goes on
            if not future.done():
                future.set_exception(error)
                future.exception()  # nobody may be waiting any more
        else:
            if not future.done():
                future.set_result(users)

    async def _one(self, group: str) -> Users | None:
        try:
            return ids((await self._ask(ONE, usergroup=group)).get("users"))
        except Failed as failed:
            if failed.cause != "rate_limited":
                raise
            try:
                found = await self._all()
            except Failed:
                raise failed from None
            if group not in found:
                raise
            return found[group]

    async def _all(self) -> dict[str, Users | None]:
        """Every group of the workspace that is not switched off, with its members. Raises Failed."""
        listed = (await self._ask(ALL, include_users="true")).get("usergroups")
        groups = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return {str(one.get("id")): ids(one.get("users")) for one in groups}


def ids(found: object) -> Users | None:
    """The ids of an answer; None if that is no list of them."""
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        return None
    return tuple(found)
