"""Numbers of a site that cannot be dialled as they stand: said at every start and by the doctor, not refused.

A file that was read yesterday has to be read today, and somebody may still make sense of such a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from handlers import limits
from handlers.setup.numbers import number_wrong, way_wrong
from handlers.setup.refs import https
from handlers.sites import Site

NO_NUMBER = "no_number"
WORDS = frozenset({"officer"})
"""Where words may stand beside the number, or instead of it."""


def doubtful(site: Site) -> Iterator[str]:
    """Where such a number stands, as the CONFIG file calls the place: `phone`, `numbers.mash`, a contact's id."""
    if number_wrong(site.phone, limits.PHONE):
        yield "phone"
    for name in (one.name for one in fields(site.numbers)):
        wrong = way_wrong if name in WORDS else number_wrong
        if wrong(getattr(site.numbers, name), limits.PHONE):
            yield f"numbers.{name}"
    for contact in site.contacts:
        by_form = https(contact.destination)
        if contact.kind == "by_hand" and not by_form and number_wrong(contact.destination, limits.DESTINATION):
            yield contact.id
