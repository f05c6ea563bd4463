"""What is still to do before a site works, and what is done: it ticks itself off."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.clocks import day_told
from handlers.people import Directory, is_group
from handlers.setup.state import due_soon
from handlers.sites import Site


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, why, and the window in which it is done."""

    what: str
    why: str
    section: str
    site: Site | None = None
    item: str = ""


def of(directory: Directory) -> tuple[tuple[str, ...], tuple[Todo, ...]]:
    """What is done at every site, and what is still to do, site by site."""
    sites = directory.sites
    if not sites:
        first = Todo("Add your first site", "A school, college or campus: its name, nation and switchboard.", "site")
        return (), (first,)
    todo = tuple(one for site in sites if not site.declared for one in _of_site(site))
    missing = {one.section for one in todo}
    steps = (
        ("site", "a switchboard stands on every receipt"),
        ("leads", "somebody hears of every incident, and somebody else if they are away"),
        ("staff", "only staff may raise"),
        ("contact", "a contact has proved itself"),
    )
    return tuple(said for section, said in steps if section not in missing), todo


def _of_site(site: Site) -> list[Todo]:
    found: list[Todo] = []
    if not site.leads:
        found.append(Todo(f"{site.name}: name the leads", "Nobody hears of an incident yet.", "leads", site))
    elif len(site.leads) == 1 and not is_group(site.leads[0]):
        found.append(
            Todo(f"{site.name}: add a deputy", "There is one lead: who hears when they are away?", "leads", site)
        )
    if not site.staff:
        found.append(Todo(f"{site.name}: say who may raise", "Every full member may now, pupils too.", "staff", site))
    if not site.phone:
        found.append(Todo(f"{site.name}: add the switchboard", "Screens say whom to ring.", "site", site))
    chosen = [one for one in site.contacts if one.kind != "by_hand"]
    waiting = [one for one in chosen if not one.verified or one.suspended or due_soon(one)]
    if not chosen:
        found.append(
            Todo(
                f"{site.name}: add a contact",
                "Until one has proved itself, leads ring.",
                "contact",
                site,
            )
        )
    for one in waiting:
        if one.verified and not one.suspended:
            why = f"It is out of use from {day_told(one.review_by)}: send it a test." if one.review_by else ""
        else:
            why = "It is out of use." if one.suspended else "It has not acknowledged the test yet."
        found.append(Todo(f"{site.name}: look at contact {one.id}", why, "contact", site, one.id))
    return found
