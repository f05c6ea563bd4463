"""Who is who, and who the admins are."""

from __future__ import annotations

from typing import Final

from handlers.people import Account, Person
from handlers.raising.pages import TITLE
from handlers.screens import Bullets, Button, Buttons, Form, Heading, Item, Line, Paragraph, Part
from handlers.setup.at import At
from handlers.setup.paging import page_at, page_of, turns
from handlers.setup.words import emergency_first

EACH: Final = 20
"""Persons and admins in one window."""
NEEDED: Final = "Needed where somebody uses both Slack and Teams, or where contacts are to see a name and a number."


def people(at: At) -> Form:
    """Draw who is who, and who the admins are."""
    rows: list[Person | Account] = [*at.directory.persons, *sorted(at.directory.admins)]
    page = page_at(at, "people", len(rows), EACH)
    shown, count = page_of(rows, EACH, page)
    persons = [one for one in shown if isinstance(one, Person)]
    admins = [one for one in shown if isinstance(one, Account)]
    parts: list[Part] = [emergency_first(), *at.noted]
    if persons or page == 0:
        parts += [Heading("Accounts that are one person"), Paragraph(NEEDED)]
        parts += [_person(one, at) for one in persons]
    if admins:
        parts += [Heading("Admins"), *(_admin(one, at) for one in admins)]
    parts += turns("people", page, count)
    back = Button("show_admin", "Back to all sites", opens_form=True)
    parts.append(Buttons((at.go("Add a person", "person"), at.go("Add admins", "admin"), back)))
    return Form(TITLE, tuple(parts))


def _person(person: Person, at: At) -> Part:
    name = person.name or at.name(person.accounts[0])
    accounts = f"{len(person.accounts)} accounts" if len(person.accounts) > 1 else "one account"
    text = ", ".join(one for one in (person.role, person.phone, accounts) if one)
    if person.declared:
        return Bullets((Line(name, f"{text}; in the CONFIG file"),))
    return Item(name, text, at.go("Change", "person", str(person.accounts[0])))


def _admin(account: Account, at: At) -> Part:
    where = "Slack" if account.platform == "slack" else "Teams"
    if account in at.directory.first_admins:
        return Bullets((Line(f"{at.name(account)}, on {where}:", "named by SIGNPOST_ADMINS"),))
    token = at.token("admin", str(account), changes=True)
    ask = f"Take {at.name(account)} (on {where}) out of the admins?"
    return Item(at.name(account), f"On {where}.", Button("remove_setup", "Take out", token, ask_first=ask))
