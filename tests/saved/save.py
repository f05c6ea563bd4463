"""Saves what a release leaves behind: its database, and every window, message and card as people got them.

    python -m tests.saved.save NAME [--of FOLDER]

runs `serve` of this tree, or of another one in FOLDER, between the stand-ins, has people do everything once, and writes
tests/saved/NAME.json.xz. The tests of this folder press every button in it with the program of today.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import lzma
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn
from bot.store.vault import new_key
from tests.journey.conftest import slack_settings
from tests.journey.on_slack import workspace
from tests.journey.on_teams import PEOPLE as ON_TEAMS
from tests.journey.on_teams import tenant
from tests.journey.running import ROOT, Bot
from tests.saved.school import ADMINS, CONFIG, LEADS, School

HERE = Path(__file__).parent


async def save(name: str, root: Path) -> Path:
    """Run the release in that tree and write what it leaves behind."""
    with tempfile.TemporaryDirectory() as made:
        folder, key = Path(made), new_key()
        (folder / "signpost.toml").write_text(CONFIG.replace("LEADS", LEADS))
        async with workspace() as slack, tenant() as teams:
            given = {"SIGNPOST_KEYS": key, "SIGNPOST_ADMINS": ADMINS, **slack_settings(slack), **teams.settings}
            bot = Bot(given, folder, root=root)
            try:
                await bot.start()
                slack.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
                teams.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
                for who in ON_TEAMS.values():
                    await teams.install(who)
                school = School(slack, teams)
                await school.everything()
                await asyncio.sleep(2)  # what is still being sent arrives
                await bot.stop()
            finally:
                await bot.kill()
            kept = {
                "keys": key,
                "saved_at": datetime.now(UTC).isoformat(),
                "database": list(_dump(folder / "data" / "signpost.db")),
                "slack": {"windows": school.windows.slack, "messages": _of_slack(slack)},
                "teams": {"windows": school.windows.teams, "messages": _of_teams(teams)},
            }
    file = HERE / f"{name}.json.xz"
    file.write_bytes(lzma.compress(json.dumps(kept, ensure_ascii=False).encode(), preset=9 | lzma.PRESET_EXTREME))
    return file


def _dump(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def _of_slack(slack: SlackStandIn) -> list[dict[str, Any]]:
    names = ("channel", "ts", "text", "blocks", "thread_ts", "ephemeral_to")
    return [{name: getattr(held, name) for name in names} for held in slack.workspace().messages]


def _of_teams(teams: TeamsStandIn) -> list[dict[str, Any]]:
    names = ("id", "conversation", "activity", "reply_to", "views")
    return [{name: getattr(held, name) for name in names} for held in teams.world.messages]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="the release, as its file is called: 0.1.0")
    parser.add_argument("--of", type=Path, default=ROOT, help="the tree whose program is run")
    given = parser.parse_args()
    asyncio.run(save(given.name, given.of.resolve()))


if __name__ == "__main__":
    main()
