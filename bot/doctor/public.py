"""Whether a platform could reach us: what answers at the address that it was given."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding
from bot.setting_rules import is_loopback
from bot.settings import Settings

_SECONDS: Final = aiohttp.ClientTimeout(total=8)
_ONLY_POST: Final = 405


async def look(settings: Settings, path: str, *, whose: str, given: str) -> Finding:
    """Ask at a path as the platform would. `given` says where the platform has our address from."""
    if not settings.public_url:
        return Finding(
            "Public address", "amber",
            f"SIGNPOST_PUBLIC_URL is not set, so it was not tried whether {whose} can reach us",
            f"Set it to the https address that {given} with.",
        )  # fmt: skip
    connector = aiohttp.TCPConnector(ssl=settings.tls())
    proxied = not is_loopback(urlsplit(settings.public_url).hostname or "")
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=_SECONDS, trust_env=proxied) as client,
            client.get(settings.public_url.rstrip("/") + path, allow_redirects=False) as reply,
        ):
            strict = "default-src 'none'" in reply.headers.get("Content-Security-Policy", "")
            ours = reply.status == _ONLY_POST and strict
    except (aiohttp.ClientError, TimeoutError):
        return Finding(
            "Public address", "red", f"nothing answers at {path}", "Start `serve`, and check the proxy before it."
        )
    if ours:
        return Finding("Public address", "green", f"Signpost answers at {path}")
    return Finding(
        "Public address", "red", f"something else answers at {path}",
        f"Point the proxy's {path} at SIGNPOST_PORT.",
    )  # fmt: skip
