"""Twenty schools in one workspace, each with a user group of staff and one of leads, at a Slack that counts calls.

The lookup asks the stand-in over the wire; minutes pass when a test says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.play.slack.faults import Fault
from bot.play.slack.standin import SlackStandIn
from bot.slack.api import Api
from bot.slack.lookup import SlackLookup
from handlers.intents import ASKED_ANEW, Intent, Subject, Surface, Value
from handlers.people import Account, Directory
from handlers.screens import Form, Screen, buttons_of
from handlers.sites import Site
from tests.running.post_office import real_store

SITES = 20
ADMIN, PUPIL = Account("slack", "T1", "UADMIN"), Account("slack", "T1", "UPUPIL")
LIMITS: Mapping[str, int] = {"usergroups.users.list": 20, "usergroups.list": 20, "users.info": 100}
"""Calls a minute, as Slack's tiers have it (docs/reference/performance.md)."""


def teacher(site: int) -> Account:
    return Account("slack", "T1", f"UT{site}")


def lead(site: int) -> Account:
    return Account("slack", "T1", f"UL{site}")


@dataclass
class Counting:
    """Refuses a method's call when there were too many in the last minute. `now` is moved by a test."""

    slack: SlackStandIn
    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    now: float = 1000.0
    taken: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    refused: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._ordered = self.slack.faults.next_for
        self.slack.faults.next_for = self.next_for  # type: ignore[method-assign]  # the one place that all calls pass

    def __call__(self) -> float:
        return self.now

    def next_for(self, method: str) -> Fault | None:
        taken = self.taken[method]
        while taken and taken[0] <= self.now - 60:
            taken.popleft()
        if len(taken) >= self.limits.get(method, 10_000):
            self.refused[method] += 1
            until = taken[0] + 60 if taken else self.now + 60
            return Fault(method, "rate_limit", 1, seconds=max(1, round(until - self.now)))
        taken.append(self.now)
        return self._ordered(method)


@dataclass
class Trust:
    """The twenty schools at work."""

    slack: SlackStandIn
    desk: FrontDesk
    counting: Counting

    async def asks(
        self, who: Account, name: str, token: str = "", fields: Mapping[str, Value] | None = None
    ) -> Screen | None:
        """What somebody is shown: asked as a platform asks."""
        subject = Subject.read(token)
        known = await self.desk.known(who, fresh=name in ASKED_ANEW, name=name, subject=subject)
        surface = Surface.COMMAND if fields is None else Surface.FORM
        return await self.desk.answer(Intent(name, who, known, surface, subject, fields or {}))

    async def raises(self, who: Account) -> str:
        """Raise an incident on the first page, and return what is shown in the end."""
        page = await self.asks(who, "start_report")
        assert isinstance(page, Form)
        buttons = [one for one in buttons_of(page) if one.intent == "recommend_now"]
        if not buttons:
            return repr(page)
        return repr(await self.asks(who, "recommend_now", buttons[0].token or page.token, {"harm_now": "no"}))

    def leaves(self, who: Account, group: str) -> None:
        """Take somebody out of a group."""
        self.slack.workspace().groups[group].members.remove(who.user)


@asynccontextmanager
async def trust(folder: Path) -> AsyncIterator[Trust]:
    """Open the schools."""
    sites = tuple(
        Site(
            f"school-{one}", f"School {one}", "england", (f"slack:T1/SLEADS{one:02}",), phone=f"01632 9600{one:02}",
            serves=frozenset({"slack:T1"}), staff=(f"slack:T1/SSTAFF{one:02}",),
        )
        for one in range(SITES)
    )  # fmt: skip
    directory = Directory(sites, admins=frozenset({ADMIN}))
    async with SlackStandIn() as slack:
        for one in range(SITES):
            slack.add_person(teacher(one).user, f"Teacher {one}")
            slack.add_person(teacher(one + SITES).user, f"Teacher {one + SITES}")
            slack.add_person(lead(one).user, f"Lead {one}")
            slack.add_group(f"SSTAFF{one:02}", [teacher(one).user, teacher(one + SITES).user])
            slack.add_group(f"SLEADS{one:02}", [lead(one).user])
        slack.add_person(ADMIN.user, "Sam Okafor")
        slack.add_person(PUPIL.user, "A pupil")
        counting = Counting(slack)
        api = Api(token=slack.bot_token, base_url=slack.api_url)
        await api.open()
        lookup = SlackLookup(api, clock=counting)
        lookup.team_id, lookup.bot_user = "T1", slack.workspace().bot_user
        store = await real_store(folder, directory)
        desk = FrontDesk(
            store, lambda: directory, Metrics(), lookups=lambda: {"slack": lookup}, answer_seconds=10.0,
        )  # fmt: skip
        yield Trust(slack, desk, counting)
        await desk.drain(5)
        await store.close()
        await api.close()
