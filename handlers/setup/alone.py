"""A site whose only lead is an admin: nobody else hears of an incident, or of what that admin changes."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.people import Account, Directory, is_group
from handlers.sites import Site


def only_an_admin(site: Site, directory: Directory, groups: Mapping[str, tuple[Account, ...]]) -> bool:
    """Whether one person leads a site, and that is an admin; not so where others do, or may as far as is known."""
    if any(is_group(ref) and ref not in groups for ref in site.leads):
        return False
    leads = [one for ref in site.leads for one in (groups[ref] if is_group(ref) else (Account.parse(ref),))]
    return bool(leads) and directory.is_admin(leads[0]) and all(directory.same_person(leads[0], one) for one in leads)
