"""Who may raise an incident at a site."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.people import Account, is_group
from handlers.screens import Bullets, Caution, Form, Line, Paragraph, People, TextBox
from handlers.setup.at import At
from handlers.setup.group_words import described
from handlers.setup.keep import keep_site
from handlers.setup.people import first_not_fit, groups
from handlers.setup.refs import GROUP_ID

EVERYBODY: Final = (
    "Now every full member may raise. Pupils often share the workspace or tenant: name a group of your staff, so that "
    "no pupil can."
)


def window(at: At) -> Form:
    """Draw it: groups first, since they keep themselves up to date."""
    staff = at.site.staff if at.site else ()
    people = tuple(Account.parse(ref) for ref in staff if not is_group(ref))
    there = tuple(ref for ref in staff if is_group(ref))
    chosen = at.as_option(at.chosen("people", people))
    return at.window(
        f"{at.site.name if at.site else ''}: who may raise",
        *((Caution(EVERYBODY),) if not staff else ()),
        Paragraph("Guests and switched-off accounts never may. Leads always may."),
        *((Bullets(tuple(Line(f"Now: {described(ref, at)}") for ref in there)),) if there else ()),
        TextBox(
            "groups",
            "Groups of staff",
            f"One a line: {GROUP_ID[at.by.platform]}, or a private channel's link.",
            at.text("groups", "\n".join(there)),
        ),
        People("people", "And these people", "Only where no group has them.", chosen, several=True),
    )


def save(at: At) -> At:
    """Keep it. Accounts of the other platform, which cannot be chosen here, stay as they are."""
    if at.site is None:
        return at
    found, wrong = groups("groups", at)
    people = at.chosen("people")
    not_fit = first_not_fit(people, at)
    if wrong or not_fit:
        return at.wrong(*((("groups", wrong),) if wrong else ()), *((("people", not_fit),) if not_fit else ()))
    here = (at.by.platform, at.by.org)
    elsewhere = [
        ref
        for ref in at.site.staff
        if not is_group(ref) and (Account.parse(ref).platform, Account.parse(ref).org) != here
    ]
    staff = tuple(dict.fromkeys((*found, *map(str, people), *elsewhere)))
    return keep_site(at, replace(at.site, staff=staff), "staff_changed")
