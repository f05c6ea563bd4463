"""Why a contact is out of use and what puts that right, in sentences: for its own page and for whoever is told."""

from __future__ import annotations

from typing import Final

from handlers.setup.words import OUT_OF_USE
from handlers.sites import Contact

LAPSED: Final = "lapsed"
SAME_PEOPLE: Final = "If it is, send a test: once somebody there acknowledges it, the contact is in use again."
IN_FILE: Final = {
    LAPSED: "Ask them, then write a later review_by into the file.",
    "renamed": SAME_PEOPLE,
    "no_such_mailbox": "Write the right address into the file, or send a test once they have put it right.",
}
"""What to do about a contact of the CONFIG file that is out of use, where no look shows that it is over."""
SEND_IT: Final = "Send the test again: once somebody there acknowledges it, the contact is in use again."
PUT_RIGHT: Final = "Once that is put right, send the test again."
RING: Final = "Leads ring until then."
RENAMED: Final = "The channel {before} is called {now} now: is it still the same people?"
_WAY_OUT: Final = {LAPSED: SEND_IT, "renamed": SAME_PEOPLE}


def why_out(contact: Contact, *, in_file: bool = False, test: str = "") -> str:
    """Why a contact is out of use, and the way out: what to do, or what was done already and is waited for."""
    why = OUT_OF_USE.get(contact.suspended, OUT_OF_USE["other"])
    if contact.suspended == "renamed" and contact.called:
        mark = "#" if contact.kind == "slack" else ""
        why = RENAMED.format(now=f"{mark}{contact.called}", before=f"{mark}{contact.room}")
    if test:
        return f"{why} {test} {RING}"
    if in_file:
        return f"{why} {IN_FILE.get(contact.suspended, '')}".strip()
    return f"{why} {_WAY_OUT.get(contact.suspended, PUT_RIGHT)} {RING}"
