"""Who raised a case, and who was left out of it, as the leads of the case read it. No contact reads any of this."""

from __future__ import annotations

from typing import Final

from handlers.access import Granted
from handlers.case import Case
from handlers.clocks import told
from handlers.people import Account, Directory, Known
from handlers.screens import Caution, Paragraph, Part

WHO_RAISED: Final = "the person who raised it"
"""How they are called where no name was ever had: of a case of an earlier release, or where none came in time."""


def raisers_name(case: Case, directory: Directory, known: Known | None = None) -> str:
    """What the person who raised it is called: as it was kept then, else as it is known now, else in neutral words."""
    now = known.names.get(case.raised_by, "") if known else ""
    return case.raised_by_name or directory.person(case.raised_by).name or now or WHO_RAISED


def who_raised(granted: Granted, directory: Directory, known: Known) -> str:
    """The same for somebody who has the case open: whoever raised it reads *you*."""
    return "you" if granted.is_own else raisers_name(granted.case, directory, known)


def raised_parts(granted: Granted, directory: Directory, known: Known) -> list[Part]:
    """For a lead: who raised it and when, and whom they left out, who is to hear nothing of it."""
    case = granted.case
    if not granted.is_lead:
        return []
    phone = directory.person(case.raised_by).phone
    ring = f" Ring them: {phone}." if phone and not granted.is_own else ""
    who = who_raised(granted, directory, known)
    by = "" if who == WHO_RAISED else f" by {who}"
    said = f"Raised{by} at {told(case.raised_at)}.{ring}"
    return [Paragraph(said), *left_out_parts(granted, directory, known)]


def left_out_parts(granted: Granted, directory: Directory, known: Known) -> list[Part]:
    """For a lead: who was left out, by name."""
    if not granted.case.left_out:
        return []
    names = left_out_names(granted.case.left_out, directory, known)
    was, them = ("was", "them") if len(names) == 1 else ("were", "any of them")
    by = "you" if granted.is_own else "whoever raised it"
    return [Caution(f"{_listed(names)} {was} left out of this by {by}: do not speak to {them} about it.")]


def left_out_names(left_out: tuple[Account, ...], directory: Directory, known: Known) -> tuple[str, ...]:
    """Each person once, whichever of their accounts has a name; by their account where none has."""
    found: list[str] = []
    seen: list[Account] = []
    for one in left_out:
        if any(directory.same_person(one, other) for other in seen):
            continue
        same = [other for other in left_out if directory.same_person(one, other)]
        seen += same
        name = next((known.names[other] for other in same if known.names.get(other)), "")
        found.append(directory.person(one).name or name or f"A lead ({one.user})")
    return tuple(found)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
