"""What the tables of the CONFIG file cannot see each by itself, and the rules that whoever sets up in chat is held to.

They are held against the file alone and never against what was set up in chat: that was checked when it was typed, and
must be readable whatever the rules have become.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.config.lines import Place
from bot.config.tables import ContactTable, File, PersonTable, SiteTable, StandInTable, site_of
from handlers import limits
from handlers.mail_domains import domain_wrong, of_one_house
from handlers.people import is_group
from handlers.ports import LONGEST_EXTRA
from handlers.setup.clock_fields import DAY, URGENT
from handlers.setup.contact_fields import MOST_ORGS, ORG
from handlers.setup.contacts import MOST as MOST_CONTACTS
from handlers.setup.leads import MOST as MOST_LEADS
from handlers.setup.plain_text import HIDDEN, ONE_LINE, alike, text_wrong
from handlers.setup.refs import ROOM, https
from handlers.setup.stand_ins import LONGEST_DAYS

Problem = tuple[Place, str]
"""Where something is wrong, and the rest of a sentence that begins with the place."""
_SLACK_ROOM: Final = re.compile(r"[A-Z0-9]+/[CG][A-Z0-9]+\Z")
LONGEST_ID: Final = 190
"""Characters of an account or a group."""
_ID: Final = re.compile(r"[\w.:/@+=-]*", re.ASCII)
_AS_IN_FILE: Final = {ONE_LINE: "has to stand on one line", HIDDEN: "has a character in it that cannot be seen"}
_ORGS_WRONG: Final = (
    f"holds at most {MOST_ORGS} ids of workspaces (T and letters) or tenants, without slack: or teams: before them"
)

_OWN_ORG: Final = (
    "is a workspace or tenant of your own: name that of the police or the council, or nobody (where an officer has an "
    "account with you, organisations stays empty)"
)


def first_problem(file: File) -> Problem | None:
    """The first thing that is wrong, or None."""
    return next(_all(file), None)


def _all(file: File) -> Iterator[Problem]:
    for number, site in enumerate(file.site):
        at: Place = ("site", number)
        yield from _names(at, site, file.site[:number])
        yield from _ids(at, site)
        yield from _texts(at, site, ("name", "phone", "force"))
        yield from _of_site(at, site)
        yield from _contacts(at, site)
        yield from _own_mailboxes(at, site, file.site)
        yield from _stand_ins(at, site)
        yield from _own_organisations(at, site, file.site)
    yield from _persons(file.person)


def _names(at: Place, site: SiteTable, before: Iterable[SiteTable]) -> Iterator[Problem]:
    for other in before:
        if other.id == site.id:
            yield (*at, "id"), f"is there twice: '{site.id}'"
        if other.id.casefold() == site.id.casefold():
            yield (*at, "id"), f"differs from '{other.id}' in capitals alone"
        if alike(other.name, site.name):
            yield (*at, "name"), f"reads like that of '{other.id}': write how they differ"


def _ids(at: Place, site: SiteTable) -> Iterator[Problem]:
    """What is written into the audit trail and names a message is as short and as plain as these take it."""
    for key, refs in (("leads", site.leads), ("staff", site.staff)):
        for place, ref in enumerate(refs):
            yield from _id((*at, key, place), ref)
    for number, one in enumerate(site.stand_in):
        yield from _id((*at, "stand_in", number, "away"), one.away)
        yield from _id((*at, "stand_in", number, "who"), one.who)
    longest = LONGEST_EXTRA - len(f"{site.id}:")
    for number, contact in enumerate(site.contact):
        yield from _id((*at, "contact", number, "owner_account"), contact.owner_account)
        if len(contact.id) > longest:
            yield (*at, "contact", number, "id"), f"has at most {longest} characters beside the id of this site"


def _id(at: Place, ref: str) -> Iterator[Problem]:
    if len(ref) > LONGEST_ID:
        yield at, f"has at most {LONGEST_ID} characters"
    elif not _ID.fullmatch(ref):
        yield at, "has a character in it that no id has: copy it again"


def _texts(at: Place, table: SiteTable | ContactTable | PersonTable, keys: Iterable[str]) -> Iterator[Problem]:
    for key in keys:
        text = getattr(table, key)
        if wrong := _text(text):
            yield (*at, key), wrong
        elif text and not text.strip():
            yield (*at, key), "is blank"


def _text(text: str) -> str:
    wrong = text_wrong(text, limits.DESTINATION)  # how long it may be the tables know
    return _AS_IN_FILE.get(wrong, wrong)


def _of_site(at: Place, site: SiteTable) -> Iterator[Problem]:
    if site.serves == []:
        yield (*at, "serves"), "is empty, so nobody could raise anything: leave it out, or name slack:TEAM"
    if len(site.leads) > MOST_LEADS:
        yield (*at, "leads"), f"has more than {MOST_LEADS} entries: put people into a group, and name that"
    for key in URGENT:
        if getattr(site.clocks, key) > DAY:
            yield (*at, "clocks", key), f"must be at most {DAY} (a day): it is for what cannot wait"
    for key, number in site.numbers:
        if wrong := _text(number):
            yield (*at, "numbers", key), wrong
    for place, domain in enumerate(site.mail_domains):
        if wrong := domain_wrong(domain.lower()):
            yield (*at, "mail_domains", place), wrong
    for place, link in enumerate(site.links):
        if wrong := _text(link.title) or ("" if link.title.strip() else "is blank"):
            yield (*at, "links", place, "title"), wrong
        if not https(link.url):
            yield (*at, "links", place, "url"), "is not an address that begins with https:// and holds nothing odd"


def _contacts(at: Place, site: SiteTable) -> Iterator[Problem]:
    if len(site.contact) > MOST_CONTACTS:
        yield (*at, "contact"), f"is there more than {MOST_CONTACTS} times: one window can offer no more"
    for number, one in enumerate(site.contact):
        here: Place = (*at, "contact", number)
        yield from _texts(here, one, ("destination", "owner", "out_of_hours"))
        yield from _destination(here, one)
        for other in site.contact[:number]:
            if other.id == one.id:
                yield (*here, "id"), f"is there twice: one of two contacts of '{site.id}' needs another id"
            if _leads_to(other) == _leads_to(one):
                yield (*here, "destination"), "is that of another contact of this site for the same purpose"


def _own_mailboxes(at: Place, site: SiteTable, sites: Iterable[SiteTable]) -> Iterator[Problem]:
    domains = [domain for one in sites for domain in one.mail_domains]
    for number, one in enumerate(site.contact):
        if one.kind == "mail" and any(of_one_house(one.destination, domain) for domain in domains):
            yield (*at, "contact", number, "destination"), "is a mailbox of your own: its domain stands in mail_domains"


def _own_organisations(at: Place, site: SiteTable, sites: Iterable[SiteTable]) -> Iterator[Problem]:
    """A contact's channel is shared with somebody else: whoever is of an own workspace or tenant is none of theirs."""
    ours = {org.partition(":")[2].casefold() for one in sites for org in site_of(one).serves}
    for number, one in enumerate(site.contact):
        mine = ours | ({one.destination.partition("/")[0].casefold()} if one.kind in ("slack", "teams") else set())
        for place, org in enumerate(one.organisations):
            if org.casefold() in mine:
                yield (*at, "contact", number, "organisations", place), _OWN_ORG


def _leads_to(contact: ContactTable) -> tuple[str, str, str]:
    return contact.purpose, contact.kind, contact.destination.lower()


def _destination(at: Place, contact: ContactTable) -> Iterator[Problem]:
    match contact.kind:
        case "slack" if not _SLACK_ROOM.match(contact.destination):
            yield (
                (*at, "destination"),
                "is not a channel: write TEAM/CHANNEL, where the channel's id begins with C or G",
            )
        case "teams" if not ROOM.match(contact.destination.rpartition("/")[2]):
            yield (
                (*at, "destination"),
                "is not a channel: write TENANT/TEAM/CHANNEL, where the channel's id begins with 19:",
            )
    if len(contact.organisations) > MOST_ORGS or not all(map(ORG.fullmatch, contact.organisations)):
        yield (*at, "organisations"), _ORGS_WRONG


def _stand_ins(at: Place, site: SiteTable) -> Iterator[Problem]:
    for number, one in enumerate(site.stand_in):
        here: Place = (*at, "stand_in", number)
        yield from _stand_in(here, one, site)


def _stand_in(at: Place, one: StandInTable, site: SiteTable) -> Iterator[Problem]:
    of_a_group = not is_group(one.away) and any(map(is_group, site.leads))
    if one.away not in site.leads and not of_a_group:  # who is in a group, no file tells
        yield (*at, "away"), f"names nobody who stands in leads of '{site.id}'"
    if one.who == one.away:
        yield (*at, "who"), "is the one who is away: somebody else has to stand in"
    if (one.last_day - one.first_day).days > LONGEST_DAYS:
        yield (*at, "last_day"), "is more than a year after first_day: make them a lead instead"


def _persons(persons: Iterable[PersonTable]) -> Iterator[Problem]:
    owners: set[str] = set()
    earlier = list(persons)
    for number, person in enumerate(earlier):
        at: Place = ("person", number)
        yield from _texts(at, person, ("name", "role", "phone", "reachable"))
        for place, account in enumerate(person.accounts):
            yield from _id((*at, "accounts", place), account)
        if owners & set(person.accounts):
            yield (*at, "accounts"), "has an account that belongs to two persons: keep it in one of them"
        for place, account in enumerate(person.accounts):
            org = account.rpartition("/")[0]
            if org in (other.rpartition("/")[0] for other in person.accounts[:place]):
                yield (*at, "accounts", place), f"is a second account of {org}, where everybody has one: take it out"
        if person.name and any(alike(person.name, other.name) for other in earlier[:number]):
            yield (*at, "name"), "reads like the name of another person: write how they differ, such as a middle name"
        owners.update(person.accounts)
