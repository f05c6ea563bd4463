"""A request's bytes, read within limits, and how a request is turned away."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from aiohttp import web

MOST_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 5.0
"""How long a body may take to arrive."""
_HALVES: Final = re.compile("[\ud800-\udfff]")


class Turned(Exception):
    """The request is turned away with this status; `reason` is a word for the metric."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def whole(text: str) -> str:
    """The text with a mark for each half of a character that JSON lets through: nothing could write it out again."""
    return _HALVES.sub("\ufffd", text)


async def read_bytes(request: web.Request) -> bytes:
    """The body as it came. Raises Turned where it is too large, too slow or breaks off."""
    if (request.content_length or 0) > MOST_BYTES:
        raise Turned(413, "too_large")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            raw = await request.read()
    except TimeoutError:
        raise Turned(408, "too_slow") from None
    except web.HTTPRequestEntityTooLarge:
        raise Turned(413, "too_large") from None
    except (web.RequestPayloadError, ConnectionError):
        raise Turned(400, "malformed") from None
    if len(raw) > MOST_BYTES:
        raise Turned(413, "too_large")
    return raw
