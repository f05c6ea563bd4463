"""Signpost and its people, on every way in that there is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.store.vault import new_key
from tests.journey.client import Client
from tests.journey.on_slack import OnSlack, workspace
from tests.journey.running import Bot, running
from tests.store.databases import postgres_url, sqlite_url  # noqa: F401 - fixtures

WAYS = ("slack-sqlite", "slack-postgresql", "slack-socket")


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
    if way == "slack-postgresql":
        settings["SIGNPOST_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    slack = workspace()
    async with slack:
        settings |= {
            "SIGNPOST_SLACK_API_URL": slack.api_url,
            "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
            "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
        }
        if way == "slack-socket":
            settings["SIGNPOST_SLACK_APP_TOKEN"] = slack.app_token
        async with running(settings, tmp_path) as bot:
            slack.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
            yield World(bot, OnSlack(slack))
