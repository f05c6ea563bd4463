"""What configuration says of a school: its leads, their stand-ins, its contacts, its clocks and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from handlers.hours import Hours

Nation = Literal["england", "wales", "scotland", "northern_ireland"]


@dataclass(frozen=True, slots=True)
class Contact:
    """A designated contact of a site."""

    id: str
    purpose: Literal["police", "social_care", "lado"]
    kind: Literal["slack", "teams", "mail", "by_hand"]
    destination: str
    verified: bool = False
    organisations: tuple[str, ...] = ()
    owner: str = ""
    """Who at the school looks after this entry, in words."""
    owner_account: str = ""
    """Their account, so that they hear before the entry lapses."""
    hours: Hours | None = None
    """When somebody is there; None: at all hours."""
    out_of_hours: str = ""
    """What to do outside these hours, in words: a number to ring."""
    review_by: date | None = None
    """Until when the entry holds without anybody having looked at it again."""
    suspended: str = ""
    """A closed word for why it is out of use, since somebody or the bot last looked; empty: it is in use."""
    room: str = ""
    """What its channel was called when it last proved itself."""
    called: str = ""
    """What its channel is called now, where it was given another name since; empty: the same, or nobody has looked."""
    told_due: str = ""
    """For which review date somebody was told that it is near."""
    told_owner: str = ""
    """Of which account of an owner admins were told that it is no more."""
    admins: tuple[str, ...] = ()
    """Accounts of admins of Signpost that were in its channel when it was last looked at."""
    own_press: bool = False
    """Whoever acknowledged its test is of the school's own workspace or tenant."""
    test: str = ""
    """The id of the one test that is waited for; empty: none is, and no test that was ever sent counts."""
    within_reach: bool = True
    """False where the platform or the mail that it needs is not connected."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a contact stood when it was last looked at."""

    suspended: str = ""
    room: str = ""
    told_due: str = ""
    """For which review date somebody was told that it is near: `2027-02-22`."""
    test: str = ""
    """The test that is waited for. Whatever changes the place, or takes it out of use, empties this."""
    told_owner: str = ""
    """Of which account of an owner admins were told that it is no more."""
    admins: tuple[str, ...] = ()
    """Accounts of admins that were in its channel."""
    own_press: bool = False
    """Whoever acknowledged its test is of the school's own workspace or tenant."""
    called: str = ""
    """What its channel is called now, where that is another name than `room`."""
    place: str = field(default="", compare=False)
    """Where that was, which the store notes: what was seen of one place says nothing of another."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who leads in another's place, from one day to another, both included, by the date in London."""

    away: str
    """The lead who is away, an account as in `leads`."""
    who: str
    """The account that stands in."""
    first: date
    last: date

    def on(self, day: date) -> bool:
        """Whether they stand in on that day."""
        return self.first <= day <= self.last


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
    nation: Nation
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
    stand_ins: tuple[StandIn, ...] = ()
    force: str = ""
    """The police force, as an operator at 101 would know it."""
    links: tuple[tuple[str, str], ...] = ()
    """Local guidance: title and https address."""
    mail_domains: tuple[str, ...] = ()
    """The school's own mail domains: no contact's mailbox is there."""
    retention_months: int = 12
    """How long a filed case is kept."""
    declared: bool = False
    """It stands in the CONFIG file, and so is not changed in chat."""
    rev: int = 0
    """How often it was changed in chat."""


def numbers_of(site: Site) -> Numbers:
    """The numbers to ring: the site's own, and where it has none the one of its contact by phone."""
    mash, lado = (site.numbers.mash or rung(site, "social_care"), site.numbers.lado or rung(site, "lado"))
    return replace(site.numbers, mash=mash, lado=lado)


def rung(site: Site, purpose: str) -> str:
    """On which number a site's contact by phone is rung; empty where there is none, or an online form, which cannot."""
    by_phone = (one.destination for one in site.contacts if (one.purpose, one.kind) == (purpose, "by_hand"))
    return next((number for number in by_phone if "/" not in number), "")
