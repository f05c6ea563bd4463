"""A lead who is no full member any more: a guest now, switched off, of another organisation. Noted, and told once.

They have no role from then on: they are told of no incident and see no case, and whoever is asked after them is told in
their place. The next lead cannot know that by themselves, and an admin would find out when it is too late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.changes import Change, What
from handlers.clocks import today
from handlers.people import Account, Directory, Known, Standing, is_group
from handlers.ports import Work
from handlers.setup.tell import keep_and_tell, leads_of
from handlers.setup.words import NO_ROLE, ONLY
from handlers.sites import Site

AGAIN: Final = timedelta(days=1)
"""How long nobody hears the same of the same lead once more, though an account comes and goes."""
LAST_CHANGES: Final = 60


def named_leads(directory: Directory, known: Known) -> dict[Account, tuple[Site, ...]]:
    """Everybody who is named as a lead, by whichever way, with the sites: groups opened as far as they were ever read.

    Who stands in later is among them, since there is time yet to choose somebody else.
    """
    found: dict[Account, tuple[Site, ...]] = {}
    for site in directory.sites:
        people = [one for ref in site.leads for one in _opened(ref, known)]
        people += [Account.parse(one.who) for one in site.stand_ins if known.day is None or one.last >= known.day]
        for one in dict.fromkeys(people):
            found[one] = (*found.get(one, ()), site)
    return found


def differs(seen: Mapping[Account, Standing], known: Known, directory: Directory) -> bool:
    """Whether any of that is news; mostly it is not, and then nothing is written."""
    named, noted = named_leads(directory, known), directory.not_members
    news = (noted.get(one, "") != _why(said) for one, said in seen.items() if one in named and _sure(said))
    return any(news) or any(_over(one, named, directory, known) for one in noted)


def note(seen: Mapping[Account, Standing], known: Known, work: Work) -> None:
    """Take note of what the platforms said of leads just now, and tell admins and the other leads what is new."""
    directory = work.directory
    named = named_leads(directory, known)
    for account in [one for one in directory.not_members if _over(one, named, directory, known)]:
        work.keep_not_member(account, "")
    news: list[tuple[Account, str, str]] = []
    for account, said in seen.items():
        before = directory.not_members.get(account, "")
        if account in named and _sure(said) and _why(said) != before:
            work.keep_not_member(account, _why(said))
            news.append((account, before, _why(said)))
    for account, before, why in news:
        if not (before and why):  # one reason after another is no news
            for site in named[account]:
                _tell("lead_gone" if why else "lead_back", account, why or before, site, known, work)


def _tell(what: What, account: Account, why: str, site: Site, known: Known, work: Work) -> None:
    about = str(account)
    lately = (one for one in work.changes(LAST_CHANGES) if one.at > work.now - AGAIN)
    if any((one.what, one.site, one.about) == (what, site.id, about) for one in lately):
        return
    directory = work.directory
    left = directory.leads(site, replace(known, standings={}, day=today(work.now)))
    unread = any(is_group(ref) and ref not in known.groups.keys() | known.remembered.keys() for ref in site.leads)
    only = ONLY if what == "lead_gone" and not left and not unread else ""
    name = directory.person(account).name or known.names.get(account, "") or about
    change = Change(what, work.now, site.id, about, about_name=name, why=f"{why}{only}")
    hears = (*leads_of(site, work), *sorted(map(str, directory.admins)))  # whoever has no role is passed over there
    keep_and_tell(change, work, hears=hears, details=[{"account": about, "why": why}])


def _over(account: Account, named: Mapping[Account, object], directory: Directory, known: Known) -> bool:
    """Whether somebody who was noted leads nothing any more; nobody can tell while a group cannot be read."""
    leading = {ref for site in directory.sites for ref in site.leads if is_group(ref)}
    return account not in named and leading <= known.groups.keys() | known.remembered.keys()


def _sure(said: Standing) -> bool:
    return said.member or said.why_not in NO_ROLE


def _why(said: Standing) -> str:
    return "" if said.member else said.why_not


def _opened(ref: str, known: Known) -> tuple[Account, ...]:
    if not is_group(ref):
        return (Account.parse(ref),)
    return known.groups.get(ref, known.remembered.get(ref, ()))
