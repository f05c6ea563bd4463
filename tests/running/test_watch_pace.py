"""Sixty contacts in one workspace: each is looked at within a few minutes, and Slack is left alone when it says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.channel import NotSent, Refused
from bot.rooms import Looks
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from bot.watch import APART_SECONDS, EVERY_SECONDS, Watch
from handlers.people import Account, Directory
from handlers.screens import Message
from handlers.sites import Contact, Site
from tests.store.databases import fresh_sqlite
from tests.store.given import KEY

SPEED = 100.0
"""A minute is six tenths of a second here."""
A_MINUTE = 50
"""Questions about a channel that Slack answers in one workspace."""


class Slow:
    """A Slack that answers so many questions a minute, and then says when it wants to hear from us again."""

    def __init__(self, a_minute: int = A_MINUTE) -> None:
        self.a_minute = a_minute
        self.asked: list[tuple[float, str]] = []
        self.too_early = 0
        self.leave_until = 0.0
        self.public: set[str] = set()

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:  # noqa: ARG002
        now = time.monotonic() * SPEED
        if now < self.leave_until - 1:
            self.too_early += 1
            self.leave_until = now + 30
        elif len([at for at, _ in self.asked if at > now - 60]) >= self.a_minute:
            self.leave_until = now + 30
        if now < self.leave_until - 1:
            return NotSent("rate_limited", (self.leave_until - now) / SPEED)
        self.asked.append((now, to.user))
        return Refused("not_private") if to.user in self.public else None

    async def post(self, to: Account, receipt: Message) -> NotSent:  # noqa: ARG002
        return NotSent("nobody_posts_here")

    fill = reply = post  # type: ignore[assignment]


@contextmanager
def over(watch: Watch) -> Iterator[asyncio.Task[None]]:
    async def for_ever() -> None:
        while True:
            await watch.round()

    task = asyncio.create_task(for_ever())
    try:
        yield task
    finally:
        task.cancel()


async def sixty(folder: Path) -> Store:
    admins = Directory(admins=frozenset({Account.parse("slack:T1/U4")}))
    store = await open_store(
        fresh_sqlite(folder), keys=Keys.parse(KEY), directory=lambda: admins, clock=lambda: datetime.now(UTC)
    )
    site = Site("school", "School", "england", ("slack:T1/U2",), serves=frozenset({"slack:T1"}))
    for number in range(20):
        contacts = tuple(
            Contact(f"police-{each}", "police", "slack", f"T1/C{number:02}{each}", verified=True) for each in range(3)
        )
        mine = replace(site, id=f"school-{number:02}", contacts=contacts)
        await store.run(lambda work, one=mine: work.keep_site(one))
    return store


def watching(store: Store, slow: Slow) -> Watch:
    apart = {kind: seconds / SPEED for kind, seconds in APART_SECONDS.items()}
    return Watch(store, Looks(lambda: {"slack": slow}), every=EVERY_SECONDS / SPEED, apart=apart)


async def test_each_of_sixty_is_looked_at_within_two_minutes_again_and_again_below_the_limit(tmp_path: Path) -> None:
    store, slow = await sixty(tmp_path), Slow()
    with over(watching(store, slow)):
        await asyncio.sleep(6 * 60 / SPEED)
    await store.close()

    end = time.monotonic() * SPEED
    assert slow.too_early == 0
    for room in (f"C{number:02}{each}" for number in range(20) for each in range(3)):
        times = [at for at, asked in slow.asked if asked == room]
        gaps = [later - earlier for earlier, later in zip(times, [*times[1:], end], strict=True)]
        assert len(times) >= 2
        assert max(gaps) < 150, room


async def test_where_slack_answers_less_the_rest_is_looked_at_next_and_nobody_asks_too_early(tmp_path: Path) -> None:
    store, slow = await sixty(tmp_path), Slow(a_minute=20)
    slow.public.add("C192")  # the last in every list
    with over(watching(store, slow)):
        await asyncio.sleep(8 * 60 / SPEED)
    directory = await store.read(lambda work: work.directory)
    await store.close()

    assert slow.too_early == 0
    assert {room for _, room in slow.asked} == {f"C{number:02}{each}" for number in range(20) for each in range(3)}
    out = [(site.id, one.id) for site in directory.sites for one in site.contacts if one.suspended]
    assert out == [("school-19", "police-2")]
