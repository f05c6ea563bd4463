"""`config export`: today's sites, people and contacts as the CONFIG file that would declare them."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace

import tomli_w

from bot import config_file, logs
from bot.config_plain import person_to_plain, site_to_plain
from bot.opening import open_keys, said
from bot.settings import BadSettings, Loaded, Settings, missing
from bot.store.away import StoreAway
from bot.store.place import PlaceRefused
from bot.store.store import open_store
from bot.store.vault import Unreadable
from handlers.people import Directory
from handlers.sites import Site

HEADER = """\
# What Signpost was set up with, as `signpost config export` wrote it. Set SIGNPOST_CONFIG to this file, and all of it
# is declared here: shown in chat, and changed in the file alone. A contact that has not proved itself yet, or is out of
# use, bears no `verified = true`.
"""


def export() -> int:
    """Print the file; what there is to say goes to standard error. Returns the exit status."""
    logs.set_up("warning")
    loaded = Loaded.from_environment()
    settings = loaded.settings
    try:
        directory = asyncio.run(_directory(settings))
    except (BadSettings, PlaceRefused) as wrong:
        sys.stderr.write(said(wrong))
        return 2
    except config_file.BadConfig as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    except StoreAway as gone:
        sys.stderr.write(f"The database does not do what we ask ({gone.why}). `signpost doctor` says what to do.\n")
        return 1
    except Unreadable:
        sys.stderr.write("SIGNPOST_KEYS lacks the key that this was written with: put it back behind the newest one.\n")
        return 1
    for site in directory.sites:
        if not site.leads:
            sys.stderr.write(f"The site '{site.id}' has no lead yet, so it is left out: no file may declare it.\n")
    sys.stdout.write(as_file(directory))
    return 0


def as_file(directory: Directory) -> str:
    """The text of the CONFIG file that declares this directory."""
    plain = {
        "site": [site_to_plain(_as_it_stands(site)) for site in directory.sites if site.leads],
        "person": [person_to_plain(person) for person in directory.persons],
    }
    return f"{HEADER}\n{tomli_w.dumps({name: tables for name, tables in plain.items() if tables})}"


def _as_it_stands(site: Site) -> Site:
    contacts = tuple(replace(one, verified=one.verified and not one.suspended) for one in site.contacts)
    return replace(site, contacts=contacts)


async def _directory(settings: Settings) -> Directory:
    if not settings.keys.get_secret_value():
        raise BadSettings(missing("keys"))
    declared = config_file.load(settings.config, settings.admins) if settings.config else Directory()
    store = await open_store(settings.database, keys=open_keys(settings), directory=lambda: declared)
    try:
        return await store.read(lambda work: work.directory)
    finally:
        await store.close()
