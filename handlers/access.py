"""Which case somebody may see, and as what. One answer for what is not theirs and for what does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers.case import Case
from handlers.intents import Intent
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.roles import LEAD, MAY, RAISER, Role
from handlers.sites import Site


@dataclass(frozen=True, slots=True)
class Granted:
    """A case that this person may see, its site, and their roles for it."""

    case: Case
    site: Site
    roles: frozenset[Role]
    same_as_raiser: bool = False
    """They are the person who raised it, by whichever account: they do not decide alone where two people are wanted."""

    @property
    def is_lead(self) -> bool:
        """Whether they are a lead of the case."""
        return LEAD in self.roles

    @property
    def is_raiser(self) -> bool:
        """Whether it is theirs to see because they raised it."""
        return RAISER in self.roles

    @property
    def is_own(self) -> bool:
        """Whether the person who raised it would decide on it, whatever else they may."""
        return self.is_raiser or self.same_as_raiser


def case_for(intent: Intent, work: Work) -> Granted | None:
    """The case that the intent is about, if `MAY` lets this person do this to it; None for every kind of no."""
    if intent.subject.kind != "case":
        return None
    case = work.case(intent.subject.id)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return None
    roles = roles_for(case, site, intent, work)
    own = any(work.directory.same_person(intent.by, one) for one in (case.raised_by, *case.raised_as))
    return Granted(case, site, roles, own) if roles & MAY[intent.name] else None


def roles_for(case: Case, site: Site, intent: Intent, work: Work) -> frozenset[Role]:
    """What somebody is to a case.

    Who was left out is looked at before everything else: they are nothing to it, whose account theirs is joined to. The
    very account that raised it has raised it, whatever is said of it since.
    """
    directory, by = work.directory, intent.by
    if is_left_out(case, by, directory):
        return frozenset({RAISER}) if by == case.raised_by else frozenset()
    roles: set[Role] = set()
    if has_of(case.raised_by, by, directory):
        roles.add(RAISER)
    if directory.is_lead(by, site, intent.known):
        roles.add(LEAD)
    return frozenset(roles)


def is_left_out(case: Case, account: Account, directory: Directory) -> bool:
    """Whether the raiser left this person out, by whichever of their accounts."""
    return any(directory.same_person(account, one) for one in case.left_out)


def accounts_of(account: Account, directory: Directory) -> tuple[Account, ...]:
    """The accounts whose reports are this one's too: those of the same person.

    Of an admin it is this one alone, since an admin writes down who is one person, and is to see no case by that.
    """
    return (account,) if directory.is_admin(account) else directory.person(account).accounts


def has_of(owner: Account, account: Account, directory: Directory) -> bool:
    """Whether what one account raised or began is another's too."""
    return owner in accounts_of(account, directory)


def note_refused(what: Literal["account", "case", "draft"], intent: Intent, work: Work, *, why: str = "") -> None:
    """Note that somebody was refused: what they wanted, and never of which case, so that no entry tells of one."""
    work.record(f"{what}.refused", by=intent.by, detail={"intent": intent.name, **({"why": why} if why else {})})


def note_read(case: Case, intent: Intent, work: Work) -> None:
    """Note that somebody is shown what stands in a case, and by which press."""
    detail = {"version": str(case.latest.number), "intent": intent.name}
    work.record("case.read", by=intent.by, case=case.id, site=case.site, detail=detail)
