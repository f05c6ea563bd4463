"""What configuration says of a school: its leads, their stand-ins, its contacts, its clocks and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Contact:
    """A designated contact of a site."""

    id: str
    purpose: Literal["police", "social_care", "lado"]
    kind: Literal["slack", "teams", "mail", "by_hand"]
    destination: str
    verified: bool = False
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long before somebody else is told, in minutes by the clock."""

    lead_urgent: float = 10
    lead_today: float = 60
    lead_routine: float | None = None
    """None: one working day."""
    decide_urgent: float = 30
    decide_today: float = 240
    contact_urgent: float = 15
    contact_routine: float | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The site's own phone numbers, shown behind the action they belong to. Empty: not set."""

    mash: str = ""
    out_of_hours: str = ""
    lado: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A school, college or campus: a wall between cases."""

    id: str
    name: str
    nation: Literal["england", "wales", "scotland", "northern_ireland"]
    leads: tuple[str, ...]
    """Accounts and groups, in the order in which they are asked."""
    phone: str = ""
    serves: frozenset[str] = frozenset()
    """`slack:T1`, `teams:TENANT`: whose people may raise here."""
    staff: tuple[str, ...] = ()
    """Accounts and groups that may raise; empty: every full member."""
    requires_two_people: bool = False
    chat_detail: Literal["full", "receipt"] = "full"
    clocks: Clocks = Clocks()
    numbers: Numbers = Numbers()
    contacts: tuple[Contact, ...] = ()
