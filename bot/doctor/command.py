"""`doctor`: everything in one look, for a person or a program."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from bot import logs
from bot.doctor import bank_holidays, configuration, database, mail, sites, slack, teams
from bot.doctor.finding import Finding, as_json, status, written
from handlers.clocks import today

SAID_BEFORE: Final = {
    "public_address_unset": "public_url",
    "sites_none": "config",
    "slack_signing_secret_untried": "public_url",
    "slack_not_configured": "slack_bot_token",
    "teams_not_configured": "teams_app_id",
}
"""What follows from a setting that is wrong, and was said of the setting already."""


def doctor(ask_teams: teams.Open, *, json: bool = False, new_key: bool = False, links: bool = False) -> int:
    """Look and say. With `new_key` the last line is a new key and nothing else is looked at.

    `ask_teams` opens what asks Microsoft: only where Teams is configured, since it loads all of its libraries.
    """
    if new_key:
        return _new_key()
    logs.set_up("error")
    findings = asyncio.run(_look(ask_teams, links=links))
    _say(as_json(findings) if json else _for_a_person(findings))
    return status(findings)


def _for_a_person(findings: Iterable[Finding]) -> str:
    screen = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if screen else 0
    return written(findings, colour=screen and "NO_COLOR" not in os.environ, width=width, arrow=_arrow())


def _arrow() -> str:
    try:
        "→".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "->"
    return "→"


def _say(text: str) -> None:
    """Print it in whatever the terminal can show: a name with an accent is no reason to say nothing."""
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding) + "\n")


def _new_key() -> int:
    from bot.store.vault import new_key  # noqa: PLC0415  # a plain look at the settings needs no cryptography

    sys.stdout.write(
        "Set SIGNPOST_KEYS to this, or put it first with a comma behind it to replace an older one. Keep a copy apart"
        " from the database's backups: without it nobody can read them.\n"
    )
    sys.stdout.write(new_key() + "\n")
    return 0


async def _look(ask_teams: teams.Open, *, links: bool) -> tuple[Finding, ...]:
    configured = configuration.look()
    settings = configured.settings
    found = [*configured.findings, *bank_holidays.look(today(datetime.now(UTC)))]
    looked = database.Looked((), configured.directory, readable=False)

    async def into_database() -> tuple[Finding, ...]:
        nonlocal looked
        if "database_url" in configured.wrong:  # the default would be somebody else's
            return ()
        looked = await database.look(settings, configured.directory)
        return looked.findings

    async def at_sites() -> tuple[Finding, ...]:
        return sites.look(looked.directory, settings, readable=looked.readable) if configured.file_read else ()

    async def at_links() -> tuple[Finding, ...]:
        from bot.doctor.links import look as look_at_links  # noqa: PLC0415  # imports the whole policy

        return await look_at_links(settings)

    found += await _guarded("Database", into_database)
    found += await _guarded("Sites", at_sites)
    found += await _guarded("Slack", lambda: slack.look(settings, looked.directory))
    found += await _guarded("Teams", lambda: teams.look(settings, looked.directory, ask_teams))
    found += await _guarded("Mail", lambda: mail.look(settings, looked.directory))
    if links:
        found += await _guarded("Links", at_links)
    return tuple(one for one in found if SAID_BEFORE.get(one.code) not in configured.wrong)


async def _guarded(matter: str, look: Callable[[], Awaitable[tuple[Finding, ...]]]) -> tuple[Finding, ...]:
    """One look. Where our own code fails the others are made all the same, and the failure is a finding."""
    try:
        return await look()
    except Exception as error:  # noqa: BLE001  # whatever it was, the rest must be looked at
        at = f" at {places}" if (places := logs.places_of(error, 1)) else ""
        return (
            Finding(
                "look_failed", matter, "red", f"looking at it failed ({logs.kind_of(error)}{at})",
                "That is a fault of Signpost's: tell whoever makes it these words. The other findings hold.",
            ),
        )  # fmt: skip
