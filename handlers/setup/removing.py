"""Taking something out of the set-up: a contact, a stand-in, a site, an admin, what is said of a person."""

from __future__ import annotations

from dataclasses import replace

from handlers.clocks import today
from handlers.contacts import name_of
from handlers.setup import admins, persons, stand_ins
from handlers.setup.alone import TWO_NEEDED, nobody_decides
from handlers.setup.at import CHANGED, At
from handlers.setup.keep import hears, keep_site, note
from handlers.setup.once import REMOVED
from handlers.setup.removal import held_up
from handlers.setup.tell import id_of
from handlers.sites import Site


def remove(at: At) -> At | None:
    """Take it out, or say why not: `errors` are set then. None for what cannot be taken out at all."""
    if at.section == "stand_in" and at.site is not None:
        return _stand_in(at, at.site)
    if at.stale:
        return refused(at, CHANGED)
    match at.section:
        case "admin":
            return admins.remove(at)
        case "person":
            return persons.remove(at)
        case "contact" if at.site is not None:
            return _contact(at, at.site)
        case "site" if at.site is not None:
            return _site(at, at.site)
        case _:
            return None


def refused(at: At, why: str) -> At:
    """Nothing was taken out, and why."""
    return replace(at, note=why, errors=(("", why),))


def _site(at: At, site: Site) -> At:
    """Remove a site, unless a case of it is open or a report under way: its leads or its writer would lose it."""
    if wait := held_up(site, at.work):
        return refused(at, wait)
    told = hears(site, at)
    at.work.drop_site(site.id)
    note(at, "site_removed", site.id, about_name=site.name, hears=told)
    return replace(at, site=None, note=REMOVED)


def _contact(at: At, site: Site) -> At:
    gone = next((one for one in site.contacts if one.id == at.item), None)
    if gone is None:
        return refused(at, CHANGED)
    at.work.keep_gone(f"{site.id}/{gone.id}")
    after = replace(site, contacts=tuple(one for one in site.contacts if one.id != at.item))
    return keep_site(at, after, "contact_removed", gone.id, name_of(gone))


def _stand_in(at: At, site: Site) -> At:
    """Whatever else has changed meanwhile: the entry that stood beside the button is taken out, and no other."""
    gone = next((one for one in site.stand_ins if id_of(one) == at.item), None)
    if gone is None:
        return refused(at, CHANGED)
    if gone.on(today(at.work.now)) and nobody_decides(site, at.directory, at.intent.known.groups):
        return refused(at, TWO_NEEDED)  # until then there is one more
    rest = tuple(one for one in site.stand_ins if one != gone)
    rights = stand_ins.rights_of(gone, at)
    return keep_site(
        at, replace(site, stand_ins=rest), "stand_in_removed", gone.who, stand_ins.said(gone, at), rights=rights
    )
