"""All cases are opened once, to find those that do not: for whoever looks after the database."""

from __future__ import annotations

from typing import Final

from bot.store.cases import Cases
from bot.store.session import Session
from bot.store.store import Store

_BATCH: Final = 100
"""Cases that are open at a time: no more of them than that is in memory."""


async def unopened(store: Store) -> tuple[str, ...]:
    """The references of cases that do not open, of whatever state but erased. Raises StoreAway."""
    found: list[str] = []
    after = ""
    while True:
        after, more = await store.look(lambda session: _next(session, after))  # noqa: B023  # run at once
        found += more
        if not after:
            return tuple(sorted(found))


def _next(session: Session, after: str) -> tuple[str, list[str]]:
    cases = Cases(session, lock=False)
    return cases.look_at_next(after, _BATCH), [one.reference for one in cases.unopened()]
