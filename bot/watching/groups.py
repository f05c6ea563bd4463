"""Reads the groups that lead again and again: whoever joins one becomes a lead, and nobody presses anything here.

The leads of its sites are told. What counts is not what this process remembers, but what the leads were told of last.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import count
from typing import Final, TypeVar

from bot import logs
from bot.asking.setup import TellsOfGroups
from bot.channel import Lookup
from bot.store.store import Store
from handlers.people import Account, Directory
from handlers.setup.joined import NO_ROLE, Reading, Said, differs, groups_that_lead, noted, people_in

ASK_SECONDS: Final = 10.0
"""How long one question may take. What is not known by then is asked again in the next round."""
A_ROUND: Final[Mapping[str, int]] = {"slack": 6, "teams": 30}
"""Groups of one workspace or tenant that a round asks about, those that have waited longest first. Slack tells of a
channel fifty times a minute, the watch over contacts needs 36 of them, and people's presses some. User groups are not
counted here as long as they can be read: all of a workspace are one call, of twenty a minute."""
PEOPLE_A_ROUND: Final = 25
"""People whose standing a round asks for, of whom nothing is known yet. Slack tells of a hundred a minute."""
USER_GROUP: Final = "S"
T = TypeVar("T")


class LeadGroups:
    """Reads the groups that lead, and has noted and told what has changed."""

    def __init__(
        self,
        store: Store,
        lookups: Callable[[], Mapping[str, Lookup]],
        seen: Callable[[], Mapping[str, frozenset[Account]]] = dict,
        *,
        seconds: float = ASK_SECONDS,
    ) -> None:
        """`seen` is everybody who was in a group at any other reading of this process since it was asked last.

        Who joins, presses and leaves between two rounds is announced by that. `seconds` is for one question.
        """
        self._store, self._lookups, self._seen, self._seconds = store, lookups, seen, seconds
        self._turns = count(1)
        self._asked: dict[str, int] = {}
        """When each was asked about last, in turns; 0 for never."""
        self._read: set[str] = set()
        """Those that could be read the last time."""
        self._missing: dict[str, frozenset[Account]] = {}
        """Who was not in a group any more at its last reading, and is not told of as gone: it may come from elsewhere
        at the platform, where nobody has heard of the last change yet."""
        self._looked_at: set[str] = set()
        """Groups of which all members were asked about once: whoever of them has no role is announced later."""

    async def look(self, directory: Directory) -> None:
        """Read them, and tell. Raises StoreAway."""
        seen = self._seen()
        due = self._due(groups_that_lead(directory))
        found = dict(zip(due, await asyncio.gather(*map(self._members, due)), strict=True))
        there: dict[str, frozenset[Account]] = {}
        new: dict[Account, None] = {}
        for ref in dict.fromkeys((*due, *seen)):
            people = self._there(ref, found.get(ref), seen.get(ref, frozenset()), directory)
            if people is not None:
                there[ref] = people
                first = ref not in self._looked_at
                new |= dict.fromkeys(sorted(people if first else people.difference(directory.announced.get(ref, ()))))
        some = list(new)[:PEOPLE_A_ROUND]
        no_role = await self._without_role(some)
        self._looked_at |= {ref for ref, people in there.items() if people.isdisjoint(list(new)[PEOPLE_A_ROUND:])}
        readings = {ref: Reading(directory.announced.get(ref), one, no_role & one) for ref, one in there.items()}
        is_news = await self._store.read(lambda work: differs(readings, work))
        if is_news:
            said = await self._said(readings, directory)
            await self._store.run(lambda work: noted(readings, said, work))

    def _due(self, refs: Iterable[str]) -> list[str]:
        """Those to ask about in this round."""
        due: list[str] = []
        waiting: dict[str, list[str]] = {}
        for ref in refs:
            at_once = ref.startswith("slack:") and ref.partition("/")[2].startswith(USER_GROUP)
            if at_once and (ref in self._read or ref not in self._asked):
                due.append(ref)
            else:
                waiting.setdefault(ref.partition("/")[0], []).append(ref)
        for place, those in waiting.items():
            most = A_ROUND[place.partition(":")[0]]
            due += sorted(those, key=lambda ref: self._asked.get(ref, 0))[:most]
        turn = next(self._turns)
        self._asked.update(dict.fromkeys(due, turn))
        return due

    async def _members(self, ref: str) -> frozenset[Account] | None:
        lookup = self._lookups().get(ref.partition(":")[0])
        members = await self._answer(lookup.members(ref, fresh=True)) if lookup is not None else None
        (self._read.add if members is not None else self._read.discard)(ref)
        return None if members is None else frozenset(members)

    def _there(
        self, ref: str, found: frozenset[Account] | None, seen: frozenset[Account], directory: Directory
    ) -> frozenset[Account] | None:
        """Who is in a group, or was a moment ago; None where nothing was learnt.

        Whoever is missing for the first time counts as there.
        """
        before = directory.announced.get(ref)
        if before is None:
            return found
        if found is None:  # what others' presses have shown is an answer too: it says who joined, and not who left
            return frozenset(before) | seen if seen else None
        gone = frozenset(before) - found - seen
        once, self._missing[ref] = gone - self._missing.get(ref, frozenset()), gone
        return found | seen | once

    async def _without_role(self, people: Iterable[Account]) -> frozenset[Account]:
        """Those of whom the platform says clearly that they are a guest, or from outside."""

        async def has_none(account: Account) -> bool:
            lookup = self._lookups().get(account.platform)
            standing = await self._answer(lookup.standing(account)) if lookup is not None else None
            return standing is not None and standing.why_not in NO_ROLE

        asked = list(people)
        none = await asyncio.gather(*map(has_none, asked))
        return frozenset(one for one, has in zip(asked, none, strict=True) if has)

    async def _said(self, readings: Mapping[str, Reading], directory: Directory) -> Said:
        """What they are called, as far as the platforms say so now."""
        people = people_in(readings, directory)[:PEOPLE_A_ROUND]
        names = await asyncio.gather(*map(self._name, people))
        changed = [ref for ref, one in readings.items() if one.before is not None and one.there != set(one.before)]
        called = await asyncio.gather(*map(self._called, changed))
        return Said(dict(zip(people, names, strict=True)), dict(zip(changed, called, strict=True)))

    async def _name(self, account: Account) -> str:
        lookup = self._lookups().get(account.platform)
        return (await self._answer(lookup.name(account)) if lookup is not None else None) or ""

    async def _called(self, ref: str) -> str:
        lookup = self._lookups().get(ref.partition(":")[0])
        about = await self._answer(lookup.about(ref)) if isinstance(lookup, TellsOfGroups) else None
        return about.name if about is not None else ""

    async def _answer(self, question: Awaitable[T]) -> T | None:
        """What was answered; None where it was not, for whatever reason."""
        try:
            async with asyncio.timeout(self._seconds):
                return await question
        except Exception as error:  # noqa: BLE001  # whatever it is, nothing was learnt
            logs.get_logger().warning("lookup_failed", kind=logs.kind_of(error))
            return None
