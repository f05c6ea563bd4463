"""What sending needs of the store: the outbox's claims, and a look at what is to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.store.outbox import Claim, Then
from handlers.ports import Work

T = TypeVar("T")


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
