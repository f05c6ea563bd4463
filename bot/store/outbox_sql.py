"""The outbox's statements, once with the database's clock and once with a clock that is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from sqlalchemy import (
    ColumnElement,
    Interval,
    UpdateBase,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.sql.base import Executable

from bot.store.tables import UNSENT, Utc, outbox

NOW: Final = "at"
LATER: Final = "until"
"""The parameters that carry the moment and a later one, where the clock is ours."""
PASSING: Final = "passing"
LEASED: Final = "leased"
"""The same two for leases, which know nothing of a clock that was moved."""
SPAN: Final = "span"
"""The parameter that carries how much later, where the clock is the database's."""

SINCE: Final = func.coalesce(outbox.c.first_due, outbox.c.due, type_=Utc)
"""Since when a message waits: `due` is when it is tried next."""
_EARLIER: Final = outbox.alias("earlier")


@dataclass(frozen=True, slots=True)
class OutboxSql:
    """The statements that depend on the time."""

    claim: UpdateBase
    renew: UpdateBase
    later: UpdateBase
    next_due: Executable
    oldest: Executable

    @classmethod
    def by_database(cls) -> Self:
        """With the database's clock: several replicas agree on it."""
        now = func.now(type_=Utc)
        later = now + cast(bindparam(SPAN), Interval)
        return cls._with(now, later, now, later)

    @classmethod
    def by_caller(cls) -> Self:
        """With the caller's clock."""
        now, later, passing, leased = (bindparam(name, type_=Utc) for name in (NOW, LATER, PASSING, LEASED))
        return cls._with(now, later, passing, leased)

    @classmethod
    def _with(
        cls,
        now: ColumnElement[datetime],
        later: ColumnElement[datetime],
        passing: ColumnElement[datetime],
        leased: ColumnElement[datetime],
    ) -> Self:
        free = or_(outbox.c.lease.is_(None), outbox.c.lease < passing)
        first = (
            select(outbox.c.seq).where(UNSENT, outbox.c.due <= now, free, _nothing_before(now))
            .order_by(outbox.c.due, outbox.c.seq).limit(1).with_for_update(skip_locked=True, of=outbox)
        )  # fmt: skip
        taken = {"state": "sending", "lease": leased, "owner": bindparam("me"), "attempts": outbox.c.attempts + 1}
        # "= (one row)" and not IN: a plan for IN may lock more rows than it takes.
        at = type_coerce(now, Utc).label("now")
        claim = update(outbox).where(outbox.c.seq == first.scalar_subquery()).values(taken).returning(outbox, at)
        held = and_(outbox.c.lease.is_not(None), outbox.c.lease > outbox.c.due)
        ready = func.min(case((held, outbox.c.lease), else_=outbox.c.due), type_=Utc)
        return cls(
            claim,
            ours().values(lease=leased, address=bindparam("address_now")),
            ours().values(
                state="queued", due=later, lease=None, owner="", why=bindparam("reason"), attempts=bindparam("so_far")
            ),
            select(ready.label("ready"), at).where(UNSENT, _nothing_before(now)),
            select(func.min(SINCE, type_=Utc).label("since"), at).where(UNSENT, outbox.c.kind != "chase"),
        )


def ours() -> Any:  # noqa: ANN401 - SQLAlchemy's Update
    """An update of the row that a claim still holds."""
    return update(outbox).where(
        outbox.c.id == bindparam("delivery_id"), outbox.c.owner == bindparam("me"), outbox.c.state == "sending"
    )


def _nothing_before(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """No earlier message about the same case to the same person is still to come.

    One that was tried and waits for its next attempt counts; one that has never been due (a reminder) does not.
    """
    before = exists().where(
        _EARLIER.c.case_id == outbox.c.case_id,
        _EARLIER.c.recipient == outbox.c.recipient,
        _EARLIER.c.seq < outbox.c.seq,
        or_(_EARLIER.c.state == "queued", _EARLIER.c.state == "sending"),
        or_(_EARLIER.c.due <= now, _EARLIER.c.attempts > 0),
    )
    return or_(outbox.c.case_id == "", ~before)
