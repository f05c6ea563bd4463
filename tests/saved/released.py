"""A saved release, put back: its database under today's program, its windows and messages in front of people."""

from __future__ import annotations

import copy
import itertools
import json
import lzma
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.play.slack.standin import SlackStandIn
from bot.play.slack.world import Message as SlackMessage
from bot.play.teams import Message as TeamsMessage
from bot.play.teams import TeamsStandIn
from bot.store.tables import Utc, metadata
from tests.journey.conftest import slack_settings
from tests.journey.on_slack import PEOPLE as ON_SLACK
from tests.journey.on_slack import workspace
from tests.journey.on_teams import PEOPLE as ON_TEAMS
from tests.journey.on_teams import tenant
from tests.journey.running import Bot
from tests.saved.school import ADMINS, CONFIG, LEADS

HERE = Path(__file__).parent
RELEASES = sorted(file.name.removesuffix(".json.xz") for file in HERE.glob("*.json.xz"))
Json = dict[str, Any]


@dataclass
class Released:
    """A release that was upgraded to today's program, and what people still have of it."""

    saved: Json
    bot: Bot
    slack: SlackStandIn
    teams: TeamsStandIn


@asynccontextmanager
async def released(
    name: str, folder: Path, *, leads: str = LEADS, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Released]:
    """Put a release back, with other leads or further settings, and start `serve` over a copy of its database."""
    saved: Json = json.loads(lzma.decompress((HERE / f"{name}.json.xz").read_bytes()))
    _restore(saved, folder / "data" / "signpost.db")
    (folder / "signpost.toml").write_text(CONFIG.replace("LEADS", leads))
    async with workspace() as slack, tenant() as teams:
        ours = {"SIGNPOST_KEYS": saved["keys"], "SIGNPOST_ADMINS": ADMINS, **(settings or {})}
        given = {**slack_settings(slack), **teams.settings, **ours}
        bot = Bot(given, folder)
        _put_back(saved, slack, teams)
        try:
            await bot.start()
            slack.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
            teams.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
            for who in ON_TEAMS.values():
                await teams.install(who)
            yield Released(saved, bot, slack, teams)
        finally:
            await bot.kill()


def _restore(saved: Json, file: Path) -> None:
    """Write the database, with its times moved on: as if it had been saved a moment ago."""
    file.parent.mkdir(mode=0o700)
    passed = datetime.now(UTC) - datetime.fromisoformat(saved["saved_at"])

    def moved(moment: str | None) -> str | None:
        return None if moment is None else str(datetime.fromisoformat(moment) + passed)

    connection = sqlite3.connect(file)
    connection.executescript("\n".join(saved["database"]))
    connection.create_function("moved", 1, moved)
    columns = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
    there = {*connection.execute(columns)}
    for table in metadata.tables.values():
        for column in table.columns:
            if (table.name, column.name) in there and table.name != "audit" and isinstance(column.type, Utc):
                connection.execute(f"UPDATE {table.name} SET {column.name} = moved({column.name})")  # noqa: S608
    connection.commit()
    connection.close()
    file.chmod(0o600)


def _put_back(saved: Json, slack: SlackStandIn, teams: TeamsStandIn) -> None:
    ws = slack.workspace()
    for who in ON_SLACK.values():
        ws.direct_channel(who)
    ws.messages += [SlackMessage(**copy.deepcopy(held)) for held in saved["slack"]["messages"]]
    teams.world.messages += [TeamsMessage(**copy.deepcopy(held)) for held in saved["teams"]["messages"]]
    for stand_in in (slack, teams):
        stand_in._numbers = itertools.count(1_000_000)  # no id comes twice
