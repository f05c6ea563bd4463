"""Settings, keys and the CONFIG file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot import config_file
from bot.doctor.finding import Finding
from bot.settings import Loaded, Settings, demands, unknown_variables, variable_of
from handlers.clocks import day_told, today
from handlers.contacts import not_offered
from handlers.people import Directory, is_group
from handlers.sites import Site


@dataclass(frozen=True, slots=True)
class Configured:
    """What could be read, and what there is to say about it."""

    settings: Settings
    directory: Directory
    findings: tuple[Finding, ...]


def look() -> Configured:
    """Read the environment and the CONFIG file."""
    loaded = Loaded.from_environment()
    settings = loaded.settings
    findings = [*_settings(loaded), *_keys(loaded)]
    directory = Directory(admins=settings.admins, first_admins=settings.admins)
    if settings.config is None:
        findings.append(
            Finding(
                "Sites", "amber", "no CONFIG file, so nobody can raise anything yet",
                "Name your sites in a TOML file and set SIGNPOST_CONFIG to it (docs/how-to/name-your-sites.md).",
            )
        )  # fmt: skip
    else:
        try:
            directory = config_file.load(settings.config, settings.admins)
            findings += _sites(directory, settings)
        except config_file.BadConfig as wrong:
            findings.append(
                Finding("Sites", "red", str(wrong), "Correct that line; until then nothing of the file counts.")
            )
    return Configured(settings, directory, tuple(findings))


def _settings(loaded: Loaded) -> Iterable[Finding]:
    spoken_of = {variable_of(name) for name in loaded.troubles}
    said = [*loaded.troubles.values()]
    said += [sentence for sentence in demands(loaded.settings) if sentence.split(" ")[0] not in spoken_of]
    for sentence in said:
        yield Finding("Settings", "red", sentence)
    if not said:
        yield Finding("Settings", "green", "all that `serve` needs is set")
    for name in unknown_variables():
        yield Finding(
            "Settings", "amber", f"{name} means nothing to Signpost", "Check how it is spelt, or take it out."
        )


def _keys(loaded: Loaded) -> Iterable[Finding]:
    from bot.store.vault import Keys, KeysRefused  # noqa: PLC0415  # the doctor starts without the database's libraries

    text = loaded.settings.keys.get_secret_value()
    if not text:
        return
    try:
        Keys.parse(text)
    except KeysRefused as wrong:
        yield Finding("Keys", "red", f"{wrong}.")
    else:
        many = len(text.split(","))
        yield Finding("Keys", "green", "one good key" if many == 1 else f"{many} good keys, the first one seals")


def _sites(directory: Directory, settings: Settings) -> Iterable[Finding]:
    if not directory.sites:
        yield Finding("Sites", "amber", "the CONFIG file names no site", "Add a [[site]] with its leads.")
        return
    yield Finding("Sites", "green", f"{len(directory.sites)} read from the CONFIG file")
    for site in directory.sites:
        if not site.staff:
            yield Finding(
                "Who may raise", "amber", f"at '{site.id}' every full member of the workspace may, pupils included if"
                " they have accounts there",
                "If pupils share the workspace, set `staff` to a group of your staff.",
            )  # fmt: skip
        if len(site.leads) == 1 and not is_group(site.leads[0]):
            yield Finding(
                "Leads", "amber", f"'{site.id}' has one lead, and nobody to turn to when that person is away or is the"
                " person of concern", "Add a deputy to `leads`.",
            )  # fmt: skip
        if not site.phone:
            yield Finding(
                "Phone", "amber", f"'{site.id}' has no phone number", "Set `phone`: screens say whom to ring."
            )
        yield from _contacts(site, settings)
        yield from _dates(site, today(datetime.now(UTC)))
        for lead in site.leads:
            if lead.startswith("teams:") and not settings.wants_teams:
                yield Finding(
                    "Leads", "amber", f"'{site.id}' names a lead on Teams, and Teams is not configured",
                    "Set the SIGNPOST_TEAMS_… settings, or name the same person's Slack account.",
                )  # fmt: skip


_WHAT_TO_DO = {
    "not_verified": ("is not verified", "Set `verified = true` once somebody there has answered you."),
    "out_of_reach": (
        "is on a platform, or at a mailbox, that nothing is set up for",
        "Set that up, or name another contact.",
    ),
}


def _contacts(site: Site, settings: Settings) -> Iterable[Finding]:
    """Contacts that a lead is not offered, or that nothing could be sent to. By phone always works."""
    for contact in site.contacts:
        why = not_offered(contact)
        if not why and not _connected(contact.kind, settings):
            why = "out_of_reach"
        if why:
            what, do = _WHAT_TO_DO[why]
            yield Finding("Contacts", "amber", f"'{contact.id}' of '{site.id}' {what}", f"{do} Until then leads ring.")


def _connected(kind: str, settings: Settings) -> bool:
    match kind:
        case "slack":
            return settings.wants_slack
        case "teams":
            return settings.wants_teams
        case "mail":
            return settings.wants_mail
        case _:
            return True


def _dates(site: Site, day: date) -> Iterable[Finding]:
    """What has gone stale: an entry that nobody has checked, a stand-in whose time is over."""
    for contact in site.contacts:
        if contact.review_by is not None and contact.review_by < day:
            whose = f" by {contact.owner}" if contact.owner else ""
            yield Finding(
                "Contacts", "amber", f"'{contact.id}' of '{site.id}' was to be checked{whose} by"
                f" {day_told(contact.review_by)}",
                "Ask whether somebody there still answers, then set a new `review_by`.",
            )  # fmt: skip
    over = [one for one in site.stand_ins if one.last < day]
    if over:
        yield Finding(
            "Leads", "amber", f"{len(over)} of the stand-ins of '{site.id}' are over: they are no leads any more",
            "Take them out, or set a new `last_day`.",
        )  # fmt: skip
