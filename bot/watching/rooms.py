"""Looks at every contact's room again and again, so that one that was made public is out of use before it is needed.

And at the groups that lead: whoever joins one on the platform is announced within about a minute.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.asking.rooms import Looks
from bot.channel import Lookup, NotSent
from bot.store.store import Store
from bot.watching.groups import LeadGroups
from handlers.contacts import room_of
from handlers.people import Account, Directory, Room
from handlers.setup.watch import blinded, differs, owner_differs, owner_watched, watched
from handlers.setup.words import SUSPENDS
from handlers.sites import Contact, Site

EVERY_SECONDS: Final = 55.0
"""From one round to the next."""
APART_SECONDS: Final[Mapping[str, float]] = {"slack": 1.5, "teams": 0.5}
"""Between two contacts of one workspace or tenant. Slack answers fifty such questions a minute, and sending needs some
of them: of more than 36 contacts the rest are looked at in the next round."""
LONGEST_WAIT: Final = 300.0
"""However long a platform asks to be left alone."""
WAIT: Final = 30.0
"""How long it is left alone where it does not say for how long."""
BLIND_SECONDS: Final = 600.0
"""Once nothing was learnt of a contact for so long, admins hear of it. Of a refusal they hear at once."""
OWNER_SECONDS: Final = 900.0
"""From one question about the account of whoever looks after a contact to the next."""
OWNERS_A_ROUND: Final = 10
GLANCE_SECONDS: Final = 1.0
"""How often it looks, between two rounds, whether the clock was moved."""

Key = tuple[str, str]
InUse = list[tuple[Site, Contact]]


@dataclass(slots=True)
class Turn:
    """How far we have come in one workspace or tenant."""

    since: float
    tried: dict[Key, float] = field(default_factory=dict)
    """When each contact was asked about last, whatever came of it: who has waited longest is next."""
    learnt: dict[Key, float] = field(default_factory=dict)
    leave_until: float = 0.0
    refused: str = ""
    """Why the platform refused us, if it did and nothing else was learnt in the same round or since."""
    why: str = ""
    """Why nothing was learnt when we last tried in vain."""


class Watch:
    """One round after the other: `round` is called again and again."""

    def __init__(
        self,
        store: Store,
        looks: Looks,
        lookups: Callable[[], Mapping[str, Lookup]] = dict,
        *,
        seen: Callable[[], Mapping[str, frozenset[Account]]] = dict,
        every: float = EVERY_SECONDS,
        apart: Mapping[str, float] = APART_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`every` is from one round to the next, 0 for rounds that look at all of them; `clock` only grows.

        `seen` is as in `LeadGroups`.
        """
        self._store, self._looks, self._lookups = store, looks, lookups
        self._every, self._apart, self._clock = every, apart, clock
        self._turns: dict[str, Turn] = {}
        self._owners: dict[str, float] = {}
        self._groups = LeadGroups(store, lookups, seen)

    async def round(self) -> None:
        """Look at each, those of different workspaces side by side, for a minute at most, and wait for it to end.

        Where a minute is too short, or a platform wants to be left alone, the next round goes on from there. Where the
        clock was moved, as in the playground, the wait is over: what is due by it is seen at once.
        Raises StoreAway while the database is away.
        """
        began, shown = self._clock(), self._store.now()
        directory = await self._store.read(lambda work: work.directory)
        places = _in_use(directory)
        self._turns = {place: self._turns.get(place) or Turn(began) for place in places}
        asked = [self._look_at(place, contacts, began) for place, contacts in places.items()]
        asked += [self._look_at_owners(directory), self._groups.look(directory)]
        ended = await asyncio.gather(*asked, return_exceptions=True)
        for failed in filter(None, ended):
            raise failed
        for place in {*places, *directory.blind}:
            await self._say_blind(place, places.get(place, []), directory, began)
        await self._rest(began, shown)

    async def _rest(self, began: float, shown: datetime) -> None:
        due = shown + timedelta(seconds=self._every)
        while (left := began + self._every - self._clock()) > 0 and self._store.now() < due:  # noqa: ASYNC110 - a file says how far it was moved
            await asyncio.sleep(min(left, GLANCE_SECONDS))

    async def _look_at(self, place: str, contacts: InUse, began: float) -> None:
        turn = self._turns[place]
        ends = began + self._every if self._every else float("inf")
        waiting = sorted(contacts, key=lambda one: turn.tried.get(_key(one), turn.since - 1))
        while waiting:
            now = self._clock()
            if max(now, turn.leave_until) >= ends or (turn.leave_until > now and not self._every):
                return
            await asyncio.sleep(turn.leave_until - now)
            now = self._clock()
            site, contact = waiting[0]
            found = await self._look(site, contact)
            if isinstance(found, NotSent) and (found.retry_after is not None or found.why == "rate_limited"):
                turn.leave_until = self._clock() + min(found.retry_after or WAIT, LONGEST_WAIT)
                turn.why = found.why
                continue  # with the same one, once the platform wants to hear from us
            turn.tried[_key(waiting.pop(0))] = now
            await self._note(site, contact, found, turn)
            if waiting:
                await asyncio.sleep(now + self._apart.get(contact.kind, 0.0) - self._clock())

    async def _look(self, site: Site, contact: Contact) -> Room | NotSent | None:
        at: Account | None = room_of(contact, site)
        if at is None or at.platform == "mail" or not contact.within_reach:
            return None
        return await self._looks.ask(at, contact.organisations)

    async def _note(self, site: Site, contact: Contact, found: Room | NotSent | None, turn: Turn) -> None:
        room = found if isinstance(found, Room) and (not found.why_not or found.why_not in SUSPENDS) else None
        if room is not None:
            turn.learnt[site.id, contact.id] = self._clock()
        elif isinstance(found, Room):
            turn.refused = turn.why = found.why_not
        elif found is not None:
            turn.why = found.why
        if await self._store.read(lambda work: differs(site.id, contact.id, room, work)):
            await self._store.run(lambda work: watched(site.id, contact.id, room, work))

    async def _say_blind(self, place: str, contacts: InUse, directory: Directory, began: float) -> None:
        """Tell admins where nothing can be learnt, and take note once it can."""
        turn = self._turns.get(place)
        asked = [_key(one) for one in contacts if one[1].kind != "mail" and one[1].within_reach]
        why = ""
        if turn is not None and asked:
            oldest = min(turn.learnt.get(one, turn.since) for one in asked)
            latest = max(turn.learnt.get(one, turn.since - 1) for one in asked)
            turn.refused = "" if latest >= began else turn.refused
            if turn.refused or self._clock() - oldest > BLIND_SECONDS:
                why = turn.refused or turn.why or "unreachable"
            elif latest < turn.since:
                return  # nothing is known yet
        if directory.blind.get(place, "") != why:
            await self._store.run(lambda work: blinded(place, why, work))

    async def _look_at_owners(self, directory: Directory) -> None:
        """Ask about those who look after contacts, a few at a time. Only a clear answer counts."""
        owned = [(site, one) for site in directory.sites for one in site.contacts if one.owner_account]
        now = self._clock()
        due = [one for one in {c.owner_account: None for _, c in owned} if now >= self._owners.get(one, now)]
        for owner in sorted(due, key=lambda one: self._owners.get(one, 0.0))[:OWNERS_A_ROUND]:
            self._owners[owner] = now + OWNER_SECONDS
            account = Account.parse(owner)
            lookup = self._lookups().get(account.platform)
            standing = await lookup.standing(account, fresh=True) if lookup is not None else None
            if standing is None or not (standing.member or standing.why_not == "deactivated"):
                continue
            gone = not standing.member
            for site, contact in (one for one in owned if one[1].owner_account == owner):
                key, who = _key((site, contact)), (owner, gone)
                if await self._store.read(lambda work, k=key, w=who: owner_differs(*k, w[0], gone=w[1], work=work)):  # type: ignore[misc]
                    await self._store.run(lambda work, k=key, w=who: owner_watched(*k, w[0], gone=w[1], work=work))  # type: ignore[misc]


def _key(one: tuple[Site, Contact]) -> Key:
    return one[0].id, one[1].id


def _in_use(directory: Directory) -> dict[str, InUse]:
    """Those to look at, by the workspace or tenant that is asked: each has limits of its own."""
    found: dict[str, InUse] = {}
    for site in directory.sites:
        for contact in site.contacts:
            if contact.verified and contact.kind != "by_hand":
                place = f"{contact.kind}:{'' if contact.kind == 'mail' else contact.destination.partition('/')[0]}"
                found.setdefault(place, []).append((site, contact))
    return found
