"""The bot's Teams side on a real port, the stand-in over TLS, and a small desk behind it."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestServer

from bot.metrics import Metrics
from bot.play.teams import Channel, TeamsStandIn
from bot.seals import Seals
from bot.serving.web import public_app
from bot.teams import answer
from bot.teams.addresses import InMemory
from bot.teams.options import Options
from bot.teams.platform import TeamsPlatform
from handlers.people import Account
from tests.teams.desk import SmallDesk, page, recommendation, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SCHEMA = Path(__file__).parents[1] / "schemas" / "adaptive-card-1.6.0.json"
TENANT = "tenant-northside"
AMIRA, PRIYA, GUEST, OUTSIDER = "aad-amira", "aad-priya", "aad-guest", "aad-outsider"
LEADS = "19:leads@thread.tacv2"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


class OneKey:
    """The keys of a deployment that has one."""

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        return (purpose.encode().ljust(32, b"k"),)


@dataclass
class Bot:
    """The bot's side, as far as a test looks at it."""

    platform: TeamsPlatform
    desk: SmallDesk
    seals: Seals
    addresses: InMemory
    clock: Clock
    refused: list[str] = field(default_factory=list)

    def account(self, user: str = AMIRA) -> Account:
        return Account("teams", TENANT, user)


def options_for(teams: TeamsStandIn, **changed: object) -> Options:
    """What connects the bot to the stand-in."""
    tls = ssl.create_default_context()
    tls.load_verify_locations(teams.authority.ca_file)
    given: dict[str, object] = {
        "app_id": teams.app_id,
        "tenant": TENANT,
        "secret": teams.secret,
        "authority": teams.base_url,
        "openid_metadata": f"{teams.base_url}/v1/.well-known/openidconfiguration",
        "service_hosts": frozenset({"localhost"}),
        "graph": f"{teams.base_url}/graph",
        "instance_discovery": False,
        "tls": tls,
    }
    return Options(**{**given, **changed})  # type: ignore[arg-type]


def with_people(teams: TeamsStandIn) -> TeamsStandIn:
    teams.add_person(AMIRA, "Amira Khan")
    teams.add_person(PRIYA, "Priya Nair")
    teams.add_person(GUEST, "Gale Guest", is_guest=True)
    teams.add_person(OUTSIDER, "Otto Outside", home="tenant-elsewhere")
    teams.add_channel(Channel(LEADS, "leads", [PRIYA, GUEST, OUTSIDER]))
    return teams


@pytest.fixture(autouse=True)
def _nobody_hurries(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is posted before its reply, however slow this machine is."""
    monkeypatch.setattr(answer, "POST_SECONDS", 60.0)


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    """A strict stand-in with people."""
    async with TeamsStandIn(schema=SCHEMA) as stand_in:
        yield with_people(stand_in)


@pytest.fixture
async def bot(teams: TeamsStandIn) -> AsyncIterator[Bot]:
    """The bot behind the stand-in."""
    desk = SmallDesk({TENANT})
    desk.screens = {
        "show_start": start(),
        "show_home": start(),
        "show_help": start(),
        "start_report": page(),
        "next_page": page(2),
        "open_case": page(),
        "ask_escalation": recommendation("Asked."),
        "refuse_message": None,
        "refuse_file": None,
    }
    clock, seals, addresses, refused = Clock(), Seals(OneKey()), InMemory(), list[str]()
    platform = TeamsPlatform(options_for(teams), desk, seals, refused.append, addresses=addresses, clock=clock)
    desk.lookup = platform.lookup
    server = TestServer(public_app(platform.routes(), Metrics()))
    await server.start_server()
    await platform.start()
    teams.bot_url = str(server.make_url("/api/messages"))
    yield Bot(platform, desk, seals, addresses, clock, refused)
    await platform.stop()
    await server.close()
