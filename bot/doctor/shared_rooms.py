"""A contact's channel with other organisations in it than the contact names. They need not be strangers.

Most often the channel was shared with the police or the council on purpose, and nobody wrote down with whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.doctor.people import Trouble
from bot.doctor.where import do_at
from handlers.sites import Contact, Site

_OUTSIDE: Final = "outside_organisation"
_NOT_SHARED: Final = "not_shared_as_expected"
"""As chat has them: what takes a contact out of use."""


def look(others: Iterable[str], contact: Contact, site: Site, kind: str) -> Trouble | None:
    """Compare who is in it besides us with whom the contact names. `kind` is what a platform calls an organisation."""
    same = str.lower if kind == "tenant" else str
    there, expected = set(map(same, others)), set(map(same, contact.organisations))
    if strangers := there - expected:
        return _strangers(strangers, there | expected, site, kind)
    return _missing(expected - there) if expected - there else None


def _strangers(strangers: Iterable[str], named: Iterable[str], site: Site, kind: str) -> Trouble:
    line = ", ".join(f'"{one}"' for one in sorted(named))
    theirs = f"If that is the police's or the council's {kind} (ask them for its id),"
    or_out = "If not, take them out of the channel."
    do = do_at(
        site,
        f"{theirs} write `organisations = [{line}]` at this contact. {or_out}",
        f"the contact, 'Change'. {theirs} add the id under 'Other organisations in that channel'. {or_out}",
    )
    said = f"cannot be used: it is shared with {', '.join(sorted(strangers))}, which the contact does not name"
    return Trouble(_OUTSIDE, said, do)


def _missing(missing: Iterable[str]) -> Trouble:
    who = ", ".join(sorted(missing))
    return Trouble(
        _NOT_SHARED,
        f"cannot be used: it is not shared with {who}, whom it is for",
        f"Have {who} accept the invitation to the channel, or name the channel that is shared with them.",
    )
