"""What `serve` has put together: desk, worker and health, and whichever platforms were started."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from bot.asking.rooms import Looks
from bot.asking.setup import AskSetup
from bot.channel import AnyChannel, Lookup
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.sending.deliver import Worker
from bot.serving.health import Check, File, Health
from bot.store.away import StoreAway
from bot.store.outbox import Outbox
from bot.store.store import Store
from bot.store.work import Secret

FIGURE_SECONDS: Final = 2.0
"""How long the database may take to say a figure: whoever asks for the others must get them."""


class Chat(Protocol):
    """What is needed of a chat platform."""

    @property
    def lookup(self) -> Lookup:
        """Whom to ask about people."""

    @property
    def channel(self) -> AnyChannel:
        """How to reach them."""


class Slack(Chat, Protocol):
    """What is needed of Slack."""

    def teams(self) -> frozenset[str]:
        """The workspaces that we hold a token for; it may grow and shrink."""

    def say_missing(self, teams: Iterable[str]) -> None:
        """Log those of these workspaces that configuration names and where we are not installed."""


class Teams(Chat, Protocol):
    """What is needed of Teams."""

    @property
    def tenant(self) -> str:
        """The tenant that our app is registered in."""


class Mail(Protocol):
    """What is needed of mail."""

    @property
    def channel(self) -> AnyChannel:
        """How to reach contacts."""


class Running:
    """One process of Signpost."""

    def __init__(self, store: Store, metrics: Metrics, file: File | None, secret: Secret, own_domain: str = "") -> None:
        """`own_domain` is that of SIGNPOST_MAIL_FROM: no contact's mailbox is there."""
        self.store, self.metrics, self.secret = store, metrics, secret
        self.slack: Slack | None = None
        self.teams: Teams | None = None
        self.mail: Mail | None = None
        self.looks = Looks(self.channels)
        self.desk = FrontDesk(
            store,
            store.configured.last,
            metrics,
            lookups=self.lookups,
            orgs=self.orgs,
            ask_setup=AskSetup(self.lookups, self.looks, own_domain),
            trouble=lambda: self.health.doubt("database"),
            now=store.now,
        )
        self._outbox = Outbox(store)
        self.worker = Worker(
            self._outbox,
            store,
            self.channels,
            metrics,
            trouble=lambda: self.health.doubt("database"),
            known=self.desk.leads,
            standing=self.desk.standing,
        )
        checks: dict[str, Check] = {"database": _database_works(store), "worker": self.worker.works}
        if file is not None:
            checks["disk"] = file.works
        self.health = Health(checks, metrics)

    def lookups(self) -> Mapping[str, Lookup]:
        """Whom to ask about people, by platform."""
        found: dict[str, Lookup] = {}
        if self.slack is not None:
            found["slack"] = self.slack.lookup
        if self.teams is not None:
            found["teams"] = self.teams.lookup
        return found

    def channels(self) -> Mapping[str, AnyChannel]:
        """How to reach people, by platform."""
        found: dict[str, AnyChannel] = {}
        if self.slack is not None:
            found["slack"] = self.slack.channel
        if self.teams is not None:
            found["teams"] = self.teams.channel
        if self.mail is not None:
            found["mail"] = self.mail.channel
        return found

    def orgs(self) -> frozenset[str]:
        """The workspaces that we hold a token for, and the tenant that our app is registered in."""
        ours = {f"slack:{team}" for team in self.slack.teams()} if self.slack else set[str]()
        return frozenset(ours | ({f"teams:{self.teams.tenant}"} if self.teams else set[str]()))

    def connected(self) -> frozenset[str]:
        """What something can be sent to: our workspaces and tenant, and `mail`."""
        return self.orgs() | ({"mail"} if self.mail is not None else frozenset())

    def platforms(self) -> str:
        """What is started, for the log."""
        return "_".join(self.channels())

    async def refresh(self) -> None:
        """Bring figures up to date that change by themselves. While the database is away they stay as they were."""
        try:
            async with asyncio.timeout(FIGURE_SECONDS):
                self.metrics.queue(await self._outbox.oldest())
        except StoreAway:
            self.health.doubt("database")
        except TimeoutError:
            return


class WithinReach:
    """What is connected, once everything has started; until then nobody can tell."""

    def __init__(self) -> None:
        self.running: Running | None = None

    def now(self) -> frozenset[str] | None:
        """Workspaces, tenants and mail that something can be sent to."""
        return self.running.connected() if self.running else None


def _database_works(store: Store) -> Check:
    async def works() -> bool:
        await store.ping()
        return True

    return works
