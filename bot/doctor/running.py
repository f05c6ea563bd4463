"""What the Signpost that runs on this machine says of itself, on its second port."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import aiohttp

from bot.settings import Settings
from bot.settings.second_port import address_of

_SECONDS: Final = aiohttp.ClientTimeout(total=2)
_REFUSED: Final = re.compile(r'(?m)^signpost_requests_refused_total\{reason="signature"\} ([0-9.e+]+)$')
_ANSWERED: Final = re.compile(r"(?m)^signpost_has_answered 1")


@dataclass(frozen=True, slots=True)
class Figures:
    """What it has counted since it was started."""

    refused_signatures: int = 0
    answered: bool = False
    """Whether it has answered anybody."""


async def runs(settings: Settings) -> bool:
    """Whether it runs."""
    return await _page(settings, "/livez") is not None


async def figures(settings: Settings) -> Figures:
    """What it has counted; nothing where none runs here."""
    text = await _page(settings, "/metrics") or ""
    refused = _REFUSED.search(text)
    return Figures(int(float(refused[1])) if refused else 0, _ANSWERED.search(text) is not None)


async def _page(settings: Settings, path: str) -> str | None:
    try:
        async with (
            aiohttp.ClientSession(timeout=_SECONDS) as client,
            client.get(address_of(settings, path)) as reply,
        ):
            return await reply.text() if reply.ok else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
