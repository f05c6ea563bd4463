"""`migrate`, `export`, `rotate-keys` and `erase`: what is done to the database while nobody need be signed in."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import Final

from bot import logs
from bot.commands.opening import open_keys, said
from bot.database_trouble import sentence
from bot.kept import kept
from bot.sending.whole import REPLYING
from bot.settings import BadSettings, Loaded, Settings
from bot.settings.key_trouble import UNSET
from bot.settings.rules import missing
from bot.store.away import StoreAway
from bot.store.erase import erase_case
from bot.store.export import export_case, export_setup
from bot.store.migrate import migrate
from bot.store.place import PlaceRefused, PostgresAddress, SqliteFile, parse_place
from bot.store.rotate import rotate_keys
from bot.store.store import Store, open_store
from bot.store.vault import Unreadable
from handlers.case import IllegalMove
from handlers.people import Directory

REFERENCE: Final = re.compile(r"SP-[0-9A-Z]{4}-[0-9A-Z]{2}")
SETUP: Final = "SETUP"
"""What `export` takes in a reference's place: the audit entries that belong to no case."""
_NEEDED: Final = ("data_dir", "database_url", "keys")


def run(command: str, *, case: str = "", even_open: bool = False) -> int:
    """Carry out one command; what it has to say goes to standard error, data to standard output."""
    logs.set_up("warning")
    reference = case.strip().upper()
    if command == "export" and reference == SETUP:
        command = "export-setup"
    elif case and not REFERENCE.fullmatch(reference):
        also = " For what belongs to no case write: export setup" if command == "export" else ""
        sys.stderr.write(f"A reference looks like SP-7K4M-2Q.{also}\n")
        return 2
    try:
        settings = _settings(needs_keys=command != "migrate")
    except BadSettings as wrong:
        sys.stderr.write(said(wrong))
        return 2
    try:
        return asyncio.run(_run(settings, command, reference, even_open=even_open))
    except (BadSettings, PlaceRefused) as wrong:
        sys.stderr.write(said(wrong))
        return 2
    except StoreAway as gone:
        sys.stderr.write(f"{asyncio.run(sentence(gone.why, settings))}\n")
        return 1
    except Unreadable:
        sys.stderr.write("SIGNPOST_KEYS lacks the key that this was written with: put it back behind the newest one.\n")
        return 1


def _settings(*, needs_keys: bool) -> Settings:
    loaded = Loaded.from_environment()
    wrong = tuple(sentence for name, sentence in loaded.troubles.items() if name in _NEEDED)
    if needs_keys and not loaded.settings.keys.get_secret_value() and "keys" not in loaded.troubles:
        wrong += (missing("keys", do=UNSET[kept(loaded)]),)
    if wrong:
        raise BadSettings(*wrong)
    return loaded.settings


async def _run(settings: Settings, command: str, reference: str, *, even_open: bool) -> int:
    if command == "migrate":
        return await _migrate(settings)
    keys = open_keys(settings)
    store = await open_store(settings.database, keys=keys, directory=Directory)
    try:
        match command:
            case "export":
                return await _export(store, reference)
            case "export-setup":
                sys.stdout.buffer.write(await export_setup(store))
                return 0
            case "erase":
                return await _erase(store, reference, even_open=even_open)
            case _:
                return await _rotate(store)
    finally:
        await store.close()


async def _migrate(settings: Settings) -> int:
    """Name the database that was brought up to date: with other settings than `serve` has it would be another one."""
    place = parse_place(settings.database)
    file = place.path.absolute() if isinstance(place, SqliteFile) else None
    new = file is not None and not file.exists()
    await migrate(settings.database)
    if new:
        sys.stderr.write(f"There was no database at {file}: a new one was made there, and it is up to date.\n")
    else:
        named = f"The database at {file}" if isinstance(place, SqliteFile) else f"The database {_on_a_server(place)}"
        sys.stderr.write(f"{named} is up to date.\n")
    return 0


def _on_a_server(place: PostgresAddress) -> str:
    """Which one it is, without a user or a password."""
    host = place.url.host or place.url.query.get("host") or "this machine"
    port = f":{place.url.port}" if place.url.port else ""
    return f"{place.url.database} on PostgreSQL at {host}{port}"


async def _export(store: Store, reference: str) -> int:
    data = await export_case(store, reference)
    if data is None:
        sys.stderr.write(f"There is no case {reference}, or it was erased.\n")
        return 1
    sys.stdout.buffer.write(data)
    return 0


async def _erase(store: Store, reference: str, *, even_open: bool) -> int:
    try:
        erased = await erase_case(store, reference, closed_only=not even_open)
    except IllegalMove:
        sys.stderr.write(f"{reference} is not closed. To erase it all the same, add --open.\n")
        return 1
    if erased is None:
        sys.stderr.write(f"There is no case {reference}, or it was erased before.\n")
        return 1
    sys.stderr.write(f"{reference} is erased, and nothing brings it back.\n")
    if erased.messages:
        sys.stderr.write(
            "Messages about it may still stand in these chats and mailboxes; only people there can remove them:\n"
        )
        for account, address in erased.messages:
            sys.stdout.write(f"{account} {address.removeprefix(REPLYING)}".rstrip() + "\n")
    return 0


async def _rotate(store: Store) -> int:
    done = await rotate_keys(store)
    sys.stderr.write(f"{done.done} keys are wrapped with the newest one now.\n")
    if done.unreadable:
        sys.stderr.write(
            f"{done.unreadable} could not be opened with any of SIGNPOST_KEYS: put the missing key back.\n"
        )
        return 1
    sys.stderr.write("The older keys can be taken out of SIGNPOST_KEYS on every replica.\n")
    return 0
