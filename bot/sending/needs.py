"""What sending needs: of the store its claims and a look at what is to be drawn, of the platforms their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar

from bot import logs
from bot.channel import Result, Unsure
from bot.store.outbox import Claim, Then
from handlers.people import Account, Known, Standing
from handlers.ports import Work

SEND_SECONDS: Final = 10.0
"""How long one call to a platform may take: well inside the lease of a claim."""
NOBODY_KNOWN: Final = Known(Standing(member=False, why_not="unknown"))
T = TypeVar("T")


async def nobody_known() -> Known:
    """What is known where no platform can be asked: the leads that configuration lists one by one."""
    return NOBODY_KNOWN


async def nobody_asked(account: Account) -> Standing:  # noqa: ARG001  # whoever it is
    """What is said of somebody where no platform can be asked."""
    return NOBODY_KNOWN.standing


class Reads(Protocol):
    """What drawing needs of the store."""

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run a function that only reads."""


class Outbox(Protocol):
    """What the worker needs of `bot.store.outbox.Outbox`."""

    async def claim(self) -> Claim | None:
        """The delivery that is due first."""

    async def posted(self, claim: Claim, address: str | None) -> bool:
        """Note where the receipt stands (None: nowhere). False: the claim was lost."""

    async def sent(self, claim: Claim, then: Then = None) -> bool:
        """It is there."""

    async def later(
        self, claim: Claim, seconds: float, why: str = "", *, counted: bool = True, then: Then = None
    ) -> bool:
        """Queue it again; `counted` says that it was tried."""

    async def unsure(self, claim: Claim, why: str = "", then: Then = None) -> bool:
        """It may be there."""

    async def failed(self, claim: Claim, why: str, then: Then = None) -> bool:
        """No retry will help."""

    async def dropped(self, claim: Claim, why: str = "", then: Then = None) -> bool:
        """There is nothing left to send."""

    async def address_of(self, delivery_id: str) -> str | None:
        """Where another delivery's message stands."""


async def called(sending: Awaitable[Result]) -> Result:
    """A platform's answer; when it takes too long or fails in a way that nobody foresaw, it may have got through."""
    try:
        async with asyncio.timeout(SEND_SECONDS):
            return await sending
    except TimeoutError:
        return Unsure("too_slow")
    except Exception as error:  # noqa: BLE001  # a channel must not be able to lose a message
        logs.get_logger().error("delivery_failed", kind=logs.kind_of(error), at=logs.places_of(error))
        return Unsure("channel_failed")
