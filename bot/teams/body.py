"""A request's body, read within limits: size, time, encoding, depth, number of fields (SR-6)."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from aiohttp import web

from bot.body import Turned, read_bytes

Json = dict[str, Any]

MOST_FIELDS: Final = 2000
"""Values in all; a dialog's answer has about thirty."""
MOST_DEPTH: Final = 32


async def read(request: web.Request) -> Json:
    """The JSON object in a request. Raises Turned."""
    if request.content_type != "application/json" or (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise Turned(415, "encoding")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Turned(415, "encoding")
    return parse(await read_bytes(request))


def parse(raw: bytes) -> Json:
    """The JSON object in these bytes. Raises Turned."""
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
