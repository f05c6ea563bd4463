"""The outbox: which delivery is due, whose it is to make, and how it ended.

A worker *claims* a row for the length of a lease, sends with no transaction open, and then marks how it ended. A claim
whose lease ran out belongs to whoever took it over: what the first worker says about it later changes nothing.
Messages about one case to one person go out in the order in which they were queued.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import bindparam, select, update

from bot.store.lone import LoneWorker
from bot.store.outbox_sql import LATER, LEASED, NOW, PASSING, SPAN, OutboxSql, ours
from bot.store.queue import delivery_of
from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import cases, outbox
from handlers.ports import Delivery, Work

LEASE_SECONDS: Final = 14.0
"""Longer than a send may take, and short enough that what a killed process was sending is taken up within 15 s."""

_BY_DATABASE: Final = OutboxSql.by_database()
_BY_CALLER: Final = OutboxSql.by_caller()
_END = ours().values(state=bindparam("ended"), lease=None, why=bindparam("reason"))
_SITE = select(cases.c.site).where(cases.c.id == bindparam("case_id"))
_ADDRESS = select(outbox.c.address).where(outbox.c.id == bindparam("delivery_id"))
_DELIVERY = select(outbox).where(outbox.c.id == bindparam("delivery_id"))
_LET_GO = update(outbox).where(outbox.c.state == "sending").values(lease=None)

Then: TypeAlias = Callable[[Work], None] | None
"""What is to be done in the same transaction as the ending is noted, if the claim still held."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is this worker's to make until its lease runs out.

    `attempts` counts this one; more than 1 means that an earlier attempt may have got through. `address` is where the
    receipt stands, if one was posted.
    """

    delivery: Delivery
    attempts: int
    address: str | None
    owner: str
    lease: float
    """Seconds."""
    waited: float = 0.0
    """Seconds since it was first due, whoever has tried it since and however often."""


class Outbox:
    """The deliveries that are still to be made. Its methods raise StoreAway as `Store.run` does.

    Those that mark a claim return whether it was still this worker's; if not, nothing was changed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lone = LoneWorker(store)

    def close(self) -> None:
        """Say that this worker sends no more. The end of the process says the same."""
        self._lone.leave()

    async def claim(self, lease: float = LEASE_SECONDS) -> Claim | None:
        """Take the delivery that is due first, for `lease` seconds; None if none is to be made now."""
        await self._lone.enter(lambda: self._store.transact(lambda session: session.run(_LET_GO)))
        owner = secrets.token_urlsafe(16)

        def take(session: Session) -> Claim | None:
            row = session.first(_sql(session).claim, {"me": owner, **_times(session, lease)})
            if row is None:
                return None
            waited = (row.now - (row.first_due or row.made_at)).total_seconds()
            return Claim(delivery_of(row), row.attempts, row.address, owner, lease, max(0.0, waited))

        return await self._store.transact(take)

    async def posted(self, claim: Claim, address: str | None) -> bool:
        """Note where the receipt stands, and renew the lease: from now on only filling it is left to do.

        None: nothing stands anywhere, and the lease alone is renewed.
        """

        def note(session: Session) -> int:
            values = {"address_now": address, **_times(session, claim.lease)}
            return session.run(_sql(session).renew, {**_held(claim), **values})

        return bool(await self._store.transact(note))

    async def sent(self, claim: Claim, then: Then = None) -> bool:
        """It is there."""
        return await self._end(claim, "sent", then=then)

    async def later(
        self, claim: Claim, seconds: float, why: str = "", *, counted: bool = True, then: Then = None
    ) -> bool:
        """It is surely not there: queue it again, due in `seconds`. `counted`: this was an attempt."""
        so_far = claim.attempts if counted else max(1, claim.attempts - 1)  # at 0 what comes behind would overtake it

        def again(session: Session) -> int:
            values = {"reason": why, "so_far": so_far, **_times(session, seconds)}
            return session.run(_sql(session).later, {**_held(claim), **values})

        def and_then(session: Session, work: Work) -> bool:
            work.case(claim.delivery.case)  # its row first, as every handler locks it
            if not again(session):
                return False
            if then is not None:
                then(work)
            return True

        return await self._store.run_in(and_then) if then else bool(await self._store.transact(again))

    async def unsure(self, claim: Claim, why: str = "", then: Then = None) -> bool:
        """It may be there. Nobody sends it again without a person's decision."""
        return await self._end(claim, "unsure", why, then)

    async def failed(self, claim: Claim, why: str, then: Then = None) -> bool:
        """It is not there and no retry will help. `why` is a closed word."""
        return await self._end(claim, "failed", why, then)

    async def dropped(self, claim: Claim, why: str = "", then: Then = None) -> bool:
        """There is nothing left to send."""
        return await self._end(claim, "dropped", why, then)

    async def next_due(self) -> float | None:
        """Seconds until something may be claimed (0: now), or None if nothing is left to be made."""

        def look(session: Session) -> float | None:
            row = session.first(_sql(session).next_due, _times(session, 0))
            return max(0.0, (row.ready - row.now).total_seconds()) if row and row.ready else None

        return await self._store.transact(look)

    async def oldest(self) -> float:
        """Seconds for which the message has waited that was due first, of those that are not there; 0: none waits."""

        def look(session: Session) -> float:
            row = session.first(_sql(session).oldest, _times(session, 0))
            return max(0.0, (row.now - row.since).total_seconds()) if row and row.since else 0.0

        return await self._store.look(look)

    async def address_of(self, delivery_id: str) -> str | None:
        """Where the message of a delivery stands, if it was posted."""

        def look(session: Session) -> str | None:
            row = session.first(_ADDRESS, {"delivery_id": delivery_id})
            return row.address if row else None

        return await self._store.transact(look)

    async def delivery(self, delivery_id: str) -> Delivery | None:
        """A delivery by its id, or None."""

        def look(session: Session) -> Delivery | None:
            row = session.first(_DELIVERY, {"delivery_id": delivery_id})
            return delivery_of(row) if row else None

        return await self._store.transact(look)

    async def _end(self, claim: Claim, state: str, why: str = "", then: Then = None) -> bool:
        delivery = claim.delivery

        def mark(session: Session, work: Work) -> bool:
            if then is not None:
                work.case(delivery.case)  # its row first, as every handler locks it
            if not session.run(_END, {**_held(claim), "ended": state, "reason": why}):
                return False
            if delivery.kind != "chase" or state != "sent":  # a clock says itself what it did, if anything
                _record(delivery, state, session, work)
            if then is not None:
                then(work)
            return True

        return await self._store.run_in(mark)


def _record(delivery: Delivery, state: str, session: Session, work: Work) -> None:
    row = session.first(_SITE, {"case_id": delivery.case}) if delivery.case else None
    detail = {"delivery": delivery.id, "kind": delivery.kind, "to": str(delivery.to)}
    work.record(f"delivery.{state}", by=None, case=delivery.case, site=row.site if row else "", detail=detail)


def _sql(session: Session) -> OutboxSql:
    return _BY_CALLER if session.own_clock else _BY_DATABASE


def _times(session: Session, seconds: float) -> dict[str, Any]:
    if session.own_clock:
        span, passing = timedelta(seconds=seconds), session.as_it_passes
        return {NOW: session.now, LATER: session.now + span, PASSING: passing, LEASED: passing + span}
    return {SPAN: timedelta(seconds=seconds)}


def _held(claim: Claim) -> dict[str, Any]:
    return {"delivery_id": claim.delivery.id, "me": claim.owner}
