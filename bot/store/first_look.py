"""What is asked of a database by whoever may lack its keys: is anything kept there, and would it take a row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import bindparam, insert, select

from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import keys

_ANY: Final = select(keys.c.subject).limit(bindparam("most"))
_ADD: Final = insert(keys)
_NOBODYS: Final = {
    "subject": "tried-and-taken-back", "key_id": "", "wrapped": b"", "made_at": datetime(2026, 1, 1, tzinfo=UTC),
}  # fmt: skip


class _TakenBack(Exception):
    """The row was taken, and is rolled back."""


def anything_kept(session: Session) -> bool:
    """Whether a Signpost ran with this database: its first start already keeps a key there."""
    return session.first(_ANY, {"most": 1}) is not None


async def try_to_write(store: Store) -> None:
    """Write a row and roll back, so that nothing of it stays. Raises StoreAway where the database takes none."""

    def write(session: Session) -> None:
        session.run(_ADD, _NOBODYS)
        raise _TakenBack

    try:
        await store.transact(write)
    except _TakenBack:
        return
