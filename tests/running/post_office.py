"""A Channel in memory that can lose answers, limit, refuse and forbid, and that remembers what really arrived."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.channel import NotSent, Refused, Result, Sent, Unsure
from bot.metrics import Metrics
from bot.sending import deliver, pace
from bot.sending.deliver import Worker
from bot.store.outbox import Outbox
from bot.store.store import Store, open_store
from bot.store.tables import outbox
from bot.store.vault import Keys, new_key
from handlers.people import Account, Directory
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Message, Paragraph
from tests.store.databases import fresh_sqlite

ANNA = Account("slack", "T1", "U1")
BEN = Account("slack", "T1", "U2")


@dataclass
class PostOffice:
    """Where messages arrive. `plan` gives the fate of each call in turn; when it ends, calls succeed.

    Fates: `ok`, `lost` (it arrived, the answer did not), `never` (it did not arrive and nobody can tell), `limited`,
    `down`, `forbidden` (no editing), `refused`, `crash` (the channel itself fails after it arrived), `hang` (no answer
    before `held` is set).
    """

    plan: Iterator[str] = field(default_factory=lambda: iter(()))
    messages: dict[str, list[str]] = field(default_factory=dict)
    """By address: the summaries that stood there, newest last; a reply stands under its address too."""
    replies: Counter[str] = field(default_factory=Counter)
    calls: list[tuple[str, float]] = field(default_factory=list)
    met: int = 0
    """How many calls met their fate: what arrived of them has arrived, though the answer may never come."""
    seconds: float = 0.0
    """How long each call takes."""
    limit: float = 0.5
    """How long it asks to wait when it limits."""
    held: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0

    async def post(self, to: Account, receipt: Message) -> Result:
        address = f"{to.user}:{len(self.calls)}"

        def arrive() -> None:
            self.messages[address] = [receipt.summary]

        return await self._happen("post", arrive, address)

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:  # noqa: ARG002
        return None

    async def fill(self, to: Account, address: str, content: Message) -> Result:  # noqa: ARG002
        return await self._happen("fill", lambda: self.messages[address].append(content.summary), address)

    async def reply(self, to: Account, address: str, content: Message) -> Result:  # noqa: ARG002
        def arrive() -> None:
            self.replies[content.summary] += 1

        return await self._happen("reply", arrive, address)

    async def _happen(self, what: str, arrive: Callable[[], None], address: str) -> Result:
        self.calls.append((what, asyncio.get_running_loop().time()))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        self.met += 1
        return await self._end(next(self.plan, "ok"), arrive, address)

    async def _end(self, fate: str, arrive: Callable[[], None], address: str) -> Result:
        match fate:
            case "ok":
                arrive()
                return Sent(address)
            case "lost":
                arrive()
                return Unsure("timed_out")
            case "crash":
                arrive()
                raise RuntimeError("SENTINEL")
            case "never":
                return Unsure("timed_out")
            case "limited":
                return NotSent("rate_limited", self.limit)
            case "down":
                return NotSent("unreachable")
            case "forbidden":
                return Refused("cannot_edit")
            case "hang":
                arrive()
                await self.held.wait()
                return Unsure("timed_out")
            case _:
                return Refused(fate)

    async def called(self, times: int = 1) -> None:
        """Wait until so many calls met their fate."""

        async def enough() -> bool:
            return self.met >= times

        await until(enough)

    def contents(self) -> Counter[str]:
        """How often each content stands somewhere, filled or as a reply."""
        shown = Counter(texts[-1] for texts in self.messages.values() if texts[-1].startswith("content"))
        return shown + self.replies

    def receipts(self) -> Counter[str]:
        """How often each receipt was left empty."""
        return Counter(texts[-1] for texts in self.messages.values() if texts[-1].startswith("receipt"))


def draw(delivery: Delivery, _work: Work) -> Drawn | None:
    """Words that name the delivery, so that a test can count them."""
    name = f"{delivery.kind} {delivery.id}"
    return Drawn(Message(f"receipt {name}", (Paragraph("r"),)), Message(f"content {name}", (Paragraph("c"),)))


async def real_store(folder: Path, directory: Directory | None = None, key: str | None = None) -> Store:
    """A SQLite store in a folder, on what is there if somebody has written to it before."""
    url = f"sqlite:///{folder / 'signpost.db'}" if (folder / "signpost.db").exists() else fresh_sqlite(folder)
    return await open_store(url, keys=Keys.parse(key or new_key()), directory=lambda: directory or Directory())


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A SQLite store in a folder of its own."""
    opened = await real_store(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries that a test can wait for."""
    monkeypatch.setattr(pace, "FIRST_RETRY", 0.01)
    monkeypatch.setattr(pace, "LONGEST_RETRY", 0.05)
    monkeypatch.setattr(deliver, "POLL_SECONDS", 0.02)


async def let_go(store: Store) -> None:
    """The leases of all that is being sent run out now: as if whoever held them was dead for long enough."""
    sending = update(outbox).where(outbox.c.state == "sending")
    await store.transact(lambda session: session.run(sending.values(lease=None)))


async def queue(store: Store, *deliveries: Delivery) -> list[str]:
    """Queue deliveries in one transaction."""
    return await store.run(lambda work: [work.enqueue(one) for one in deliveries])


def worker(
    store: Store, office: PostOffice, *, metrics: Metrics | None = None, platform: str = "slack", **kwargs: object
) -> Worker:
    """A worker on a real outbox whose only channel is the post office."""
    made = Worker(
        Outbox(store), store, lambda: {platform: office}, metrics or Metrics(), **{"draw": draw, **kwargs}  # type: ignore[arg-type]  # keyword arguments of Worker
    )  # fmt: skip
    store.on_enqueued = made.wake
    return made


async def ends(store: Store, *, seconds: float = 60.0) -> dict[str, str]:
    """Wait until nothing is left to be made; each delivery's state by id."""

    async def empty() -> bool:
        return await Outbox(store).next_due() is None

    await until(empty, seconds=seconds, every=0.05)
    return await states(store)


async def until(holds: Callable[[], Awaitable[bool]], *, seconds: float = 60.0, every: float = 0.01) -> None:
    """Wait for something that tells nobody when it happens."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110  # a database row has no event
            await asyncio.sleep(every)


async def states(store: Store) -> dict[str, str]:
    """The state of each delivery, by id."""
    rows = await store.transact(lambda session: session.all(select(outbox.c.id, outbox.c.state)))
    return {row.id: row.state for row in rows}


@asynccontextmanager
async def at_work(made: Worker) -> AsyncIterator[None]:
    task = asyncio.create_task(made.run())
    try:
        yield
    finally:
        await made.stop(60)
        await task


def one(name: str, **kwargs: object) -> Delivery:
    return Delivery("recommendation", ANNA, id=name, **kwargs)  # type: ignore[arg-type]  # fields of Delivery
