"""What stood in a form's fields, by question id: the data of a button, freed of our own keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.body import whole
from bot.teams.written import size
from handlers.intents import Value

OURS: Final = frozenset({"intent", "token", "several", "msteams", "part", "again"})
"""What we put into a button ourselves."""
MOST_FIELDS: Final = 64
MOST_CHARACTERS: Final = 10_000
MOST_BYTES: Final = 22_000
"""Of all that was typed, as we would write it: a page that comes back has to hold it again, and it is never cut."""
MOST_CHOICES: Final = 100
_NAME: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def read(data: Mapping[str, Any]) -> dict[str, Value]:
    """The fields. Raises ValueError for what no form of ours sends.

    Teams sends several answers as one text with commas; the button names the questions for which that is so. A field
    that nobody touched is absent or empty.
    """
    typed = {name: value for name, value in data.items() if name not in OURS}
    if len(typed) > MOST_FIELDS or size(typed) > MOST_BYTES:
        raise ValueError("too many fields")
    several = data.get("several") or []
    if not isinstance(several, list):
        raise TypeError("no list of questions")
    return {
        name: _several(value) if name in several else _one(value)
        for name, value in typed.items()
        if _NAME.fullmatch(name) and isinstance(value, str)
    }


def _one(value: str) -> Value:
    if len(value) > MOST_CHARACTERS:
        raise ValueError("too long")
    return whole(value) or None


def _several(value: str) -> Value:
    chosen = tuple(one for one in value.split(",") if one)
    if len(value) > MOST_CHARACTERS or len(chosen) > MOST_CHOICES:
        raise ValueError("too many answers")
    return tuple(whole(one) for one in chosen)
