"""Looking at a contact's room: for an admin who names it, and again and again for as long as it is in use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final, Protocol, runtime_checkable

from bot import logs
from bot.channel import AnyChannel, NotSent, Refused
from handlers.people import Account, Room

LOOK_SECONDS: Final = 8.0


@runtime_checkable
class Names(Protocol):
    """A channel that can tell what a room is called."""

    def called(self, to: Account) -> str:
        """What the room was called when it was last looked at; empty where nobody knows."""


@runtime_checkable
class Members(Protocol):
    """A channel that can tell who is in a room."""

    def inside(self, to: Account) -> tuple[Account, ...]:
        """Who was in the room when it was last looked at, other organisations included."""


class Looks:
    """Asks the platform that a room belongs to."""

    def __init__(self, channels: Callable[[], Mapping[str, AnyChannel]]) -> None:
        self._channels = channels

    async def look(self, room: Account, organisations: tuple[str, ...], seconds: float = LOOK_SECONDS) -> Room | None:
        """How a room stands; None where nobody could say. Never raises."""
        found = await self.ask(room, organisations, seconds)
        return None if isinstance(found, NotSent) else found

    async def ask(self, room: Account, organisations: tuple[str, ...], seconds: float = LOOK_SECONDS) -> Room | NotSent:
        """How a room stands, or why nobody could say, and when to ask again. Never raises."""
        channel = self._channels().get(room.platform)
        if channel is None:
            return NotSent("not_configured")
        try:
            async with asyncio.timeout(seconds):
                found = await channel.withheld(room, organisations)
        except Exception as error:  # noqa: BLE001  # whatever it is, nothing was learnt
            logs.get_logger().warning("lookup_failed", kind=logs.kind_of(error))
            return NotSent("timed_out" if isinstance(error, TimeoutError) else "failed_here")
        match found:
            case None | NotSent(why="people_not_read"):  # then the channel itself is as it should be
                return Room(
                    name=channel.called(room) if isinstance(channel, Names) else "",
                    members=channel.inside(room) if isinstance(channel, Members) else None,
                )
            case NotSent():
                return found
            case Refused(why, outside, missing):
                return Room(why, organisations=outside, missing=missing)
