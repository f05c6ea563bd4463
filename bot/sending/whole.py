"""A message that stands where it was sent, and can be neither filled nor changed: sent once, or said so.

Right before its words leave, that is committed. Whoever finds such a mark without an ending (a process was killed, an
answer was lost) sends nothing: whether it arrived is for a person to find out.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final, Protocol

from bot import logs
from bot.channel import NotSent, Refused, Result, Unsure, WholeChannel
from bot.store.away import StoreAway
from bot.store.outbox import LEASE_SECONDS, Claim
from handlers.screens import Message

REPLYING: Final = "replying "
"""Stands in the address of a delivery while something is sent that must not be sent twice."""
HOLD_SECONDS: Final = LEASE_SECONDS / 3
"""How often the claim is renewed meanwhile: a mail server may take a minute to answer."""
WHOLE_AT_ONCE: Final = 2
"""Messages under way at the same time that are sent whole: a mail server may take a minute, and chat must not wait."""
WHOLE_AGAIN: Final = 5.0
WHOLE_SECONDS: Final = 90.0
"""However long a channel takes: it sets limits of its own."""


class Marks(Protocol):
    """What is needed of the outbox."""

    async def posted(self, claim: Claim, address: str | None) -> bool:
        """Note where it stands (None: nowhere), and renew the lease. False: the claim was lost."""


async def send_whole(outbox: Marks, claim: Claim, channel: WholeChannel, content: Message) -> Result:
    """Send it, at most once. Raises StoreAway where the database does not take the mark; then nothing has left."""
    once = _Once(outbox, claim)
    holding = asyncio.create_task(once.hold())
    try:
        result = await _call(channel, claim, content, once)
    finally:
        holding.cancel()
    if once.begun and isinstance(result, NotSent | Refused):
        await once.take_back()
    return result


class _Once:
    """Says in the database that the words are leaving, before they do, and keeps the claim until there is an answer."""

    def __init__(self, outbox: Marks, claim: Claim) -> None:
        self._outbox, self._claim = outbox, claim
        self._one_by_one = asyncio.Lock()
        self._mark: str | None = None
        self.begun = False
        """Whether words may have left."""

    async def begin(self) -> bool:
        """Commit that the words are leaving. False: somebody else has the claim, and not one word may leave."""
        async with self._one_by_one:
            self._mark = REPLYING
            self.begun = await self._write()
            return self.begun

    async def take_back(self) -> None:
        """Nothing is there after all: it may be tried again."""
        async with self._one_by_one:
            self._mark = None
            await self._write()

    async def hold(self) -> None:
        """Renew the claim until cancelled."""
        while True:
            await asyncio.sleep(HOLD_SECONDS)
            async with self._one_by_one:  # or it could overtake a newer mark
                with suppress(StoreAway):
                    await self._write()

    async def _write(self) -> bool:
        return await self._outbox.posted(self._claim, self._mark)


async def _call(channel: WholeChannel, claim: Claim, content: Message, once: _Once) -> Result:
    delivery = claim.delivery
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            return await channel.send_whole(delivery.to, delivery.id, content, once.begin)
    except StoreAway:
        raise  # only the mark can have raised it, and without the mark no word left
    except TimeoutError:
        why = "too_slow"
    except Exception as error:  # noqa: BLE001  # a channel must not be able to lose a message
        logs.get_logger().error("delivery_failed", kind=logs.kind_of(error), at=logs.places_of(error))
        why = "channel_failed"
    return Unsure(why) if once.begun else NotSent(why)
