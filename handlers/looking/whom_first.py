"""Where the newest facts say 'Call 999 now': what stands first, and whom a lead or the raiser rings about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.case import Case
from handlers.looking.of_the_case import WHO_RAISED, raisers_name
from handlers.people import Account, Directory, Known
from handlers.screens import Caution, Part
from handlers.sites import Site
from policy import Outcome

CHECK: Final = "Check that 999 was called."
"""To a lead, who was not there."""
CALL: Final = "Call 999 now, if nobody has yet."
"""To whoever raised it."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a lead can ring about a case, besides a contact; empty where that is themselves, or is nobody."""

    raiser: str = ""
    """A sentence: ring whoever raised it, on which number."""
    is_raiser: bool = False
    holder: str = ""
    """The name of the lead who has it open."""
    ring_holder: str = ""
    """How to ring them, in the middle of a sentence."""
    is_holder: bool = False


NOBODY: Final = Whom()


def whom(to: Account, case: Case, site: Site, directory: Directory, known: Known | None = None) -> Whom:
    """Whom this lead can ring about a case: whoever raised it, and whoever has it open."""
    own = directory.same_person(to, case.raised_by)
    raiser = "" if own else ring_raiser(case, site, directory, known)
    if case.opened_by is None:
        return Whom(raiser, own)
    mine = directory.same_person(to, case.opened_by)
    person = directory.person(case.opened_by)
    name = person.name or (known.names.get(case.opened_by, "") if known else "") or "A safeguarding lead"
    ring = "" if mine else _ring("ring them", person.phone, site)
    return Whom(raiser, own, name, ring, mine)


def ring_raiser(case: Case, site: Site, directory: Directory, known: Known | None = None) -> str:
    """For a lead: to ring whoever raised it, who was there, on the number that there is."""
    name = raisers_name(case, directory, known)
    who = name if name == WHO_RAISED else f"{name}, who raised it"
    phone = directory.person(case.raised_by).phone
    comma = "" if phone or name == WHO_RAISED else ","  # "…, who raised it, through the school"
    return f"{_ring(f'Ring {who}{comma}', phone, site)}."


def _ring(whom: str, phone: str, site: Site) -> str:
    if phone:
        return f"{whom}: {phone}"
    return f"{whom} through {site.name}: {site.phone}" if site.phone else f"{whom.removesuffix(',')}, or go to them"


def names_wanted(case: Case, to: Account, directory: Directory) -> bool:
    """Whether a platform has to say what the lead is called who has it open."""
    holder = case.opened_by
    return holder is not None and not directory.same_person(holder, to) and not directory.person(holder).name


def is_emergency(case: Case) -> bool:
    """Whether its newest facts say: call 999 now."""
    return case.latest.recommendation().outcome is Outcome.EMERGENCY


def first_to_lead(case: Case, to_ring: Whom = NOBODY) -> tuple[Part, ...]:
    """What a lead reads before anything else of such a case; nothing of any other."""
    if not is_emergency(case):
        return ()
    return (Caution(CALL if to_ring.is_raiser else f"{CHECK} {to_ring.raiser}".strip()),)


def first_to_raiser(case: Case) -> tuple[Part, ...]:
    """The same for whoever raised it."""
    return (Caution(f"{CALL} Stay with the child."),) if is_emergency(case) else ()
