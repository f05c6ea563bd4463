"""The invented school of the playground: its people in the stand-in, its CONFIG file, and the bot's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.cast import HERE, PLAYERS, POLICE, POLICE_CHANNEL
from bot.play.slack import Channel, SlackStandIn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PREFIX = "SIGNPOST_"
REAL = ("SIGNPOST_SLACK_", "SIGNPOST_TEAMS_", "SIGNPOST_SMTP_", "SIGNPOST_DATABASE_URL", "SIGNPOST_KEYS")
"""Settings with which a real installation could be meant: beside them the playground does not start."""

CONFIG = f"""\
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["slack:{HERE}/U2", "slack:{HERE}/U3"]
phone = "01632 960001"
serves = ["slack:{HERE}"]
numbers = {{ mash = "01632 960010", out_of_hours = "01632 960011", lado = "01632 960012", officer = "101 ext 4" }}

[[site.contact]]
id = "police"
purpose = "police"
kind = "slack"
destination = "{HERE}/{POLICE_CHANNEL}"
verified = true
organisations = ["{POLICE}"]

[[person]]
accounts = ["slack:{HERE}/U2"]
name = "Priya Nair"
role = "DSL"
phone = "01632 960002"

[[person]]
accounts = ["slack:{HERE}/U3"]
name = "Tom Reid"
role = "Deputy DSL"
phone = "01632 960003"
"""


def real_settings(environment: Mapping[str, str]) -> list[str]:
    """Return the names of settings that belong to a real installation, in order."""
    return sorted(name for name, value in environment.items() if value and name.startswith(REAL))


def fill(slack: SlackStandIn) -> None:
    """Put the five people and the channel shared with the police into the stand-in."""
    for player in PLAYERS:
        slack.add_person(player.id, player.name, home_team=player.home_team)
    police = Channel(POLICE_CHANNEL, "northside-police", ["U2", "U3", "U5"], is_ext_shared=True)
    police.connected_team_ids = [POLICE]
    slack.add_channel(police)


def bot_settings(slack: SlackStandIn, folder: Path, *, port: int, ops_port: int, key: str) -> dict[str, str]:
    """Write the CONFIG file into `folder` and return the environment variables with which the bot runs there."""
    config = folder / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    settings = {
        "CONFIG": str(config),
        "DATA_DIR": str(folder / "data"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "OPS_HOST": "127.0.0.1",
        "OPS_PORT": str(ops_port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KEYS": key,
        "ADMINS": f"slack:{HERE}/U4",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    return {PREFIX + name: value for name, value in settings.items()}
