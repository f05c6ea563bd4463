"""Whether the guidance that screens link to is still where it was."""

from __future__ import annotations

import asyncio

import aiohttp

from bot.doctor.finding import Finding
from bot.settings import Settings
from policy.links import LINKS

_SECONDS = aiohttp.ClientTimeout(total=20)


async def look(settings: Settings) -> tuple[Finding, ...]:
    """Ask each address once. What does not answer with a page is amber: a person opens it in a browser."""
    connector = aiohttp.TCPConnector(ssl=settings.tls(), limit=4)
    async with aiohttp.ClientSession(connector=connector, timeout=_SECONDS, trust_env=True) as client:
        urls = tuple(dict.fromkeys(rule.url for rule in LINKS))
        answers = await asyncio.gather(*(_status(client, url) for url in urls))
    away = [(url, answer) for url, answer in zip(urls, answers, strict=True) if answer]
    if not away:
        return (Finding("links_good", "Links", "green", f"all {len(urls)} answer"),)
    return tuple(
        Finding("link_away", "Links", "amber", f"{url}: {answer}", "Open it in a browser.") for url, answer in away
    )


async def _status(client: aiohttp.ClientSession, url: str) -> str:
    try:
        async with client.get(url) as reply:
            return "" if reply.ok else f"answers {reply.status}"
    except (aiohttp.ClientError, TimeoutError):
        return "does not answer from here"
