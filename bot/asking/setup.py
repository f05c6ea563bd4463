"""What is asked of the platforms before an admin's change is carried out: people, groups, a contact's room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol, runtime_checkable

from bot.asking.rooms import Looks
from bot.channel import Lookup
from handlers.intents import Intent
from handlers.people import Account, Directory, Group, Room, Standing
from handlers.setup.asks import Asks, asks

ASK_SECONDS: Final = 1.2
"""How long an admin's answer may wait for all of it; what is not known by then is said at its field."""

MOST_FRESH: Final = 20
"""People who are all asked about anew. Of more, what is known of the last minute will do: pressed again, a long list
goes on from where it had come, instead of beginning anew."""


MOST_NAMED: Final = 30
"""Members of a group whose names are asked for: as many as a window shows."""


@runtime_checkable
class TellsOfGroups(Protocol):
    """A platform that can say what a group is called."""

    async def about(self, group: str, *, fresh: bool = False) -> Group:
        """What a group is called, and why nobody can be told to be in it."""


class AskSetup:
    """Adds what the platforms say to an intent of setting up."""

    def __init__(self, lookups: Callable[[], Mapping[str, Lookup]], looks: Looks, own_domain: str = "") -> None:
        self._lookups, self._looks, self._own_domain = lookups, looks, own_domain
        self._late: set[asyncio.Task[None]] = set()

    async def with_answers(self, intent: Intent, directory: Directory) -> Intent:
        """The intent with all that could be learnt in time. Never raises."""
        wanted = asks(intent, directory)
        fresh = len(wanted.accounts) <= MOST_FRESH
        if wanted == Asks():
            return replace(intent, known=replace(intent.known, own_domain=self._own_domain))
        standings: dict[Account, Standing] = {}
        names: dict[Account, str] = {}
        groups: dict[str, tuple[Account, ...]] = {}
        about_groups: dict[str, Group] = {}
        rooms: dict[Account, Room] = {}

        async def person(account: Account, lookup: Lookup) -> None:
            standings[account] = await lookup.standing(account, fresh=fresh)
            names[account] = await lookup.name(account)

        async def name(account: Account, lookup: Lookup) -> None:
            names[account] = await lookup.name(account)

        async def group(ref: str, lookup: Lookup, *, fresh: bool = True) -> None:
            found = await lookup.members(ref, fresh=fresh)
            if found is not None:
                groups[ref] = found
                unnamed = [one for one in found[:MOST_NAMED] if not directory.person(one).name]
                await asyncio.gather(*(name(one, lookup) for one in unnamed if one not in names))

        async def about(ref: str, lookup: Lookup, *, fresh: bool = True) -> None:
            if isinstance(lookup, TellsOfGroups):
                about_groups[ref] = await lookup.about(ref, fresh=fresh)

        async def room(at: Account, organisations: tuple[str, ...]) -> None:
            found = await self._looks.look(at, organisations)
            if found is not None:
                rooms[at] = found

        there = self._lookups()
        asked = [person(one, there[one.platform]) for one in wanted.accounts if one.platform in there]
        asked += [name(one, there[one.platform]) for one in wanted.named if one.platform in there]
        for ref in dict.fromkeys((*wanted.groups, *wanted.shown)):
            if lookup := there.get(ref.partition(":")[0]):
                anew = ref in wanted.groups
                asked += [group(ref, lookup, fresh=anew), about(ref, lookup, fresh=anew)]
        asked += [room(at, organisations) for at, organisations in wanted.rooms.items()]
        await self._in_time([asyncio.create_task(one) for one in asked])
        known = replace(
            intent.known,
            standings={**intent.known.standings, **standings},
            names={**intent.known.names, **{account: name for account, name in names.items() if name}},
            groups={**intent.known.groups, **groups},
            about_groups=dict(about_groups),
            rooms=dict(rooms),
            own_domain=self._own_domain,
        )
        return replace(intent, known=known)

    async def _in_time(self, tasks: list[asyncio.Task[None]]) -> None:
        if not tasks:
            return
        done, late = await asyncio.wait(tasks, timeout=ASK_SECONDS)
        for task in done:
            task.exception()  # what could not be asked is not known, and is said at its field
        for task in late:  # its answer still fills the platform's cache
            self._late.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            task.exception()
