"""Whether whoever was a lead when a message was queued is one still, looked at right before it goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.clocks import today
from handlers.people import Account, Known, Standing, is_group
from handlers.ports import Work
from handlers.sites import Site

NOBODY: Final = Known(Standing(member=False))


def is_named(to: Account, site: Site, work: Work) -> bool:
    """Whether they lead the site by name, or stand in today for whoever does. Who is in a group is not known here."""
    return work.directory.is_lead(to, site, replace(NOBODY, day=today(work.now)))


def by_which(to: Account, site: Site, work: Work) -> tuple[str, ...]:
    """By what somebody can lead who is not named: the site's groups, and for whom they stand in today.

    One of them, or of those, has to be in a group still (`has_left`). Empty where the site has no group.
    """
    groups = tuple(filter(is_group, site.leads))
    day, same = today(work.now), work.directory.same_person
    covered = (one.away for one in site.stand_ins if one.on(day) and same(Account.parse(one.who), to))
    return (*groups, *(ref for ref in covered if not is_group(ref))) if groups else ()


def has_left(to: Account, refs: tuple[str, ...], known: Known, work: Work) -> bool:
    """Whether neither somebody nor anybody for whom they stand in is in a group any more, of what `by_which` gave.

    A group that could not be read is taken as it was.
    """
    groups = [ref for ref in refs if is_group(ref)]
    if any(group not in known.groups for group in groups):
        return False
    people = (to, *(Account.parse(ref) for ref in refs if not is_group(ref)))
    members = [one for group in groups for one in known.groups[group]]
    return not any(work.directory.same_person(person, one) for person in people for one in members)
