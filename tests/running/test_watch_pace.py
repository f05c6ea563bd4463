"""Sixty contacts in one workspace: each is looked at within a few minutes, and Slack is left alone when it says so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.asking.rooms import Looks
from bot.channel import NotSent, Refused
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from bot.watching import rooms as watching
from bot.watching.rooms import Watch
from handlers.people import Account, Directory
from handlers.screens import Message
from handlers.sites import Contact, Site
from tests.store.databases import fresh_sqlite
from tests.store.given import KEY

A_MINUTE = 50
"""Questions about a channel that Slack answers in one workspace."""


class Time:
    """Stands still while something is done, and passes where the watch sleeps. It stands in for `asyncio` there."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        self.now += max(0.0, seconds)
        await asyncio.sleep(0)


class Slow:
    """A Slack that answers so many questions a minute, and then says when it wants to hear from us again."""

    def __init__(self, time: Time, a_minute: int = A_MINUTE) -> None:
        self.time = time
        self.a_minute = a_minute
        self.asked: list[tuple[float, str]] = []
        self.too_early = 0
        self.leave_until = 0.0
        self.public: set[str] = set()

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:  # noqa: ARG002
        now = self.time.now
        if now < self.leave_until - 1:
            self.too_early += 1
            self.leave_until = now + 30
        elif len([at for at, _ in self.asked if at > now - 60]) >= self.a_minute:
            self.leave_until = now + 30
        if now < self.leave_until - 1:
            return NotSent("rate_limited", self.leave_until - now)
        self.asked.append((now, to.user))
        return Refused("not_private") if to.user in self.public else None

    async def post(self, to: Account, receipt: Message) -> NotSent:  # noqa: ARG002
        return NotSent("nobody_posts_here")

    fill = reply = post  # type: ignore[assignment]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(watching, "asyncio", made)
    return made


async def passes(time: Time, store: Store, slow: Slow, minutes: float) -> None:
    """Let the watch look for so long."""
    watch, end = Watch(store, Looks(lambda: {"slack": slow}), clock=time), time.now + minutes * 60
    while time.now < end:
        await watch.round()


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


async def test_each_of_sixty_is_looked_at_within_two_minutes_again_and_again_below_the_limit(
    tmp_path: Path, time: Time
) -> None:
    store, slow = await sixty(tmp_path), Slow(time)
    await passes(time, store, slow, minutes=6)
    await store.close()

    end = time.now
    assert slow.too_early == 0
    for room in (f"C{number:02}{each}" for number in range(20) for each in range(3)):
        times = [at for at, asked in slow.asked if asked == room]
        gaps = [later - earlier for earlier, later in zip(times, [*times[1:], end], strict=True)]
        assert len(times) >= 2
        assert max(gaps) < 150, room


async def test_where_slack_answers_less_the_rest_is_looked_at_next_and_nobody_asks_too_early(
    tmp_path: Path, time: Time
) -> None:
    store, slow = await sixty(tmp_path), Slow(time, a_minute=20)
    slow.public.add("C192")  # the last in every list
    await passes(time, store, slow, minutes=8)
    directory = await store.read(lambda work: work.directory)
    await store.close()

    assert slow.too_early == 0
    assert {room for _, room in slow.asked} == {f"C{number:02}{each}" for number in range(20) for each in range(3)}
    out = [(site.id, one.id) for site in directory.sites for one in site.contacts if one.suspended]
    assert out == [("school-19", "police-2")]
