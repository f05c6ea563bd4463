"""What platforms have to be asked before an admin's change can be checked: people, groups, a contact's channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from handlers.chosen_people import accounts_chosen
from handlers.contacts import room_of
from handlers.intents import Intent, Value
from handlers.people import Account, Directory, is_group
from handlers.setup.refs import channel, group, in_capitals, organisations
from handlers.sites import Contact, Site

PEOPLE_FIELDS: Final = ("people", "who", "owner")
ABOUT: Final = frozenset({"edit_setup", "save_setup", "remove_setup", "test_contact"})
"""Intents before which something is asked."""
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Asks:
    """Accounts whose standing and name are needed, groups to open, and rooms to look at with whom to expect there."""

    accounts: tuple[Account, ...] = ()
    groups: tuple[str, ...] = ()
    rooms: dict[Account, tuple[str, ...]] = field(default_factory=dict)
    named: tuple[Account, ...] = ()
    """Accounts whose name alone is needed: they stand on the window."""
    shown: tuple[str, ...] = ()
    """Groups that configuration names already: what was learnt of them within the last minute will do."""


def asks(intent: Intent, directory: Directory) -> Asks:
    """What a filled-in window names that nobody has checked yet, or where a test is to go.

    Reads what was typed and trusts none of it.
    """
    if intent.name == "acknowledge":
        return Asks(rooms=_of_test(intent, directory))
    if not directory.is_admin(intent.by):
        return Asks()
    changes = intent.name in ("save_setup", "remove_setup")
    # What is told of a change names people as their platform does, whatever an admin wrote down of them.
    named = [one for one in _shown(intent, directory) if changes or not directory.person(one).name]
    named = list(dict.fromkeys([intent.by, *named]))[:MOST]
    shown = _groups(intent, directory)
    if intent.name == "test_contact":
        return Asks(rooms=_of_contact(intent, directory), named=tuple(named), shown=shown)
    if intent.name != "save_setup":
        return Asks(named=tuple(named), shown=shown)
    by, fields = intent.by, intent.fields
    chosen = [one for name in PEOPLE_FIELDS for one in accounts_chosen(fields.get(name), by)]
    typed = [account for line in _lines(fields.get("accounts")) if (account := _account(line)) is not None]
    groups = [ref for line in _lines(fields.get("groups")) if (ref := group(line, by)[0])]
    rooms = _rooms(intent)
    if rooms:  # an admin who is found in it is named
        named = list(dict.fromkeys([*named, *sorted(directory.admins)]))[:MOST]
    return Asks(
        tuple(dict.fromkeys([*chosen, *typed]))[:MOST], tuple(dict.fromkeys(groups))[:20], rooms, tuple(named), shown,
    )  # fmt: skip


def _shown(intent: Intent, directory: Directory) -> list[Account]:
    """Who is named on the window that this leads to: those of one site, or persons and admins."""
    site = directory.site(intent.subject.id)
    if site is None:
        return [*sorted(directory.admins), *(one for person in directory.persons for one in person.accounts)]
    refs = [*site.leads, *(ref for one in site.stand_ins for ref in (one.away, one.who)), *site.staff]
    refs += [one.owner_account for one in site.contacts if one.owner_account]
    refs += [ref for one in site.contacts for ref in one.admins]
    return [Account.parse(ref) for ref in refs if not is_group(ref)]


def _groups(intent: Intent, directory: Directory) -> tuple[str, ...]:
    """The groups of the site that the window is about, or of every site where it is about people."""
    site = directory.site(intent.subject.id)
    refs = (*site.leads, *site.staff) if site else (ref for one in directory.sites for ref in one.leads)
    return tuple(dict.fromkeys(ref for ref in refs if is_group(ref)))[:MOST]


def asked_first(intent: Intent) -> bool:
    """Whether anything may have to be asked before this is carried out."""
    return intent.name in ABOUT or (intent.name == "acknowledge" and intent.subject.kind == "site")


def _of_test(intent: Intent, directory: Directory) -> dict[Account, tuple[str, ...]]:
    """The channel in which the test that is waited for was acknowledged. Nobody makes us look for any other one."""
    site = directory.site(intent.subject.id) if intent.subject.kind == "site" else None
    tests = [one.test for one in (site.contacts if site else ()) if one.id == intent.subject.extra and one.test]
    rooms = _of_contact(intent, directory) if intent.subject.place in tests else {}
    return {room: organisations for room, organisations in rooms.items() if room == intent.room}


def _of_contact(intent: Intent, directory: Directory) -> dict[Account, tuple[str, ...]]:
    """The channel of a contact that is there."""
    site = directory.site(intent.subject.id)
    for contact in site.contacts if site else ():
        room = room_of(contact, site) if site and contact.kind in ("slack", "teams") else None
        if contact.id == intent.subject.extra and room is not None:
            return {room: contact.organisations}
    return {}


def _rooms(intent: Intent) -> dict[Account, tuple[str, ...]]:
    kind, text = intent.fields.get("kind"), intent.fields.get("destination")
    if isinstance(kind, tuple):
        kind = kind[0] if kind else None
    if kind not in ("slack", "teams") or not isinstance(text, str):
        return {}
    where = channel(text, intent.by)[0] if intent.by.platform == kind else text.strip()
    parts = where.split("/")
    if not all(parts) or len(parts) != (2 if kind == "slack" else 3):
        return {}
    room = room_of(Contact("", "police", kind, where), Site("", "", "england", ()))  # type: ignore[arg-type]
    return {room: organisations(_lines(intent.fields.get("organisations")), kind)} if room else {}


def _lines(value: Value) -> list[str]:
    return [line.strip() for line in value.splitlines() if line.strip()][:MOST] if isinstance(value, str) else []


def _account(text: str) -> Account | None:
    try:
        account = Account.parse(in_capitals(text))
    except ValueError:
        return None
    return None if account.platform == "mail" or is_group(text) else account
