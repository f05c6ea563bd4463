"""Who the CONFIG file says is one person, otherwise than at the last start: told like a change in chat."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from handlers.changes import Change, What
from handlers.people import Account, Directory, Known, Person, Standing, is_group
from handlers.ports import Work
from handlers.setup import one_person
from handlers.setup.tell import BY_AN_ADMIN, keep_and_tell, leads_of

BY: Final = "The configuration file"
NOBODY_ASKED: Final = Known(Standing(member=False))
"""What is known at a start: a group may hold anybody."""


def tell_persons(before: Directory, after: Directory, work: Work, told: Iterable[str]) -> None:
    """Tell what became of persons. `told` are those who hear already that an admin leads by it."""
    joined, parted = one_person.joined(before, after), one_person.joined(after, before)
    for one in joined:
        was = [it for it in before.persons if set(it.accounts) & set(one.accounts)]
        _tell_accounts("person_joined", one, f"{_person(one)}{_before(was)}", before, after, work, told)
    for one in parted:
        _tell_accounts("person_parted", one, _person(one), before, after, work)
    plain: Callable[[Directory], list[Person]] = lambda it: [Person(*_fields_of(one)) for one in it.persons]  # noqa: E731
    old, new = plain(before), plain(after)
    for one in new:
        was = [it for it in old if set(it.accounts) & set(one.accounts)]
        if one not in old and not _among(one, joined) and not any(_among(it, parted) for it in was):
            _tell_person("person_changed", [one, *was], f"{_person(one)}{_before(was)}", before, after, work)
    still = {account for one in new for account in one.accounts}
    for one in old:
        if one not in new and not still & set(one.accounts) and not _among(one, parted):
            _tell_person("person_removed", [one], _person(one), before, after, work)


def _among(person: Person, persons: Iterable[Person]) -> bool:
    return any(person.accounts == one.accounts for one in persons)


def _before(persons: Iterable[Person]) -> str:
    return "".join(f". Before that: {_person(one)}" for one in persons)


def _fields_of(person: Person) -> tuple[tuple[Account, ...], str, str, str, str]:
    return person.accounts, person.name, person.role, person.phone, person.reachable


def _person(person: Person) -> str:
    shown_of_them = (person.name, person.role, person.phone, person.reachable)
    entered = ", ".join(one for one in shown_of_them if one) or "nothing else is written down"
    return f"{', '.join(map(str, person.accounts))}: {entered}"


def _tell_accounts(  # what it says, and against what it is held
    what: What, person: Person, said: str, before: Directory, after: Directory, work: Work, told: Iterable[str] = ()
) -> None:
    """Tell the accounts, and the leads of each site where one of them may lead, or may raise something."""
    refs, heard = [str(one) for one in person.accounts], frozenset(told)
    hears: list[str] = []
    for site in (*before.sites, *after.sites):
        leads = leads_of(site, work)
        may_lead = any(is_group(ref) or ref in refs for ref in leads)
        if may_lead or any(one_person.may_raise(one, site, NOBODY_ASKED) for one in person.accounts):
            hears += [ref for ref in leads if ref not in heard]
    admin = any(one in directory.admins for one in person.accounts for directory in (before, after))
    why = BY_AN_ADMIN if admin and what == "person_joined" else ""
    change = Change(what, work.now, about=refs[0], by_name=BY, about_name=said, why=why, whom=tuple(refs))
    keep_and_tell(change, work, hears=hears, details=[{"about": one} for one in refs])


def _tell_person(what: What, persons: list[Person], said: str, before: Directory, after: Directory, work: Work) -> None:
    """Tell the leads of each site that one of the accounts leads, or may lead as a member of a group."""
    accounts = list(dict.fromkeys(str(account) for one in persons for account in one.accounts))
    hears: list[str] = []
    for site in (*before.sites, *after.sites):
        refs = leads_of(site, work)
        if any(is_group(ref) or ref in accounts for ref in refs):
            hears += refs
    change = Change(what, work.now, about=accounts[0], by_name=BY, about_name=said)
    keep_and_tell(change, work, hears=hears, details=[{"about": one} for one in accounts])
