"""Who may set Signpost up. Admins see no case."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.people import Account
from handlers.screens import Form, Paragraph, People
from handlers.setup.at import At
from handlers.setup.keep import note, seen_as
from handlers.setup.people import first_not_fit
from handlers.setup.refs import is_person

LAST_ADMIN: Final = "Signpost needs an admin: nobody could set anything up any more. Add another first."


def window(at: At) -> Form:
    """Draw the window in which admins are added."""
    return at.window(
        "Add admins",
        Paragraph("They set up sites, leads and contacts, and see no case. An admin who is also a lead is both."),
        People("people", "Who?", "", at.as_option(at.chosen("people")), several=True, needed=True),
        save="Add",
    )


def add(at: At) -> At:
    """Keep them beside those who are admins."""
    people = at.chosen("people")
    if not people:
        return at.wrong(("people", "Choose at least one person."))
    if not_fit := first_not_fit(people, at):
        return at.wrong(("people", not_fit))
    new = [one for one in people if not at.directory.is_admin(one)]
    if new:
        at.work.keep_admins((at.directory.admins - at.directory.first_admins) | set(new))
        names = ", ".join(seen_as(one, at) for one in new)
        note(at, "admin_added", about_name=names, details=[{"about": str(one)} for one in new])
    return At(at.intent, at.work, "people")


def remove(at: At) -> At | None:
    """Take one out, but never the last; those whom a setting names stay. None for what names nobody."""
    if not is_person(at.item):  # what another window carries
        return None
    account = Account.parse(at.item)
    if at.directory.admins == {account}:
        return replace(at, note=LAST_ADMIN, errors=(("", LAST_ADMIN),))
    if account in at.directory.admins - at.directory.first_admins:
        name = seen_as(account, at)
        at.work.keep_admins(at.directory.admins - at.directory.first_admins - {account})
        note(at, "admin_removed", about=at.item, about_name=name)
    return At(at.intent, at.work, "people")
