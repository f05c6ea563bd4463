"""A clock that runs ahead, for the playground: what would come in a day is seen at once, and nobody waits for it.

A real school must never have it: with a clock that is wrong, nobody would be reminded in time. So `serve` refuses it
beside anything that is not on this machine. Reminders, due times and what is written in a case go by it; signatures,
tokens, leases and logs never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.setting_rules import is_loopback

if TYPE_CHECKING:
    from bot.settings import Settings

MOST: Final = timedelta(days=366)
"""How far ahead it can be."""
NONE: Final = timedelta(0)
_TEAMS: Final = ("teams_authority", "teams_openid_metadata_url", "teams_graph_url")
"""Where an empty setting means the real service."""


class Ahead:
    """How far the time is ahead: the whole seconds that stand in a file, read anew each time. It never goes back."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = NONE

    def __call__(self) -> timedelta:
        """Return it. A file that is not there, or holds anything else, leaves it as it was."""
        try:
            text = self._file.read_text(encoding="ascii").strip()
            found = timedelta(seconds=int(text)) if text.isdecimal() else NONE
        except (OSError, ValueError, OverflowError):
            found = NONE
        self._before = max(self._before, min(found, MOST))
        return self._before


def ahead_of(settings: Settings) -> Callable[[], timedelta] | None:
    """How far the time is ahead, or None where it is the real one: everywhere but in the playground and in tests."""
    return Ahead(settings.clock_file) if settings.clock_file is not None else None


def elsewhere(settings: Settings) -> tuple[str, ...]:
    """The settings (by field) that lead away from this machine, beside which no clock may run ahead."""
    return tuple(_elsewhere(settings))


def _elsewhere(settings: Settings) -> Iterator[str]:
    yield from (name for name in ("host", "ops_host") if not is_loopback(getattr(settings, name)))
    if not settings.database.startswith("sqlite:"):
        yield "database_url"
    addresses = {"public_url": settings.public_url, "smtp_url": settings.smtp_url.get_secret_value()}
    yield from (name for name, address in addresses.items() if address and not _here(address))
    if settings.slack_bot_token.get_secret_value() and not _here(settings.slack_api_url):
        yield "slack_api_url"
    if settings.wants_teams:
        yield from (name for name in _TEAMS if not _here(getattr(settings, name)))
        hosts = [host.strip() for host in settings.teams_service_hosts.split(",") if host.strip()]
        if not hosts or not all(is_loopback(host) for host in hosts):
            yield "teams_service_hosts"
        if settings.teams_managed_identity:  # which is proved by a service of the cloud
            yield "teams_managed_identity"


def _here(address: str) -> bool:
    return is_loopback(urlsplit(address).hostname or "")
