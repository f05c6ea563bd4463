"""What is still to do before a site works, and what is done: it ticks itself off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from handlers.clocks import day_told
from handlers.contacts import leads_to, name_of
from handlers.people import Account, Directory, is_group
from handlers.setup import raising_here
from handlers.setup.alone import no_role, nobody_decides, nobody_in, none_left, only_an_admin
from handlers.setup.clock_fields import slow
from handlers.setup.own_mailbox import OWN_MAIL, mail_unknown
from handlers.setup.served import NOWHERE, PLATFORMS, nowhere, org_called
from handlers.setup.standing import (
    NOT_VERIFIED,
    OUT_OF_REACH,
    Tested,
    TestOf,
    by_own_word,
    due_soon,
    no_test,
)
from handlers.setup.way_out import LAPSED, RING, why_out
from handlers.setup.words import BY_A_TEST
from handlers.sites import Contact, Site

DO_IT: Final = "Do it"
VIEW: Final = "View"
PRESS_IT: Final = "Somebody there, not of your school, has to press Acknowledge in it. Leads ring until then."
NOBODY_DECIDES: Final = "Two people have to decide, and there is one lead: nobody can decide what that lead raises."
ONE_LEAD: Final = "There is one lead: who hears when they are away?"
ONLY_AN_ADMIN: Final = "The only lead is an admin: nobody else hears of an incident, or of what that admin changes."
NONE_LEFT: Final = "Whoever is named has left, is a guest or is of another organisation: nobody hears of an incident."
NO_ROLE: Final = "One of them has left, is a guest or is of another organisation: they are told of nothing."
ADMIN_THERE: Final = "an admin of Signpost is in that channel"
NOBODY_IN_IT: Final = "Nobody is in it, so nobody hears."
SLOW: Final = "look at the clocks"
OWN_WORD: Final = "acknowledged by somebody of your own workspace or tenant"
RAISE_FROM: Final = "let people raise from"
CHANGED_THERE: Final = "This site is changed in the file that SIGNPOST_CONFIG names."
ONLY_RUNG: Final = "The ones here are rung by hand. A channel or a mailbox can say that the referral has arrived."


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, why, and the window in which it is done."""

    what: str
    why: str
    section: str
    site: Site | None = None
    item: str = ""
    label: str = DO_IT
    """Of its button."""
    red: bool = False
    """Whether nobody hears at that site, or cannot be reached, before it is done."""

    @property
    def title(self) -> str:
        """What, and at which site."""
        return f"{self.site.name}: {self.what}" if self.site else self.what


Groups = Mapping[str, tuple[Account, ...]]
"""Who is in each group that could be read."""
UNREAD: Final[Groups] = {}
NOBODY: Final = Directory()
"""Where nobody asks who is an admin."""


def of(
    directory: Directory, groups: Groups = UNREAD, test: TestOf = no_test
) -> tuple[tuple[str, ...], tuple[Todo, ...]]:
    """What is done at every site, and what is still to do: everything that makes a site red or amber, the red first."""
    sites = directory.sites
    if not sites:
        first = Todo("Add your first site", "A school, college or campus: its name, nation and switchboard.", "site")
        return (), (first,)
    missing = {one.section for site in sites for one in of_site(site, groups, directory=directory)}
    in_use, begun, later = list[Todo](), list[Todo](), list[Todo]()
    for site in sorted(sites, key=lambda one: one.declared):
        steps = _in_order(site, groups, test, directory)
        if site.leads:
            in_use += steps
        else:
            begun, later = [*begun, *steps[:1]], [*later, *steps[1:]]
    # A site in use stands first, and sites that were only begun hide nothing of it: of those the first step before all.
    in_use.sort(key=lambda one: not one.red)
    todo = _once((*in_use, *begun, *later))
    done = (
        ("leads", "somebody hears of every incident, and somebody else if they are away"),
        ("staff", "only your staff may raise"),
        ("site", "every screen has a switchboard to ring"),
        ("contact", "each site has a contact that is in use"),
    )
    return tuple(said for section, said in done if section not in missing), todo


def _once(todo: tuple[Todo, ...]) -> tuple[Todo, ...]:
    """The same where what any site can put right stands once: at the first of them."""
    elsewhere = {one.what: place for place, one in reversed(list(enumerate(todo))) if one.what.startswith(RAISE_FROM)}
    return tuple(one for place, one in enumerate(todo) if elsewhere.get(one.what, place) == place)


def _in_order(site: Site, groups: Groups, test: TestOf, directory: Directory) -> list[Todo]:
    """What is to do at one site with a button each; of one of the file it is looked at here and done there."""
    late = slow(site.clocks)
    clocks = [Todo(SLOW, " ".join(late), "rules", site, label=VIEW)] if late else []
    found = [*of_site(site, groups, test, directory), *clocks]
    return [replace(one, label=VIEW, why=f"{one.why} {CHANGED_THERE}") if in_the_file(one) else one for one in found]


def in_the_file(one: Todo) -> bool:
    """Whether something is done by changing the CONFIG file: not where a test puts it right."""
    site = one.site
    if site is None or not site.declared:
        return False
    return not any(contact.id == one.item and contact.suspended in BY_A_TEST for contact in site.contacts)


def of_site(site: Site, groups: Groups = UNREAD, test: TestOf = no_test, directory: Directory = NOBODY) -> list[Todo]:
    """What is still to do at one site; empty where it works. `test` says how the test of a contact stands.

    `directory` says who is an admin, and who has left or has no role.
    """
    found = _of_leads(site, groups, directory)
    if not site.staff:
        found.append(Todo("say who may raise", "Every full member may now, pupils too.", "staff", site))
    if none := raising_here.why_not(site, groups):
        why = f"Nobody but leads can: {none}. {raising_here.ways_out(site, directory)}"
        window = "site" if raising_here.only_elsewhere(site) else "staff"
        found.append(Todo(raising_here.LET_THEM, why, window, site, red=True))
    for platform in _not_there(site):
        out = "." if none else f", or take {platform} out of the site."
        why = f"Nobody on {platform} but leads may: name a group from there{out}"
        found.append(Todo(f"say who may raise on {platform}", why, "staff", site))
    found += [Todo(f"{RAISE_FROM} {org_called(org)}", NOWHERE, "site", site) for org in nowhere(directory)]
    if not site.phone:
        found.append(Todo("add the switchboard", "Screens say whom to ring.", "site", site))
    if mail_unknown(site):
        found.append(Todo("name your own mail domains", OWN_MAIL, "site", site))
    chosen = [one for one in site.contacts if one.kind != "by_hand"]
    if not chosen and site.contacts:
        found.append(Todo("add a contact that can acknowledge", ONLY_RUNG, "contact", site))
    elif not chosen:
        found.append(Todo("add a contact", "Until one has proved itself, leads ring.", "contact", site))
    looked_at = (_of_contact(site, one, test(site, one)) for one in chosen)
    read_along = (_admin_there(site, one) for one in chosen if one.admins and one.verified and not one.suspended)
    by_own = (_by_own(site, one) for one in chosen if by_own_word(one))
    about = (*(one for one in looked_at if one is not None), *read_along, *by_own)
    where = {one.id: leads_to(one) for one in chosen}  # by which two of one kind are told apart
    return [*found, *(replace(one, why=f"{where[one.item]}. {one.why}") for one in about)]


def _of_leads(site: Site, groups: Groups, directory: Directory) -> list[Todo]:
    """Who is to be named, added or replaced, so that somebody hears and somebody can decide."""
    found: list[Todo] = []
    if not site.leads:
        found.append(Todo("name the leads", "Nobody hears of an incident yet.", "leads", site, red=True))
    elif nobody_in(site.leads, groups):
        found.append(Todo("put somebody into the leads' group", NOBODY_IN_IT, "leads", site, red=True))
    elif only_an_admin(site, directory, groups):
        found.append(Todo("add a lead who is not an admin", ONLY_AN_ADMIN, "leads", site, red=True))
    elif none_left(site, directory, groups):
        found.append(Todo("name a lead who is there", NONE_LEFT, "leads", site, red=True))
    elif nobody_decides(site, directory, groups):
        found.append(Todo("add a second lead", NOBODY_DECIDES, "leads", site))
    elif _one_alone(site, directory):
        found.append(Todo("add a deputy", ONE_LEAD, "leads", site))
    if no_role(site, directory, groups) and not none_left(site, directory, groups):
        found.append(Todo("replace a lead or stand-in", NO_ROLE, "leads", site))
    return found


def _admin_there(site: Site, contact: Contact) -> Todo:
    what = f"{name_of(contact)}: {ADMIN_THERE}"
    return Todo(what, "They can read what is sent there: have them leave it.", "contact", site, contact.id, VIEW)


def _by_own(site: Site, contact: Contact) -> Todo:
    why = "Nobody of another organisation has shown that it arrives. Make sure that it was whom the notices are for."
    return Todo(f"{name_of(contact)}: {OWN_WORD}", why, "contact", site, contact.id, VIEW)


def _one_alone(site: Site, directory: Directory) -> bool:
    """Whether one person is named as lead, and no group; whoever has left or has no role is not counted."""
    leads = [ref for ref in site.leads if is_group(ref) or Account.parse(ref) not in directory.not_members]
    return len(leads) == 1 and not is_group(leads[0])


def _of_contact(site: Site, contact: Contact, tested: Tested) -> Todo | None:
    """What is to be done about a contact; None where nothing is. Where one can only wait, or look, it says *View*."""
    what, why, label, test = "", "", VIEW, tested.said
    if contact.suspended:
        what, why = "out of use", why_out(contact, in_file=site.declared, test=test)
        label = DO_IT if contact.suspended == LAPSED and not test else VIEW
    elif not contact.verified and site.declared:
        what, why = "not in use", NOT_VERIFIED
    elif tested.wrong and not contact.verified:
        what, why = "the test went wrong", f"{test} {RING}"
    elif not contact.verified:
        what, why = "waits to be acknowledged", " ".join(filter(None, (test, PRESS_IT)))
    elif not contact.within_reach:
        what, why = "out of reach", OUT_OF_REACH
    elif due_soon(contact) and contact.review_by:
        until = f"It is out of use after {day_told(contact.review_by)}"
        what, why = f"to be checked by {day_told(contact.review_by)}", f"{until}: send it a test."
        if test:
            why = f"{until}. {test}"
        label = VIEW if test else DO_IT
    red = bool(contact.suspended) or not contact.within_reach
    return Todo(f"{name_of(contact)}: {what}", why, "contact", site, contact.id, label, red) if what else None


def _not_there(site: Site) -> list[str]:
    """The platforms that a site serves and where nobody may raise, since who may is named on the other one alone."""
    here = [ref for ref in site.staff if ref.partition("/")[0] in site.serves]
    named = {ref.partition(":")[0] for ref in here} if site.staff else set(PLATFORMS)
    served = {one.partition(":")[0] for one in site.serves}
    return [called for platform, called in PLATFORMS.items() if platform in served - named]
