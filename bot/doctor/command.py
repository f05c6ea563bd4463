"""`doctor`: everything in one look, for a person or a program."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime

from bot import logs
from bot.doctor import bank_holidays, configuration, database, mail, sites, slack, teams
from bot.doctor.finding import Finding, as_json, status, written
from handlers.clocks import today


def doctor(ask_teams: teams.Open, *, json: bool = False, new_key: bool = False, links: bool = False) -> int:
    """Look and say. With `new_key` the last line is a new key and nothing else is looked at.

    `ask_teams` opens what asks Microsoft: only where Teams is configured, since it loads all of its libraries.
    """
    if new_key:
        return _new_key()
    logs.set_up("error")
    findings = asyncio.run(_look(ask_teams, links=links))
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write((as_json(findings) if json else written(findings, colour=colour)) + "\n")
    return status(findings)


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
    found = [*configured.findings, *bank_holidays.look(today(datetime.now(UTC)))]
    looked = await database.look(configured.settings, configured.directory)
    found += looked.findings
    if configured.file_read:
        found += sites.look(looked.directory, configured.settings, readable=looked.readable)
    found += await slack.look(configured.settings, looked.directory)
    found += await teams.look(configured.settings, looked.directory, ask_teams)
    found += await mail.look(configured.settings, looked.directory)
    if links:
        from bot.doctor.links import look as look_at_links  # noqa: PLC0415  # imports the whole policy

        found += await look_at_links(configured.settings)
    return tuple(found)
