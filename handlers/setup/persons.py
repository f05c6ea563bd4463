"""Which accounts are one person, and what others are shown of them."""

from __future__ import annotations

from typing import Final

from handlers import limits
from handlers.changes import What
from handlers.people import Account, Directory, Person, is_group
from handlers.screens import Button, Buttons, Form, Paragraph, People, TextBox
from handlers.setup import one_person
from handlers.setup.at import At
from handlers.setup.group_words import in_a_row
from handlers.setup.keep import Rights, announce_self, hears, note, seen_as
from handlers.setup.numbers import number_wrong
from handlers.setup.people import first_not_fit
from handlers.setup.plain_text import alike, words_wrong
from handlers.setup.refs import in_capitals, is_person
from handlers.setup.seen import AN_ADMIN
from handlers.setup.tell import BY_AN_ADMIN
from handlers.sites import Site

WIDTH: Final = limits.WORDS
PHONE: Final = limits.PHONE
IS_THERE: Final = "{name} is there already: press Change beside the name."
IN_FILE: Final = "{name} stands in the file that SIGNPOST_CONFIG names, and is changed there."


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
                "One a line, of another workspace or tenant, as 'help' shows it there: slack:TEAM/USER or "
                "teams:TENANT/OBJECT. Each account and the leads are told at once.",
                at.text("accounts", "\n".join(others)), 600),
        TextBox("name", "Name", "As others read it.", at.text("name", person.name), WIDTH, single=True),
        TextBox("role", "Role", "Such as DSL.", at.text("role", person.role), WIDTH, single=True),
        TextBox("phone", "Number", "", at.text("phone", person.phone), PHONE, single=True),
        TextBox("reachable", "When can they be reached?", "Such as: Monday to Friday until 17:00.",
                at.text("reachable", person.reachable), WIDTH, single=True),
    )  # fmt: skip


def _forget(at: At) -> Button:
    person = _person(at)
    name = person.name or at.name(person.accounts[0]) if person else "them"
    ask = f"Forget what was said of {name}? Their accounts are several people again."
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
    if not wrong and (not_fit := first_not_fit(others, at) or one_person.same_place(accounts)):
        errors.append(("accounts", not_fit))
    before = _person(at)
    taken = {one for person in at.directory.persons if person != before for one in person.accounts}
    if taken & set(accounts):
        errors.append(("who" if taken & set(who) else "accounts", _taken(accounts, before, at)))
    widths = (("name", WIDTH), ("role", WIDTH), ("reachable", WIDTH))
    errors += [(field, wrong) for field, most in widths if (wrong := words_wrong(at.text(field), most))]
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
        _tell(made, before, directory, at)
    return At(at.intent, at.work, "people")


def _taken(accounts: tuple[Account, ...], before: Person | None, at: At) -> str:
    """Whose account one of these is already, and where that is changed."""
    theirs = (person for person in at.directory.persons if person != before and set(person.accounts) & set(accounts))
    person = next(theirs)
    name = person.name or at.name(person.accounts[0])
    return (IN_FILE if person.declared else IS_THERE).format(name=name)


def remove(at: At) -> At:
    """Forget what was said of them: their accounts are several people again."""
    person = _person(at)
    if person is not None and not person.declared:
        directory = at.directory
        at.work.keep_persons(tuple(one for one in at.directory.persons if not one.declared and one != person))
        _tell(None, person, directory, at)
    return At(at.intent, at.work, "people")


def _tell(made: Person | None, before: Person | None, directory: Directory, at: At) -> None:
    """Tell what became of a person: of accounts that are one now, or several again, at once and everybody concerned.

    What was written down is said with what each account is called on its platform: an admin writes the one alone.
    """
    joined, parted = one_person.joined(directory, at.directory), one_person.joined(at.directory, directory)
    for person in joined:
        was = f". Before that: {', '.join(map(str, before.accounts))}; {_entered(before)}" if before else ""
        _tell_accounts("person_joined", person, f"{_said(person, at)}{was}", directory, at)
    for person in parted:
        _tell_accounts("person_parted", person, _said(person, at), directory, at)
    now = made or before
    if joined or parted or now is None:
        return
    was = f". Before that: {', '.join(map(str, before.accounts))}; {_entered(before)}" if made and before else ""
    sites = [site for site in directory.sites if any(_may_lead(one, site, directory, at) for one in now.accounts)]
    hear = [ref for site in sites for ref in hears(site, at)]
    details = [{"about": str(one)} for one in now.accounts]
    what: What = "person_changed" if made else "person_removed"
    note(at, what, about=str(now.accounts[0]), about_name=f"{_said(now, at)}{was}", hears=hear, details=details)


def _tell_accounts(what: What, person: Person, said: str, before: Directory, at: At) -> None:
    """Tell the accounts, and the leads of each site where one of them may lead, or may raise something."""
    known, accounts = at.intent.known, person.accounts
    sites = [
        site
        for site in at.directory.sites
        if any(_may_lead(one, site, before, at) or one_person.may_raise(one, site, known) for one in accounts)
    ]
    self_said = f"their account is one person with others now: {said}"
    told = announce_self(at, before, self_said) if what == "person_joined" else ()
    hear = [ref for site in sites for ref in hears(site, at) if ref not in told]
    refs = tuple(map(str, accounts))
    admin = any(one in at.directory.admins for one in accounts)
    why = BY_AN_ADMIN if admin and what == "person_joined" else ""
    details = [{"about": one} for one in refs]
    note(at, what, about=refs[0], about_name=said, hears=hear, details=details, rights=Rights(refs, why))


def _said(person: Person, at: At) -> str:
    return f"{in_a_row([_called(one, at) for one in person.accounts])}. {_entered(person)}"


def _called(account: Account, at: At) -> str:
    """What its platform calls an account, which it is, and that it is an admin's."""
    name = seen_as(account, at)
    behind = ", ".join(filter(None, (
        str(account) if str(account) not in name else "", AN_ADMIN if account in at.directory.admins else "",
    )))  # fmt: skip
    return f"{name} ({behind})" if behind else name


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
    others = {one.name for one in directory.persons if one.name and not set(one.accounts) & set(accounts)}
    others |= {called for one, called in names.items() if one not in accounts and not directory.person(one).name}
    own = any(alike(name, names[one]) for one in accounts if one in names)
    taken = not own and any(alike(name, one) for one in others)
    return f"Somebody else here is called {name}. Write how they differ, such as a middle name." if taken else ""


def _others(at: At) -> tuple[tuple[Account, ...], str]:
    found: list[Account] = []
    for number, line in enumerate(at.lines("accounts"), 1):
        try:
            account = Account.parse(in_capitals(line))
        except ValueError:
            return (), f"Line {number} is not an account. Copy it as 'help' shows it to them there."
        if not is_person(str(account)):
            return (), f"'{line[:40]}' is not a person's account."
        found.append(account)
    return tuple(found), ""


def _person(at: At) -> Person | None:
    return next((one for one in at.directory.persons if at.item and at.item in map(str, one.accounts)), None)
