"""Where something about a site is put right: in the file that declares it, or in chat."""

from __future__ import annotations

from typing import Final

from handlers.sites import Site

WRITE_ADMIN: Final = "write 'admin' to Signpost (in Slack: /signpost admin)"
"""In Slack nobody can write to Signpost: its messages are read alone there."""
IN_CHAT: Final = f"{WRITE_ADMIN} and open the site"
READS_THEIR_ACCOUNT: Final = (
    "whoever is no admin and writes 'admin' to Signpost (in Slack: /signpost admin) reads their account"
)


def do_at(site: Site, in_file: str, in_chat: str) -> str:
    """What to do about a site, where it is done."""
    return in_file if site.declared else f"{IN_CHAT[0].upper()}{IN_CHAT[1:]}: {in_chat}"
