"""Looks at every contact's room again and again, so that one that was made public is out of use before it is needed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from bot.rooms import Looks
from bot.store.store import Store
from handlers.contacts import room_of
from handlers.people import Account, Directory, Known, Room
from handlers.setup.watch import differs, watched
from handlers.sites import Contact, Site

EVERY_SECONDS: Final = 55.0
"""From one round to the next: whatever a round takes, a contact is looked at within the minute."""
APART_SECONDS: Final = 0.2
"""Between two questions to a platform: forty rooms are no burst."""


async def watch_contacts(
    store: Store,
    looks: Looks,
    known: Callable[[], Awaitable[Known]],
    *,
    every: float = EVERY_SECONDS,
    apart: float = APART_SECONDS,
) -> None:
    """Look at each once, those of different workspaces side by side, then wait for the minute to end.

    Raises StoreAway while the database is away.
    `every` is from one round to the next, and `apart` the wait between two questions, in seconds. It is begun again.
    """
    began = time.monotonic()
    directory = await store.read(lambda work: work.directory)
    rounds = _in_use(directory).values()

    async def one_by_one(contacts: list[tuple[Site, Contact]]) -> None:
        for site, contact in contacts:
            room = await _look(contact, site, looks)
            if await store.read(lambda work, s=site, c=contact, r=room: differs(s.id, c.id, r, work)):  # type: ignore[misc]
                asked = await known()
                await store.run(lambda work, s=site, c=contact, r=room, k=asked: watched(s.id, c.id, r, k, work))  # type: ignore[misc]
            await asyncio.sleep(apart)

    ended = await asyncio.gather(*map(one_by_one, rounds), return_exceptions=True)
    for failed in filter(None, ended):
        raise failed
    await asyncio.sleep(began + every - time.monotonic())


async def _look(contact: Contact, site: Site, looks: Looks) -> Room | None:
    at: Account | None = room_of(contact, site)
    if at is None or at.platform == "mail" or not contact.within_reach:
        return None
    return await looks.look(at, contact.organisations)


def _in_use(directory: Directory) -> dict[str, list[tuple[Site, Contact]]]:
    """Those to look at, by the workspace or tenant that is asked: each has limits of its own."""
    found: dict[str, list[tuple[Site, Contact]]] = {}
    for site in directory.sites:
        for contact in site.contacts:
            if contact.verified and contact.kind != "by_hand":
                place = f"{contact.kind}:{'' if contact.kind == 'mail' else contact.destination.partition('/')[0]}"
                found.setdefault(place, []).append((site, contact))
    return found
