"""Examples of what a raiser reads where some leads or all of them were left out, and with direct numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.access import Granted
from handlers.case import Case, Draft
from handlers.intents import Intent
from handlers.looking import open_case
from handlers.people import Account, Directory, Person
from handlers.raising import check, recommendation
from handlers.raising.left_to_ring import Left
from handlers.roles import RAISER
from handlers.screens import Screen
from handlers.sites import Site
from handlers.telling import deliveries, reminders

_NAME = "Wilhelmina Featherstonehaugh"
_LEADS = tuple(Person((), f"{_NAME}-{n}", "Deputy safeguarding lead", f"01632 96000{n}") for n in range(1, 5))
LEFT: Mapping[str, Left] = {
    "nobody": Left(somebody_out=True, nobody=True),
    "deputies": Left(_LEADS, somebody_out=True),
    "nameless": Left((Person(()),), somebody_out=True),
    "all": Left(_LEADS),
}


def of_case(
    case: Case, site: Site, directory: Directory, intent: Intent, leads: tuple[Account, ...]
) -> dict[str, Screen]:
    """A case's screens for its raiser, by who was left out."""
    all_out, one_out = replace(case, left_out=leads), replace(case, left_out=leads[:1])
    found: dict[str, Screen] = {"receipt_left_out": deliveries.receipt(one_out, site)}
    for name, one in (("nobody", all_out), ("deputies", one_out)):
        granted = Granted(one, site, frozenset({RAISER}))
        found |= {
            f"recommendation_form_left_{name}": recommendation.recommendation_form(one, 0, directory, intent),
            f"case_left_{name}": open_case.case_window(granted, directory, intent),
            f"guidance_left_{name}": open_case.guidance_window(granted, LEFT[name]),
        }
    for name, left in LEFT.items():
        found[f"recommendation_left_{name}"] = recommendation.recommendation_message(case, case.latest, site, left=left)
        found[f"own_route_left_{name}"] = reminders.own_route(case, site, "unopened", left)
    return found


def checks(draft: Draft, site: Site, directory: Directory, intent: Intent, at: datetime) -> dict[str, Screen]:
    """*Check your answers* of what was told already: to one, and to all."""
    leads = directory.leads(site, intent.known)
    times = {lead: at + timedelta(minutes=number) for number, lead in enumerate(leads)}
    told = {"one": {leads[0]: at}, "all": times}
    return {
        f"check_told_{name}": check.check(draft, site, directory, intent.known, may_leave_out=True, before=before)
        for name, before in told.items()
    }
