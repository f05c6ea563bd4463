"""What stood in a window of deciding when it was sent, and what is wrong with it."""

from __future__ import annotations

from typing import Final

from handlers import refuse
from handlers.access import Granted
from handlers.contacts import contacts_of
from handlers.decision_windows import REASON_LIMIT, Filled, read_value, reasons_of
from handlers.intents import Intent, Value
from handlers.ports import Work

REASON_MISSING: Final = "Write the reason in a sentence. It is kept with the decision."
TOO_LONG: Final = f"Use at most {REASON_LIMIT:,} characters. Nothing is lost."
READ_MISSING: Final = "Tick this when you have read what follows."
WHOM: Final = "Choose at least one of the contacts on offer."


def filled_in(granted: Granted, intent: Intent, work: Work) -> tuple[tuple[str, ...], Filled]:
    """The contacts that were chosen, and the window as it came back with what is wrong in it."""
    offered = tuple(contact.id for contact in contacts_of(granted.site))
    given = several(intent.fields.get("contact")) if len(offered) > 1 else offered
    chosen = tuple(dict.fromkeys(one for one in given if one in offered))
    errors: list[tuple[str, str]] = []
    if not chosen or len(chosen) < len(set(given)):
        errors.append(("contact", WHOM))
    value = intent.fields.get("reason")
    reason = value if isinstance(value, str) and value else None
    if reason in {reasons_of(version) for version in granted.case.versions}:
        reason = None  # what we wrote there ourselves, perhaps of older facts, is nothing that a lead has typed
    warned = ""
    if reason is not None:
        wrong, warned = wrong_reason(reason, intent, work)
        if wrong:
            errors.append(("reason", wrong))
    anew = "anew" in flags_of(intent)
    read = several(intent.fields.get("consequences_read")) == (read_value(intent.subject.place, anew=anew),)
    if not read:
        errors.append(("consequences_read", READ_MISSING))
    return chosen, Filled(errors=tuple(errors), reason=reason, chosen=chosen, read=read, anew=anew, warned=warned)


def flags_of(intent: Intent) -> frozenset[str]:
    """What a window's token remembers of the presses before."""
    return frozenset(intent.subject.extra.split(",")) - {""}


def wrong_reason(reason: str, intent: Intent, work: Work) -> tuple[str, str]:
    """What is wrong with a reason, and a fingerprint of one that was warned about: the same again is kept."""
    if not reason.strip():
        return REASON_MISSING, ""
    if len(reason) > REASON_LIMIT:
        return TOO_LONG, ""
    checked = refuse.check_notes(reason)
    if checked.refused or not checked.warned:
        return checked.refused, ""
    same = work.digest({"reason": reason})[:12]
    return ("" if f"w{same}" in flags_of(intent) else checked.warned), same


def several(value: Value) -> tuple[str, ...]:
    """A field of several answers, or one, as a tuple."""
    return value if isinstance(value, tuple) else (value,) if value else ()
