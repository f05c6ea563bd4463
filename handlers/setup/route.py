"""The way from a button or a filled-in window of setting up to the module that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers.contacts import room_of
from handlers.intents import Intent
from handlers.ports import Work
from handlers.raising import begin
from handlers.screens import Field, Form, Screen
from handlers.setup import (
    admins,
    contacts,
    details,
    leads,
    once,
    overview,
    persons,
    removing,
    rules,
    staff,
    stand_ins,
    who,
)
from handlers.setup.at import CHANGED, MEANWHILE, ONCE, SITE_GONE, At
from handlers.setup.contact_fields import room_wrong
from handlers.setup.no_admin import no_admin
from handlers.setup.seen import Seen
from handlers.setup.test_message import send_test
from handlers.setup.told import line
from handlers.setup.words import BY_A_TEST, NOT_CONNECTED
from handlers.sites import Contact, Site

WINDOWS: Final[Mapping[str, Callable[[At], Form]]] = {
    "sites": overview.home,
    "overview": overview.one_site,
    "people": who.people,
    "site": details.window,
    "staff": staff.window,
    "leads": leads.add_window,
    "lead": leads.one_window,
    "stand_in": stand_ins.window,
    "contact": contacts.window,
    "rules": rules.window,
    "person": persons.window,
    "admin": admins.window,
}
SAVES: Final[Mapping[str, Callable[[At], At]]] = {
    "site": details.save,
    "staff": staff.save,
    "leads": leads.add,
    "lead": leads.move,
    "stand_in": stand_ins.add,
    "contact": contacts.save,
    "rules": rules.save,
    "person": persons.save,
    "admin": admins.add,
}
UNFIT: Final = "This cannot be kept as it is. Nothing is lost: write it shorter and in plain letters, then save again."
GONE: Final = "gone"
"""Where an admin is whose site somebody removed."""
NEWEST: Final = 20
"""Changes that are looked through for what somebody else did."""
ENTERED: Final = frozenset({"site_changed", "rules_changed", "staff_changed", "contact_changed"})
"""Changes of what stands in a window, where what was typed before them would bring the old back."""
ENTER_IT: Final = "This is what was changed last. If it is to stay and stands in this window, enter it here too:"
LAST: Final = "This is what was changed last:"
NO_TEST: Final = "No test was sent: it would put nothing right. {wrong}"
NOT_OF_A_SITE: Final = frozenset({"sites", "people", "person", "admin"})


def show_admin(intent: Intent, work: Work) -> Screen:
    """Open setting up; whoever is no admin reads with which account they would be one."""
    at = _at(intent, work)
    return overview.home(at) if at else no_admin(str(intent.by))


def edit_setup(intent: Intent, work: Work) -> Screen:
    """Open one window."""
    at = _at(intent, work)
    return _window(at) if at else begin.not_yours()


def save_setup(intent: Intent, work: Work) -> Screen:
    """Keep what was typed, or show the window again with what is wrong and nothing lost."""
    at = _at(intent, work)
    if at is None:
        return begin.not_yours()
    if (answered := once.before(at)) or at.section == GONE:
        return answered or overview.home(at)
    save = SAVES.get(at.section)
    if save is None or (at.site is not None and at.site.declared):
        return _refused(intent, work)
    at = replace(at, typed=intent.fields)
    if at.stale:
        return _window(replace(at, note=_meanwhile(at)))
    done = save(at)
    return _window(done) if done.errors else once.carried_out(at, done)


def _meanwhile(at: At) -> str:
    """That somebody was faster, and what they changed: a field that nobody touched here would bring the old back."""
    theirs = (one for one in at.work.changes(NEWEST) if one.site == (at.site.id if at.site else ""))
    newest = next(theirs, None)
    if newest is None:
        return MEANWHILE
    said = line(Seen(at.directory, at.intent.known).change(newest))
    return f"{MEANWHILE} {(ENTER_IT if newest.what in ENTERED else LAST)} {said}"


def not_kept(intent: Intent, key: str, work: Work) -> Screen:
    """The window as it was sent, where the store says of `key` that it cannot be kept: at that field, if there is."""
    at = _at(intent, work)
    if at is None:
        return begin.not_yours()
    at = replace(at, typed=intent.fields)
    fields = {part.id for part in _window(at).parts if isinstance(part, Field)}
    return _window(at.wrong((key, UNFIT)) if key in fields else replace(at, note=UNFIT))


def remove_setup(intent: Intent, work: Work) -> Screen:
    """Take something out: a contact, a stand-in, a site, an admin, a person."""
    at = _at(intent, work)
    if at is None:
        return begin.not_yours()
    if (answered := once.before(at)) or at.section == GONE:
        return answered or overview.home(at)
    done = None if at.site is not None and at.site.declared else removing.remove(at)
    if done is None:
        return _refused(intent, work)
    return once.answer(replace(at, note=done.note)) if done.errors else once.carried_out(at, done)


def test_contact(intent: Intent, work: Work) -> Screen:
    """Send a contact another test."""
    at = _at(intent, work)
    contact = next((one for one in at.site.contacts if one.id == at.item), None) if at and at.site else None
    if at is None:
        return begin.not_yours()
    if at.site is None or contact is None:
        return overview.one_site(at if at.note else replace(at, note=CHANGED))
    if at.site.declared and contact.suspended not in BY_A_TEST:
        return _refused(intent, work)
    if wrong := _no_help(contact, at.site, intent):
        noted = replace(at, note=NO_TEST.format(wrong=wrong))
        return overview.one_site(noted) if at.site.declared else contacts.window(replace(noted, section="contact"))
    return overview.one_site(replace(at, note=send_test(at.item, at), well=True))


def _no_help(contact: Contact, site: Site, intent: Intent) -> str:
    """Why a test would put nothing right, as things stand at this moment; empty if it can."""
    if not contact.within_reach:
        return NOT_CONNECTED[contact.kind]
    room = room_of(contact, site)
    if room is None or room.platform == "mail":
        return ""
    return room_wrong(intent.known.rooms.get(room), contact.kind)


def _at(intent: Intent, work: Work) -> At | None:
    """Where the admin is; None for whoever is none. A site that is not there leads to all that are."""
    if not work.directory.is_admin(intent.by):
        _refused(intent, work)
        return None
    subject = intent.subject
    site = work.directory.site(subject.id) if subject.kind == "site" and subject.id else None
    if subject.kind == "site" and subject.id and site is None:
        return At(intent, work, GONE, note=SITE_GONE)
    return At(intent, work, subject.place, site, subject.extra.partition(ONCE)[0])


def _refused(intent: Intent, work: Work) -> Form:
    """Note that somebody was refused, and draw it."""
    work.record("setup.refused", by=intent.by, detail={"intent": intent.name})
    return begin.not_yours()


def _window(at: At) -> Form:
    draw = WINDOWS.get(at.section)
    if draw is None or (at.site is None and at.section not in {"site", *NOT_OF_A_SITE}):
        return overview.home(at)
    if at.site is not None and at.site.declared:
        return overview.one_site(at)
    return draw(at)
