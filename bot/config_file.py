"""The CONFIG file: sites, their leads and contacts, and who is one person, in TOML.

One thing wrong and the whole file is refused, with the line and what is expected: a site that was left out by a slip
is a site whose incidents nobody hears of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.config_lines import Place, line_of
from bot.setting_rules import mail_address
from handlers.people import Account, Directory, Person, is_group
from handlers.sites import Clocks, Contact, Numbers, Site

MOST_BYTES: Final = 1_000_000


class BadConfig(Exception):
    """The file cannot be used. The text says where and why, and quotes no value but a site's id."""


def _account(text: str) -> str:
    try:
        account = Account.parse(text)
    except ValueError:
        raise ValueError("is no account: write slack:TEAM/USER or teams:TENANT/OBJECT") from None
    if is_group(text):
        raise ValueError("is a group, and here a single account is needed")
    return str(account)


def _account_or_group(text: str) -> str:
    try:
        account = Account.parse(text)
    except ValueError:
        raise ValueError(
            "is neither an account nor a group: write slack:TEAM/USER, slack:TEAM/S… (user group), slack:TEAM/C…"
            " (private channel), teams:TENANT/OBJECT, teams:TENANT/group:ID or teams:TENANT/channel:ID"
        ) from None
    if account.platform == "slack" and account.user[:1] not in ("U", "W", "S", "C", "G"):
        raise ValueError(
            "is no Slack id: a person's begins with U or W, a user group's with S, a channel's with C or G"
        )
    return text


def _org(text: str) -> str:
    platform, colon, org = text.partition(":")
    if platform not in ("slack", "teams") or not (colon and org) or "/" in org or " " in org:
        raise ValueError("is no workspace: write slack:TEAM or teams:TENANT")
    return text


def _site_id(text: str) -> str:
    if not (text.replace("-", "").replace("_", "").isalnum() and text.isascii() and len(text) <= 40):  # noqa: PLR2004
        raise ValueError("must be a short word of letters, digits and hyphens")
    return text


Words = Annotated[str, Field(min_length=1, max_length=75)]
Phone = Annotated[str, Field(max_length=40)]
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


class _Contact(_Table):
    id: Annotated[str, AfterValidator(_site_id)]
    purpose: Literal["police", "social_care", "lado"]
    kind: Literal["slack", "teams", "mail", "by_hand"]
    destination: Annotated[str, Field(min_length=1, max_length=300)]
    verified: bool = False
    organisations: list[str] = []

    @model_validator(mode="after")
    def _destination_fits(self) -> Self:
        parts = self.destination.split("/")
        expected = {
            "slack": (len(parts) == 2 and all(parts), "TEAM/CHANNEL"),  # noqa: PLR2004
            "teams": (len(parts) == 3 and all(parts), "TENANT/TEAM/CHANNEL"),  # noqa: PLR2004
            "mail": (mail_address(self.destination) == "", "a mail address"),
        }.get(self.kind, (True, ""))
        if not expected[0]:
            raise ValueError(f'does not name where to send: for kind = "{self.kind}", destination is {expected[1]}')
        return self


class _Site(_Table):
    id: Annotated[str, AfterValidator(_site_id)]
    name: Words
    nation: Literal["england", "wales", "scotland", "northern_ireland"]
    leads: Annotated[list[Entry], Field(min_length=1)]
    phone: Phone = ""
    serves: list[Org] | None = None
    staff: list[Entry] = []
    requires_two_people: bool = False
    chat_detail: Literal["full", "receipt"] = "full"
    clocks: _Clocks = _Clocks()
    numbers: _Numbers = _Numbers()
    contact: list[_Contact] = []


class _Person(_Table):
    accounts: Annotated[list[AccountText], Field(min_length=1)]
    name: Annotated[str, Field(max_length=75)] = ""
    role: Annotated[str, Field(max_length=75)] = ""
    phone: Phone = ""


class _File(_Table):
    site: list[_Site] = []
    person: list[_Person] = []


def load(path: Path, admins: frozenset[Account] = frozenset()) -> Directory:
    """The directory that the file declares. Raises BadConfig with a sentence for the first thing that is wrong."""
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        # Its message ends in "(at line 3, column 7)"; what stands before may quote the file.
        raise BadConfig(f"{path.name}: this is no TOML{_position(str(wrong))}.") from None
    try:
        file = _File.model_validate(raw)
    except ValidationError as wrong:
        problem = wrong.errors(include_input=False, include_url=False)[0]
        raise BadConfig(_sentence(path, text, tuple(problem["loc"]), problem["type"], problem.get("ctx", {}))) from None
    _no_repeats(path, text, file)
    return Directory(tuple(map(_site, file.site)), tuple(map(_person, file.person)), admins)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadConfig(f"{path.name}: this is larger than a list of sites can be.")
        return path.read_text(encoding="utf-8")
    except OSError:
        raise BadConfig(f"{path.name}: the file is not there, or this user may not read it.") from None
    except UnicodeDecodeError:
        raise BadConfig(f"{path.name}: this is no text in UTF-8.") from None


def _position(message: str) -> str:
    at, _, rest = message.rpartition("(at line ")
    return f" (line {rest.split(',')[0]})" if at and rest[:1].isdigit() else " (it ends too early)"


def _sentence(path: Path, text: str, place: Place, kind: str, context: Mapping[str, Any]) -> str:
    known_type = {
        "extra_forbidden": "is no setting that we know: check how it is spelt",
        "missing": "is missing",
        "value_error": str(context.get("error", "")),
        "literal_error": f"must be {context.get('expected', '')}",
        "too_short": "needs at least one entry",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {context.get('max_length', '')} characters",
        "greater_than": "must be more than 0",
        "less_than_equal": f"must be at most {context.get('le', '')}",
        "string_type": "must be a text in quotes",
        "list_type": "must be a list in square brackets",
        "bool_type": "must be true or false",
        "float_type": "must be a number",
        "model_type": "must be a table",
    }.get(kind, "has a value that does not fit")
    return f"{path.name}{_line(text, place)}: {_spoken(place)} {known_type}."


def _line(text: str, place: Place) -> str:
    number = line_of(text, place)
    return f", line {number}" if number else ""


def _spoken(place: Place) -> str:
    """`("site", 0, "leads", 1)` as a person says it: `leads of site 1, entry 2`."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}"] if words else [str(part + 1)]
        else:
            words.append(part)
    return " → ".join(words)


def _no_repeats(path: Path, text: str, file: _File) -> None:
    """What each table cannot see by itself: the same id twice, the same account in two persons."""
    seen: set[str] = set()
    for number, site in enumerate(file.site):
        if site.id in seen:
            raise BadConfig(f"{path.name}{_line(text, ('site', number, 'id'))}: the site '{site.id}' is there twice.")
        seen.add(site.id)
        contacts = [contact.id for contact in site.contact]
        if len(set(contacts)) < len(contacts):
            where = _line(text, ("site", number, "contact"))
            raise BadConfig(f"{path.name}{where}: the site '{site.id}' has two contacts with one id.")
    owners: set[str] = set()
    for number, person in enumerate(file.person):
        if owners & set(person.accounts):
            where = _line(text, ("person", number, "accounts"))
            raise BadConfig(f"{path.name}{where}: an account belongs to two persons; keep it in one of them.")
        owners.update(person.accounts)


def _site(site: _Site) -> Site:
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
    )


def _contact(contact: _Contact) -> Contact:
    return Contact(
        id=contact.id,
        purpose=contact.purpose,
        kind=contact.kind,
        destination=contact.destination,
        verified=contact.verified,
        organisations=tuple(contact.organisations),
    )


def _person(person: _Person) -> Person:
    accounts = tuple(map(Account.parse, person.accounts))
    return Person(accounts, name=person.name, role=person.role, phone=person.phone)
