"""Which settings lead away from this machine: beside one of them no clock may run ahead (`bot.clock`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.settings.rules import is_loopback

if TYPE_CHECKING:
    from bot.settings import Settings

_TEAMS: Final = ("teams_authority", "teams_openid_metadata_url", "teams_graph_url")
"""Where an empty setting means the real service."""


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
