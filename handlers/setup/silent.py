"""A contact that does not acknowledge its test: whoever looks after it and admins hear after some days, and again.

Until somebody there has acknowledged it, leads ring. On a screen that nobody opens it would wait for ever.
"""

from __future__ import annotations

from typing import Final

from handlers.changes import Change
from handlers.contacts import shown
from handlers.people import Account
from handlers.ports import Delivery, Work
from handlers.setup.silent_clock import AGAIN, SILENT, start
from handlers.setup.standing import tests_of
from handlers.setup.tell import keep_and_tell
from handlers.sites import Contact, Site

NOBODY_YET: Final = "Nobody has acknowledged its test yet."


def look_again(clock: Delivery, work: Work) -> None:
    """Tell of the contact whose test it is, and of all whose time is up by now, so that each reader has one message."""
    waiting = (one for one in work.deliveries("") if one.kind == "chase" and one.extra.startswith(f"{SILENT}:"))
    due = {one.id: one for one in (clock, *waiting) if one.id == clock.id or (one.due and one.due <= work.now)}
    for one in due.values():
        key = f"{SILENT}:{one.id}"
        if work.applied(key) is not None:
            continue
        work.apply(key, "told")
        if found := _waits(one.extra.removeprefix(f"{SILENT}:"), work):
            _tell(*found, work)
            start(found[1].test, found[0], work, AGAIN)


def _waits(test: str, work: Work) -> tuple[Site, Contact] | None:
    """The contact that waits for that test to be acknowledged; None once it is, or another test is waited for."""
    for site in work.directory.sites:
        for one in site.contacts:
            if test and one.test == test and (one.suspended or not one.verified):
                return site, one
    return None


def _tell(site: Site, contact: Contact, work: Work) -> None:
    about = f"{shown(contact)} ({site.name}). {tests_of(work)(site, contact).said or NOBODY_YET}"
    change = Change("contact_silent", work.now, site.id, contact.id, about_name=about)
    admins = sorted(map(str, work.directory.admins))
    owner = contact.owner_account if contact.told_owner != contact.owner_account else ""
    if owner and not work.directory.is_admin(Account.parse(owner)):
        admins = [owner, *admins]
    keep_and_tell(change, work, hears=admins, details=[{"contact": contact.id}])
