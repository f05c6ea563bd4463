"""What every command that works on the database does first: keys, sites, and sentences for what is wrong."""

from __future__ import annotations

from bot.config import file as config_file
from bot.kept import kept_in
from bot.settings import BadSettings, Settings
from bot.settings.key_trouble import sentence
from bot.store.vault import Keys, KeysRefused
from handlers.people import Directory


def open_keys(settings: Settings) -> Keys:
    """The deployment's keys. Raises BadSettings with what to set."""
    try:
        return Keys.parse(settings.keys.get_secret_value())
    except KeysRefused as wrong:
        raise BadSettings(sentence(wrong, kept_in(settings.database))) from None


def open_directory(settings: Settings) -> Directory:
    """The sites and people of the CONFIG file; nobody without one. Raises BadSettings with the line."""
    if settings.config is None:
        return Directory(admins=settings.admins, first_admins=settings.admins)
    try:
        return config_file.load(settings.config, settings.admins)
    except config_file.BadConfig as wrong:
        raise BadSettings(f"SIGNPOST_CONFIG: {wrong}") from None


def said(wrong: Exception) -> str:
    """What is wrong as lines for standard error."""
    sentences = wrong.sentences if isinstance(wrong, BadSettings) else (f"{wrong}.",)
    return "".join(f"{sentence}\n" for sentence in sentences)
