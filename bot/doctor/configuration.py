"""Settings, keys and the CONFIG file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.config import file as config_file
from bot.doctor.finding import Finding
from bot.kept import kept, kept_there
from bot.settings import Loaded, Settings, unknown_variables, wanted
from bot.settings.key_trouble import of_a_slip
from bot.settings.rules import variable_of
from handlers.people import Directory


@dataclass(frozen=True, slots=True)
class Configured:
    """What could be read, and what there is to say about it."""

    settings: Settings
    directory: Directory
    findings: tuple[Finding, ...]
    file_read: bool = True
    """Whether the CONFIG file could be read, or there is none."""
    wrong: frozenset[str] = frozenset()
    """The settings whose value will not do, by their field: they are looked at as if they were not set."""


def look() -> Configured:
    """Read the environment and the CONFIG file."""
    loaded = Loaded.from_environment()
    settings = loaded.settings
    findings = [*_settings(loaded), *_keys(loaded)]
    directory = Directory(admins=settings.admins, first_admins=settings.admins)
    file_read = True
    if settings.config is not None:
        try:
            directory = config_file.load(settings.config, settings.admins)
        except config_file.BadConfig as wrong:
            file_read = False
            findings.append(
                Finding(
                    "config_file_wrong", "Sites", "red", str(wrong),
                    "Put that right: `serve` does not start with this file. A Signpost that runs goes on with the file"
                    " as it was when it began.",
                )
            )  # fmt: skip
    return Configured(settings, directory, tuple(findings), file_read, frozenset(loaded.troubles))


def _settings(loaded: Loaded) -> Iterable[Finding]:
    lacking = wanted(loaded, kept(loaded))
    for code, sentences in (("setting_wrong", loaded.troubles.values()), ("setting_missing", lacking)):
        for sentence in sentences:
            found, _, do = sentence.partition(": ")
            yield Finding(code, "Settings", "red", found, f"{do[:1].upper()}{do[1:]}")
    if not loaded.troubles and not lacking:
        yield Finding("settings_good", "Settings", "green", "all that `serve` needs is set")
    yield from _beside(loaded.settings)
    for name in unknown_variables():
        yield Finding(
            "setting_unknown", "Settings", "amber", f"{name} means nothing to Signpost",
            "Check how it is spelt, or take it out.",
        )  # fmt: skip


def _beside(settings: Settings) -> Iterable[Finding]:
    """What is set and does nothing, or what no school should have."""
    proofs = {
        "managed identity": (settings.teams_managed_identity, ""),
        "certificate": (bool(settings.teams_certificate_file), variable_of("teams_certificate_file")),
        "secret": (bool(settings.teams_client_secret.get_secret_value()), variable_of("teams_client_secret")),
    }  # in the order in which they count
    first, *unused = [(what, name) for what, (is_set, name) in proofs.items() if is_set] or [("", "")]
    for _, name in unused:
        said = f"{name} is set and not used: the {first[0]} goes before"
        yield Finding(
            "setting_unused", "Settings", "amber", said, "Keep the one that is meant, and take the other one out."
        )
    if settings.clock_file is not None:
        said = f"{variable_of('clock_file')} is set: with it somebody can move the clock that reminders go by"
        yield Finding("clock_can_be_moved", "Settings", "amber", said, "Take it out: it is for tests alone.")


def _keys(loaded: Loaded) -> Iterable[Finding]:
    from bot.store.vault import Keys, KeysRefused  # noqa: PLC0415  # the doctor starts without the database's libraries

    text = loaded.settings.keys.get_secret_value()
    if not text:
        return
    try:
        Keys.parse(text)
    except KeysRefused as wrong:
        do = of_a_slip(wrong, kept_there(loaded))
        yield Finding("keys_wrong", "Keys", "red", f"{wrong}", f"{do[:1].upper()}{do[1:]}.")
    else:
        many = sum(bool(one.strip()) for one in text.split(","))
        said = "one good key" if many == 1 else f"{many} good keys, the first one seals"
        yield Finding("keys_good", "Keys", "green", said)
