"""One thing that came from Slack for us, freed of the shapes in which it travelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from handlers.intents import Surface, Value
from handlers.people import Account

Kind = Literal["command", "shortcut", "submission", "form", "message", "home", "home_opened", "event"]
"""How it came, and so how an answer can be given: see the table in `answer.py`."""

UNKNOWN: Final = ""
"""The name of an intent that is none of ours: a button of another version."""

SURFACES: Final[Mapping[Kind, Surface]] = {
    "command": Surface.COMMAND,
    "shortcut": Surface.COMMAND,
    "submission": Surface.FORM,
    "form": Surface.FORM,
    "message": Surface.MESSAGE,
    "home": Surface.HOME,
    "home_opened": Surface.HOME,
    "event": Surface.MESSAGE,
}


@dataclass(frozen=True, slots=True)
class Us:
    """Who we are in the workspace, as `auth.test` says."""

    team_id: str
    bot_user: str = ""
    bot_id: str = ""
    enterprise_id: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One thing that came from Slack for us. `sealed` is the token that came with it, unopened."""

    kind: Kind
    name: str
    account: Account
    outside: bool
    sealed: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    has_file: bool = False
    extra_text: bool = False
    reference: str = ""
    """Of a case, where somebody typed one and nothing else."""
    event: str = ""
    trigger: str = ""
    view_id: str = ""
    view_hash: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    """What the window showed that was sent in."""
    channel: str = ""
    ts: str = ""
    """The message that was pressed; empty for one that cannot be changed."""
    room: Account | None = None
    """The channel in which a message was pressed."""

    @property
    def surface(self) -> Surface:
        """Where the person is."""
        return SURFACES[self.kind]
