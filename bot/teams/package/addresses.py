"""Which addresses may stand in the app's details: Teams shows them to everybody as links."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2048
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[!#-;=?-\[\]_a-z~]+")


def trouble_with(address: str) -> str:
    """What is wrong with an address, as the end of a sentence; empty if people could open it."""
    if not address.lower().startswith("https://"):
        return "does not begin with https://"
    if len(address) > LONGEST:
        return f"is longer than {LONGEST:,} characters"
    if not _PLAIN.fullmatch(address):
        return "has a space or another sign in it that no address has"
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return "is no address"
    if parts.username is not None or parts.password is not None:
        return "has a user name in it"
    if not _HOST.fullmatch(parts.hostname or ""):
        return "names no host that everybody can open, such as www.example.org"
    return ""
