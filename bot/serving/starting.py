"""What `serve` makes sure of before anybody can reach it."""

from __future__ import annotations

from bot.settings import BadSettings
from bot.store.declared import compare
from bot.store.orphans import WHAT_TO_DO, in_words, orphans
from bot.store.store import Store
from handlers.people import Directory
from handlers.setup.declared import tell_declared


async def before_serving(store: Store, declared: Directory) -> None:
    """Refuse a start that would orphan cases; then tell what the CONFIG file changed since the last one.

    Raises BadSettings and StoreAway.
    """
    await refuse_orphans(store)
    await compare(store, declared, tell_declared)


async def refuse_orphans(store: Store) -> None:
    """Raise BadSettings where open cases would be nobody's: a site left the CONFIG file, or its id was changed."""
    if found := await orphans(store, await store.read(lambda work: work.directory)):
        raise BadSettings(
            f"Sites with open cases are named by nothing any more: {in_words(found)}. Their leads would lose them. "
            f"{WHAT_TO_DO}"
        )
