"""The front desk: takes what a person means, runs it in one transaction, and always has a screen to give back.

Nobody is left in front of a window that does nothing: when the database is away or slow, or our own code fails, the
person sees 999, that nothing was saved, what they typed and a reference to quote. The log has that reference too.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, Protocol, TypeVar

from bot import logs
from bot.anew import as_they_are_now
from bot.ask_setup import AskSetup
from bot.channel import Lookup
from bot.groups import NotAsked, groups_for, route_with_groups
from bot.guard import FairUse
from bot.members import Members
from bot.metrics import Metrics
from handlers.broken import again, not_saved, plain
from handlers.clocks import today
from handlers.intents import ASKED_ANEW, Intent
from handlers.not_reached import send_again
from handlers.people import Account, Directory, Known, Standing, is_group
from handlers.ports import Unfit, Work
from handlers.route import route
from handlers.screens import Screen
from handlers.setup.asks import asked_first
from handlers.setup.route import not_kept

ANSWER_SECONDS: Final = 2.0
"""How long a transaction may keep somebody waiting. Slack gives up after 3 s; asking who they are comes on top."""
ASK_SECONDS: Final = 0.8
"""How long the platforms may take to say who somebody is. What is not known by then is denied."""
REACHABLE_WAITS: Final = (0.0, 5.0, 30.0, 120.0)
"""Seconds before each attempt to queue what somebody missed."""
MOST_NAMES: Final = 30
"""Names asked of a platform for one screen."""

_ALPHABET: Final = "0123456789BCDFGHJKMNPQRSTVWXYZ"
T = TypeVar("T")


class Runs(Protocol):
    """What the desk needs of the store."""

    async def run(self, fn: Callable[[Work], T]) -> T:
        """Run `fn` in one transaction. Raises StoreAway when the database is away."""


class FrontDesk:
    """The `bot.channel.Desk` of this process."""

    def __init__(  # noqa: PLR0913  # what it works with, each by name
        self,
        store: Runs,
        directory: Callable[[], Directory],
        metrics: Metrics,
        *,
        lookups: Callable[[], Mapping[str, Lookup]],
        orgs: Callable[[], frozenset[str]] = frozenset,
        ask_setup: AskSetup | None = None,
        trouble: Callable[[], None] = lambda: None,
        answer_seconds: float = ANSWER_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`lookups` by platform; `orgs` are workspaces known by token; `trouble` hears of every failure.

        `now` is the time in UTC that people's days go by: the store's, which may have been moved.
        """
        self._store, self._last, self._metrics = store, directory, metrics
        self._lookups, self._orgs, self._trouble = lookups, orgs, trouble
        self._ask_setup = ask_setup
        self._answer_seconds = answer_seconds
        self._now = now
        self._fair = FairUse()
        self._remembered: dict[str, tuple[Account, ...]] = {}
        """Who was in each group when it could last be read, for as long as this process lives."""
        self._members = Members()
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def _directory(self) -> Directory:
        """What was configured when somebody last looked: enough to know whom to ask about."""
        return self._last()

    def serves(self, org: str) -> bool:
        """Whether a workspace or tenant is configured: by the token that we have, or as one of a site's."""
        return org in self._orgs() or org in self._directory.orgs()

    async def known(self, account: Account, *, fresh: bool = False) -> Known:
        """What the platforms say of this account and of the groups and leads it may meet, all asked at once."""
        lookups = self._lookups()
        asked: dict[str, Coroutine[Any, Any, Any]] = {}
        refs = groups_for(account, self._directory)
        for ref in refs:
            if lookup := lookups.get(ref.partition(":")[0]):
                asked[ref] = lookup.members(ref, fresh=fresh)
        if lookup := lookups.get(account.platform):
            asked["standing"] = lookup.standing(account, fresh=fresh)
        named = self._named_for(account)
        if fresh and account not in named:  # who decides or acknowledges is named in the record
            named = (*named, account)
        names = asyncio.create_task(self._names(named))
        got = await self._ask(asked)
        standing = got.get("standing")
        groups = {ref: found for ref, found in got.items() if isinstance(found, tuple)}
        self._remembered.update(groups)
        members = [one for found in groups.values() for one in found if not self._directory.person(one).name]
        found = standing if isinstance(standing, Standing) else Standing(member=False, why_not="unknown")
        return Known(
            standing=found,
            lately=self._members.lately(account, found),
            day=today(self._now()),
            groups=groups,
            asked=refs,
            remembered={ref: self._remembered[ref] for ref in asked if ref in self._remembered},
            names={**await self._names(members[:MOST_NAMES]), **await names},
        )

    async def _names(self, people: Sequence[Account]) -> dict[Account, str]:
        """What the platforms call these people. Nearly always known already, so it rarely costs a call."""
        lookups = self._lookups()
        asked = {str(one): lookups[one.platform].name(one) for one in people if one.platform in lookups}
        got = await self._ask(asked)
        return {one: name for one in people if isinstance(name := got.get(str(one)), str) and name}

    async def leads(self) -> Known:
        """What the platforms say of every group and every lead that configuration names, for what nobody asked.

        Configuration is read again first, so that a lead who was named a moment ago is told. Raises StoreAway.
        """
        await self._look()
        lookups = self._lookups()
        asked = {
            ref: lookup.members(ref)
            for ref in self._directory.groups()
            if (lookup := lookups.get(ref.partition(":")[0])) is not None
        }
        got = await self._ask(asked)
        groups = {ref: found for ref, found in got.items() if isinstance(found, tuple)}
        self._remembered.update(groups)
        return Known(
            Standing(member=False, why_not="unknown"),
            groups=groups,
            remembered=dict(self._remembered),
            day=today(self._now()),
        )

    async def _look(self) -> None:
        """Read what is configured: somebody may have changed it, here or in another process."""
        await self._store.run(lambda work: work.directory)

    def _named_for(self, account: Account) -> tuple[Account, ...]:
        """Leads who are listed one by one and whom configuration gives no name."""
        org = f"{account.platform}:{account.org}"
        leads = dict.fromkeys(
            Account.parse(ref)
            for site in self._directory.sites
            if org in site.serves
            for ref in site.leads
            if not is_group(ref)
        )
        return tuple(lead for lead in leads if not self._directory.person(lead).name)[:MOST_NAMES]

    async def _ask(self, questions: Mapping[str, Coroutine[Any, Any, Any]]) -> dict[str, Any]:
        """Whatever is answered in time. A late answer still fills the platform's cache, so it is not cancelled."""
        tasks = {asyncio.create_task(question): key for key, question in questions.items()}
        if not tasks:
            return {}
        done, late = await asyncio.wait(tasks, timeout=ASK_SECONDS)
        for task in late:
            self._keep(task)
            task.add_done_callback(_swallow)
        answers: dict[str, Any] = {}
        for task in done:
            error = task.exception()
            if error is None:
                answers[tasks[task]] = task.result()
            else:
                logs.get_logger().warning("lookup_failed", kind=logs.kind_of(error))
        return answers

    async def answer(self, intent: Intent) -> Screen | None:
        """Carry the intent out and return what to show. Never raises; never longer than its limit."""
        began = time.monotonic()
        if not self._fair.allows(intent):
            self._metrics.answered(intent.name, "slowed", time.monotonic() - began)
            logs.get_logger().warning("slowed", intent=intent.name)
            return slow_down(intent)
        task = asyncio.create_task(self._carried_out(intent))
        self._keep(task)
        task.add_done_callback(_swallow)
        try:
            async with asyncio.timeout(self._answer_seconds):
                # Shielded: a transaction that is late may still commit, and a second press finds what it did.
                screen = await asyncio.shield(task)
        except Exception as error:  # noqa: BLE001  # whatever it was, the person must get an answer
            return self._failed(intent, error, began)
        self._metrics.answered(intent.name, "answered", time.monotonic() - began)
        return screen

    async def _carried_out(self, intent: Intent) -> Screen | None:
        """Carry it out in one transaction: with the groups that are configured in it, or asked about once more."""
        if self._ask_setup is not None and asked_first(intent):
            await self._look()
            intent = await self._ask_setup.with_answers(intent, self._directory)
        intent = await as_they_are_now(intent, self._directory, self._lookups(), self._ask)
        try:
            return await self._run(intent)
        except Unfit as unfit:  # nothing is wrong with the database: it is for whoever typed it to put right
            key = unfit.key
        return await self._store.run(lambda work: not_kept(intent, key, work))

    async def _run(self, intent: Intent) -> Screen | None:
        try:
            return await self._store.run(lambda work: route_with_groups(intent, work))
        except NotAsked:
            await self._look()
        known = await self.known(intent.by, fresh=intent.name in ASKED_ANEW)
        groups, names = {**known.groups, **intent.known.groups}, {**known.names, **intent.known.names}
        whole = replace(intent, known=replace(intent.known, groups=groups, names=names, remembered=known.remembered))
        return await self._store.run(lambda work: route(whole, work))

    async def reachable(self, account: Account) -> None:
        """Queue once more what somebody missed while nothing reached them. Never raises; tries again for a while."""
        for wait in REACHABLE_WAITS:
            await asyncio.sleep(wait)
            try:
                known = await self.known(account)
                await self._store.run(lambda work: send_again(account, known, work))  # noqa: B023  # run at once
            except Exception as error:  # noqa: BLE001  # whatever it was, it is tried again
                kind = str(getattr(error, "why", "")) or logs.kind_of(error)
                logs.get_logger().warning("not_saved", intent="reachable", kind=kind)
            else:
                return

    def _failed(self, intent: Intent, error: Exception, began: float) -> Screen:
        reference = error_reference()
        kind = str(getattr(error, "why", "")) or logs.kind_of(error)
        if kind != "conflict":  # others were faster: nothing is wrong with the records
            self._trouble()
        logs.get_logger().error(
            "not_saved", intent=intent.name, reference=reference, kind=kind, at=logs.places_of(error)
        )
        self._metrics.answered(intent.name, "not_saved", time.monotonic() - began)
        return _drawn_without_store(intent, reference, met=kind == "conflict")

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self, seconds: float) -> None:
        """Wait for transactions that are under way, at most so long."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)


def error_reference() -> str:
    """A reference for something that went wrong: `E-7K4M-2Q`. It stands on the screen and in the log."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"E-{drawn[:4]}-{drawn[4:]}"


def _drawn_without_store(intent: Intent, reference: str, *, met: bool) -> Screen:
    try:
        return not_saved(intent, reference, met=met)
    except Exception:  # noqa: BLE001  # a page that cannot be drawn again must not cost the person the answer
        return plain(
            f"This was not saved. In danger: call 999. Otherwise tell a safeguarding lead by phone now, or call 101."
            f" Quote {reference} to your IT."
        )


SLOW: Final = (
    "Many incidents were raised from your account in the last minutes, so this one waits. In danger: call 999."
    " Press the button again in a minute; what you typed is below. If this was not you, tell your IT."
)


def slow_down(intent: Intent) -> Screen:
    """The same page with what was typed, and why it has to wait. 999 stays first."""
    try:
        return again(intent, SLOW)
    except Exception:  # noqa: BLE001  # as above
        return plain(SLOW)


def _swallow(task: asyncio.Task[Any]) -> None:
    """Fetch an exception that nobody waits for, so that it is not reported as forgotten."""
    if not task.cancelled():
        task.exception()
