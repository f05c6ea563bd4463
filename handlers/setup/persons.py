"""Which accounts are one person, and what others are shown of them."""

from __future__ import annotations

from typing import Final

from handlers import limits
from handlers.people import Account, Person, is_group
from handlers.screens import Button, Buttons, Form, Paragraph, People, TextBox
from handlers.setup.at import At
from handlers.setup.keep import note
from handlers.setup.people import first_not_fit
from handlers.setup.plain_text import text_wrong

WIDTH: Final = limits.WORDS
PHONE: Final = limits.PHONE


def window(at: At) -> Form:
    """Draw one person, new or there."""
    person = _person(at) or Person(())
    here = tuple(one for one in person.accounts if (one.platform, one.org) == (at.by.platform, at.by.org))
    others = tuple(str(one) for one in person.accounts if one not in here)
    chosen = at.chosen("who", here)
    return at.window(
        person.name or "Add a person",
        *((Buttons((_forget(at),)),) if person.accounts else ()),
        Paragraph("Needed where somebody uses both Slack and Teams, and where contacts are to see a name and number."),
        People("who", "Who is it?", "In this workspace or tenant.", at.as_option(chosen)),
        TextBox("accounts", "Their other accounts",
                "One a line, as 'help' shows it to them there: slack:TEAM/USER or teams:TENANT/OBJECT.",
                at.text("accounts", "\n".join(others)), 600),
        TextBox("name", "Name", "As others read it.", at.text("name", person.name), WIDTH, single=True),
        TextBox("role", "Role", "Such as DSL.", at.text("role", person.role), WIDTH, single=True),
        TextBox("phone", "Number", "", at.text("phone", person.phone), PHONE, single=True),
        TextBox("reachable", "When can they be reached?", "Such as: Monday to Friday until 17:00.",
                at.text("reachable", person.reachable), WIDTH, single=True),
    )  # fmt: skip


def _forget(at: At) -> Button:
    ask = "Forget what was said of them? Their accounts are several people again."
    return Button("remove_setup", "Take out", at.token("person", at.item), ask_first=ask)


def save(at: At) -> At:
    """Keep them: an account belongs to one person at most."""
    errors: list[tuple[str, str]] = []
    who = at.chosen("who")[:1]
    others, wrong = _others(at)
    accounts = tuple(dict.fromkeys((*who, *others)))
    if wrong:
        errors.append(("accounts", wrong))
    if not accounts:
        errors.append(("who", "Choose who it is."))
    if not_fit := first_not_fit(who, at):
        errors.append(("who", not_fit))
    if not wrong and (not_fit := first_not_fit(others, at)):
        errors.append(("accounts", not_fit))
    before = _person(at)
    taken = {one for person in at.directory.persons if person != before for one in person.accounts}
    if taken & set(accounts):
        errors.append(("who", "One of these accounts belongs to another person already: change that one."))
    widths = (("name", WIDTH), ("role", WIDTH), ("phone", PHONE), ("reachable", WIDTH))
    errors += [(field, wrong) for field, most in widths if (wrong := text_wrong(at.text(field), most))]
    if errors:
        return at.wrong(*errors)
    made = Person(accounts, at.text("name"), at.text("role"), at.text("phone"), reachable=at.text("reachable"))
    if made != before:
        rest = (one for one in at.directory.persons if not one.declared and one != before)
        told = _leads_beside(at, accounts)
        at.work.keep_persons((*rest, made))
        said = f"{made.name or at.name(accounts[0])} ({', '.join(map(str, accounts))})"[:300]
        note(at, "person_changed", about=str(accounts[0]), about_name=said, leads=told)
    return At(at.intent, at.work, "people")


def _leads_beside(at: At, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """The leads of each site that one of these accounts leads: from now on all of them do."""
    directory, known = at.directory, at.intent.known
    theirs = [site for site in directory.sites if any(directory.is_lead(one, site, known) for one in accounts)]
    return tuple(lead for site in theirs for lead in directory.leads(site, known)) if len(accounts) > 1 else ()


def remove(at: At) -> At:
    """Forget what was said of them: their accounts are several people again."""
    person = _person(at)
    if person is not None and not person.declared:
        at.work.keep_persons(tuple(one for one in at.directory.persons if not one.declared and one != person))
        note(at, "person_removed", about=str(person.accounts[0]), about_name=person.name)
    return At(at.intent, at.work, "people")


def _others(at: At) -> tuple[tuple[Account, ...], str]:
    found: list[Account] = []
    for line in at.lines("accounts"):
        try:
            account = Account.parse(line)
        except ValueError:
            return (), f"'{line[:40]}' is no account: write slack:TEAM/USER or teams:TENANT/OBJECT."
        if account.platform == "mail" or is_group(line):
            return (), f"'{line[:40]}' is no person's account."
        found.append(account)
    return tuple(found), ""


def _person(at: At) -> Person | None:
    return next((one for one in at.directory.persons if at.item and at.item in map(str, one.accounts)), None)
