"""The tables of the CONFIG file: what each key may hold, and what the handlers get of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from handlers import limits
from handlers.hours import read_hours
from handlers.mail_domains import LONGEST, is_address
from handlers.people import Account, Directory, Person, is_group
from handlers.sites import Clocks, Contact, Numbers, Site, StandIn


def _account(text: str) -> str:
    try:
        account = Account.parse(text)
    except ValueError:
        raise ValueError("is not an account: write slack:TEAM/USER or teams:TENANT/OBJECT") from None
    if account.platform == "mail":
        raise ValueError("is not an account: write slack:TEAM/USER or teams:TENANT/OBJECT")
    if is_group(text):
        raise ValueError("is a group, and here a single account is needed")
    return str(account)


def _account_or_nobody(text: str) -> str:
    return _account(text) if text else ""


def _account_or_group(text: str) -> str:
    try:
        account = Account.parse(text)
    except ValueError:
        raise ValueError(
            "is neither an account nor a group: write slack:TEAM/USER, slack:TEAM/S… (user group), slack:TEAM/C…"
            " (private channel), teams:TENANT/OBJECT, teams:TENANT/group:ID or teams:TENANT/channel:ID"
        ) from None
    if account.platform == "mail":
        raise ValueError("is a mail address' place, and nobody leads or raises by mail")
    if account.platform == "slack" and account.user[:1] not in ("U", "W", "S", "C", "G"):
        raise ValueError(
            "is not a Slack id: a person's begins with U or W, a user group's with S, a channel's with C or G"
        )
    return text


def _org(text: str) -> str:
    platform, colon, org = text.partition(":")
    if platform not in ("slack", "teams") or not (colon and org) or "/" in org or " " in org:
        raise ValueError("is not a workspace: write slack:TEAM or teams:TENANT")
    return text


def _site_id(text: str) -> str:
    if not (text.replace("-", "").replace("_", "").isalnum() and text.isascii() and len(text) <= 40):  # noqa: PLR2004
        raise ValueError("must be a short word of letters, digits and hyphens")
    return text


Words = Annotated[str, Field(max_length=limits.WORDS)]
Name = Annotated[Words, Field(min_length=1)]
Domain = Annotated[str, Field(max_length=LONGEST)]
Phone = Annotated[str, Field(max_length=limits.PHONE)]
Minutes = Annotated[float, Field(gt=0, le=60 * 24 * 31)]
AccountText = Annotated[str, AfterValidator(_account)]
Entry = Annotated[str, AfterValidator(_account_or_group)]
Org = Annotated[str, AfterValidator(_org)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Clocks(_Table):
    lead_urgent: Minutes = 10
    lead_today: Minutes = 60
    lead_routine: Minutes | None = None
    decide_urgent: Minutes = 30
    decide_today: Minutes = 240
    contact_urgent: Minutes = 15
    contact_routine: Minutes | None = None


class _Numbers(_Table):
    mash: Phone = ""
    out_of_hours: Phone = ""
    lado: Phone = ""
    officer: Phone = ""


def _https(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or not text.isascii() or " " in text:
        raise ValueError("is not an address that begins with https://")
    return text


def _hours(text: str) -> str:
    read_hours(text)
    return text


class ContactTable(_Table):
    """A contact of a site."""

    id: Annotated[str, AfterValidator(_site_id)]
    purpose: Literal["police", "social_care", "lado"]
    kind: Literal["slack", "teams", "mail", "by_hand"]
    destination: Annotated[str, Field(min_length=1, max_length=limits.DESTINATION)]
    verified: bool = False
    organisations: list[str] = []
    owner: Words = ""
    hours: Annotated[str, AfterValidator(_hours)] = ""
    out_of_hours: Words = ""
    review_by: date | None = None
    owner_account: Annotated[str, AfterValidator(_account_or_nobody)] = ""

    @model_validator(mode="after")
    def _never_without_a_way(self) -> Self:
        if self.hours and not self.out_of_hours:
            raise ValueError('has hours: say in out_of_hours what to do outside them, such as "Ring 101"')
        return self

    @model_validator(mode="after")
    def _destination_fits(self) -> Self:
        parts = self.destination.split("/")
        expected = {
            "slack": (len(parts) == 2 and all(parts), "TEAM/CHANNEL"),  # noqa: PLR2004
            "teams": (len(parts) == 3 and all(parts), "TENANT/TEAM/CHANNEL"),  # noqa: PLR2004
            "mail": (is_address(self.destination), "a mail address"),
        }.get(self.kind, (True, ""))
        if not expected[0]:
            raise ValueError(f'does not name where to send: for kind = "{self.kind}", destination is {expected[1]}')
        return self


class _Link(_Table):
    title: Name
    url: Annotated[str, AfterValidator(_https), Field(max_length=limits.LINK)]


class StandInTable(_Table):
    """Who leads in another's place."""

    away: Entry
    who: AccountText
    first_day: date
    last_day: date

    @model_validator(mode="after")
    def _begins_first(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError("ends before it begins: last_day is before first_day")
        return self


class SiteTable(_Table):
    """One site."""

    id: Annotated[str, AfterValidator(_site_id)]
    name: Name
    nation: Literal["england", "wales", "scotland", "northern_ireland"]
    leads: Annotated[list[Entry], Field(min_length=1)]
    phone: Phone = ""
    serves: list[Org] | None = None
    staff: list[Entry] = []
    requires_two_people: bool = False
    chat_detail: Literal["full", "receipt"] = "full"
    clocks: _Clocks = _Clocks()
    numbers: _Numbers = _Numbers()
    contact: list[ContactTable] = []
    stand_in: list[StandInTable] = []
    force: Words = ""
    links: Annotated[list[_Link], Field(max_length=limits.LINKS)] = []
    mail_domains: Annotated[list[Domain], Field(max_length=limits.DOMAINS)] = []
    retention_months: Annotated[int, Field(ge=1, le=600)] = 12


class PersonTable(_Table):
    """Accounts that are one person."""

    accounts: Annotated[list[AccountText], Field(min_length=1)]
    name: Words = ""
    role: Words = ""
    phone: Phone = ""
    reachable: Words = ""


class File(_Table):
    """The whole file."""

    site: list[SiteTable] = []
    person: list[PersonTable] = []


def directory_of(file: File, admins: frozenset[Account]) -> Directory:
    """What the handlers get of a whole file."""
    sites = tuple(replace(site_of(site), declared=True) for site in file.site)
    persons = tuple(replace(person_of(person), declared=True) for person in file.person)
    return Directory(sites, persons, admins, admins)


def site_of(site: SiteTable) -> Site:
    """A site's table as the handlers get it."""
    named = frozenset(lead.partition("/")[0] for lead in site.leads)
    return Site(
        id=site.id,
        name=site.name,
        nation=site.nation,
        leads=tuple(dict.fromkeys(site.leads)),
        phone=site.phone,
        serves=named if site.serves is None else frozenset(site.serves),
        staff=tuple(site.staff),
        requires_two_people=site.requires_two_people,
        chat_detail=site.chat_detail,
        clocks=Clocks(**site.clocks.model_dump()),
        numbers=Numbers(**site.numbers.model_dump()),
        contacts=tuple(_contact(contact) for contact in site.contact),
        stand_ins=tuple(StandIn(one.away, one.who, one.first_day, one.last_day) for one in site.stand_in),
        force=site.force,
        links=tuple((one.title, one.url) for one in site.links),
        mail_domains=tuple(one.lower() for one in site.mail_domains),
        retention_months=site.retention_months,
    )


def _contact(contact: ContactTable) -> Contact:
    return Contact(
        id=contact.id,
        purpose=contact.purpose,
        kind=contact.kind,
        destination=contact.destination,
        verified=contact.verified,
        organisations=tuple(contact.organisations),
        owner=contact.owner,
        hours=read_hours(contact.hours),
        out_of_hours=contact.out_of_hours,
        review_by=contact.review_by,
        owner_account=contact.owner_account,
    )


def person_of(person: PersonTable) -> Person:
    """A person's table as the handlers get it."""
    accounts = tuple(map(Account.parse, person.accounts))
    return Person(accounts, name=person.name, role=person.role, phone=person.phone, reachable=person.reachable)
