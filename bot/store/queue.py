"""Deliveries as a handler sees them: queued with the rest of its transaction, listed, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam, func, insert, or_, select, update

from bot.store.session import Session
from bot.store.statements import Row
from bot.store.tables import UNSENT, Utc, outbox
from handlers.people import Account
from handlers.ports import Chance, Delivery, DeliveryKind, DeliveryState, check_extra

PUT_OFF: Final = "put_off"
"""Why a clock waits that has run out and looks again."""

_AT: Final = func.coalesce(bindparam("due_at", type_=Utc), func.now())
"""At once is by the database's clock where several replicas must agree on it."""
_ADD = insert(outbox).values(due=_AT, first_due=_AT)
_UNDER_WAY: Final = or_(outbox.c.state == "queued", outbox.c.state == "sending")
_OF_CASE = (
    select(outbox).where(outbox.c.case_id == bindparam("of"), or_(outbox.c.kind != "chase", _UNDER_WAY))
    .order_by(outbox.c.seq)
)  # fmt: skip
_CANCEL = (
    update(outbox)
    .where(outbox.c.id == bindparam("delivery_id"), outbox.c.state == "queued", outbox.c.address.is_(None))
    .values(state="dropped")
)
_MARK = (
    update(outbox)
    .where(outbox.c.id == bindparam("delivery_id"))
    .values(state=bindparam("now_is"), lease=None, owner="")
)
_PUT_OFF = (
    update(outbox)
    .where(outbox.c.id == bindparam("delivery_id"), outbox.c.kind == "chase")
    .values(state="queued", due=bindparam("due_at", type_=Utc), lease=None, owner="", attempts=0, why=PUT_OFF)
)
"""It has not failed: its attempts are counted from 0, or it would be given up after so many looks."""
_LOOK_NOW = (
    update(outbox)
    .where(UNSENT, outbox.c.state == "queued", outbox.c.kind == "chase", outbox.c.why == PUT_OFF)
    .values(due=_AT)
)


class Queue:
    """The deliveries of one transaction."""

    def __init__(self, session: Session, chance: Chance) -> None:
        self._session = session
        self._chance = chance
        self._waiting: list[dict[str, Any]] = []
        self.added = 0
        """How many this transaction has queued."""

    def add(self, delivery: Delivery, due: datetime | None) -> str:
        """Queue one; at once if no time is given. Returns its id."""
        check_extra(delivery.extra)
        session = self._session
        values: dict[str, Any] = {
            "id": delivery.id or self._chance.id(),
            "case_id": delivery.case,
            "kind": delivery.kind,
            "recipient": str(delivery.to),
            "version": delivery.version,
            "replaces": delivery.replaces,
            "extra": delivery.extra,
            "state": "sent" if delivery.address else "queued",
            "address": delivery.address or None,
            "owner": "",
            "attempts": 0,
            "why": "",
            "made_at": session.now,
            "due_at": due or (session.now if session.own_clock else None),
        }
        self._waiting.append(values)
        self.added += 1
        return str(values["id"])

    def of(self, case_id: str) -> tuple[Delivery, ...]:
        """Every delivery of a case, oldest first; of clocks those that have not run out."""
        self.write()
        return deliveries_of(self._session, case_id)

    def cancel(self, delivery_id: str) -> None:
        """Withdraw one of which nothing is out yet: queued, with no receipt posted."""
        self.write()
        self._session.run(_CANCEL, {"delivery_id": delivery_id})

    def mark(self, delivery_id: str, state: DeliveryState) -> None:
        """Set its state whatever it was; who was sending it loses the claim."""
        self.write()
        self._session.run(_MARK, {"delivery_id": delivery_id, "now_is": state})

    def put_off(self, delivery_id: str, due: datetime) -> None:
        """Have a clock look again, then or when somebody has changed the set-up."""
        self.write()
        self._session.run(_PUT_OFF, {"delivery_id": delivery_id, "due_at": due})

    def write(self) -> None:
        """Insert what waits, in one go: before the queue is looked at, and before the commit."""
        self._session.run_each(_ADD, self._waiting)
        self._waiting = []


def look_now(session: Session) -> None:
    """Have every clock that was put off look again now."""
    session.run(_LOOK_NOW, {"due_at": session.now if session.own_clock else None})


def deliveries_of(session: Session, case_id: str) -> tuple[Delivery, ...]:
    """Every delivery of a case, oldest first; of clocks those that have not run out: there may be very many others."""
    return tuple(delivery_of(row) for row in session.all(_OF_CASE, {"of": case_id}))


def delivery_of(row: Row) -> Delivery:
    """A row of `outbox` as a delivery."""
    return Delivery(
        kind=cast("DeliveryKind", row.kind),
        to=Account.parse(row.recipient),
        case=row.case_id,
        version=row.version,
        replaces=row.replaces,
        extra=row.extra,
        id=row.id,
        state=cast("DeliveryState", row.state),
        due=row.due,
        made_at=row.made_at,
        why=row.why,
    )
