"""Whether the database is reachable, up to date and ours."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding
from bot.settings import Settings
from handlers.people import Directory

if TYPE_CHECKING:
    from bot.store.vault import Keys

FREE_MB = 200


async def look(settings: Settings) -> tuple[Finding, ...]:
    """Open the database as `serve` does, and leave it as it was: making tables is `migrate`'s."""
    from bot.store.place import PlaceRefused, SqliteFile, parse_place  # noqa: PLC0415  # loaded when it is needed
    from bot.store.vault import Keys, KeysRefused, new_key  # noqa: PLC0415

    try:
        place = parse_place(settings.database)
    except PlaceRefused as wrong:
        return (Finding("Database", "red", f"{wrong}."),)
    if isinstance(place, SqliteFile) and not place.path.exists():
        return (
            Finding("Database", "amber", "there is none yet", "`serve` makes it, or `python -m bot migrate` now."),
        )  # fmt: skip
    try:
        trouble = await _try(settings, Keys.parse(settings.keys.get_secret_value()), check_keys=True)
    except KeysRefused:
        trouble = await _try(settings, Keys.parse(new_key()), check_keys=False)
    if trouble is not None:
        return (trouble,)
    found = [Finding("Database", "green", "reachable, up to date and open for writing")]
    if isinstance(place, SqliteFile):
        free = shutil.disk_usage(place.path.parent).free // 1_000_000
        if free < FREE_MB:
            found.append(Finding("Disk", "amber", f"{free} MB are free", "Make room: a full disk stops every report."))
    return tuple(found)


async def _try(settings: Settings, keys: Keys, *, check_keys: bool) -> Finding | None:
    """What is wrong, or None. Nothing is written: a key that is not the right one must not leave a trace."""
    from bot.store.away import StoreAway  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Unreadable  # noqa: PLC0415

    try:
        store = await open_store(settings.database, keys=keys, directory=Directory)
    except StoreAway as gone:
        return _away(gone.why)
    try:
        await store.read(lambda work: work.reference_taken("SP-0000-00"))
        await store.transact(lambda _session: None)
        if check_keys:
            # Raises Unreadable for other keys than the database's; where it has none yet, the read may not write one.
            with contextlib.suppress(StoreAway):
                await store.read(lambda work: work.digest({}))
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
