"""Whether anything is kept in the database already: what to do about a key depends on it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Loaded
    from bot.settings.key_trouble import Kept


def kept(loaded: Loaded) -> Kept:
    """Whether anything is kept in the database that these settings name; looked at only where no key is set."""
    if loaded.settings.keys.get_secret_value():
        return "unknown"
    return kept_there(loaded)


def kept_there(loaded: Loaded) -> Kept:
    """Whether anything is kept in the database that these settings name, whatever the keys are."""
    known = loaded.troubles.keys().isdisjoint(("database_url", "data_dir"))
    return kept_in(loaded.settings.database if known else "")


def kept_in(database: str) -> Kept:
    """As `look`, for whoever runs no event loop, or has one that may wait. Empty: nobody knows which database."""
    if not database:
        return "unknown"
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, look(database)).result()


async def look(database: str) -> Kept:
    """Whether anything was ever kept in a database. It is not made by that, and nothing is written."""
    from bot.store.away import StoreAway  # noqa: PLC0415  # good keys need no look, and a wrong setting no store
    from bot.store.first_look import anything_kept  # noqa: PLC0415
    from bot.store.place import PlaceRefused, SqliteFile, parse_place  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Keys, new_key  # noqa: PLC0415
    from handlers.people import Directory  # noqa: PLC0415

    try:
        place = parse_place(database)
        if isinstance(place, SqliteFile) and not place.path.exists():
            return "nothing"
        store = await open_store(database, keys=Keys.parse(new_key()), directory=Directory)
    except (PlaceRefused, StoreAway):
        return "unknown"
    try:
        return "something" if await store.look(anything_kept) else "nothing"
    except StoreAway as gone:
        return "nothing" if gone.why == "not_migrated" else "unknown"
    finally:
        await store.close()
