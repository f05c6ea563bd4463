"""Whether the database is reachable, up to date and ours."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding
from bot.settings import Settings
from handlers.people import Directory

if TYPE_CHECKING:
    from bot.store.vault import Keys

FREE_MB = 200


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to say of the database, and the sites of the file and of chat together."""

    findings: tuple[Finding, ...]
    directory: Directory
    readable: bool = True
    """Whether it is known what was set up in chat."""


async def look(settings: Settings, declared: Directory) -> Looked:
    """Open the database as `serve` does, and leave it as it was: making tables is `migrate`'s.

    `declared` is what the CONFIG file says.
    """
    from bot.store.place import PlaceRefused, SqliteFile, parse_place  # noqa: PLC0415  # loaded when it is needed
    from bot.store.vault import Keys, KeysRefused, new_key  # noqa: PLC0415

    try:
        place = parse_place(settings.database)
    except PlaceRefused as wrong:
        return Looked((Finding("Database", "red", f"{wrong}."),), declared, readable=False)
    if isinstance(place, SqliteFile) and not place.path.exists():
        none = Finding("Database", "amber", "there is none yet", "`serve` makes it, or `python -m bot migrate` now.")
        return Looked((none,), declared)
    try:
        looked = await _try(settings, Keys.parse(settings.keys.get_secret_value()), declared, check_keys=True)
    except KeysRefused:
        looked = await _try(settings, Keys.parse(new_key()), declared, check_keys=False)
    if isinstance(looked, Finding):
        return Looked((looked,), declared, readable=False)
    found = [Finding("Database", "green", "reachable, up to date and open for writing")]
    if isinstance(place, SqliteFile):
        free = shutil.disk_usage(place.path.parent).free // 1_000_000
        if free < FREE_MB:
            found.append(Finding("Disk", "amber", f"{free} MB are free", "Make room: a full disk stops every report."))
    return Looked(tuple(found), looked or declared, readable=looked is not None)


async def _try(settings: Settings, keys: Keys, declared: Directory, *, check_keys: bool) -> Finding | Directory | None:
    """What is wrong, or all that is set up; None where a key to look at it is missing.

    Nothing is written: a key that is not the right one must not leave a trace.
    """
    from bot.store.away import StoreAway  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Unreadable  # noqa: PLC0415

    try:
        store = await open_store(settings.database, keys=keys, directory=lambda: declared)
    except StoreAway as gone:
        return _away(gone.why)
    try:
        await store.read(lambda work: work.reference_taken("SP-0000-00"))
        await store.transact(lambda _session: None)
        if check_keys:
            # Raises Unreadable for other keys than the database's; where it has none yet, the read may not write one.
            with contextlib.suppress(StoreAway):
                await store.read(lambda work: work.digest({}))
            return await store.read(lambda work: work.directory)
    except StoreAway as gone:
        return _away(gone.why)
    except Unreadable:
        return Finding(
            "Database", "red", "it was written with other keys than SIGNPOST_KEYS holds",
            "Put the earlier key back, behind the newest one.",
        )  # fmt: skip
    finally:
        await store.close()
    return None


def _away(why: str) -> Finding:
    do = {
        "refused": "Check SIGNPOST_DATABASE_URL: host, name, user and password, or who owns the file.",
        "lost": "Check that the database is running and that this machine reaches it.",
        "busy": "Something else holds it. Try again; if it stays, look for a second copy or a long export.",
        "full": "Make room on the disk.",
        "corrupt": "Stop Signpost and restore the last backup (docs/how-to/restore-a-backup.md).",
        "read_only": "Let the user that runs Signpost write to it.",
        "not_migrated": "Run `python -m bot migrate`, or start `serve`, which does it.",
    }.get(why, "Look into the database's own log.")
    return Finding("Database", "red", f"it does not do what we ask ({why})", do)
