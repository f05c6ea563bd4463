"""A press for another part of a screen: it asks for the very same thing once more, and the answer is the same screen.

So nothing of a screen is kept here between two parts, and whoever lost their role meanwhile reads no further.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.teams import fields
from bot.teams.arrived import Arrived
from bot.teams.cards import Element
from handlers.intents import Surface

PART: Final = "part"
MOST_PARTS: Final = 999


def more(arrived: Arrived, part: int) -> Element:
    """The data of a button that leads to a part of what this is answered with."""
    typed = {name: value for name, value in arrived.fields.items() if value}
    asked = {
        "fields": {name: value if isinstance(value, str) else ",".join(value or ()) for name, value in typed.items()},
        "several": [name for name, value in typed.items() if not isinstance(value, str)],
        "surface": arrived.surface.value,
        "brought": arrived.has_file,
    }
    token = {"token": arrived.sealed} if arrived.sealed else {}
    return {"intent": arrived.name, **token, PART: part, "again": asked}


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    """What such a button says of the press that it repeats, as fields of `Arrived`. Raises ValueError."""
    part, asked = data[PART], data.get("again")
    if not isinstance(asked, Mapping) or not isinstance(asked.get("fields"), Mapping):
        raise TypeError("not a button of ours")
    if type(part) is not int or not 0 < part <= MOST_PARTS:
        raise ValueError("no such part")
    brought = asked.get("brought") is True
    return {
        "part": part,
        "fields": fields.read({**asked["fields"], "several": asked.get("several")}),
        "surface": Surface(asked.get("surface")),
        "has_file": brought,
        "extra_text": brought,
    }
