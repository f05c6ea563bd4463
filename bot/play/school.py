"""The invented school of the playground: its people in both stand-ins, its CONFIG file, and the bot's settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.play.cast import (
    HERE,
    LEADS,
    LEADS_ON_TEAMS,
    LUNCH_CHANNEL,
    MAILBOX,
    PLAYERS,
    POLICE,
    POLICE_CHANNEL,
    POLICE_ROOM,
    POLICE_TEAMS_CHANNEL,
    POLICE_TEAMS_ROOM,
    POLICE_TENANT,
    STAFF,
    STAFF_ON_TEAMS,
    TEAM,
    TENANT,
)
from bot.play.slack import Channel, SlackStandIn
from bot.play.teams import Channel as TeamsChannel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.play.teams import TeamsStandIn

PREFIX = "SIGNPOST_"
CLOCK = "clock"
"""The file that says how far the time is ahead."""
REAL = ("SIGNPOST_SLACK_", "SIGNPOST_TEAMS_", "SIGNPOST_SMTP_", "SIGNPOST_DATABASE_URL", "SIGNPOST_KEYS")
"""Settings with which a real installation could be meant: beside them the playground does not start."""

MAIL_FROM = "signpost@northside.example"
CONFIG = f"""\
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
# The first lead is told on Slack and the second on Teams, so that an incident can be followed from one to the other.
leads = ["slack:{HERE}/U2", "teams:{TENANT}/aad-tom"]
phone = "01632 960001"
serves = ["slack:{HERE}", "teams:{TENANT}"]
mail_domains = ["northside.example"]
numbers = {{ mash = "01632 960010", out_of_hours = "01632 960011", lado = "01632 960012", officer = "101 ext 4" }}

# One contact of each kind. All but the last are sent to; the last is rung, with a script to read aloud.
[[site.contact]]
id = "northside-police"
purpose = "police"
kind = "slack"
destination = "{HERE}/{POLICE_CHANNEL}"
verified = true
organisations = ["{POLICE}"]
owner = "Priya Nair"

[[site.contact]]
id = "schools-officer"
purpose = "police"
kind = "teams"
destination = "{TENANT}/{TEAM}/{POLICE_TEAMS_CHANNEL}"
verified = true
organisations = ["{POLICE_TENANT}"]
owner = "Tom Reid"

[[site.contact]]
id = "duty-desk"
purpose = "social_care"
kind = "mail"
destination = "{MAILBOX}"
verified = true
owner = "School office"
hours = "Mon-Fri 08:00-17:00"
out_of_hours = "ring 01632 960011"

[[site.contact]]
id = "police-101"
purpose = "police"
kind = "by_hand"
destination = "101"
owner = "School office"

[[person]]
accounts = ["slack:{HERE}/U1", "teams:{TENANT}/aad-amira"]
name = "Amira Khan"
role = "Teacher"

[[person]]
accounts = ["slack:{HERE}/U2", "teams:{TENANT}/aad-priya"]
name = "Priya Nair"
role = "DSL"
phone = "01632 960002"
reachable = "Monday to Friday until 18:00"

[[person]]
accounts = ["slack:{HERE}/U3", "teams:{TENANT}/aad-tom"]
name = "Tom Reid"
role = "Deputy DSL"
phone = "01632 960003"

[[person]]
accounts = ["slack:{HERE}/U4", "teams:{TENANT}/aad-sam"]
name = "Sam Okafor"
role = "IT admin"
"""


def real_settings(environment: Mapping[str, str]) -> list[str]:
    """Return the names of settings that belong to a real installation, in order."""
    return sorted(name for name, value in environment.items() if value and name.startswith(REAL))


def fill(slack: SlackStandIn) -> None:
    """Put the five people and the channel shared with the police into the Slack stand-in."""
    for player in PLAYERS:
        slack.add_person(player.id, player.name, home_team=player.home_team)
    police = Channel(POLICE_CHANNEL, POLICE_ROOM, ["U2", "U3", "U5"], is_ext_shared=True)
    police.connected_team_ids = [POLICE]
    slack.add_channel(police)
    slack.add_channel(Channel(LUNCH_CHANNEL, "lunch", ["U1", "U2", "U3"], is_private=False))
    slack.add_group(STAFF, ["U1", "U2", "U3"], handle="staff")
    slack.add_group(LEADS, ["U2", "U3"], handle="safeguarding-leads")


def fill_teams(teams: TeamsStandIn) -> None:
    """Put the same five people and a channel shared with the police into the Teams stand-in."""
    for player in PLAYERS:
        person = teams.add_person(player.teams, player.name, home=player.home_tenant)
        person.has_app = not player.outside
    teams.add_channel(
        TeamsChannel(POLICE_TEAMS_CHANNEL, POLICE_TEAMS_ROOM, ["aad-priya", "aad-tom", "aad-jo"], kind="shared"),
        team=TEAM,
    )
    teams.add_group(STAFF_ON_TEAMS, ["aad-amira", "aad-priya", "aad-tom"], name="All staff")
    teams.add_group(LEADS_ON_TEAMS, ["aad-priya", "aad-tom"], name="Safeguarding leads")


async def install(teams: TeamsStandIn) -> None:
    """Add the app for everybody of the school, as an admin of Teams does for a whole tenant."""
    for player in PLAYERS:
        if not player.outside:
            await teams.install(player.teams)


def bot_settings(
    slack: SlackStandIn, teams: TeamsStandIn, folder: Path, *, port: int, ops_port: int, key: str
) -> dict[str, str]:
    """Write the CONFIG file into `folder` and return the environment variables with which the bot runs there."""
    config = folder / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    (folder / CLOCK).write_text("0\n", encoding="ascii")
    settings = {
        "CONFIG": str(config),
        "CLOCK_FILE": str(folder / CLOCK),
        "DATA_DIR": str(folder / "data"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "OPS_HOST": "127.0.0.1",
        "OPS_PORT": str(ops_port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KEYS": key,
        "ADMINS": f"slack:{HERE}/U4,teams:{TENANT}/aad-sam",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    return {PREFIX + name: value for name, value in settings.items()} | teams.settings


def mail_settings(url: str, authority: Path, settings: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the bot's settings with mail, which trust the mailbox's authority beside the one that they trust."""
    both = folder / "authorities.pem"
    before = settings.get("SIGNPOST_CA_FILE")
    both.write_bytes(b"".join(Path(one).read_bytes() for one in (before, authority) if one))
    mail = {"SIGNPOST_SMTP_URL": url, "SIGNPOST_MAIL_FROM": MAIL_FROM, "SIGNPOST_CA_FILE": str(both)}
    return {**settings, **mail}
