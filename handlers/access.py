"""Which case somebody may see, and as what. One answer for what is not theirs and for what does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.case import Case
from handlers.intents import Intent
from handlers.ports import Work
from handlers.roles import LEAD, MAY, RAISER, Role
from handlers.sites import Site


@dataclass(frozen=True, slots=True)
class Granted:
    """A case that this person may see, its site, and their roles for it."""

    case: Case
    site: Site
    roles: frozenset[Role]

    @property
    def is_lead(self) -> bool:
        """Whether they are a lead of the case."""
        return LEAD in self.roles

    @property
    def is_raiser(self) -> bool:
        """Whether they raised it."""
        return RAISER in self.roles


def case_for(intent: Intent, work: Work) -> Granted | None:
    """The case that the intent is about, if `MAY` lets this person do this to it; None for every kind of no."""
    if intent.subject.kind != "case":
        return None
    case = work.case(intent.subject.id)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return None
    roles = roles_for(case, site, intent, work)
    return Granted(case, site, roles) if roles & MAY[intent.name] else None


def roles_for(case: Case, site: Site, intent: Intent, work: Work) -> frozenset[Role]:
    """What somebody is to a case. A lead who was left out is nothing to it, unless they raised it."""
    directory, by = work.directory, intent.by
    roles: set[Role] = set()
    if directory.same_person(case.raised_by, by):
        roles.add(RAISER)
    left_out = any(directory.same_person(by, account) for account in case.left_out)
    if not left_out and directory.is_lead(by, site, intent.known):
        roles.add(LEAD)
    return frozenset(roles)
