"""Processes that watch a site's two contacts, one on each platform, with a clock of their own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.asking.rooms import Looks
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from bot.watching.rooms import Watch
from handlers.changes import Change
from handlers.people import Account, Directory, Known, Standing
from handlers.ports import Work
from handlers.sites import Contact, Site
from handlers.telling.chase import chase
from tests.journey.on_slack import POLICE_CHANNEL
from tests.journey.on_teams import CARE_CHANNEL, TENANT
from tests.running.both_platforms import Both, both
from tests.store.given import KEY

LEAD, DEPUTY, ADMIN, OWNER = (Account.parse(f"slack:T1/{who}") for who in ("U2", "U3", "U4", "U1"))
EVERYBODY = {LEAD, DEPUTY, ADMIN, OWNER}
REVIEW = date(2027, 2, 22)
CONTACTS = (
    Contact("police", "police", "slack", f"T1/{POLICE_CHANNEL}", verified=True, organisations=("T9",),
            review_by=REVIEW, owner="Amira Khan", owner_account=str(OWNER)),
    Contact("care", "social_care", "teams", f"{TENANT}/team-northside/{CARE_CHANNEL}", verified=True,
            review_by=REVIEW, owner="Amira Khan", owner_account=str(OWNER)),
)  # fmt: skip
SITE = Site("northside", "Northside", "england", (str(LEAD), str(DEPUTY)), serves=frozenset({"slack:T1"}))


@dataclass
class Watching:
    """Processes that watch the same contacts, with a clock of their own."""

    there: Both
    stores: list[Store]
    day: datetime
    seconds: float = 1000.0
    """What the processes' own clocks say."""
    watches: list[Watch] = field(default_factory=list)
    seen: dict[str, frozenset[Account]] = field(default_factory=dict)
    """Who was in a group whenever somebody's press made the first process ask, since it looked last."""

    def runs(self, store: Store) -> None:
        """Another process over the database."""
        looks, first = Looks(lambda: self.there.channels), not self.stores
        self.stores.append(store)
        self.watches.append(
            Watch(
                store, looks, lambda: self.there.lookups, seen=self._taken if first else dict, every=0, apart={},
                clock=lambda: self.seconds,
            )
        )  # fmt: skip

    def _taken(self) -> dict[str, frozenset[Account]]:
        seen, self.seen = self.seen, {}
        return seen

    async def look(self) -> None:
        """Every process looks once, all at the same moment, a minute after the last time."""
        self.seconds += 60
        await asyncio.gather(*(one.round() for one in self.watches))

    async def contact(self, contact_id: str) -> Contact:
        """How a contact stands."""
        directory = await self.stores[-1].read(lambda work: work.directory)
        return next(one for site in directory.sites for one in site.contacts if one.id == contact_id)

    async def changes(self) -> list[Change]:
        """What was noted, oldest first."""
        return list(reversed(await self.stores[-1].read(lambda work: work.changes(50))))

    async def told(self) -> Counter[Account]:
        """How many messages about changes each of them is to get, once the clocks have been answered."""

        def answer(work: Work) -> None:
            for one in work.deliveries(""):
                if one.kind == "chase" and one.state == "queued":
                    chase(one, Known(Standing(member=False)), work)

        await self.stores[-1].run(answer)
        sent = await self.stores[-1].read(lambda work: work.deliveries(""))
        return Counter(one.to for one in sent if one.kind == "setup_told")


@asynccontextmanager
async def watching(
    url: str, folder: Path, replicas: int = 1, *, declared: Callable[[], Directory] | None = None
) -> AsyncIterator[Watching]:
    """Some processes over one database, where the two contacts were set up in chat and acknowledged.

    With `declared` they stand in the CONFIG file, which says that when a process begins and when it is asked again.
    """
    async with AsyncExitStack() as things:
        there = await things.enter_async_context(both(folder / "school", "slack"))
        made = Watching(there, [], datetime(2026, 11, 24, 12, tzinfo=UTC))
        admins = Directory(admins=frozenset({ADMIN}), first_admins=frozenset({ADMIN}))
        for _ in range(replicas):
            store = await open_store(
                url, keys=Keys.parse(KEY), directory=declared or (lambda: admins), clock=lambda: made.day
            )
            things.push_async_callback(store.close)
            made.runs(store)
        if declared is None:
            await made.stores[0].run(lambda work: work.keep_site(replace(SITE, contacts=CONTACTS)))
        await made.look()
        assert await made.told() == {}
        yield made


def slack(**changes: object) -> Callable[[Both], None]:
    """Slack says something else of the police channel."""

    def change(there: Both) -> None:
        for name, value in changes.items():
            setattr(there.slack.workspace().channels[POLICE_CHANNEL], name, value)

    return change


def teams(**changes: str) -> Callable[[Both], None]:
    """Teams says something else of the care channel."""

    def change(there: Both) -> None:
        for name, value in changes.items():
            setattr(there.teams.world.channel(CARE_CHANNEL), name, value)

    return change
