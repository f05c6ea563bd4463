"""How a site stands, in a line."""

from __future__ import annotations

from handlers.sites import Site


def state(site: Site) -> str:
    """A site in a line: red, amber or green, and why."""
    out = [one for one in site.contacts if one.suspended]
    waiting = [one for one in site.contacts if not one.verified]
    if not site.leads:
        return "Red: no lead, so nobody hears of an incident."
    if out:
        return f"Red: {len(out)} of its contacts are out of use."
    if waiting or not site.staff or not site.phone:
        return "Amber: works, and something is still to do."
    return "Green."
