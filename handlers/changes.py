"""Changes of the set-up: what was changed by whom, kept for the leads and for other admins."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal

from handlers.people import Account

What = Literal[
    "site_added", "site_changed", "site_removed", "staff_changed", "lead_added", "lead_self", "lead_removed",
    "lead_moved", "stand_in_added", "stand_in_removed", "contact_added", "contact_changed", "contact_removed",
    "contact_proved", "contact_suspended", "contact_due", "contact_lapsed", "contact_owner_gone", "watch_blind",
    "contact_silent",
    "lead_gone", "lead_back",
    "rules_changed", "person_changed", "person_removed", "admin_added", "admin_removed", "lead_joined", "lead_left",
    "person_joined", "person_parted",
]  # fmt: skip
MOVED: Final = "moved"
"""Why a change cannot wait: a contact is reached elsewhere from now on, or another number is rung for an agency."""
UNRAISED: Final = "unraised"
"""The same: nobody but leads can raise an incident at the site any more."""
_LATER: Final = frozenset({"site_name", "whom", "in_place", "instead"})
"""What an earlier release did not keep: a change without it has the fingerprint that it had then."""


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
    """What people call what it is about, or what stands there now and what stood there before."""
    why: str = ""
    """A closed word: why a contact is out of use, by what somebody became a lead, or is one all the same."""
    id: str = ""
    hears: tuple[str, ...] = ()
    """Accounts and groups, as configuration has them, that are told."""
    site_name: str = ""
    """What the site was called: a removed one has no other name any more."""
    whom: tuple[str, ...] = ()
    """Those of them who lead from now on, or no more: they are told so in words to them."""
    in_place: str = ""
    """Of a stand-in: in whose place and when, as it stands behind "stands in"."""
    instead: str = ""
    """Where all leads were taken out at once: who leads now."""

    @property
    def fingerprint(self) -> str:
        """What binds the words to the entry of the audit trail, which holds no words."""
        plain = {
            **{name: value for name, value in asdict(self).items() if value or name not in _LATER},
            "id": "",
            "at": self.at.isoformat(),
            "by": str(self.by or ""),
            "hears": list(self.hears),
        }
        return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
