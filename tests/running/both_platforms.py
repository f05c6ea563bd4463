"""A school in a time of its own, with its Slack and its Teams side at work, each at its stand-in.

People are on one platform, and there is a contact's channel on each.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.channel import Channel, Lookup
from bot.play.slack import SlackStandIn, reading
from bot.play.teams import TeamsStandIn, words
from bot.seals import Seals
from bot.slack import SlackPlatform, SlackSettings
from bot.teams.addresses import InMemory, Reference
from bot.teams.options import Options
from bot.teams.platform import TeamsPlatform
from handlers.people import Account
from handlers.sites import Contact, Site
from tests.journey.on_slack import PEOPLE as ON_SLACK
from tests.journey.on_slack import POLICE_CHANNEL, workspace
from tests.journey.on_teams import CARE_CHANNEL, TENANT, tenant
from tests.journey.on_teams import PEOPLE as ON_TEAMS
from tests.running.own_time import School, Time, school
from tests.slack.bench import FakeDesk

Platform = Literal["slack", "teams"]
POLICE = Contact("police", "police", "slack", f"T1/{POLICE_CHANNEL}", verified=True, organisations=("T9",))
CARE = Contact("care", "social_care", "teams", f"{TENANT}/team-northside/{CARE_CHANNEL}", verified=True)


class NoDesk(FakeDesk):
    """Nobody presses anything on the wire here."""

    async def reachable(self, account: Account) -> None:
        """Somebody has a conversation with the bot now: nothing was missed."""


@dataclass
class Both:
    """The school, its two stand-ins, and who is where. `contact` is the id of the contact on the platform tried."""

    school: School
    slack: SlackStandIn
    teams: TeamsStandIn
    tried: Platform
    people_on: Platform
    contact: str
    channels: dict[str, Channel]
    lookups: dict[str, Lookup]

    def who(self, role: str) -> Account:
        """The teacher, the lead or the deputy, where people are."""
        if self.people_on == "slack":
            return Account("slack", "T1", ON_SLACK[role])
        return Account("teams", TENANT, ON_TEAMS[role])

    def chat(self, role: str) -> list[str]:
        """The words of each message that somebody has, oldest first."""
        if self.people_on == "slack":
            return [reading.words(one.blocks) for one in self.slack.messages(ON_SLACK[role])]
        return [words(one.card) for one in self.teams.messages(ON_TEAMS[role])]

    def room(self, contact: str = "") -> list[str]:
        """The words of each message and reply in a contact's channel, oldest first: receipts too."""
        if (contact or self.contact) == POLICE.id:
            return [reading.words(one.blocks) for one in self.slack.in_channel(POLICE_CHANNEL)]
        return [words(one.card) for one in self.teams.in_channel(CARE_CHANNEL)]

    def calls(self, what: str) -> list[float]:
        """When the platform tried was called for something, in seconds, answered or not."""
        calls = self.slack.calls_of(what) if self.tried == "slack" else self.teams.calls_of(what)
        return [call.at for call in calls]


def contents(said: list[str], reference: str) -> list[str]:
    """Those messages that hold the notice about a case, and not only a receipt."""
    return [one for one in said if f"Safeguarding notice {reference}" in one]


@asynccontextmanager
async def both(
    folder: Path, tried: Platform, *, people_on: Platform | None = None, room: str = ""
) -> AsyncIterator[Both]:
    """Start both sides. The contact is on the platform that is tried; people are on the other, unless it is said.

    `room` is what the police's channel was called when it was last looked at.
    """
    time, channels = Time(), dict[str, Channel]()
    people_on = people_on or ("teams" if tried == "slack" else "slack")
    async with AsyncExitStack() as things:
        slack, teams = await things.enter_async_context(workspace()), await things.enter_async_context(tenant())
        slack.clock = teams.clock = time.seconds  # by which calls are noted; nothing is signed here
        site = Site(
            "northside", "Northside Academy", "england",
            leads=tuple(_leads(people_on)), phone="01632 960001", contacts=(replace(POLICE, room=room), CARE),
            serves=frozenset({"slack:T1", f"teams:{TENANT}"}),
        )  # fmt: skip
        made = await school(folder, site, lambda: channels, time=time)
        things.push_async_callback(made.store.close)
        seals = Seals(await made.store.secret())
        on_slack, on_teams = await _slack(slack, seals, things), await _teams(teams, seals, time, things)
        channels |= {"slack": on_slack.channel, "teams": on_teams.channel}
        lookups: dict[str, Lookup] = {"slack": on_slack.lookup, "teams": on_teams.lookup}
        tried_with = "police" if tried == "slack" else "care"
        there = Both(made, slack, teams, tried, people_on, tried_with, channels, lookups)
        made.names = {there.who("lead"): "Priya Nair", there.who("deputy"): "Tom Reid"}
        yield there


def _leads(people_on: Platform) -> list[str]:
    found = {"slack": ("T1", ON_SLACK), "teams": (TENANT, ON_TEAMS)}[people_on]
    return [f"{people_on}:{found[0]}/{found[1][role]}" for role in ("lead", "deputy")]


async def _slack(stand_in: SlackStandIn, seals: Seals, things: AsyncExitStack) -> SlackPlatform:
    settings = SlackSettings(stand_in.bot_token, stand_in.signing_secret, api_url=stand_in.api_url)
    platform = SlackPlatform(settings, NoDesk(), seals, lambda _: None)
    await platform.start()
    things.push_async_callback(platform.stop)
    return platform


async def _teams(stand_in: TeamsStandIn, seals: Seals, time: Time, things: AsyncExitStack) -> TeamsPlatform:
    tls = ssl.create_default_context()
    tls.load_verify_locations(stand_in.authority.ca_file)
    options = Options(
        app_id=stand_in.app_id,
        tenant=TENANT,
        secret=stand_in.secret,
        authority=stand_in.base_url,
        openid_metadata=f"{stand_in.base_url}/v1/.well-known/openidconfiguration",
        service_hosts=frozenset({"localhost"}),
        graph=f"{stand_in.base_url}/graph",
        instance_discovery=False,
        tls=tls,
    )
    addresses = InMemory()
    where = Reference(stand_in.service_url, "")
    await addresses.remember(Account("teams", TENANT, "somebody"), where)  # from whom the tenant's address is known
    for team in stand_in.world.teams.values():
        await addresses.remember_team(TENANT, team.towards_bot, stand_in.service_url)
    platform = TeamsPlatform(options, NoDesk(), seals, lambda _: None, addresses=addresses, clock=time.seconds)
    await platform.start()
    things.push_async_callback(platform.stop)
    return platform
