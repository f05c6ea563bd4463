"""Examples of what a raiser reads where some leads or all of them were left out, and with direct numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.access import Granted
from handlers.case import Case, Draft
from handlers.intents import Intent
from handlers.looking import open_case
from handlers.people import Account, Directory, Known, Person
from handlers.raising import ask_first, check, danger_screen, leave_out, recommendation
from handlers.raising.danger_screen import Standing
from handlers.raising.left_to_ring import Left
from handlers.raising.raise_incident import MOVED_ON
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


def before_it_is_sent(draft: Draft, site: Site, directory: Directory, known: Known, at: datetime) -> dict[str, Screen]:
    """The one question before a quick way to send, and the 999 screen, with that question and without."""
    leads = directory.leads(site, known)
    before = {lead: at + timedelta(minutes=number) for number, lead in enumerate(leads)}
    some_out = replace(draft, left_out=leads[:1])
    said = check.Said((("leave_out", "Choose from the leads on offer."),), MOVED_ON)
    found: dict[str, Screen] = {
        "leads_first": ask_first.leads_first(draft, site, directory, known),
        "leads_first_without_names": ask_first.leads_first(draft, site, directory, replace(known, names={}), said=said),
        "leads_first_of_what_was_told": ask_first.leads_first(some_out, site, directory, known, before=before),
    }
    place, choice = ask_first.choice_of(some_out, leave_out.DANGER, site, directory, known, before)
    nobody = "Nobody can be told through Signpost just now. Ring the DSL: 01632 960001."
    reference = "SP-7K4M-2Q"
    for name, standing in {
        "": Standing(reference, told=True),
        "_told_without_some": Standing(reference, told=True, name=_NAME),
        "_and_nobody_told": Standing(reference, nobody=nobody),
        "_chosen": Standing(),
        "_of_an_update": Standing(reference),
    }.items():
        found[f"danger{name}"] = danger_screen.danger(draft, standing)
        found[f"danger_with_choice{name}"] = danger_screen.danger(
            some_out, standing, place=place, choice=choice, said=said
        )
    return found
