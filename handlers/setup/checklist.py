"""What is still to do before a site works, and what is done: it ticks itself off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.clocks import day_told
from handlers.contacts import name_of
from handlers.people import Account, Directory, is_group
from handlers.sites import Contact, Site

PLATFORMS: Final = {"slack": "Slack", "teams": "Teams"}
ONE_LEAD: Final = "There is one lead: who hears when they are away?"


ONLY_RUNG: Final = "The ones here are rung by hand. A channel or a mailbox can say that the referral has arrived."


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, why, and the window in which it is done."""

    what: str
    why: str
    section: str
    site: Site | None = None
    item: str = ""

    @property
    def title(self) -> str:
        """What, and at which site."""
        return f"{self.site.name}: {self.what}" if self.site else self.what


Groups = Mapping[str, tuple[Account, ...]]
"""Who is in each group that could be read."""
UNREAD: Final[Groups] = {}


def of(directory: Directory, groups: Groups = UNREAD) -> tuple[tuple[str, ...], tuple[Todo, ...]]:
    """What is done at every site, and what is still to do, site by site."""
    sites = directory.sites
    if not sites:
        first = Todo("Add your first site", "A school, college or campus: its name, nation and switchboard.", "site")
        return (), (first,)
    missing = {one.section for site in sites for one in of_site(site, groups)}
    ours = [site for site in sites if not site.declared]
    in_use = [one for site in ours if site.leads for one in of_site(site, groups)]
    begun = [of_site(site, groups) for site in ours if not site.leads]
    # A site in use stands first, and sites that were only begun hide nothing of it: of those the first step alone.
    todo = (*in_use, *(one for steps in begun for one in (steps if len(ours) == 1 else steps[:1])))
    steps = (
        ("leads", "somebody hears of every incident, and somebody else if they are away"),
        ("staff", "only your staff may raise"),
        ("site", "every screen has a switchboard to ring"),
        ("contact", "each site has a contact that is in use"),
    )
    return tuple(said for section, said in steps if section not in missing), todo


def nobody_in(leads: tuple[str, ...], groups: Groups) -> bool:
    """Whether it is known that nobody leads: every entry is a group that was read and has nobody in it."""
    return all(is_group(ref) and groups.get(ref) == () for ref in leads)


def of_site(site: Site, groups: Groups = UNREAD) -> list[Todo]:
    """What is still to do at one site; empty where it works."""
    found: list[Todo] = []
    if not site.leads:
        found.append(Todo("name the leads", "Nobody hears of an incident yet.", "leads", site))
    elif nobody_in(site.leads, groups):
        found.append(Todo("put somebody into the leads' group", "Nobody is in it, so nobody hears.", "leads", site))
    elif len(site.leads) == 1 and not is_group(site.leads[0]):
        alone = "Two people have to decide, and there is one lead." if site.requires_two_people else ONE_LEAD
        found.append(Todo("add a deputy", alone, "leads", site))
    if not site.staff:
        found.append(Todo("say who may raise", "Every full member may now, pupils too.", "staff", site))
    for platform in _not_there(site):
        why = f"Nobody on {platform} but leads may: name a group from there, or take {platform} out of the site."
        found.append(Todo(f"say who may raise on {platform}", why, "staff", site))
    if not site.phone:
        found.append(Todo("add the switchboard", "Screens say whom to ring.", "site", site))
    chosen = [one for one in site.contacts if one.kind != "by_hand"]
    if not chosen and site.contacts:
        found.append(Todo("add a contact that can acknowledge", ONLY_RUNG, "contact", site))
    elif not chosen:
        found.append(Todo("add a contact", "Until one has proved itself, leads ring.", "contact", site))
    return [
        *found,
        *(_look_at(one, why, site) for one in chosen if (why := _why(one))),
    ]


def _look_at(contact: Contact, why: str, site: Site) -> Todo:
    what = "waits to be acknowledged" if not contact.verified and not contact.suspended else "needs a look"
    return Todo(f"{name_of(contact)}: {what}", why, "contact", site, contact.id)


def _not_there(site: Site) -> list[str]:
    """The platforms that a site serves and where nobody may raise, since who may is named on the other one alone."""
    named = {ref.partition(":")[0] for ref in site.staff} if site.staff else set(PLATFORMS)
    served = {one.partition(":")[0] for one in site.serves}
    return [called for platform, called in PLATFORMS.items() if platform in served - named]


def _why(contact: Contact) -> str:
    """Why somebody should look at a contact; empty where nobody needs to."""
    if contact.suspended:
        return "It is out of use."
    if not contact.verified:
        return "Somebody there, not of your school, has to press Acknowledge in the test. Leads ring until then."
    if due_soon(contact) and contact.review_by:
        return f"It is out of use after {day_told(contact.review_by)}: send it a test."
    return ""


def due_soon(contact: Contact) -> bool:
    """Whether somebody has been told that it has to be checked."""
    return contact.review_by is not None and contact.told_due == contact.review_by.isoformat()
