"""Slips of a CONFIG file that would be taken for what somebody meant: an empty list, an entry that stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.config.lines import Place
from bot.config.tables import File, SiteTable, StandInTable

Problem = tuple[Place, str]
"""Where something is wrong, and the rest of a sentence that begins with the place."""
_EVERYBODY: Final = (
    "is empty, and an empty list lets every full member raise, pupils too: name a group of your staff, such as "
    '"slack:TEAM/S…", or leave `staff` out if you mean everybody'
)
_SCHEME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):(?=\S)")
_SHOWN: Final = frozenset({"https", "http", "tel"})
"""How the address of a form, or a number, may begin."""


def first_slip(file: File) -> Problem | None:
    """The first one, or None."""
    return next(_all(file), None)


def _all(file: File) -> Iterator[Problem]:
    for number, site in enumerate(file.site):
        at: Place = ("site", number)
        if not site.staff and "staff" in site.model_fields_set:
            # It would fail open: what reads like nobody lets everybody raise, pupils included.
            yield (*at, "staff"), _EVERYBODY
        yield from _twice((*at, "leads"), site.leads)
        yield from _stand_ins(at, site.stand_in)
        yield from _by_hand(at, site)


def _twice(at: Place, entries: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        first = seen.setdefault(entry.casefold(), number)
        if first != number:
            yield (*at, number), f"is the same as entry {first + 1}: each leads once, so name whom you meant"


def _stand_ins(at: Place, stand_ins: list[StandInTable]) -> Iterator[Problem]:
    for number, one in enumerate(stand_ins):
        for before, other in enumerate(stand_ins[:number]):
            same = (one.away.casefold(), one.who.casefold()) == (other.away.casefold(), other.who.casefold())
            if same and one.first_day <= other.last_day and other.first_day <= one.last_day:
                said = f"has the same two people as stand_in {before + 1}, on some of the same days"
                yield (*at, "stand_in", number, "who"), f"{said}: correct one of them, or take it out"


def _by_hand(at: Place, site: SiteTable) -> Iterator[Problem]:
    for number, one in enumerate(site.contact):
        scheme = _SCHEME.match(one.destination) if one.kind == "by_hand" else None
        if scheme and scheme[1].lower() not in _SHOWN:
            where = (*at, "contact", number, "destination")
            yield where, "is neither a phone number nor the address of a form, which begins with https://"
