"""Intents: what a person (or the delivery worker) means, freed of the wire it came over.

Each platform's `receive.py` makes one of these from a verified request. `handlers/route.py` sends it to its handler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, Self

from handlers.people import Account, Known

INTENTS: Final = frozenset(
    {
        "start_report", "continue_draft", "discard_draft", "next_page", "previous_page", "recommend_now",
        "submit_report", "change_answer", "answer_at_once", "open_case", "ask_escalation", "update_facts",
        "clear_from_chat", "list_cases", "find_case", "show_cover", "show_help", "show_home", "show_start",
        "show_admin", "show_practise", "refuse_message", "refuse_file", "edit_setup", "save_setup", "remove_setup",
        "test_contact", "refer", "do_not_refer", "ask_for_facts", "confirm_refer", "confirm_do_not_refer",
        "confirm_ask_for_facts", "acknowledge", "mark_delivered", "resend", "phone_instead", "write_down_call",
        "confirm_call",
    }
)  # fmt: skip
"""Every intent that this version answers. Those of the contract carry its names; the rest never leave the server."""

ASKED_ANEW: Final = frozenset(
    {
        "open_case", "find_case", "ask_escalation", "update_facts", "clear_from_chat", "list_cases", "refer",
        "do_not_refer", "ask_for_facts", "confirm_refer", "confirm_do_not_refer", "confirm_ask_for_facts",
        "acknowledge", "mark_delivered", "resend", "phone_instead", "write_down_call", "confirm_call", "show_admin",
        "edit_setup", "save_setup", "remove_setup", "test_contact",
    }
)  # fmt: skip
"""What shows, changes or decides a case: the platform is asked anew, so that who lost a role is refused at once."""

ANEW_FOR_LEADS: Final = frozenset({"show_home", "list_cases"})
"""What lists the cases of whoever leads: only of who led a moment ago are the groups asked about anew."""

Kind = Literal["draft", "case", "reference", "site", "none"]
_KINDS: Final = frozenset({"draft", "case", "reference", "site", "none"})


class Surface(Enum):
    """Where the person is, and so how an answer can reach them."""

    COMMAND = "command"
    """A typed command or a shortcut: a Form opens a window, a Message is shown to them alone."""
    FORM = "form"
    """Inside a window: the answer replaces what the window shows."""
    MESSAGE = "message"
    """A button on a message: a Message replaces that message, a Form opens a window."""
    HOME = "home"
    """The bot's own page: a Form opens a window, a Message redraws the page."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a press is about: a draft at a place and revision, or a case at a version. Opaque ids and no content.

    A `reference` is a case as people quote it: somebody typed it.

    Written into buttons and windows, sealed by the platform for one account. `extra` is a fact id (for *Change*) or
    the site (for a draft that has no row yet).
    """

    kind: Kind = "none"
    id: str = ""
    place: str = ""
    rev: int = 0
    extra: str = ""

    def write(self) -> str:
        """The subject as a short text without spaces."""
        return "~".join((self.kind, self.id, self.place, str(self.rev), self.extra))

    @classmethod
    def read(cls, text: str) -> Self:
        """The subject that `write` wrote. Raises ValueError for anything else."""
        if not text:
            return cls()
        kind, identity, place, rev, extra = text.split("~")
        if kind not in _KINDS or not rev.isascii() or not rev.isdigit():
            raise ValueError("not a subject")
        return cls(kind, identity, place, int(rev), extra)  # type: ignore[arg-type]  # checked against _KINDS above


Value = str | tuple[str, ...] | None
"""What a field came back with: one answer or a text, several answers, or nothing."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that somebody wants.

    `fields` holds what stood in the window, by question id, nothing checked yet. `known` is what the platform said
    about the person and about groups a moment ago. `event` is the platform's id for requests that are about nothing
    else (an event it may deliver twice), and empty otherwise.
    """

    name: str
    by: Account
    known: Known
    surface: Surface
    subject: Subject = field(default_factory=Subject)
    fields: Mapping[str, Value] = field(default_factory=dict)
    has_file: bool = False
    extra_text: bool = False
    """The command came with words that are none of ours: they were not read, and the person is told so."""
    event: str = ""
    room: Account | None = None
    """The room whose button was pressed, where the button was sealed for a room and not for a person."""
