"""What the platforms say before an intent is carried out: who somebody is, who is in a group, what people are called.

All of it is asked at once and nobody waits for it long. What is not answered in time is not known, which denies; of a
group it leaves who was in it within the last day, for raising and for nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from bot import logs
from bot.asking.groups import NotAsked, sites_named, wanted_first
from bot.asking.members import Members, Readings
from bot.asking.names import Names
from bot.channel import Lookup
from handlers.clocks import today
from handlers.intents import ANEW_FOR_LEADS, ASKED_ANEW, Intent, Subject
from handlers.people import Account, Directory, Known, Standing, is_group
from handlers.sites import Site

ASK_SECONDS: Final = 0.8
"""How long the platforms may take to say who somebody is. What is not known by then is denied."""
STANDING_SECONDS: Final = 4.0
"""The same, right before something of a case is sent to a lead: nobody sits in front of a window meanwhile."""
NAMES_SECONDS: Final = STANDING_SECONDS
"""The same of names for a message that waits for nobody."""
NAMES_PAUSE: Final = 10.0
"""Seconds between two times at which names are asked for that a screen still lacked."""
NAMES_TIMES: Final = 60
"""How often that is done before it is left to the next screen."""
OF_EVERY_SITE: Final = frozenset({"show_admin", "edit_setup", "save_setup", "remove_setup", "show_cover"})
"""What shows an admin how every site stands, or who leads it."""
RAISES: Final = frozenset({"next_page", "recommend_now", "submit_report", "answer_at_once"})
"""What may make a case, in which whoever raised it is named for its leads."""
NOTHING: Final = Subject()
NOBODY: Final = Standing(member=False, why_not="unknown")


class Inquiry:
    """Asks for one process. `directory` is what was configured when somebody last looked."""

    def __init__(
        self,
        lookups: Callable[[], Mapping[str, Lookup]],
        directory: Callable[[], Directory],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._lookups, self._last, self._now = lookups, directory, now
        self._members, self._readings, self._names = Members(), Readings(), Names()
        self._late: set[asyncio.Task[Any]] = set()
        self._lacking: dict[Account, None] = {}
        self._naming: asyncio.Task[None] | None = None

    async def known(
        self, account: Account, *, fresh: bool = False, name: str = "", subject: Subject = NOTHING
    ) -> Known:
        """What is said of this account, and of the groups and leads that its wish needs.

        `fresh` asks anew who it is. Groups by which somebody may see or decide are asked anew later, once it is known
        which ones they are.
        """
        refs = wanted_first(account, name, subject, self._last())
        asked = self._members_of(refs, fresh=fresh and not name)
        if lookup := self._lookups().get(account.platform):
            asked[""] = lookup.standing(account, fresh=fresh)
        got = await self._ask(asked)
        standing = got.get("") or NOBODY
        known = Known(standing, lately=self._members.lately(account, standing), day=today(self._now()))
        known = replace(known, standings={account: standing})
        known = self._read(known, refs, got)
        sites = sites_named(account, name, subject, self._last(), known)
        if name in OF_EVERY_SITE:  # nobody is asked for them, and how a site stands is said of what is known
            known = replace(known, remembered=self._readings.all())
        decides, raises = (account,) if fresh else (), (account,) if name in RAISES else ()
        return await self._named(known, sites, decides, raises)  # who decides or raised is named in the record

    async def anew(self, intent: Intent) -> Intent:
        """The same, where it lists led cases, with what the platforms say now. What is not answered is denied.

        Only whoever led a moment ago is asked about, and only the groups by which they did: most people look for
        something else.
        """
        if intent.name not in ANEW_FOR_LEADS:
            return intent
        directory, known, lookup = self._last(), intent.known, self._lookups().get(intent.by.platform)
        led = directory.sites_led_by(intent.by, known)
        if not led or lookup is None:
            return intent
        refs = frozenset(
            ref
            for site in led
            for ref in site.leads
            if is_group(ref) and any(_leads_by(one, intent.by, site, directory) for one in known.groups.get(ref, ()))
        )
        asked = self._members_of(refs, fresh=True)
        if intent.name not in ASKED_ANEW:
            asked[""] = lookup.standing(intent.by, fresh=True)
        got = await self._ask(asked)
        if "" in asked:
            known = replace(known, standing=got.get("") or NOBODY)
        return replace(intent, known=self._read(known, refs, got))

    async def with_groups(self, intent: Intent, missing: NotAsked) -> Intent:
        """The same with the groups that nobody had been asked about, asked anew where a case depends on them."""
        fresh = intent.name in ASKED_ANEW or intent.name in ANEW_FOR_LEADS
        got = await self._ask(self._members_of(missing.refs, fresh=fresh))
        known = self._read(intent.known, missing.refs, got)
        return replace(intent, known=await self._named(known, (missing.site,) if missing.site else ()))

    async def leads(self, also: frozenset[str] = frozenset(), names: frozenset[str] = frozenset()) -> Known:
        """What is said of every group that configuration names, and of those besides, for what nobody asked.

        `names` are accounts and groups of which the names are asked for where they are missing.
        """
        refs = self._last().groups() | also
        known = self._read(Known(NOBODY, day=today(self._now())), refs, await self._ask(self._members_of(refs)))
        opened = (known.groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),) for ref in names)
        people = [one for members in opened for one in members]
        await self._ask_names(self._names.to_ask(self._names.missing(people)), NAMES_SECONDS)
        return replace(known, remembered=self._readings.all(), names=self._names.all())

    def seen_in_groups(self) -> dict[str, frozenset[Account]]:
        """Everybody who was in a group whenever somebody's wish made us ask, since this was asked last."""
        return self._readings.taken()

    async def leading(self, *, ask: bool) -> Known:
        """What is said of the groups that lead, or was said last, for a look at everybody who does."""
        refs = frozenset(ref for site in self._last().sites for ref in site.leads if is_group(ref) and ask)
        known = self._read(Known(NOBODY, day=today(self._now())), refs, await self._ask(self._members_of(refs)))
        return replace(known, remembered=self._readings.all(), names=self._names.all())

    async def standing(self, account: Account) -> Standing:
        """What the platform says of somebody right now, and their name where they are no full member."""
        lookup = self._lookups().get(account.platform)
        if lookup is None:
            return NOBODY
        said = (await self._ask({"": lookup.standing(account, fresh=True)}, STANDING_SECONDS)).get("") or NOBODY
        if not said.member and said.why_not != "unknown":
            await self._ask_names((account,))
        return said

    def stop(self) -> None:
        """Ask for no more names."""
        if self._naming is not None:
            self._naming.cancel()

    def _members_of(self, refs: Iterable[str], *, fresh: bool = False) -> dict[str, Coroutine[Any, Any, Any]]:
        lookups = self._lookups()
        there = {ref: lookups.get(ref.partition(":")[0]) for ref in refs}
        return {ref: lookup.members(ref, fresh=fresh) for ref, lookup in there.items() if lookup is not None}

    def _read(self, known: Known, refs: frozenset[str], got: Mapping[str, Any]) -> Known:
        """What is known, with what was said of these groups: one that could not be read is not known any more."""
        found = {ref: members for ref in refs if isinstance(members := got.get(ref), tuple)}
        self._readings.note(found)
        asked, groups = known.asked | refs, {r: m for r, m in known.groups.items() if r not in refs} | found
        return replace(
            known,
            groups=groups,
            asked=asked,
            remembered=self._readings.ever(asked),
            read_lately=self._readings.lately(asked - groups.keys()),
        )

    async def _named(
        self, known: Known, sites: Iterable[Site], also: tuple[Account, ...] = (), besides: tuple[Account, ...] = ()
    ) -> Known:
        """What is known, with the names of the leads of these sites, as far as they can be had just now.

        Of those in `also` they are asked for in any case; of those `besides` where they are missing or old.
        """
        directory = self._last()
        people = {*also, *besides, *(one for site in sites for one in _people(site, directory, known))}
        people = {one for one in people if not directory.person(one).name or one in also}
        await self._ask_names({*self._names.to_ask(people - {*also}), *also})
        if lacking := self._names.missing(people):
            self._lacking.update(dict.fromkeys(lacking))
            if self._naming is None or self._naming.done():
                self._naming = asyncio.create_task(self._go_on_naming())
        return replace(known, names={**known.names, **self._names.of(people)})

    async def _ask_names(self, people: Iterable[Account], seconds: float = ASK_SECONDS) -> None:
        lookups = self._lookups()
        asked = {one: lookups[one.platform].name(one) for one in people if one.platform in lookups}
        got = await self._ask({str(one): question for one, question in asked.items()}, seconds)
        for one in asked:
            self._names.note(one, got.get(str(one), "") or "")

    async def _go_on_naming(self) -> None:
        """Ask for what the last screens lacked, a few at a time, so that the next ones have it."""
        for _ in range(NAMES_TIMES):
            await asyncio.sleep(NAMES_PAUSE)
            lacking = self._names.missing(self._lacking)
            self._lacking = dict.fromkeys(lacking)
            if not lacking:
                return
            await self._ask_names(self._names.to_ask(lacking))

    async def _ask(
        self, questions: Mapping[str, Coroutine[Any, Any, Any]], seconds: float = ASK_SECONDS
    ) -> dict[str, Any]:
        """Whatever is answered in time. A late answer still fills the platform's cache, so it is not cancelled."""
        tasks = {asyncio.create_task(question): key for key, question in questions.items()}
        if not tasks:
            return {}
        done, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            self._late.add(task)
            task.add_done_callback(self._over)
        answers: dict[str, Any] = {}
        for task in done:
            error = task.exception()
            if error is None:
                answers[tasks[task]] = task.result()
            else:
                logs.get_logger().warning("lookup_failed", kind=logs.kind_of(error))
        return answers

    def _over(self, task: asyncio.Task[Any]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            task.exception()  # nobody waits for it, so it is not to be reported as forgotten


def _leads_by(member: Account, account: Account, site: Site, directory: Directory) -> bool:
    """Whether somebody leads because a group has this member: it is they, or they stand in for that one."""
    return directory.same_person(account, member) or any(
        directory.is_away(one, member) and directory.same_person(account, Account.parse(one.who))
        for one in site.stand_ins
    )


def _people(site: Site, directory: Directory, known: Known) -> tuple[Account, ...]:
    """The leads of a site, groups opened, and all who stand in at some time."""
    stand_ins = (ref for one in site.stand_ins for ref in (one.away, one.who))
    return (*directory.leads(site, known), *(Account.parse(ref) for ref in stand_ins if not is_group(ref)))
