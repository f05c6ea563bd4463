"""Which accounts are one person, and what others are shown of them."""

from __future__ import annotations

from typing import Final

from handlers import limits
from handlers.changes import What
from handlers.people import Account, Directory, Person, is_group
from handlers.screens import Button, Buttons, Form, Paragraph, People, TextBox
from handlers.setup.at import At
from handlers.setup.keep import announce_self, hears, note, seen_as
from handlers.setup.numbers import number_wrong
from handlers.setup.people import first_not_fit
from handlers.setup.plain_text import text_wrong
from handlers.setup.refs import in_capitals, is_person
from handlers.sites import Site

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
        People("who", "Who is it?", "In this workspace or tenant. Empty only where all their accounts are elsewhere.",
               at.as_option(chosen)),
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
    return Button("remove_setup", "Take out", at.token("person", at.item, changes=True), ask_first=ask)


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
    widths = (("name", WIDTH), ("role", WIDTH), ("reachable", WIDTH))
    errors += [(field, wrong) for field, most in widths if (wrong := text_wrong(at.text(field), most))]
    if wrong := number_wrong(at.text("phone"), PHONE):
        errors.append(("phone", wrong))
    if taken_name := _name_of_another(at.text("name"), accounts, at):
        errors.append(("name", taken_name))
    if errors:
        return at.wrong(*errors)
    made = Person(accounts, at.text("name"), at.text("role"), at.text("phone"), reachable=at.text("reachable"))
    if made != before:
        rest = (one for one in at.directory.persons if not one.declared and one != before)
        directory = at.directory
        at.work.keep_persons((*rest, made))
        _tell("person_changed", made, before, directory, at)
    return At(at.intent, at.work, "people")


def remove(at: At) -> At:
    """Forget what was said of them: their accounts are several people again."""
    person = _person(at)
    if person is not None and not person.declared:
        directory = at.directory
        at.work.keep_persons(tuple(one for one in at.directory.persons if not one.declared and one != person))
        _tell("person_removed", person, None, directory, at)
    return At(at.intent, at.work, "people")


def _tell(what: What, person: Person, before: Person | None, directory: Directory, at: At) -> None:
    """Tell the leads of each site that one of the accounts leads or may lead: all of them do from now on, or no more.

    What was written down is said with what each account is called on its platform: an admin writes the one alone.
    """
    accounts = tuple(dict.fromkeys((*person.accounts, *(before.accounts if before else ()))))
    sites = [site for site in directory.sites if any(_may_lead(one, site, directory, at) for one in accounts)]
    hear = [ref for site in sites for ref in hears(site, at)]
    said = f"{', '.join(seen_as(one, at) for one in person.accounts)}. {_entered(person)}"
    if what == "person_changed" and before is not None:
        said = f"{said}. Before that: {', '.join(map(str, before.accounts))}; {_entered(before)}"
    note(
        at, what, about=str(accounts[0]), about_name=said, hears=hear, details=[{"about": str(one)} for one in accounts]
    )
    announce_self(at, directory, f"their account is one person with others now: {said}")


def _entered(person: Person) -> str:
    shown = (person.name, person.role, person.phone, person.reachable)
    return ", ".join(one for one in shown if one) or "Nothing else is written down"


def _may_lead(account: Account, site: Site, directory: Directory, at: At) -> bool:
    """Whether an account leads a site by itself, or cannot be ruled out: a group may hold it that was not read."""
    groups = at.intent.known.groups
    unread = any(is_group(ref) and ref not in groups for ref in site.leads)
    stand_ins = any(directory.same_person(account, Account.parse(one.who)) for one in site.stand_ins)
    return unread or stand_ins or directory.is_lead(account, site, at.intent.known)


def _name_of_another(name: str, accounts: tuple[Account, ...], at: At) -> str:
    """Why a name will not do: somebody else bears it, and changes are told under it."""
    if not name:
        return ""
    directory, names = at.directory, at.intent.known.names
    others = {one.name for one in directory.persons if not set(one.accounts) & set(accounts)}
    others |= {called for one, called in names.items() if one not in accounts and not directory.person(one).name}
    own = {names[one].casefold() for one in accounts if one in names}
    taken = name.casefold() in {one.casefold() for one in others} and name.casefold() not in own
    return f"Somebody else here is called {name}. Write how they differ, such as a middle name." if taken else ""


def _others(at: At) -> tuple[tuple[Account, ...], str]:
    found: list[Account] = []
    for line in at.lines("accounts"):
        try:
            account = Account.parse(in_capitals(line))
        except ValueError:
            return (), f"'{line[:40]}' is not an account: write slack:TEAM/USER or teams:TENANT/OBJECT."
        if not is_person(str(account)):
            return (), f"'{line[:40]}' is not a person's account."
        found.append(account)
    return tuple(found), ""


def _person(at: At) -> Person | None:
    return next((one for one in at.directory.persons if at.item and at.item in map(str, one.accounts)), None)
