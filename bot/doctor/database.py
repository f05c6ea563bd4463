"""Whether the database is reachable, up to date and ours, and whether what it holds goes with the CONFIG file."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot import database_trouble
from bot.database_trouble import file_trouble
from bot.doctor.finding import Finding
from bot.doctor.server import why_away
from bot.doctor.where import IN_CHAT
from bot.settings import Settings
from handlers.people import Directory

if TYPE_CHECKING:
    from bot.store.away import Why
    from bot.store.store import Store
    from bot.store.vault import Keys

FREE_MB = 200
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to say of the database, and the sites of the file and of chat together."""

    findings: tuple[Finding, ...]
    directory: Directory
    readable: bool = True
    """Whether it is known what was set up in chat."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the database says: all that is set up, sites of chat that the file hides, and sites that nothing names."""

    directory: Directory
    shadowed: tuple[str, ...]
    orphaned: str
    what_to_do: str
    unopened: tuple[str, ...]
    """The references of cases that do not open."""


async def look(settings: Settings, declared: Directory) -> Looked:
    """Open the database as `serve` does, and leave it as it was: making tables is `migrate`'s.

    `declared` is what the CONFIG file says.
    """
    from bot.store.place import PlaceRefused, PostgresAddress, SqliteFile, parse_place  # noqa: PLC0415  # when needed
    from bot.store.vault import Keys, KeysRefused, new_key  # noqa: PLC0415

    try:
        place = parse_place(settings.database)
    except PlaceRefused as wrong:
        said, _, do = f"{wrong}".partition(": ")
        return Looked((_red("database_address_wrong", said, f"{do[:1].upper()}{do[1:]}."),), declared, readable=False)
    if isinstance(place, SqliteFile) and not place.path.exists():
        return Looked((_to_be_made(place.path, settings),), declared)
    try:
        looked = await _try(settings, Keys.parse(settings.keys.get_secret_value()), declared, check_keys=True)
    except KeysRefused:
        looked = await _try(settings, Keys.parse(new_key()), declared, check_keys=False)
    if isinstance(looked, str):
        finding = (await why_away(place.url.host or "", place.url.port)) if isinstance(place, PostgresAddress) else None
        why, said, do = database_trouble.why_away(looked, settings)
        return Looked((finding or _red(f"database_{why}", said, do),), declared, readable=False)
    if isinstance(looked, Finding):
        return Looked((looked,), declared, readable=False)
    found = [Finding("database_good", "Database", "green", "reachable, up to date and open for writing")]
    if isinstance(place, SqliteFile):
        free = shutil.disk_usage(place.path.parent).free // 1_000_000
        if free < FREE_MB:
            said, do = f"{free} MB are free", "Make room: a full disk stops every report."
            found.append(Finding("disk_nearly_full", "Disk", "amber", said, do))
    if looked is None:
        return Looked(tuple(found), declared, readable=False)
    return Looked((*found, *_of_cases(looked), *_of_sites(looked)), looked.directory)


async def _try(
    settings: Settings, keys: Keys, declared: Directory, *, check_keys: bool
) -> Why | Finding | _Held | None:
    """Why it is away, or what is wrong, or what it holds; None where a key to look at it is missing.

    What is written is taken back: a key that is not the right one must not leave a trace.
    """
    from bot.store.away import StoreAway  # noqa: PLC0415
    from bot.store.first_look import try_to_write  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Unreadable  # noqa: PLC0415

    try:
        store = await open_store(settings.database, keys=keys, directory=lambda: declared)
    except StoreAway as gone:
        return gone.why
    try:
        await store.read(lambda work: work.reference_taken("SP-0000-00"))
        await try_to_write(store)
        if check_keys:
            # Raises Unreadable for other keys than the database's; where it has none yet, the read may not write one.
            with contextlib.suppress(StoreAway):
                await store.read(lambda work: work.digest({}))
            return await _held(store)
    except StoreAway as gone:
        return gone.why
    except Unreadable:
        return _red(
            "database_keys_wrong", "it was written with other keys than SIGNPOST_KEYS holds",
            "Put the earlier key back, behind the newest one.",
        )  # fmt: skip
    finally:
        await store.close()
    return None


async def _held(store: Store) -> _Held:
    from bot.store.orphans import WHAT_TO_DO, in_words, orphans  # noqa: PLC0415
    from bot.store.unopened import unopened  # noqa: PLC0415

    directory = await store.read(lambda work: work.directory)
    found = await orphans(store, directory)
    return _Held(directory, store.configured.shadowed(), in_words(found), WHAT_TO_DO, await unopened(store))


def _of_cases(held: _Held) -> Iterable[Finding]:
    if held.unopened:
        named, more = ", ".join(held.unopened[:MOST_NAMED]), len(held.unopened) - MOST_NAMED
        yield Finding(
            "cases_unreadable", "Cases", "red",
            f"{len(held.unopened)} cannot be opened by anybody, and stand in no list: {named}"
            f"{f' and {more} more' if more > 0 else ''}",
            "If a key was taken out of SIGNPOST_KEYS, put it back behind the newest one. Otherwise they were changed "
            "in the database: restore all of it, not some tables, from one backup. Until then their leads go by what "
            "they know. What nobody can bring back is destroyed with `signpost erase REFERENCE --open`.",
        )  # fmt: skip


def _of_sites(held: _Held) -> Iterable[Finding]:
    if held.orphaned:
        yield Finding(
            "sites_orphaned", "Sites", "red",
            f"with open cases, and named by nothing any more: {held.orphaned}. `serve` does not start", held.what_to_do,
        )  # fmt: skip
    for site in held.shadowed:
        yield Finding(
            "site_shadowed", "Sites", "amber",
            f"'{site}' was set up in chat as well, and the CONFIG file goes before. Once the file no longer"
            " names it, it comes back with the leads and contacts that it had in chat",
            f"If that is not what you want, take it out in chat: start once without the file, {IN_CHAT}, 'Remove this"
            " site'; then start with the file again.",
            f"'{site}'",
        )  # fmt: skip


def _to_be_made(file: Path, settings: Settings) -> Finding:
    """There is no file yet: whether `serve` could make it."""
    if trouble := file_trouble(file, settings):
        return _red("database_cannot_be_made", trouble.said, trouble.do)
    return Finding(
        "database_none", "Database", "amber", "there is none yet", "`serve` makes it, or `signpost migrate` now."
    )


def _red(code: str, found: str, do: str) -> Finding:
    return Finding(code, "Database", "red", found, do)
