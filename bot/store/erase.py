"""Erasing a case: its key is destroyed, and of its row only the reference, the site and the dates stay.

With it go the updates of it that were begun: they hold its answers and its note under keys of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, delete, exists, select, update

from bot.store.drafts import Drafts
from bot.store.session import Session
from bot.store.statements import Row
from bot.store.store import Store
from bot.store.tables import cases, outbox, versions
from bot.store.trail import Trail
from handlers.case import MOVES, IllegalMove, State
from handlers.people import Account

_FIND = (
    select(cases.c.id, cases.c.site, cases.c.state).where(cases.c.reference == bindparam("reference")).with_for_update()
)
_DROP_VERSIONS = delete(versions).where(versions.c.case_id == bindparam("of"))
_BLANK = (
    update(cases).where(cases.c.id == bindparam("of"))
    .values(state=State.ERASED.value, raised_by="", sealed=b"")
)  # fmt: skip
_WITHDRAW = (
    update(outbox).where(outbox.c.case_id == bindparam("of"), outbox.c.state == "queued").values(state="dropped")
)
_NEWER = outbox.alias("newer")
_OVERWRITTEN = exists().where(_NEWER.c.replaces == outbox.c.id, _NEWER.c.state == "sent")
_STANDING = (
    select(outbox.c.recipient, outbox.c.address)
    .where(outbox.c.case_id == bindparam("of"), outbox.c.address.is_not(None), outbox.c.replaces == "", ~_OVERWRITTEN)
    .order_by(outbox.c.seq)
)


@dataclass(frozen=True, slots=True)
class Erased:
    """A case that is gone. `messages` are the chat messages that may still hold text of it: account and address."""

    reference: str
    messages: tuple[tuple[Account, str], ...]
    traces: bool = False
    """The destroyed key may lie in the database's files until they are next cleaned up: somebody was reading them."""


async def erase_case(
    store: Store, reference: str, *, by: Account | None = None, closed_only: bool = True
) -> Erased | None:
    """Erase a case for good; None if no case bears this reference, or it is erased already. Audited.

    Raises IllegalMove for a case that is not closed, unless `closed_only` is False: then an operator overrules that.
    """

    def whole(session: Session) -> Erased | None:
        row = session.first(_FIND, {"reference": reference})
        if row is None or row.state == State.ERASED:
            return None
        if closed_only and State.ERASED not in MOVES[State(row.state)]:
            raise IllegalMove(f"{row.state} to {State.ERASED}")
        return _erase(session, row, reference, by)

    erased = await store.transact(whole)
    return None if erased is None else replace(erased, traces=not await store.scrub())


def _erase(session: Session, row: Row, reference: str, by: Account | None) -> Erased:
    of = {"of": row.id}
    session.destroy_key(row.id)
    session.run(_DROP_VERSIONS, of)
    Drafts(session, lock=True).drop_of(row.id)
    session.run(_BLANK, of)
    session.run(_WITHDRAW, of)
    standing = session.all(_STANDING, of)
    trail = Trail(session)
    trail.record("case.erased", by, row.id, row.site, {"state": row.state})
    trail.write()
    return Erased(reference, tuple((Account.parse(left.recipient), left.address) for left in standing))
