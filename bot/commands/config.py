"""`config export`: today's sites, people and contacts as the CONFIG file that would declare them."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import tomli_w

from bot import logs
from bot.commands.opening import open_keys, said
from bot.config import file as config_file
from bot.config.plain import person_to_plain, site_to_plain
from bot.database_trouble import sentence
from bot.kept import kept
from bot.settings import BadSettings, Loaded, Settings
from bot.settings.key_trouble import UNSET
from bot.settings.rules import missing
from bot.store.away import StoreAway
from bot.store.place import PlaceRefused
from bot.store.store import open_store
from bot.store.vault import Unreadable
from handlers.people import Directory
from handlers.sites import Contact, Site

HEADER = """\
# What Signpost was set up with, as `signpost config export` wrote it. Set SIGNPOST_CONFIG to this file, and the sites,
# people and contacts in it are declared here: shown in chat, and changed in the file alone.
# `verified = true` means that you vouch for a contact yourself, with no end. So no contact bears it here that has only
# acknowledged a test in chat, which holds for some months, nor one that is out of use: leads ring until you add it.
"""
_NEEDED: Final = ("data_dir", "database_url", "keys", "config", "admins")
_EMPTIED: Final = (
    "If you are writing to that very file: `config export > FILE` empties FILE before Signpost can read it. Put the "
    "file back, and write to another one.\n"
)


def export() -> int:
    """Print the file; what there is to say goes to standard error. Returns the exit status."""
    logs.set_up("warning")
    try:
        settings = _settings()
    except BadSettings as wrong:
        sys.stderr.write(said(wrong))
        return 2
    try:
        directory = asyncio.run(_directory(settings))
    except (BadSettings, PlaceRefused) as wrong:
        sys.stderr.write(said(wrong))
        return 2
    except config_file.BadConfig as wrong:
        sys.stderr.write(f"{wrong}\n{_EMPTIED if wrong.empty else ''}")
        return 2
    except StoreAway as gone:
        sys.stderr.write(f"{asyncio.run(sentence(gone.why, settings))}\n")
        return 1
    except Unreadable:
        sys.stderr.write("SIGNPOST_KEYS lacks the key that this was written with: put it back behind the newest one.\n")
        return 1
    for said_of_it in _left_out(directory):
        sys.stderr.write(f"{said_of_it}\n")
    if not any(site.leads for site in directory.sites):
        sys.stderr.write("There is no site to write down, so nothing was written: no file may declare none.\n")
        return 1
    text = as_file(directory)
    sys.stdout.write(text)
    return _taken(text)


def as_file(directory: Directory) -> str:
    """The text of the CONFIG file that declares this directory."""
    plain = {
        "site": [site_to_plain(_as_it_stands(site)) for site in directory.sites if site.leads],
        "person": [person_to_plain(person) for person in directory.persons],
    }
    head = HEADER
    if made := _admins_of_chat(directory):
        head += f"# Admins who were made in chat stay admins there. To have them named here: SIGNPOST_ADMINS={made}\n"
    return f"{head}\n{tomli_w.dumps({name: tables for name, tables in plain.items() if tables})}"


def _left_out(directory: Directory) -> Iterable[str]:
    """What the file does not hold, in sentences."""
    for site in directory.sites:
        if not site.leads:
            yield f"The site '{site.id}' has no lead yet, so it is left out: no file may declare it."
        for contact in site.contacts if site.leads else ():
            if contact.kind != "by_hand" and contact.verified and not _vouched_for(contact, site):
                why = "is out of use" if contact.suspended else "acknowledged a test in chat"
                yield (
                    f"The contact '{contact.id}' of '{site.id}' {why}, so it is written without `verified = true` and "
                    "leads ring: add that line if you vouch for it yourself."
                )
    if made := _admins_of_chat(directory):
        yield f"Admins who were made in chat are in no file. To name them in the settings: SIGNPOST_ADMINS={made}"


def _admins_of_chat(directory: Directory) -> str:
    """All admins as SIGNPOST_ADMINS names them, where some were made in chat."""
    return ",".join(map(str, sorted(directory.admins))) if directory.admins - directory.first_admins else ""


def _as_it_stands(site: Site) -> Site:
    return replace(site, contacts=tuple(replace(one, verified=_vouched_for(one, site)) for one in site.contacts))


def _vouched_for(contact: Contact, site: Site) -> bool:
    """Whether the file may say so: a number always, any other where the file said so before and it is in use."""
    return contact.verified and not contact.suspended and (site.declared or contact.kind == "by_hand")


def _taken(text: str) -> int:
    """Whether the file would be read, as an exit status: what was set up by an earlier release may not be."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.toml"
        file.write_text(text, encoding="utf-8")
        try:
            config_file.load(file)
        except config_file.BadConfig as wrong:
            sys.stderr.write(f"Signpost would not take it as it is. {wrong} Put that right in the file.\n")
            return 1
    return 0


def _settings() -> Settings:
    """The settings, where those that matter here are good. Raises BadSettings."""
    loaded = Loaded.from_environment()
    wrong = [sentence for name, sentence in loaded.troubles.items() if name in _NEEDED]
    if not loaded.settings.keys.get_secret_value() and "keys" not in loaded.troubles:
        wrong.append(missing("keys", do=UNSET[kept(loaded)]))
    if wrong:
        raise BadSettings(*wrong)
    return loaded.settings


async def _directory(settings: Settings) -> Directory:
    declared = Directory(admins=settings.admins, first_admins=settings.admins)
    if settings.config:
        declared = config_file.load(settings.config, settings.admins)
    store = await open_store(settings.database, keys=open_keys(settings), directory=lambda: declared)
    try:
        return await store.read(lambda work: work.directory)
    finally:
        await store.close()
