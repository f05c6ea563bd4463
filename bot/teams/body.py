"""A request's body, read within limits: size, time, encoding, depth, number of fields (SR-6)."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final, NoReturn

from aiohttp import web

Json = dict[str, Any]

MOST_BYTES: Final = 1024 * 1024
MOST_FIELDS: Final = 2000
"""Values in all; a dialog's answer has about thirty."""
MOST_DEPTH: Final = 32
BODY_SECONDS: Final = 5.0


class Turned(Exception):
    """The request is turned away with this status; `reason` is a word for the metric."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


async def read(request: web.Request) -> Json:
    """The JSON object in a request. Raises Turned."""
    if request.content_type != "application/json" or (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise Turned(415, "encoding")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Turned(415, "encoding")
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
    return parse(raw)


def parse(raw: bytes) -> Json:
    """The JSON object in these bytes. Raises Turned."""
    if len(raw) > MOST_BYTES:
        raise Turned(413, "too_large")
    try:
        found = json.loads(raw.decode(), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Turned(400, "encoding") from None
    except (ValueError, RecursionError):
        raise Turned(400, "malformed") from None
    if not isinstance(found, dict) or not _small(found):
        raise Turned(400, "malformed")
    return found


def _small(found: Json) -> bool:
    """Whether it is neither nested nor wide without end."""
    level: list[Any] = [found]
    fields = 0
    for _ in range(MOST_DEPTH):
        inside = [inner for outer in level for inner in (outer.values() if isinstance(outer, dict) else outer)]
        fields += len(inside)
        level = [inner for inner in inside if isinstance(inner, dict | list)]
        if fields > MOST_FIELDS:
            return False
        if not level:
            return True
    return False


def _no_number(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")
