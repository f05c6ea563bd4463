"""A clock that runs ahead, for the playground: what would come in a day is seen at once, and nobody waits for it.

A real school must never have it: with a clock that is wrong, nobody would be reminded in time. So `serve` refuses it
beside anything that is not on this machine. Reminders, due times and what is written in a case go by it; signatures,
tokens, leases and logs never do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.settings import Settings

MOST: Final = timedelta(days=366)
"""How far ahead it can be."""
NONE: Final = timedelta(0)


class Ahead:
    """How far the time is ahead: the whole seconds that stand in a file, read anew each time. It never goes back."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = NONE

    def __call__(self) -> timedelta:
        """Return it. A file that is not there, or holds anything else, leaves it as it was."""
        try:
            text = self._file.read_text(encoding="ascii").strip()
            found = timedelta(seconds=int(text)) if text.isdecimal() else NONE
        except (OSError, ValueError, OverflowError):
            found = NONE
        self._before = max(self._before, min(found, MOST))
        return self._before


def ahead_of(settings: Settings) -> Callable[[], timedelta] | None:
    """How far the time is ahead, or None where it is the real one: everywhere but in the playground and in tests."""
    return Ahead(settings.clock_file) if settings.clock_file is not None else None
