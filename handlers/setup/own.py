"""What is the school's own, and so is no contact of it: numbers, mail domains, its workspaces and tenants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from handlers import limits
from handlers.contacts import name_of
from handlers.mail_domains import domain_wrong, of_one_house
from handlers.people import Account, Directory
from handlers.setup.numbers import dialled, same_line, short
from handlers.sites import Contact, Site

OWN_NUMBER: Final = (
    "This is your own school's number, or that of somebody there. Write the one that the police or the council gave."
)
OWN_ADDRESS: Final = "This is an address of your own school. Enter the one that the police or the council gave you."
POLICE: Final = "101"
ON_101: Final = "101 is the police. Write the number that the council gave."
NOT_THEIRS: Final = "This short number belongs to another service. Write the one that the police or the council gave."
CONTACTS_NUMBER: Final = (
    "This is the number of a contact ({name}, at {site}). Write your own, or change the contact first."
)
CONTACTS_DOMAIN: Final = (
    "A contact has a mailbox at {domain} ({name}, at {site}). If it is your own school's, remove that contact first."
)
OWN_ORG: Final = (
    "'{named}' is your own workspace or tenant, where Signpost is already, and nobody there is somebody else's. Write "
    "the id that the police or the council gave. Where nobody else is in the channel, leave this empty."
)
TOO_MANY: Final = f"Write at most {limits.DOMAINS} domains."


def number_not_theirs(text: str, purpose: str, directory: Directory, phones: Iterable[str] | None = None) -> str:
    """Why a number cannot be that of an agency, in a sentence; empty if it can.

    `phones` are the switchboards; left out: those of all sites.
    """
    found = short(text)
    if POLICE in found and purpose != "police":
        return ON_101
    if found - {POLICE}:
        return NOT_THEIRS
    switchboards = [site.phone for site in directory.sites] if phones is None else phones
    ours = (*switchboards, *(one.phone for one in directory.persons))
    # An extension alone is rung from a telephone of the school.
    return OWN_NUMBER if not dialled(text) or any(same_line(text, one) for one in ours) else ""


def number_of_a_contact(text: str, directory: Directory) -> str:
    """Why a number cannot be a switchboard: a contact is rung on it."""
    for site, contact in _contacts(directory, "by_hand"):
        if same_line(text, contact.destination):
            return CONTACTS_NUMBER.format(name=name_of(contact), site=site.name)
    return ""


def is_own_address(address: str, own_domain: str, directory: Directory) -> bool:
    """Whether a mail address is the school's own: of the domain that our mail comes from, or of one of any site."""
    domains = (own_domain, *(one for site in directory.sites for one in site.mail_domains))
    return any(of_one_house(address, one) for one in domains)


def own_organisations(directory: Directory) -> frozenset[str]:
    """Every workspace and tenant that is ours (`slack:T1`): a site serves it, or we are connected to it."""
    return directory.orgs() | directory.connected


def organisation_wrong(named: Iterable[str], by: Account, directory: Directory) -> str:
    """Why organisations cannot share a channel with us, in a sentence: one of them is ours; empty if none is."""
    ours = {by.org.casefold(), *(one.partition(":")[2].casefold() for one in own_organisations(directory))}
    found = next((one for one in named if one.casefold() in ours), "")
    return OWN_ORG.format(named=found[:64]) if found else ""


def domains_wrong(domains: tuple[str, ...], directory: Directory) -> str:
    """What is wrong with the mail domains of a site, in a sentence; empty if nothing is."""
    if len(domains) > limits.DOMAINS:
        return TOO_MANY
    for domain in domains:
        if wrong := domain_wrong(domain):
            return f"'{domain[:40]}' {wrong}."
        for site, contact in _contacts(directory, "mail"):
            if of_one_house(contact.destination, domain):
                return CONTACTS_DOMAIN.format(domain=domain, name=name_of(contact), site=site.name)
    return ""


def _contacts(directory: Directory, kind: str) -> Iterable[tuple[Site, Contact]]:
    return ((site, one) for site in directory.sites for one in site.contacts if one.kind == kind)
