"""Who changed where a contact is reached since a lead decided, and when: they are to know whose word the new one is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from handlers.case import Decision
from handlers.changes import MOVED, Change
from handlers.clocks import told
from handlers.ports import Work
from handlers.sites import Site

MOST: Final = 300
"""The newest changes that are looked through: of what is older it is said that it was changed, and not by whom."""
NUMBERS: Final = frozenset({"site_changed", "contact_added", "contact_changed", "contact_removed"})
"""What may change whom a lead rings for an agency."""
Since = Callable[[Site, Decision, str, str], str]
"""Says who changed a contact of a decision, after that, to what stands there now; empty where nobody knows."""


def nobody_known(_site: Site, _decision: Decision, _contact: str, _now: str) -> str:
    """Where nobody looks at changes."""
    return ""


def since_of(work: Work) -> Since:
    """Look the changes up: once, and only if something was changed."""

    @cache
    def newest() -> tuple[Change, ...]:
        return work.changes(MOST)

    def since(site: Site, decision: Decision, contact: str, now: str) -> str:
        later = [one for one in newest() if one.site == site.id and one.at > decision.at and one.what in NUMBERS]
        of_it = (one for one in later if one.about == contact and (one.why == MOVED or one.what == "contact_removed"))
        names_it = (one for one in later if now and now in one.about_name)
        found = next(of_it, None) or next(names_it, None)
        return _said(found) if found else ""

    return since


def in_brackets(said: str) -> str:
    """The same behind a statement."""
    return f" ({said})" if said else ""


def _said(change: Change) -> str:
    what = "the contact was taken out" if change.what == "contact_removed" else "changed"
    by = change.by_name or "somebody"
    return f"{what} by {by[0].lower() + by[1:] if change.by is None else by} at {told(change.at)}"
