"""Where something about a site is put right: in the file that declares it, or in chat."""

from __future__ import annotations

from typing import Final

from handlers.sites import Site

IN_CHAT: Final = "write 'admin' to Signpost (in Slack: /signpost admin) and open the site"


def do_at(site: Site, in_file: str, in_chat: str) -> str:
    """What to do about a site, where it is done."""
    return in_file if site.declared else f"{IN_CHAT[0].upper()}{IN_CHAT[1:]}: {in_chat}"
