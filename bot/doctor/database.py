"""Whether the database is reachable, up to date and ours."""

from __future__ import annotations

import shutil

from bot.doctor.finding import Finding
from bot.settings import Settings
from handlers.people import Directory

FREE_MB = 200


async def look(settings: Settings) -> tuple[Finding, ...]:
    """Open the database as `serve` does, and write something small. Makes no table: that is `migrate`'s."""
    from bot.store.away import StoreAway  # noqa: PLC0415  # the doctor starts without the database's libraries
    from bot.store.place import PlaceRefused, SqliteFile, parse_place  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Keys, KeysRefused, Unreadable, new_key  # noqa: PLC0415

    try:
        place = parse_place(settings.database)
    except PlaceRefused as wrong:
        return (Finding("Database", "red", f"{wrong}."),)
    if isinstance(place, SqliteFile) and not place.path.exists():
        return (
            Finding("Database", "amber", "there is none yet", "`serve` makes it, or `python -m bot migrate` now."),
        )  # fmt: skip
    try:
        keys = Keys.parse(settings.keys.get_secret_value())
    except KeysRefused:
        keys = Keys.parse(new_key())
    try:
        store = await open_store(settings.database, keys=keys, directory=Directory)
        try:
            await store.ping()
        finally:
            await store.close()
    except StoreAway as gone:
        return (_away(gone.why),)
    except Unreadable:
        return (
            Finding(
                "Database", "red", "it was written with other keys than SIGNPOST_KEYS holds",
                "Put the earlier key back, behind the newest one.",
            ),
        )  # fmt: skip
    found = [Finding("Database", "green", "reachable, up to date and written to")]
    if isinstance(place, SqliteFile):
        free = shutil.disk_usage(place.path.parent).free // 1_000_000
        if free < FREE_MB:
            found.append(Finding("Disk", "amber", f"{free} MB are free", "Make room: a full disk stops every report."))
    return tuple(found)


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
