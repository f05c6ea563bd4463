"""Whom a raiser can ring of the leads who are told, and who takes their place where some or all were left out.

Where nobody was left out, the site's own sentence stands, with direct numbers. Where somebody was, no sentence sends
the raiser to a role that the person left out may hold: it names who is left, or the head teacher.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers import words
from handlers.contacts import police_and_care, whom_to_ring
from handlers.people import Person
from handlers.sites import Site

NO_LEAD_TOLD: Final = "No lead was told: go to the head"
"""Where a case stands of which all leads were left out."""
_NOT_LEFT_OUT: Final = "a lead whom you did not leave out"
_HEAD: Final = "the head teacher"
_A_LEAD: Final = re.compile(r"\b(?:the|a) safeguarding lead\b", re.IGNORECASE)
_HEAD_OR_LEADER: Final = " Nobody there: the head or a senior leader."


@dataclass(frozen=True, slots=True)
class Left:
    """Who there is to ring: the leads who are told, in order, as far as their names are known."""

    leads: tuple[Person, ...] = ()
    somebody_out: bool = False
    nobody: bool = False
    """All of them were left out: nobody is told through Signpost."""

    def names(self) -> str:
        """Who takes the place of the roles, in the middle of a sentence."""
        if self.nobody:
            return _HEAD
        return " or ".join(one.name for one in self.leads if one.name) or _NOT_LEFT_OUT


ALL: Final = Left()
"""Nobody was left out, and nobody is known by name."""


def nobody_left(site: Site) -> str:
    """What stands in the box where nobody is left, with the site's own numbers."""
    lado = site.numbers.lado or whom_to_ring(site, "lado")
    number = f" ({lado})" if any(map(str.isdigit, lado)) else ""
    return (
        "Nobody is left to be told through Signpost. In danger now: call 999. Go to the head teacher now, or to the "
        f"chair of governors if it may be the head. They tell the council's LADO{number} if an adult may be involved. "
        f"You may ring yourself: the LADO, {police_and_care(site)}."
    )


def ring(left: Left, site: Site) -> str:
    """Whom to ring, in one sentence: direct numbers where they are known, and nobody who was left out."""
    if left.nobody:
        return f"{_school('Go to the head teacher', site)} In danger now: call 999."
    named = [one for one in left.leads if one.name]
    if not left.somebody_out:
        return f"{words.whom_to_ring(site)} {direct(left)}".strip()
    if not named:
        return f"{_school(f'Ring {_NOT_LEFT_OUT}', site)} In danger now: call 999."
    each = "; or ".join(", ".join(filter(None, (one.name, one.role, one.phone))) for one in named)
    said = f"Ring {each}." if all(one.phone for one in named) else _school(f"Ring {each}", site)
    return f"{said} In danger now: call 999."


def _school(said: str, site: Site) -> str:
    return f"{said}, through {site.name}: {site.phone}." if site.phone else f"{said}, or go to them."


def direct(left: Left) -> str:
    """The direct numbers of the leads who are told, as far as configuration has them."""
    own = "; ".join(f"{one.name}, {one.phone}" for one in left.leads if one.name and one.phone)
    return f"Direct: {own}." if own else ""


def instead(left: Left, title: str) -> str:
    """What stands above lines that speak of the roles; empty where nobody was left out."""
    if not left.somebody_out:
        return ""
    return f"Where it says {title}, deputy or lead below, that is {left.names()} now."


def to_whom(text: str, left: Left, title: str) -> str:
    """A sentence that sends the raiser to a lead, said of who is left."""
    if not left.somebody_out:
        return text
    said = text.replace(f"the {title} or a deputy", left.names()).replace("cannot reach one", "cannot reach them")
    if left.nobody:
        said = said.replace(_HEAD_OR_LEADER, "")
    return _A_LEAD.sub(lambda found: _begun(left.names(), found[0]), said)


def _begun(name: str, instead_of: str) -> str:
    return f"{name[0].upper()}{name[1:]}" if instead_of[0].isupper() else name
