"""`teams-app`: writes the app package that an admin uploads to Teams. Needs the settings, and no network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bot.settings import Loaded
from bot.teams.package.write import BadPackage, write_app_package

NOWHERE: Final = "https://example.org/"
"""Stands in the manifest until an admin says which site people are to be shown; nobody owns it."""


def teams_app(file: str, *, website: str, publisher: str) -> int:
    """Write the package. Returns 0, or 1 with a sentence that says what to set."""
    settings = Loaded.from_environment().settings
    shown = website or settings.public_url or NOWHERE
    path = Path(file)
    try:
        write_app_package(path, settings.teams_app_id, website=shown, publisher=publisher)
    except BadPackage as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    except OSError:
        sys.stderr.write(f"{file} cannot be written: name another file.\n")
        return 1
    sys.stdout.write(
        f"Written: {path}. Upload it in the Teams admin centre, under Teams apps, Manage apps, Upload new app.\n"
    )
    if shown == NOWHERE:
        sys.stdout.write(
            f"It names {NOWHERE} as its website, which Teams shows to everybody: set SIGNPOST_PUBLIC_URL or --website "
            "to your own first.\n"
        )
    return 0
