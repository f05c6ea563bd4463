"""Whether each site has anybody who could raise: people of a workspace or tenant that is connected, and may."""

from __future__ import annotations

from collections.abc import Iterable

from bot.doctor.finding import Finding
from bot.doctor.where import IN_CHAT
from handlers.people import Directory
from handlers.setup import raising_here


def look(directory: Directory, connected: frozenset[str]) -> Iterable[Finding]:
    """Name the sites that nobody can raise at. `connected` are workspaces and tenants (`slack:T1`)."""
    for site in directory.sites:
        if not site.serves & connected:
            served = ", ".join(sorted(site.serves)) or "nobody"
            yield Finding(
                "site_serves_nobody", "Who may raise", "red",
                f"nobody can raise at '{site.id}': it serves {served}, which is not connected",
                f"Write one of those in `serves` that are: {', '.join(sorted(connected))}. Or connect the other one."
                if site.declared
                else f"{IN_CHAT[0].upper()}{IN_CHAT[1:]}: 'Name and numbers', whose people may raise.",
                f"'{site.id}'",
            )  # fmt: skip
        elif none := raising_here.why_not(site):
            out = raising_here.ways_out(site, directory)
            yield Finding(
                "staff_elsewhere", "Who may raise", "red", f"nobody but leads can raise at '{site.id}': {none}",
                out if site.declared else f"{IN_CHAT[0].upper()}{IN_CHAT[1:]}. {out}", f"'{site.id}'",
            )  # fmt: skip
