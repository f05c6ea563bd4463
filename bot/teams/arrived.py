"""What came from Teams, freed of its wire format: who wants what, where they are, and how an answer reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.teams.addresses import Reference
from bot.teams.rooms import Seen
from handlers.intents import Surface, Value
from handlers.people import Account

UNKNOWN: Final = "unknown"
"""The name of what no version of ours that runs here knows."""

REPLAYED: Final = "replayed"
"""The name of a button that came as a message: it is not carried out."""

Kind = Literal["fetch", "submit", "press", "command", "installed", "removed", "event", "nothing"]
"""How it came, and so how it is answered: `fetch` and `submit` by a dialog in the reply, `press` by a card in it,
`command` and `installed` by a message in the personal chat, `event` by the worker, the other two not at all."""

SURFACES: Final[Mapping[Kind, Surface]] = {
    "fetch": Surface.MESSAGE,
    "submit": Surface.FORM,
    "press": Surface.MESSAGE,
    "command": Surface.COMMAND,
    "installed": Surface.COMMAND,
    "event": Surface.COMMAND,
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """One thing that somebody did."""

    kind: Kind
    name: str = UNKNOWN
    account: Account | None = None
    """None only where there is nothing to answer."""
    sealed: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    has_file: bool = False
    extra_text: bool = False
    reference: str = ""
    """Of a case, where somebody typed one and nothing else."""
    part: int = 1
    """Which part of the answer is wanted, where it is too large for one card."""
    event: str = ""
    """The activity's id, for what is about nothing else and may be delivered twice."""
    surface: Surface = Surface.COMMAND
    card: str = ""
    """The message whose button was pressed, as it is called in its conversation."""
    seen: Seen | None = None
    room: Account | None = None
    """The channel in which a message was pressed."""
    personal: Reference | None = None
    """The person's own conversation with the bot, if it happened there."""


NOTHING: Final = Arrived("nothing")
