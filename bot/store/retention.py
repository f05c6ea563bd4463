"""What has had its time goes: old drafts with their keys, old intent keys, clocks that ran out, old deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Delete, Select, bindparam, delete, exists, or_, select

from bot.store.drafts import KEPT
from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import Utc, applied, cases, drafts, keys, outbox

INTENTS_KEPT: Final = timedelta(days=7)
"""Longer than any platform sends a request again."""
DELIVERIES_KEPT: Final = timedelta(days=30)
"""After a delivery was queued, if it is finished and belongs to no case or to one that was erased."""
CLOCKS_KEPT: Final = timedelta(days=1)
"""After a clock has run out, whatever it belongs to: what it did stands in the trail, and nobody reads it again."""
_BATCH: Final = 500
"""Rows a transaction: nobody waits long for the writer."""

_BEFORE: Final = bindparam("before", type_=Utc)
_OLD_DRAFTS = (
    select(drafts.c.id).where(drafts.c.saved_at <= _BEFORE).order_by(drafts.c.id).limit(_BATCH)
    .with_for_update(skip_locked=True)
)  # fmt: skip
_OLD_INTENTS = select(applied.c.key).where(applied.c.at <= _BEFORE).limit(_BATCH)
_LIVING = exists().where(cases.c.id == outbox.c.case_id, cases.c.state != "erased")
_OLD_DELIVERIES = (
    select(outbox.c.id)
    .where(
        outbox.c.made_at <= _BEFORE,
        outbox.c.state != "queued",
        outbox.c.state != "sending",
        or_(outbox.c.case_id == "", ~_LIVING),
    )
    .limit(_BATCH)
)
_OLD_CLOCKS = (
    select(outbox.c.id)
    .where(outbox.c.kind == "chase", outbox.c.due <= _BEFORE, outbox.c.state != "queued", outbox.c.state != "sending")
    .limit(_BATCH)
)
_DELETE_DRAFTS = delete(drafts).where(drafts.c.id == bindparam("gone"))
_DELETE_KEYS = delete(keys).where(keys.c.subject == bindparam("gone"))
_DELETE_INTENTS = delete(applied).where(applied.c.key == bindparam("gone"))
_DELETE_DELIVERIES = delete(outbox).where(outbox.c.id == bindparam("gone"))


@dataclass(frozen=True, slots=True)
class Expired:
    """How many rows went."""

    drafts: int = 0
    intents: int = 0
    deliveries: int = 0
    clocks: int = 0


async def expire(store: Store) -> Expired:
    """Remove what has had its time, in short transactions. Raises StoreAway; what was removed until then is gone."""
    gone = Expired(
        drafts=await _remove(store, _OLD_DRAFTS, KEPT, (_DELETE_DRAFTS, _DELETE_KEYS)),
        intents=await _remove(store, _OLD_INTENTS, INTENTS_KEPT, (_DELETE_INTENTS,)),
        deliveries=await _remove(store, _OLD_DELIVERIES, DELIVERIES_KEPT, (_DELETE_DELIVERIES,)),
        clocks=await _remove(store, _OLD_CLOCKS, CLOCKS_KEPT, (_DELETE_DELIVERIES,)),
    )
    if gone.drafts:
        await store.scrub()
    return gone


async def _remove(store: Store, old: Select[str], kept: timedelta, deletes: tuple[Delete, ...]) -> int:
    def batch(session: Session) -> int:
        before: datetime = session.now - kept
        gone = [{"gone": row[0]} for row in session.all(old, {"before": before})]
        for statement in deletes:
            session.run_each(statement, gone)
        return len(gone)

    total = 0
    while removed := await store.transact(batch):
        total += removed
    return total
