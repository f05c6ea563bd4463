"""What whoever raised a case reads of who is told of it; and, where nobody is, why, and whom to go to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers import words
from handlers.case import Case
from handlers.contacts import police_and_care
from handlers.intents import Intent
from handlers.looking.so_far import decided_for_raiser
from handlers.people import Account, Directory, Known
from handlers.ports import Work
from handlers.raising import left_to_ring
from handlers.raising.check import leads_to_tell
from handlers.raising.left_to_ring import Left
from handlers.screens import Caution, Paragraph, Part
from handlers.sites import Site
from handlers.telling.tell import later, unread

SENT: Final = "Sent and kept"
ASKED: Final = "It is kept that you ask the leads to escalate"
_NOBODY_FOUND: Final = (
    "{done}, but Signpost cannot find out who the safeguarding leads are just now: nobody is told through it."
)
_NOBODY_THERE: Final = (
    "{done}, but nobody is told through Signpost yet: no safeguarding lead whom it knows can be told just now."
)


def leads_of(case: Case, site: Site, known: Known, directory: Directory) -> tuple[Account, ...]:
    """The leads to tell of a case, in order: neither who raised it nor who was left out."""
    return leads_to_tell(site, directory, known, raiser=case.raised_by, left_out=case.left_out)


def nobody_left(case: Case, site: Site, known: Known, directory: Directory) -> bool:
    """Whether the raiser left out everybody who leads or stands in today, and nobody else may lead in a while."""
    found = leads_of(case, site, known, directory)
    return bool(case.left_out) and not found and not later(case, site, known, directory)


def left(case: Case, site: Site, known: Known, directory: Directory) -> Left:
    """Whom its raiser can ring: who is told, by name and number as far as they are known, and whether some are not."""
    people = tuple(
        replace(directory.person(one), name=directory.person(one).name or known.names.get(one, ""))
        for one in leads_of(case, site, known, directory)
    )
    return Left(people, bool(case.left_out), nobody_left(case, site, known, directory))


def told_already(case: Case | None, work: Work) -> dict[Account, datetime]:
    """Who was told of a case, and when: a message that has arrived, or may have, and was not taken back."""
    if case is None:
        return {}
    sent = [one for one in work.deliveries(case.id) if one.kind in ("lead_notice", "escalation_asked")]
    reached = [one for one in sent if one.state in ("sent", "acknowledged", "unsure") and not one.replaces]
    return {one.to: one.due for one in reversed(reached) if one.due is not None}


def why_nobody(case: Case, site: Site, known: Known, directory: Directory, done: str = SENT) -> str:
    """Why nobody is told just now although it is `done`, and whom to go to."""
    if nobody_left(case, site, known, directory):
        return left_to_ring.nobody_left(site)
    why = _NOBODY_FOUND if unread(site, known) else _NOBODY_THERE
    return f"{why.format(done=done)} {left_to_ring.ring(left(case, site, known, directory), site)}"


def asked_whom(case: Case, site: Site, known: Known, directory: Directory) -> list[Part]:
    """What whoever raised it reads once they asked the leads: what was decided, who hears it, whom to ring by phone."""
    there, before = left(case, site, known, directory), decided_for_raiser(case)
    names = [one.name for one in there.leads]
    named = " and ".join(names) if names and all(names) else "The safeguarding leads"
    what = "to look at it again" if before else "to escalate it"
    hear = f"{named} {'is' if names == [named] else 'are'} being told"
    ring = left_to_ring.ring(there, site)
    said = f"{before} {hear} that you ask them {what}. {ring}".strip()
    return [Paragraph(said), Paragraph(f"You can ring too: {police_and_care(site)}. You need nobody's approval.")]


def told_whom(case: Case, site: Site, directory: Directory, intent: Intent, *, lead: bool) -> list[Part]:
    """What has happened: it is kept, who is being told, and what to do if nobody answers."""
    leads = leads_of(case, site, intent.known, directory)
    others = [one for one in leads if not directory.same_person(one, intent.by)]
    if lead:
        names = ", ".join(directory.name(one, intent.known) for one in others)
        return [Paragraph(f"{SENT}. Told through Signpost, in order: {names}." if names else f"{SENT}.")]
    if not others:
        why = why_nobody(case, site, intent.known, directory)
        return [Caution(why if why.startswith(SENT) else f"{SENT}. {why}")]
    first, phone = directory.name(others[0], intent.known), directory.person(others[0]).phone
    there = left(case, site, intent.known, directory)
    ring = left_to_ring.ring(there, site) if there.somebody_out else words.whom_to_ring(site)
    called = f"{first} ({phone})" if phone and not there.somebody_out else first
    return [Paragraph(f"{SENT}. {called} is being told now. That does not replace telling them yourself. {ring}")]
