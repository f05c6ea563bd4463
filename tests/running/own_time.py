"""A school in a time of its own: the real store and the real sender, driven by hand, in which hours pass at once.

Whatever is due is delivered through the channels that a test gives, one after the other; where nothing is due the clock
jumps to what comes next. Leases, pauses and waits all go by that clock.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from bot.channel import AnyChannel, NotSent, Refused, Result, Sent
from bot.metrics import Metrics
from bot.sending.one import Sender
from bot.store.outbox import Outbox
from bot.store.queue import delivery_of
from bot.store.store import Store, open_store
from bot.store.tables import outbox
from bot.store.vault import Keys, new_key
from handlers.case import Case
from handlers.clocks import today
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.ports import Delivery, Work
from handlers.route import route
from handlers.screens import Form, Message, Screen, buttons_of
from handlers.sites import Site
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07
from tests.store.databases import fresh_sqlite

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""A Tuesday."""
T = TypeVar("T")


@dataclass
class Time:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        """Seconds that only grow."""
        return self.now.timestamp()


@dataclass
class School:
    """One site, its store and its sender."""

    time: Time
    store: Store
    outbox: Outbox
    sender: Sender
    anew: Callable[[], Sender]
    directory: Directory
    names: Mapping[Account, str] = field(default_factory=dict)
    """What the platforms call people."""
    groups: dict[str, tuple[Account, ...]] = field(default_factory=dict)
    """Who is in each group that can be read just now."""
    standings: dict[Account, Standing] = field(default_factory=dict)
    """What their platform says of somebody; nothing about anybody else."""

    @property
    def site(self) -> Site:
        return self.directory.sites[0]

    async def passes(self, seconds: float = 0.0) -> None:
        """Deliver everything that is due until then, in turn, with all that follows from it."""
        until = self.time.now + timedelta(seconds=seconds)
        while True:
            while (claim := await self.outbox.claim()) is not None:
                await self.sender.deliver(claim)
            due = await self.outbox.next_due()
            if due is None or self.time.now + timedelta(seconds=due) > until:
                break
            self.time.now += timedelta(seconds=due, milliseconds=0 if due else 1)
        self.time.now = max(self.time.now, until)

    def restarts(self) -> None:
        """Go on with a sender that remembers nothing."""
        self.sender = self.anew()

    # --- what people do ------------------------------------------------------------------------------------------
    def known(self) -> Known:
        """Everybody is a full member."""
        return Known(Standing(member=True), day=today(self.time.now), names=self.names, groups=self.groups)

    async def asks(
        self, who: Account, name: str, token: str = "", fields: Mapping[str, Value] | None = None, **more: object
    ) -> Screen:
        """Send an intent, and return what is shown."""
        where = Surface.FORM if fields is not None else Surface.MESSAGE
        intent = Intent(name, who, self.known(), where, Subject.read(token), fields or {}, **more)  # type: ignore[arg-type]
        answer = await self.store.run(lambda work: route(intent, work))
        assert answer is not None, name
        return answer

    async def presses(
        self, who: Account, name: str, screen: Screen, given: Mapping[str, Value] | None = None
    ) -> Screen:
        """Press a button that stands on a screen, after typing into it."""
        (button, *_) = [one for one in buttons_of(screen) if one.intent == name] or [None]
        assert button is not None, f"no {name} among {[one.intent for one in buttons_of(screen)]}"
        token = button.token or (screen.token if isinstance(screen, Form) else "")
        filled = Someone(None, who, screen=screen).answers(given or {}).fields()  # type: ignore[arg-type]
        return await self.asks(who, name, token, filled if isinstance(screen, Form) else None)

    async def raises(self, who: Account, answers: Mapping[str, Value] = V07, *, pages: int = 1) -> Case:
        """Raise a case, on the first page alone or on so many of them; what was not asked is not known."""
        page = await self.asks(who, "start_report")
        for _ in range(pages - 1):
            page = await self.presses(who, "next_page", page, answers)
        send = next(one for one in buttons_of(page) if one.intent in ("recommend_now", "submit_report"))
        await self.presses(who, send.intent, page, answers)
        cases = await self.store.run(lambda work: work.cases_raised_by([who], 1))
        return cases[0]

    async def refers(self, who: Account, case: Case, *contacts: str) -> Case:
        """Read, tick and press; once more where whoever was told is to be told again."""
        about = Subject("case", case.id, "", case.latest.number).write()
        window = await self.asks(who, "refer", about)
        ticked = {"contact": contacts, "consequences_read": ("yes",)}
        done = await self.presses(who, "confirm_refer", window, ticked)
        if any(one.intent == "confirm_refer" for one in buttons_of(done)):
            done = await self.presses(who, "confirm_refer", done, ticked)
        assert "You decided" in text_of(done)
        return await self.case(case)

    async def updates(self, who: Account, case: Case, **answers: str) -> Case:
        """Change the facts."""
        page = await self.asks(who, "update_facts", Subject("case", case.id, "", case.latest.number).write())
        await self.presses(who, "recommend_now", page, answers)
        return await self.case(case)

    # --- what there is -------------------------------------------------------------------------------------------
    async def case(self, case: Case) -> Case:
        """The case as it is now."""
        found = await self.store.run(lambda work: work.case(case.id))
        assert found is not None
        return found

    async def newest(self) -> Case:
        """The case that was raised last."""
        found = await self.store.run(lambda work: work.cases_at([self.site.id], 1))
        return found[0]

    async def deliveries(self, case: Case, kind: str = "") -> list[Delivery]:
        """What was queued for a case, oldest first, clocks that have run out too."""
        every = select(outbox).where(outbox.c.case_id == case.id).order_by(outbox.c.seq)
        found = await self.store.transact(lambda session: session.all(every))
        return [delivery_of(row) for row in found if kind in ("", row.kind)]

    async def read(self, look: Callable[[Work], T]) -> T:
        """Look at what is kept."""
        return await self.store.run(look)


async def school(  # what a test may want otherwise, each by name
    folder: Path,
    site: Site,
    channels: Callable[[], Mapping[str, AnyChannel]],
    *,
    time: Time | None = None,
    persons: tuple[Person, ...] = (),
    connected: frozenset[str] | None = None,
) -> School:
    """Open a school on a new SQLite file in a folder. Close its store afterwards."""
    time = time or Time()
    directory = Directory((site,), persons)
    url = fresh_sqlite(folder)
    store = await open_store(
        url, keys=Keys.parse(new_key()), directory=lambda: directory, clock=time, connected=lambda: connected
    )

    groups: dict[str, tuple[Account, ...]] = {}

    async def known() -> Known:
        return Known(Standing(member=False, why_not="unknown"), day=today(time.now), groups=groups)

    standings: dict[Account, Standing] = {}

    async def standing(account: Account) -> Standing:
        return standings.get(account, Standing(member=False, why_not="unknown"))

    outbox, chance = Outbox(store), random.Random(23)  # noqa: S311  # jitter, the same in every run

    def sender() -> Sender:
        return Sender(
            outbox, store, channels, Metrics(),
            chance=chance.random, trouble=lambda: None, known=known, standing=standing, clock=time.seconds,
        )  # fmt: skip

    return School(time, store, outbox, sender(), sender, directory, groups=groups, standings=standings)


@dataclass
class Arrived:
    """A message as it stands where it was sent."""

    at: datetime
    to: Account
    said: str
    buttons: tuple[str, ...]
    message: Message


@dataclass
class Notebook:
    """A Channel in memory that notes every content, with the time. It never fails."""

    time: Time
    pages: dict[str, Arrived] = field(default_factory=dict)
    every: list[Arrived] = field(default_factory=list)

    async def post(self, to: Account, receipt: Message) -> Result:
        address = f"{to}#{len(self.pages)}"
        self.pages[address] = self._arrived(to, receipt)
        return Sent(address)

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        self.pages[address] = self._arrived(to, content)
        self.every.append(self.pages[address])
        return Sent(address)

    async def reply(self, to: Account, address: str, content: Message) -> Result:
        return await self.fill(to, address, content)

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:  # noqa: ARG002
        await asyncio.sleep(0)
        return None

    def at(self, who: Account) -> list[Arrived]:
        """What reached somebody, oldest first."""
        return [one for one in self.every if one.to == who]

    def _arrived(self, to: Account, message: Message) -> Arrived:
        buttons = tuple(button.intent for button in buttons_of(message))
        return Arrived(self.time.now, to, text_of(message), buttons, message)
