"""Of which workspaces and tenants the people may raise at a site: in words, by default, and where nobody may.

Who is of one that a site does not serve does not see it among the sites, and in a hurry takes another one for theirs.
"""

from __future__ import annotations

from typing import Final

from handlers.people import Directory
from handlers.sites import Site

PLATFORMS: Final = {"slack": "Slack", "teams": "Teams"}
HINT: Final = (
    "Tick each one in which staff of this site are. From any other one nobody finds this site, and somebody in a hurry "
    "may report to another school."
)
NOWHERE: Final = "Signpost is connected there and serves no site: whoever asks reads that there is no form for them."


def org_called(ref: str) -> str:
    """What a workspace or tenant is called here: `slack:T1` is `Slack workspace T1`."""
    platform, _, org = ref.partition(":")
    return f"{'Slack workspace' if platform == 'slack' else 'Teams tenant'} {org}"


def known(directory: Directory) -> frozenset[str]:
    """Every workspace and tenant that is connected or that a site names."""
    return directory.orgs() | directory.connected


def at_first(orgs: frozenset[str], here: str) -> frozenset[str]:
    """Whose people may raise at a new site: everybody's, where there is one workspace or tenant a platform.

    Several of one platform are several schools: then the admin's own alone, until they say otherwise.
    """
    platforms = [one.partition(":")[0] for one in orgs]
    return orgs if len(set(platforms)) == len(platforms) else frozenset({here})


def said(site: Site, directory: Directory) -> str:
    """From where a site may be raised and from where not; empty where there is one place at all."""
    if len(known(directory)) <= 1:
        return ""
    others = known(directory) - site.serves
    not_from = f"; not from: {listed(others)}" if others else ""
    return f"May be raised from: {listed(site.serves) or 'nowhere'}{not_from}"


def listed(orgs: frozenset[str]) -> str:
    """Several workspaces and tenants, as they are called here."""
    return ", ".join(map(org_called, sorted(orgs)))


def without(site: Site, directory: Directory) -> str:
    """That nobody of a platform which is connected sees this site, in a sentence; empty where each does."""
    served = {one.partition(":")[0] for one in site.serves}
    there = {one.partition(":")[0] for one in known(directory)}
    missing = [called for platform, called in PLATFORMS.items() if platform in there - served]
    return f" Nobody can raise here from {' or '.join(missing)}." if missing else ""


def nowhere(directory: Directory) -> tuple[str, ...]:
    """Workspaces and tenants that are connected and that no site serves."""
    return tuple(sorted(directory.connected - directory.orgs()))
