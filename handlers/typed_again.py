"""What somebody typed and chose, drawn back as it came, where the window itself cannot be drawn without its records.

So that nothing is lost by a moment in which something was away: the same press sends all of it again. Names of fields
are those on the wire. One that is not known here is drawn back all the same, under a label that fits anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.deciding.windows import READ
from handlers.intents import Intent
from handlers.raising import pages
from handlers.screens import Field, Option, People, Question, TextBox
from handlers.setup import own_mailbox
from handlers.setup.clock_fields import CLOCKS
from handlers.setup.contact_fields import KINDS, PURPOSES
from handlers.setup.details import NATIONS
from handlers.setup.leads import SURE, WHERE
from handlers.setup.rules import DETAIL, TWO
from handlers.setup.staff import OUT
from policy import FACTS, fact

ROOM: Final = 1000
"""Characters that a box takes at least: what was typed into it may be corrected here too."""

LINES: Final[Mapping[str, str]] = {
    "log": "Log or incident number", "spoke_to": "Whom did you speak to?", "rung_at": "When did you ring?",
    "name": "Name", "role": "Role", "phone": "Number", "reachable": "When can they be reached?",
    "force": "Police force", "mash": "Social care, by day", "out_of_hours": "Out of hours", "lado": "LADO",
    "officer": "Safer schools officer", "destination": "Where?", "hours": "When is somebody there?",
    "first_day": "First day", "last_day": "Last day", "retention": "How long is a filed case kept?",
    **{one.name: one.label for one in CLOCKS},
}  # fmt: skip
"""Boxes of one line."""
BOXES: Final[Mapping[str, str]] = {
    "reason": "Your reason", "notes": "Your note", "groups": "Groups", "links": "Your own guidance",
    "mail_domains": "Your own mail domains", "organisations": "Other organisations in that channel",
    "accounts": "Their other accounts",
}  # fmt: skip
"""Boxes of several lines."""
PEOPLE: Final[Mapping[str, str]] = {
    "people": "People", "who": "Who?", "owner": "Who looks after this entry?",
}  # fmt: skip
CLOSED: Final[Mapping[str, tuple[str, tuple[Option, ...]]]] = {
    "nation": ("Where is it?", NATIONS), "purpose": ("Who is it?", PURPOSES), "kind": ("How are they reached?", KINDS),
    "two_people": ("May one person raise and decide?", TWO), "chat_detail": ("What stands in the chat?", DETAIL),
    "move": ("What should change?", WHERE),
}  # fmt: skip
"""Questions whose answers are always the same: all of them are drawn again."""
OPEN: Final[Mapping[str, tuple[str, str]]] = {
    "leave_out": ("Not to be told, as you chose", "A lead whom you chose ({place})"),
    "contact": ("Whom do you refer to?", "A contact whom you chose ({value})"),
    "ask": ("What should they add, if they already know?", "{question}"),
    "consequences_read": ("What follows", f"{READ}, as they stood there"),
    "site": ("Which site is this about?", "The site that you chose ({value})"),
    "serves": ("Whose people may raise here?", "{value}"),
    OUT: ("Named elsewhere", "Take out: an entry that you chose ({place})"),
    "away": ("Who is away?", "{value}"),
    SURE: ("Are these the safeguarding leads?", "What you answered"),
    own_mailbox.FIELD: ("Whose mailbox is that?", "What you answered"),
}
"""Questions whose answers stand in the records: those that were chosen are drawn, as far as they say what they are."""
KNOWN: Final = frozenset({*LINES, *BOXES, *PEOPLE, *CLOSED, *OPEN, *(one.id for one in FACTS)})


def typed_again(intent: Intent) -> tuple[Field, ...]:
    """A field for each that holds something; an empty one is sent back empty by not being there."""
    return tuple(_drawn(name, value, intent) for name, value in intent.fields.items() if value)


def _drawn(name: str, value: str | tuple[str, ...], intent: Intent) -> Field:
    several = isinstance(value, tuple)
    chosen = value if isinstance(value, tuple) else (value,)
    if any(one.id == name for one in FACTS):
        return pages.question(fact(name), value)
    if name in PEOPLE:
        return People(name, PEOPLE[name], chosen=tuple(Option(one, "") for one in chosen), several=several)
    if name in CLOSED:
        label, options = CLOSED[name]
        return Question(name, label, options, chosen=chosen, several=several)
    if name in OPEN or isinstance(value, tuple):
        label, said = OPEN.get(name, ("What you chose", "What you chose ({place})"))
        options = tuple(Option(one, _said(said, place, one, intent)) for place, one in enumerate(chosen, start=1))
        return Question(name, label, options, chosen=chosen, several=several)
    label = LINES.get(name) or BOXES.get(name, "What you wrote")
    return TextBox(name, label, value=value, max_length=max(ROOM, len(value)), single=name in LINES)


def _said(said: str, place: int, value: str, intent: Intent) -> str:
    question = next((one.question for one in FACTS if one.id == value), value)
    named = {str(account): name for account, name in intent.known.names.items()}.get(value, value)
    return said.format(place=place, value=named, question=question)
