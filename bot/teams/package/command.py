"""`teams-app`: writes the app package that an admin uploads to Teams. Needs the settings, and no network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bot.settings import Loaded
from bot.settings.rules import missing
from bot.teams.package.addresses import trouble_with
from bot.teams.package.write import BadPackage, write_app_package

NOWHERE: Final = "https://example.org/"
"""Stands in the manifest until an admin says which site people are to be shown; nobody owns it."""


def teams_app(file: str, *, website: str, publisher: str) -> int:
    """Write the package. Returns 0, or a sentence and 2 for what it says to set, 1 for a file that takes nothing."""
    loaded = Loaded.from_environment()
    settings = loaded.settings
    shown = website or settings.public_url or NOWHERE
    path = Path(file)
    try:
        _check(loaded, website)
        write_app_package(path, settings.teams_app_id, website=shown, publisher=publisher)
    except BadPackage as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
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


def _check(loaded: Loaded, website: str) -> None:
    """Say what is not set, and of the address that was given what is wrong with it. Raises BadPackage."""
    if not loaded.settings.teams_app_id:
        raise BadPackage(missing("teams_app_id"))
    if website:
        if trouble := trouble_with(website):
            raise BadPackage(f"--website {trouble}: Teams shows it to everybody. Give your school's own page.")
        return
    if "public_url" in loaded.troubles:
        raise BadPackage(f"{loaded.troubles['public_url']} Or give your school's own page with --website.")
    address = loaded.settings.public_url
    if address and (trouble := trouble_with(address)):
        raise BadPackage(
            f"SIGNPOST_PUBLIC_URL {trouble}, and Teams shows it to everybody: set it, or give your school's own page "
            "with --website."
        )
