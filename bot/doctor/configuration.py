"""Settings, keys and the CONFIG file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot import config_file
from bot.doctor.finding import Finding
from bot.settings import Loaded, Settings, demands, unknown_variables, variable_of
from handlers.people import Directory


@dataclass(frozen=True, slots=True)
class Configured:
    """What could be read, and what there is to say about it."""

    settings: Settings
    directory: Directory
    findings: tuple[Finding, ...]
    file_read: bool = True
    """Whether the CONFIG file could be read, or there is none."""


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
                Finding("Sites", "red", str(wrong), "Correct that line; until then nothing of the file counts.")
            )
    return Configured(settings, directory, tuple(findings), file_read)


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
