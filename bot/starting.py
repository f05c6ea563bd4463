"""What `serve` makes sure of before anybody can reach it."""

from __future__ import annotations

from bot.settings import BadSettings
from bot.store.orphans import WHAT_TO_DO, in_words, orphans
from bot.store.store import Store


async def refuse_orphans(store: Store) -> None:
    """Raise BadSettings where open cases would be nobody's: a site left the CONFIG file, or its id was changed."""
    if found := await orphans(store, await store.read(lambda work: work.directory)):
        raise BadSettings(
            f"Sites with open cases are named by nothing any more: {in_words(found)}. Their leads would lose them. "
            f"{WHAT_TO_DO}"
        )
