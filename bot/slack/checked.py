"""Values from the wire, taken only if they are what they should be: ids end up in accounts and in calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

Json = Mapping[str, Any]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PERSON: Final = re.compile(r"[UW][A-Z0-9]{1,63}")
_TS: Final = re.compile(r"\d{1,20}\.\d{1,10}")
_TOKEN: Final = 3000
"""Characters of the longest value that Slack carries for us: a window's `private_metadata`."""


class Malformed(Exception):
    """No client of Slack sends this."""


def identity(value: object) -> str:
    """An id such as `T1` or `U024BE7LH`, or an empty text."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def must(value: object) -> str:
    """An id that has to be there. Raises Malformed."""
    found = identity(value)
    if not found:
        raise Malformed
    return found


def person(value: object) -> str:
    """A person's id, or an empty text: a bot's (`B…`), a channel's or anything else is none."""
    return value if isinstance(value, str) and _PERSON.fullmatch(value) else ""


def timestamp(value: object) -> str:
    """A message's timestamp, which is its id in its channel, or an empty text."""
    return value if isinstance(value, str) and _TS.fullmatch(value) else ""


def token(value: object) -> str:
    """An opaque text such as a trigger or a sealed token, or an empty one."""
    return value if isinstance(value, str) and len(value) <= _TOKEN else ""


def mapping(value: object) -> Json:
    """An object that has to be there. Raises Malformed."""
    if not isinstance(value, Mapping):
        raise Malformed
    return value
