"""Leads who were no full members when their platform was last asked: what no look at a platform by itself would show.

Slack is asked about each of them anew; Teams says nothing of the members of an Entra group without asking each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.doctor.finding import Finding
from handlers.people import Account, Directory, is_group
from handlers.setup.alone import nobody_decides
from handlers.sites import Site

_SAID: Final = {
    "guest": "is a guest, and guests see no case",
    "deactivated": "has left",
    "outside": "belongs to another organisation, and has no role",
    "no_account": "is not there",
}
_DO: Final = "Name somebody else; where a group names them, take them out of it. They are told of no incident."


def look(directory: Directory) -> Iterable[Finding]:
    """What was noted of leads, and where nobody is left."""
    for account, why in sorted(directory.not_members.items()):
        if account.platform == "teams":
            said = f"{account}, named as a lead or in a group that leads, {_SAID.get(why, _SAID['deactivated'])}"
            yield Finding("lead_no_role", "Leads", "red", said, _DO)
    for site in directory.sites:
        if site.leads and all(_nobody(ref, directory) for ref in site.leads):
            yield _none_left(site)
        elif site.leads and nobody_decides(site, directory, directory.announced):
            yield _too_few(site)


def _nobody(ref: str, directory: Directory) -> bool:
    return directory.announced.get(ref) == () if is_group(ref) else Account.parse(ref) in directory.not_members


def _too_few(site: Site) -> Finding:
    said = f"at '{site.id}' two people have to decide, and one leads: nobody can decide what that lead raises"
    do = "Name another person in `leads`, or set `requires_two_people = false`."
    if not site.declared:
        do = "In chat: 'Add leads', or let one person decide under 'Clocks and rules'."
    return Finding("leads_too_few", "Leads", "red", said, do, f"'{site.id}'")


def _none_left(site: Site) -> Finding:
    said = f"whoever is named at '{site.id}' has left or has no role: nobody hears of an incident"
    do = "Name the DSL and a deputy in `leads`." if site.declared else "Name the DSL and a deputy: 'Add leads' in chat."
    return Finding("leads_none_left", "Leads", "red", said, do, f"'{site.id}'")
