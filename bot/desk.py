"""The front desk: takes what a person means, runs it in one transaction, and always has a screen to give back.

Nobody is left in front of a window that does nothing: when the database is away or slow, or our own code fails, the
person sees 999, that nothing was saved, what they typed and a reference to quote. The log has that reference too.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Protocol, TypeVar

from bot import logs
from bot.asking.groups import NotAsked, route_with_groups
from bot.asking.inquiry import NOTHING, Inquiry
from bot.asking.setup import AskSetup
from bot.channel import Lookup
from bot.guard import FairUse
from bot.metrics import Metrics
from bot.store.away import StoreAway
from handlers.broken import again, not_saved, plain
from handlers.intents import Intent, Subject
from handlers.people import Account, Directory, Known, Standing
from handlers.ports import Unfit, Work
from handlers.route import route
from handlers.screens import Screen
from handlers.setup import standing_card
from handlers.setup.asks import asked_first
from handlers.setup.route import not_kept
from handlers.setup.seen import to_name
from handlers.setup.tell import groups_to_tell
from handlers.telling.not_reached import send_again

ANSWER_SECONDS: Final = 2.0
"""How long a transaction may keep somebody waiting. Slack gives up after 3 s; asking who they are comes on top."""
REACHABLE_WAITS: Final = (0.0, 5.0, 30.0, 120.0)
"""Seconds before each attempt to queue what somebody missed."""

_ALPHABET: Final = "0123456789BCDFGHJKMNPQRSTVWXYZ"
T = TypeVar("T")


class Runs(Protocol):
    """What the desk needs of the store."""

    async def run(self, fn: Callable[[Work], T]) -> T:
        """Run `fn` in one transaction. Raises StoreAway when the database is away."""

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run `fn`, which only reads, without waiting for whoever writes. Raises StoreAway."""


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
        self._orgs, self._trouble = orgs, trouble
        self._inquiry = Inquiry(lookups, directory, now)
        self._ask_setup = ask_setup
        self._answer_seconds = answer_seconds
        self._fair = FairUse()
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def _directory(self) -> Directory:
        """What was configured when somebody last looked: enough to know whom to ask about."""
        return self._last()

    def serves(self, org: str) -> bool:
        """Whether a workspace or tenant is configured: by the token that we have, or as one of a site's."""
        return org in self._orgs() or org in self._directory.orgs()

    async def known(
        self, account: Account, *, fresh: bool = False, name: str = "", subject: Subject = NOTHING
    ) -> Known:
        """What the platforms say of this account, and of the groups and leads that its wish needs."""
        return await self._inquiry.known(account, fresh=fresh, name=name, subject=subject)

    async def leads(self) -> Known:
        """What the platforms say of every group and every lead that configuration names, for what nobody asked.

        Configuration is read again first, so that a lead who was named a moment ago is told; and of a group that led
        until a moment ago it is asked who has to hear of that. So are the names of whom the file changed something
        about. Raises StoreAway.
        """
        await self._look()
        also, names = await self._store.read(lambda work: (groups_to_tell(work), to_name(work)))
        return await self._inquiry.leads(also=also, names=names)

    def seen_in_groups(self) -> dict[str, frozenset[Account]]:
        """Everybody who was in a group whenever somebody's wish made us ask, since this was asked last."""
        return self._inquiry.seen_in_groups()

    async def standing(self, account: Account) -> Standing:
        """What the platform says of somebody right now, for what is about to be sent to them."""
        return await self._inquiry.standing(account)

    async def leading(self, *, ask: bool) -> Known:
        """Who is in the groups that lead, asked now or as it is remembered, and how people are called.

        Raises StoreAway.
        """
        await self._look()
        return await self._inquiry.leading(ask=ask)

    async def _look(self) -> None:
        """Read what is configured: somebody may have changed it, here or in another process."""
        await self._store.read(lambda work: work.directory)

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

    async def drawn_again(self, intent: Intent) -> Screen | None:
        """What this would show now, for a list that stands in a chat; None where that cannot be said. Never raises."""
        if intent.known.standing.why_not == "unknown":
            return None
        try:
            return await self._carried_out(intent)
        except Exception as error:  # noqa: BLE001  # the list stays as it was, and nobody waits for it
            kind = str(getattr(error, "why", "")) or logs.kind_of(error)
            logs.get_logger().warning("not_drawn_again", intent=intent.name, kind=kind)
            return None

    async def posted(self, account: Account, name: str, address: str) -> None:
        """A list stands in a chat: note where, so that it is drawn anew whoever changes what it says. Never raises."""
        if name != standing_card.LIST:
            return
        try:
            await self._store.run(lambda work: standing_card.stands(account, address, work))
        except Exception as error:  # noqa: BLE001  # it stays as it is until it is asked for again
            kind = str(getattr(error, "why", "")) or logs.kind_of(error)
            logs.get_logger().warning("not_drawn_again", intent=name, kind=kind)

    async def _carried_out(self, intent: Intent) -> Screen | None:
        """Carry it out in one transaction: with the groups that are configured in it, or asked about once more."""
        if self._ask_setup is not None and asked_first(intent):
            await self._look()
            intent = await self._ask_setup.with_answers(intent, self._directory)
        intent = await self._inquiry.anew(intent)
        try:
            return self._noticed(intent, await self._run(intent))
        except Unfit as unfit:  # nothing is wrong with the database: it is for whoever typed it to put right
            key = unfit.key
        return await self._store.run(lambda work: not_kept(intent, key, work))

    def _noticed(self, intent: Intent, screen: Screen | None) -> Screen | None:
        """A first admin who wrote the setting wrong finds a line about it; how many it names is all that it tells."""
        if intent.name == "show_admin" and not self._directory.is_admin(intent.by):
            named = len(self._directory.first_admins)
            logs.get_logger().warning("admin_refused", platform=intent.by.platform, named=named)
        return screen

    async def _run(self, intent: Intent) -> Screen | None:
        for _ in range(2):  # of the case's site; and where that is no, of the groups by which they lead elsewhere
            try:
                return await self._store.run(partial(route_with_groups, intent))
            except NotAsked as missing:
                intent = await self._inquiry.with_groups(intent, missing)
        return await self._store.run(partial(route, intent))

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
        met = kind == "conflict"  # others were faster: nothing is wrong with the records
        away = isinstance(error, StoreAway | TimeoutError) and not met  # one that hangs answers nothing either
        if away:
            self._trouble()
        logs.get_logger().error(
            "not_saved", intent=intent.name, reference=reference, kind=kind, at=logs.places_of(error)
        )
        self._metrics.answered(intent.name, "not_saved", time.monotonic() - began)
        return _drawn_without_store(intent, reference, met=met, ours=not (away or met))

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self, seconds: float) -> None:
        """Wait for transactions that are under way, at most so long."""
        self._inquiry.stop()
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)


def error_reference() -> str:
    """A reference for something that went wrong: `E-7K4M-2Q`. It stands on the screen and in the log."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"E-{drawn[:4]}-{drawn[4:]}"


def _drawn_without_store(intent: Intent, reference: str, *, met: bool, ours: bool) -> Screen:
    try:
        return not_saved(intent, reference, met=met, ours=ours)
    except Exception:  # noqa: BLE001  # a page that cannot be drawn again must not cost the person the answer
        return plain(
            f"This was not saved. In danger: call 999. Otherwise tell a safeguarding lead by phone now, or call 101."
            f" Quote {reference} to your IT."
        )


SLOW: Final = (
    "Many incidents were raised from your account in the last minutes, so this one waits. In danger: call 999."
    " Press the button again in a minute. If this was not you, tell your IT."
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
