"""Who delivers from a SQLite file: one process. When it starts, what a killed one was sending is free at once."""

from __future__ import annotations

import os
from pathlib import Path

from bot.store.sqlite import Sqlite
from bot.store.store import Store

try:
    import fcntl
except ImportError:  # not Unix: leases run out by themselves
    fcntl = None  # type: ignore[assignment]


class LoneWorker:
    """Holds a lock file beside the database for as long as this process lives.

    The operating system lets go of it however the process ends, so whoever gets it knows that nobody else is sending.
    """

    def __init__(self, store: Store) -> None:
        self._path = _lock_path(store)
        self._asked = False
        self._held: int | None = None

    def begins(self) -> bool:
        """Whether this is the first time of asking and no other process delivers from this file."""
        if self._asked or self._path is None or fcntl is None:
            return False
        self._asked = True
        held = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(held)
            return False
        self._held = held
        return True

    def __del__(self) -> None:
        if self._held is not None:
            os.close(self._held)


def _lock_path(store: Store) -> Path | None:
    database = store.database
    if not isinstance(database, Sqlite):
        return None
    path = database.place.path
    return path.with_name(f"{path.name}-worker")
