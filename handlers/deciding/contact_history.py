"""What a lead should know of a contact that was set up in chat: who entered it, who showed that it arrives, and when.

An admin writes the address and a lead sends a case there, so the lead reads whose word they go by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.changes import Change
from handlers.clocks import day_told, today
from handlers.ports import Work
from handlers.sites import Site

MOST: Final = 300
"""The newest changes that are looked through: what is older is not said."""
ENTERED: Final = frozenset({"contact_added", "contact_changed"})
RIGHT_ADDRESS: Final = "Is this the address that they gave you?"
NOBODY_KNOWN: Final = "Nobody knows who is behind a link."


def histories(site: Site, work: Work) -> Mapping[str, str]:
    """A line for each contact of a site that was set up in chat, by its id; none for those of the CONFIG file."""
    changes = [one for one in work.changes(MOST) if one.site == site.id] if not site.declared else []
    found: dict[str, str] = {}
    for contact in site.contacts:
        own = [one for one in changes if one.about == contact.id]
        mail = contact.kind == "mail"
        if said := " ".join(filter(None, (_entered(own), _proved(own, mail=mail), RIGHT_ADDRESS if mail else ""))):
            found[contact.id] = said
    return found


def _entered(changes: list[Change]) -> str:
    """Who added it, and who changed it last; `changes` are of one contact, newest first."""
    added = next((one for one in changes if one.what == "contact_added"), None)
    newest = next((one for one in changes if one.what in ENTERED), None)
    said = [f"added by {_by(added)}"] if added else []
    if newest is not None and newest is not added:
        said.append(f"changed last by {_by(newest)}")
    whole = ", ".join(said)
    return f"{whole[0].upper()}{whole[1:]}." if whole else ""


def _proved(changes: list[Change], *, mail: bool) -> str:
    proved = next((one for one in changes if one.what == "contact_proved"), None)
    if proved is None:
        return ""
    return f"Acknowledged by {_by(proved)}.{f' {NOBODY_KNOWN}' if mail else ''}"


def _by(change: Change) -> str:
    return f"{change.by_name or 'somebody'} on {day_told(today(change.at))}"
