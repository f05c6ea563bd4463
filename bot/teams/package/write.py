"""Writes the app package: a zip with the manifest and both icons at its root."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Final

from bot.teams.package import icons
from bot.teams.package.addresses import trouble_with
from bot.teams.package.manifest import manifest
from bot.version import version as project_version

_GUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VERSION: Final = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}")
_WHEN: Final = (2026, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that the same settings give the same bytes."""
LONGEST_PUBLISHER: Final = 32
LONGEST_NAME: Final = 30


class BadPackage(Exception):
    """Teams would not take this package; the text is a sentence that says what to set."""


def write_app_package(
    path: Path,
    app_id: str,
    *,
    website: str,
    publisher: str,
    privacy: str = "",
    terms: str = "",
    name: str = "Signpost",
    version: str = "",
) -> None:
    """Write the package to `path`. Raises BadPackage.

    `privacy` and `terms` are `website` where they are not given, and `version` is Signpost's own.
    """
    version = version or _three_numbers(project_version())
    if not _GUID.fullmatch(app_id):
        raise BadPackage(
            "SIGNPOST_TEAMS_APP_ID is no application id: copy the Application (client) ID from the app registration in "
            "the Entra admin centre."
        )
    addresses = {"website": website, "privacy": privacy or website, "terms": terms or website}
    for what, address in addresses.items():
        if trouble := trouble_with(address):
            raise BadPackage(f"The address for {what} {trouble}: Teams shows it to everybody.")
    if not 0 < len(publisher) <= LONGEST_PUBLISHER:
        raise BadPackage(
            f"The publisher's name has to have 1 to {LONGEST_PUBLISHER} characters: use your school's or trust's."
        )
    if not 0 < len(name) <= LONGEST_NAME or not _VERSION.fullmatch(version):
        raise BadPackage(f"The app's name has 1 to {LONGEST_NAME} characters, and its version three numbers with dots.")
    content = manifest(app_id, publisher=publisher, name=name, version=version, **addresses)
    files = {
        "manifest.json": json.dumps(content, indent=2).encode(),
        "color.png": icons.colour(),
        "outline.png": icons.outline(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for file, held in files.items():
            package.writestr(zipfile.ZipInfo(file, _WHEN), held, zipfile.ZIP_DEFLATED)


def _three_numbers(version: str) -> str:
    """A version as Teams wants it: what stands behind the third number is left out, as `1.2.3.dev4`."""
    numbers = re.findall(r"\d+", version)[:3]
    return ".".join((*numbers, "0", "0")[:3])
