"""Sites, of the file and set up in chat: whether somebody hears, who may raise, how clocks and contacts stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from bot.doctor import contacts, leads
from bot.doctor.finding import Finding
from bot.doctor.where import WRITE_ADMIN, do_at
from bot.numbers import doubtful
from bot.settings import Settings
from handlers.clocks import today
from handlers.people import Directory, is_group
from handlers.setup.clock_fields import slow
from handlers.setup.words import OF_THE_TOKEN, why_blind
from handlers.sites import Site

SAID_LIVE: Final = frozenset({"no_groups_read", "not_authorised", "no_token", *OF_THE_TOKEN})
"""Why contacts cannot be looked at, where the look at the platform itself says it already: one red is enough."""


def look(directory: Directory, settings: Settings, *, readable: bool) -> tuple[Finding, ...]:
    """Look at every site. `readable` says whether it is known what was set up in chat."""
    return tuple(_look(directory, settings, readable=readable))


def _look(directory: Directory, settings: Settings, *, readable: bool) -> Iterable[Finding]:
    if not readable:
        yield Finding(
            "sites_unread", "Sites", "amber", "what was set up in chat could not be looked at",
            "Put the database and SIGNPOST_KEYS right, then ask again.",
        )  # fmt: skip
    elif not directory.sites:
        yield Finding(
            "sites_none", "Sites", "amber", "there is none, so nobody can raise anything yet", _first(directory)
        )
    if directory.sites:
        declared = sum(site.declared for site in directory.sites)
        chat = len(directory.sites) - declared
        parts = [f"{declared} in the CONFIG file"] * bool(declared) + [f"{chat} set up in chat"] * bool(chat)
        yield Finding("sites_named", "Sites", "green", ", ".join(parts))
    for place, why in sorted(directory.blind.items()):
        if why not in SAID_LIVE:
            found = f"the channels of those in {place} cannot be looked at ({why})"
            do = why_blind(why)
            yield Finding("contacts_unread", "Contacts", "red", found, do[0].upper() + do[1:])
    yield from leads.look(directory)
    day = today(datetime.now(UTC))
    for site in directory.sites:
        yield from _people(site, settings)
        yield from _numbers(site)
        yield from _clocks(site)
        yield from contacts.look(site, settings, day)
        yield from _dates(site, day)


def _first(directory: Directory) -> str:
    in_file = "name your sites in a TOML file and set SIGNPOST_CONFIG to it (docs/how-to/name-your-sites.md)"
    if directory.admins:
        return f"In chat: {WRITE_ADMIN}. Or {in_file}."
    return f"Name an admin in SIGNPOST_ADMINS, who sets it up in chat (docs/how-to/set-up-in-chat.md). Or {in_file}."


def _people(site: Site, settings: Settings) -> Iterable[Finding]:
    called = f"'{site.id}'"
    if not site.staff:
        yield Finding(
            "staff_is_everybody", "Who may raise", "amber",
            f"at {called} every full member of the workspace may, pupils included if they have accounts there",
            do_at(site, "If pupils share the workspace, set `staff` to a group of your staff.", "'Who may raise'."),
            called,
        )  # fmt: skip
    if not site.leads:
        yield Finding(
            "leads_none", "Leads", "red", f"{called} has no lead: nobody hears of an incident",
            do_at(site, "Name the DSL and a deputy in `leads`.", "'Add leads'."), called,
        )  # fmt: skip
    if len(site.leads) == 1 and not is_group(site.leads[0]):
        yield Finding(
            "leads_one", "Leads", "amber",
            f"{called} has one lead, and nobody to turn to when that person is away or is the person of concern",
            do_at(site, "Add a deputy to `leads`.", "'Add leads'."), called,
        )  # fmt: skip
    if not site.phone:
        do = do_at(site, "Set `phone`: screens say whom to ring.", "'Name and numbers'. Screens say whom to ring.")
        yield Finding("phone_none", "Phone", "amber", f"{called} has no phone number", do, called)
    if settings.wants_slack and not settings.wants_teams and any(lead.startswith("teams:") for lead in site.leads):
        yield Finding(
            "leads_on_teams", "Leads", "amber", f"{called} names a lead on Teams, and Teams is not configured",
            "Set the SIGNPOST_TEAMS_… settings, or name the same person's Slack account.", called,
        )  # fmt: skip
    if settings.wants_teams and not settings.wants_slack and any(lead.startswith("slack:") for lead in site.leads):
        yield Finding(
            "leads_on_slack", "Leads", "amber", f"{called} names a lead on Slack, and Slack is not configured",
            "Set the SIGNPOST_SLACK_… settings, or name the same person's account on Teams.", called,
        )  # fmt: skip


def _numbers(site: Site) -> Iterable[Finding]:
    """What stands where a number belongs, and cannot be dialled."""
    if places := tuple(doubtful(site)):
        yield Finding(
            "number_doubtful", "Phone", "amber",
            f"at '{site.id}' {', '.join(places)}: what stands there cannot be dialled, and somebody may need it",
            do_at(
                site, "Write the number with its area code, such as 01632 960001, or 101.",
                "write the number with its area code: 'Name and numbers', or the contact's 'Change'.",
            ), f"'{site.id}'",
        )  # fmt: skip


def _clocks(site: Site) -> Iterable[Finding]:
    """Reminders that come later than by default: meant, or a slip of a digit."""
    if late := slow(site.clocks):
        yield Finding(
            "clocks_slow", "Clocks", "amber", f"at '{site.id}': {' '.join(late).removesuffix('.')}",
            do_at(site, "Where that is not meant, put `clocks` right.", "'Clocks and rules', where that is not meant."),
            f"'{site.id}'",
        )  # fmt: skip


def _dates(site: Site, day: date) -> Iterable[Finding]:
    """A stand-in whose time is over."""
    over = [one for one in site.stand_ins if one.last < day]
    if over:
        yield Finding(
            "stand_ins_over", "Leads", "amber",
            f"{len(over)} of the stand-ins of '{site.id}' are over: they are no leads any more",
            do_at(site, "Take them out, or set a new `last_day`.", "'Take out', beside them."), f"'{site.id}'",
        )  # fmt: skip
