"""The real platform between the stand-in for Slack and a desk that says what a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.play.slack import SlackStandIn
from bot.seals import Seals
from bot.slack import SlackPlatform, SlackSettings
from handlers.intents import Intent
from handlers.people import Account, Known, Standing
from handlers.screens import Button, Buttons, Caution, Form, Item, Message, Option, Question, Screen, TextBox

AMIRA = Account("slack", "T1", "U1")
PRIYA = Account("slack", "T1", "U2")
OPTIONS = (Option("no", "No, we have checked"), Option("in_danger_now", "Yes, in danger right now"))
WHERE = (Option("device", "On a device"), Option("online", "Online"))


class Key:
    """A key that derives itself: seals need nothing else."""

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        return (purpose.encode().ljust(32, b"."),)


def page(number: int = 1, *, errors: tuple[tuple[str, str], ...] = (), note: str = "", value: str = "") -> Form:
    """A page with every kind of field, drawn for a draft at a revision."""
    token = f"draft~D1~page/{number}~{number}~northside"
    buttons = (Button("recommend_now", "Get the recommendation now", token), Button("previous_page", "Back", token))
    parts = (
        Caution(f"In danger now? Call 999. Page {number}." + (f" {note}" if note else "")),
        Question("harm_now", "Is anyone in danger?", OPTIONS, "Ring 999 first.", tells_at_once=True),
        Question("image_location", "Where is it?", WHERE, several=True),
        TextBox("notes", "Notes", "No names.", value),
        Buttons(buttons),
    )
    return Form("Signpost", parts, Button("next_page", "Continue", token), token, errors=errors)


def note(text: str = "Done.") -> Message:
    """A message with a button that opens a case and one that clears it."""
    token = "case~C1~~1~"
    buttons = (Button("open_case", "Open", token, opens_form=True), Button("clear_from_chat", "Clear", token))
    return Message(
        "SP-7K4M-2Q: ready.", (Caution(text), Item("SP-7K4M-2Q", "A case", buttons[0]), Buttons(buttons[1:]))
    )


Says = Callable[[Intent], Screen | None]


@dataclass
class FakeDesk:
    """Answers what it is told to and keeps every intent."""

    says: Says = lambda _intent: page()
    held: asyncio.Event | None = None
    """Nothing is answered before this is set."""
    orgs: frozenset[str] = frozenset({"slack:T1"})
    standing: Standing = field(default_factory=lambda: Standing(member=True))
    intents: list[Intent] = field(default_factory=list)
    asked: list[tuple[Account, bool]] = field(default_factory=list)

    async def known(self, account: Account, *, fresh: bool = False, **_wish: object) -> Known:
        self.asked.append((account, fresh))
        return Known(self.standing)

    async def answer(self, intent: Intent) -> Screen | None:
        self.intents.append(intent)
        if self.held is not None:
            await self.held.wait()
        return self.says(intent)

    async def reachable(self, account: Account) -> None:
        raise AssertionError(f"Slack says nothing of the kind, and did of {account.platform}")

    def serves(self, org: str) -> bool:
        return org in self.orgs

    @property
    def last(self) -> Intent:
        return self.intents[-1]

    @property
    def names(self) -> list[str]:
        return [intent.name for intent in self.intents]


@dataclass
class Bench:
    """Everything that a test of the platform looks at."""

    slack: SlackStandIn
    desk: FakeDesk
    platform: SlackPlatform
    seals: Seals
    refused: list[str]

    async def settled(self, seen: Callable[[], Any], seconds: float = 60.0) -> Any:
        """Wait until something is there that comes by itself, and return it."""
        await self.slack.until(seen, within=seconds)
        return seen()

    def calls(self, method: str) -> list[Any]:
        return self.slack.calls_of(method)


@asynccontextmanager
async def running(*, socket: bool = False, strict: bool = True, **stand_in: Any) -> AsyncIterator[Bench]:
    """Run the platform behind a stand-in with a teacher, two leads, a guest and an outsider."""
    async with SlackStandIn(strict=strict, **stand_in) as slack:
        slack.add_person("U1", "Amira Khan")
        slack.add_person("U2", "Priya Nair")
        slack.add_person("U3", "Tom Reed")
        slack.add_person("U4", "Gast Guest", is_restricted=True)
        slack.add_person("U5", "Jo Marsh", home_team="T9")
        slack.add_group("S1", ["U2", "U3"])
        refused: list[str] = []
        desk, seals = FakeDesk(), Seals(Key())
        settings = SlackSettings(
            slack.bot_token, slack.signing_secret, slack.app_token if socket else "", api_url=slack.api_url
        )
        platform = SlackPlatform(settings, desk, seals, refused.append, clock=slack.clock)
        app = web.Application()
        app.router.add_routes(platform.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        try:
            await platform.start()
            yield Bench(slack, desk, platform, seals, refused)
        finally:
            await platform.stop()
            await runner.cleanup()
