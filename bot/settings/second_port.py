"""Where the second port of the Signpost of this machine answers, as the settings say it: health and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.settings import Settings

_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # read, and not listened on


def host_of(settings: Settings) -> str:
    """The host to ask: this machine's own where it listens at every address."""
    return _EVERYWHERE.get(settings.ops_host, settings.ops_host)


def address_of(settings: Settings, path: str) -> str:
    """The whole address of a page there."""
    host = host_of(settings)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.ops_port}{path}"
