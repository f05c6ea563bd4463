"""Open cases whose site nothing names any more: nobody would see them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from bot.store.store import Store
from bot.store.tables import OPEN_CASE, cases
from handlers.people import Directory

_SITES: Final = select(cases.c.site, func.count().label("number")).where(OPEN_CASE).group_by(cases.c.site)


async def orphans(store: Store, directory: Directory) -> dict[str, int]:
    """How many open cases hold each site that `directory` lacks, by its id. Raises StoreAway."""
    rows = await store.transact(lambda session: session.all(_SITES))
    return {row.site: row.number for row in sorted(rows, key=lambda row: row.site) if not directory.site(row.site)}


def in_words(found: dict[str, int]) -> str:
    """Them in a list: `'northside' (2 open cases)`."""
    return ", ".join(f"'{site}' ({many} open case{'s' * (many > 1)})" for site, many in found.items())


WHAT_TO_DO: Final = (
    "Put each of them back under the same id, in the file at SIGNPOST_CONFIG or from a backup; once its leads have "
    "filed what is open, it can be taken out. A case that nobody needs is destroyed with `signpost erase REFERENCE "
    "--open`."
)
