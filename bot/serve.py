"""The `serve` command: settings first, so that a wrong one is answered before anything heavy is loaded."""

from __future__ import annotations

import asyncio
import sys

from bot import settings
from bot.kept import kept
from bot.serving import collector


def serve_until_stopped() -> int:
    """Run until stopped. Returns 0 after a stop, 1 if it could not start, 2 for settings that will not do."""
    collector.hold_off()
    try:
        given = settings.load(kept)
    except settings.BadSettings as wrong:
        return _refused(wrong)
    from bot import logs  # noqa: PLC0415  # from here on it takes a second to load everything
    from bot.app import CannotServe, serve  # noqa: PLC0415
    from bot.commands.opening import open_directory, open_keys, said  # noqa: PLC0415
    from bot.store.place import PlaceRefused  # noqa: PLC0415

    logs.set_up(given.log_level)
    try:
        return asyncio.run(serve(given, open_keys(given), open_directory(given)))
    except settings.BadSettings as wrong:
        return _refused(wrong)
    except PlaceRefused as wrong:
        sys.stderr.write(said(wrong))
        return 2
    except CannotServe as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1


def _refused(wrong: settings.BadSettings) -> int:
    sys.stderr.write("".join(f"{sentence}\n" for sentence in wrong.sentences))
    return 2
