"""Where one school alone can be raised from here and there are others: nobody is led past their own without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.people import Account, Directory, Known, is_group
from handlers.screens import Form, Paragraph
from handlers.sites import Site

ANOTHER: Final = (
    "Another school? Close this: tell its DSL now, by phone or in person, and your IT that it is missing here."
)


def staff_elsewhere(account: Account, directory: Directory, known: Known) -> bool:
    """Whether somebody, by any of their accounts, is named as staff of a school that is not raised from here."""
    accounts, here = directory.person(account).accounts, f"{account.platform}:{account.org}"
    return any(
        here not in site.serves and any(one in _members(ref, known) for ref in site.staff for one in accounts)
        for site in directory.sites
    )


def for_this_school(form: Form, site: Site, directory: Directory) -> Form:
    """The first page, with what to do if it is about another school; as it is where there is no other."""
    if all(one.id == site.id for one in directory.sites):
        return form
    return replace(form, parts=(*form.parts[:2], Paragraph(ANOTHER), *form.parts[2:]))


def _members(ref: str, known: Known) -> tuple[Account, ...]:
    """Who that is; of a group that cannot be read who was in it when it last could: to ask them, and no more."""
    if not is_group(ref):
        return (Account.parse(ref),)
    return known.groups.get(ref, known.read_lately.get(ref, known.remembered.get(ref, ())))
