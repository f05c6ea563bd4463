"""Changes of the set-up: what was changed by whom, kept for the leads and for other admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.people import Account

What = Literal[
    "site_added", "site_changed", "site_removed", "staff_changed", "lead_added", "lead_removed", "lead_moved",
    "stand_in_added", "stand_in_removed", "contact_added", "contact_changed", "contact_removed", "contact_proved",
    "contact_suspended", "contact_due", "contact_lapsed", "rules_changed", "person_changed", "person_removed",
    "admin_added", "admin_removed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `about` is whom or what it concerns: an account, a contact's id, or nothing."""

    what: What
    at: datetime
    site: str = ""
    about: str = ""
    by: Account | None = None
    """None: nobody; the bot found it out by itself."""
    by_name: str = ""
    about_name: str = ""
    """What people call what it is about."""
    why: str = ""
    """A closed word for why a contact is out of use."""
    id: str = ""
