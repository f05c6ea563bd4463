"""What stood in a window of deciding when it was sent, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.access import Granted
from handlers.contacts import contacts_of, suggested
from handlers.deciding.told_already import Already, asks_once_more, repeats, to_tick, told_already
from handlers.deciding.windows import REASON_LIMIT, Filled, read_value, reasons_of
from handlers.intents import Intent, Value
from handlers.notes import refuse
from handlers.ports import Work
from handlers.referring.referral import behind
from policy import Outcome

REASON_MISSING: Final = "Write the reason in a sentence. It is kept with the decision."
TOO_LONG: Final = f"Use at most {REASON_LIMIT:,} characters. Nothing is lost."
TOO_SHORT: Final = (
    "Write it in a sentence: how you weighed this, and why you are confident. The guidance says: refer. Somebody may "
    "ask you for it in a year. What you wrote is still there."
)
FEWEST: Final = 5
"""Letters of a reason in one word not to refer what the guidance says to refer: 'x' and 'No.' tell nobody anything."""
READ_MISSING: Final = "Tick this when you have read 'What follows' and the message."
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
    since, again = read_since(intent), next((flag[1:] for flag in flags_of(intent) if flag[:1] == "r"), "")
    return chosen, Filled(
        errors=tuple(errors), reason=reason, chosen=chosen, read=read, anew=anew, warned=warned, since=since,
        again=again,
    )  # fmt: skip


def read_since(intent: Intent) -> int:
    """Since which version of the facts a window that came back says what changed; 0 where it does not."""
    found = [flag[1:] for flag in flags_of(intent) if flag[:1] == "v"]
    return int(found[0]) if found and found[0].isascii() and found[0].isdigit() else 0


def with_called_for(
    filled: Filled, granted: Granted, intent: Intent, now: datetime, already: Mapping[str, Already]
) -> Filled:
    """The window as it came back after facts changed: whom the new ones call for is ticked beside what was chosen.

    Who was on offer under the old facts too was theirs to choose or not.
    """
    case, site, read = granted.case, granted.site, intent.subject.rev
    if not 0 < read < case.latest.number:
        return filled
    then = replace(case, versions=case.versions[:read])
    before = suggested(site, then.latest.recommendation(), now, behind(then))
    now_called = to_tick(case, site, now, already)
    chosen = filled.chosen or ()
    also = tuple(one for one in now_called if one not in (*before, *chosen))
    return replace(filled, chosen=(*chosen, *also), also=also, since=read)


def asked_once_more(contacts: tuple[str, ...], filled: Filled, granted: Granted, work: Work) -> Filled | None:
    """The window again where somebody is ticked who knows these facts, until it is pressed once more for them."""
    already = told_already(granted, work)
    again = repeats(contacts, already)
    same = work.digest({"again": sorted(again)})[:12]
    if not again or filled.again == same:
        return None
    return replace(filled, note=asks_once_more(again, already), again=same)


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


def wrong_decline(granted: Granted, reason: str, intent: Intent, work: Work) -> tuple[str, str]:
    """The same for a reason not to refer, which may not be quicker given than one to refer.

    More than a word is never asked for: whoever means it will write it, and a form that argues is filled with noise.
    """
    grave = granted.case.latest.recommendation().outcome >= Outcome.REFER_NOW
    letters = sum(one.isalnum() for one in reason)
    if reason.strip() and grave and len(reason.split()) == 1 and letters < FEWEST:
        return TOO_SHORT, ""
    return wrong_reason(reason, intent, work)


def several(value: Value) -> tuple[str, ...]:
    """A field of several answers, or one, as a tuple."""
    return value if isinstance(value, tuple) else (value,) if value else ()
