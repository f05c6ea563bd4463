"""Rotating the deployment's keys: every subject's key is wrapped again with the newest, no text is touched.

Put the new key first in SIGNPOST_KEYS on every replica, run this, then take the old one out. Nothing stops meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import bindparam, select, update

from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import keys
from bot.store.trail import Trail
from bot.store.vault import Unreadable

_BATCH: Final = 200

_OLD = (
    select(keys.c.subject, keys.c.wrapped)
    .where(keys.c.key_id != bindparam("newest"), keys.c.subject > bindparam("after"))
    .order_by(keys.c.subject).limit(_BATCH).with_for_update()
)  # fmt: skip
_REWRAP = (
    update(keys).where(keys.c.subject == bindparam("of"))
    .values(wrapped=bindparam("rewrapped"), key_id=bindparam("newest"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many keys are wrapped with the newest now, and how many could not be opened with any of SIGNPOST_KEYS."""

    done: int = 0
    unreadable: int = 0


async def rotate_keys(store: Store) -> Rotated:
    """Wrap every subject's key with the newest key. Audited. May be stopped anywhere and run again."""
    done, unreadable, after = 0, 0, ""
    while True:
        count, bad, last = await store.transact(partial(_batch, after=after))
        if not last:
            break
        done, unreadable, after = done + count, unreadable + bad, last
    await store.transact(lambda session: _record(session, done, unreadable))
    await store.scrub()
    return Rotated(done, unreadable)


def _batch(session: Session, after: str) -> tuple[int, int, str]:
    newest = session.keys.newest
    rows = session.all(_OLD, {"newest": newest, "after": after})
    wrapped = []
    for row in rows:
        try:
            again = session.keys.wrap(row.subject, session.keys.unwrap(row.subject, row.wrapped))
        except Unreadable:
            continue
        wrapped.append({"of": row.subject, "rewrapped": again, "newest": newest})
    session.run_each(_REWRAP, wrapped)
    return len(wrapped), len(rows) - len(wrapped), rows[-1].subject if rows else ""


def _record(session: Session, done: int, unreadable: int) -> None:
    trail = Trail(session)
    trail.record("keys.rotated", None, "", "", {"done": str(done), "unreadable": str(unreadable)})
    trail.write()
