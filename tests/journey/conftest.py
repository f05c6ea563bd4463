"""Signpost and its people, on every way in that there is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.play.slack import SlackStandIn
from bot.store.vault import new_key
from tests.journey.client import Client
from tests.journey.on_slack import OnSlack, workspace
from tests.journey.on_teams import PEOPLE as TEAMS_PEOPLE
from tests.journey.on_teams import OnTeams, tenant
from tests.journey.running import Bot, running
from tests.store.databases import postgres_url, sqlite_url  # noqa: F401 - fixtures

WAYS = ("slack-sqlite", "slack-postgresql", "slack-socket", "teams-sqlite", "teams-postgresql")


@dataclass
class World:
    """One Signpost and the people around it."""

    bot: Bot
    people: Client


@pytest_asyncio.fixture(params=WAYS)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """A Signpost that is running and ready, with its people; each test has its own."""
    way: str = request.param
    settings = {"SIGNPOST_KEYS": new_key()}
    if way.endswith("postgresql"):
        settings["SIGNPOST_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    on_platform = slack_world if way.startswith("slack") else teams_world
    async with on_platform(settings, tmp_path, socket=way.endswith("socket")) as made:
        yield made


@asynccontextmanager
async def slack_world(settings: Mapping[str, str], folder: Path, *, socket: bool) -> AsyncIterator[World]:
    """Signpost with a Slack workspace around it."""
    async with workspace() as slack:
        given = {**settings, **slack_settings(slack, socket=socket)}
        async with running(given, folder) as bot:
            slack.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
            yield World(bot, OnSlack(slack))


def slack_settings(slack: SlackStandIn, *, socket: bool = False) -> dict[str, str]:
    """The settings that connect Signpost to the stand-in."""
    return {
        "SIGNPOST_SLACK_API_URL": slack.api_url,
        "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
        "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
        **({"SIGNPOST_SLACK_APP_TOKEN": slack.app_token} if socket else {}),
    }


@asynccontextmanager
async def teams_world(settings: Mapping[str, str], folder: Path, *, socket: bool = False) -> AsyncIterator[World]:
    """Signpost with a Teams tenant around it, where everybody has installed it."""
    assert not socket
    async with tenant() as teams, running({**settings, **teams.settings}, folder, leads_on="teams") as bot:
        teams.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
        for who in TEAMS_PEOPLE.values():
            await teams.install(who)
        yield World(bot, OnTeams(teams))


@dataclass
class Both:
    """One Signpost on both platforms: the raiser on one, the leads on the other, and a contact's channel on each."""

    bot: Bot
    raising: Client
    deciding: Client


@pytest_asyncio.fixture(params=["leads-on-slack", "leads-on-teams"])
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Both]:
    """A Signpost that serves a Slack workspace and a Teams tenant at once."""
    leads_on = str(request.param).removeprefix("leads-on-")
    platforms = ("slack", "teams")
    async with workspace() as slack, tenant() as teams:
        given = {"SIGNPOST_KEYS": new_key(), **slack_settings(slack), **teams.settings}
        async with running(given, tmp_path, leads_on=leads_on, platforms=platforms) as bot:
            slack.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
            teams.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
            for who in TEAMS_PEOPLE.values():
                await teams.install(who)
            people: dict[str, Client] = {"slack": OnSlack(slack), "teams": OnTeams(teams)}
            other = "teams" if leads_on == "slack" else "slack"
            yield Both(bot, people[other], people[leads_on])
