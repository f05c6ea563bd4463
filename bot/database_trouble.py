"""Why the database cannot be used, and what to do: the same words for `serve`, the commands and the doctor."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.doctor import server
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.away import Why

Said = tuple[str, str]
"""What is wrong, as the end of a sentence, and what to do."""


class Away(NamedTuple):
    """What is wrong as a closed word and as the end of a sentence, and what to do."""

    why: str
    said: str
    do: str


_WHY: Final[dict[str, Said]] = {
    "refused": (
        "it does not let us in", "Check user, password and the database's name in SIGNPOST_DATABASE_URL.",
    ),
    "not_allowed": (
        "the role that SIGNPOST_DATABASE_URL names may not make or use its tables",
        "Let that role own the database and its tables, as docs/how-to/run-in-production.md has it.",
    ),
    "lost": ("the connection to it was lost", "Check that it is running and that this machine reaches it."),
    "busy": (
        "something else holds it", "Try again; if it stays, look for a second copy of Signpost or a long export.",
    ),
    "full": ("it is full", "Make room on the disk."),
    "corrupt": ("it is damaged", "Stop Signpost and restore the last backup (docs/how-to/restore-a-backup.md)."),
    "read_only": (
        "it cannot be written to",
        "It is a standby, or was set read-only: name the primary in SIGNPOST_DATABASE_URL, or ask whoever runs it.",
    ),
    "not_migrated": ("it is not up to date", "Run `signpost migrate`, or start `serve`, which does it."),
}  # fmt: skip
_OTHERWISE: Final[Said] = ("it does not do what we ask", "Look into the database's own log.")


def why_away(why: Why, settings: Settings) -> Away:
    """What is wrong with a database that did not do what it was asked."""
    from bot.store.place import SqliteFile, parse_place  # noqa: PLC0415  # the doctor starts without its libraries

    place = parse_place(settings.database)
    if isinstance(place, SqliteFile) and why in ("refused", "read_only", "failed"):
        if found := file_trouble(place.path, settings):
            return found
        if why == "read_only":
            return Away(why, "it cannot be written to", "Let the user that runs Signpost own that file.")
    return Away(why, *_WHY.get(why, _OTHERWISE))


async def sentence(why: Why, settings: Settings) -> str:
    """The same in a line for whoever ran a command; of a PostgreSQL server it is found out on the way."""
    from bot.store.place import PostgresAddress, parse_place  # noqa: PLC0415  # as above

    place = parse_place(settings.database)
    word, said, do = why_away(why, settings)
    if isinstance(place, PostgresAddress) and (found := await server.why_away(place.url.host or "", place.url.port)):
        said, do = found.found, found.do
    return f"The database cannot be used ({word}): {said}. {do} `signpost doctor` looks at all of it."


def file_trouble(file: Path, settings: Settings) -> Away | None:
    """Why a file of SQLite cannot be made or written; None where it can. Nothing that was tried is left behind."""
    setting = "SIGNPOST_DATABASE_URL" if settings.database_url.get_secret_value() else "SIGNPOST_DATA_DIR"
    file = file.absolute()
    folder = next(one for one in file.parents if one.exists())
    elsewhere = f"Set {setting} to a folder that this user owns, or let them write there."
    if not folder.is_dir():
        return Away("refused", f"{folder} is a file, so no folder can be made in it", elsewhere)
    if file.is_dir():
        return Away("refused", f"{file} is a folder, and a file is needed", f"Set {setting} to another place.")
    if file.exists():
        try:
            file.open("r+b").close()
        except OSError as wrong:
            own = "Let the user that runs Signpost own that file."
            return not_written(wrong, f"{file} cannot be written to", own, setting)
    try:
        if folder == file.parent:  # SQLite keeps files of its own beside it
            tempfile.TemporaryFile(dir=folder).close()
        else:
            tempfile.TemporaryDirectory(dir=folder).cleanup()
    except OSError as wrong:
        what = "nothing can be written beside it" if file.exists() else "there is none yet, and none can be made"
        return not_written(wrong, f"{what} in {folder}", elsewhere, setting)
    return None


def not_written(wrong: OSError, said: str, do: str, setting: str) -> Away:
    """What a refusal to write means. Of a disk that takes nothing from anybody, it helps nobody to own the file."""
    reason = (wrong.strerror or "refused").lower()
    if wrong.errno != errno.EROFS:
        return Away("refused", f"{said} ({reason})", do)
    return Away(
        "read_only",
        f"{said} ({reason})",
        "The disk there is mounted read-only: by how it was set up (`:ro` behind a container's volume, no"
        " `ReadWritePaths=` in a systemd unit), or by the system after a fault of the disk, which its log says. Have it"
        f" mounted for writing, or set {setting} to another place.",
    )
