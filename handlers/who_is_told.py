"""What whoever raised a case reads of who is told of it; and, where nobody is, why, and whom to go to."""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.case import Case
from handlers.check import NOBODY_LEFT, leads_to_tell
from handlers.intents import Intent
from handlers.people import Account, Directory, Known
from handlers.screens import Caution, Paragraph, Part
from handlers.sites import Site
from handlers.tell import later, unread

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


def why_nobody(case: Case, site: Site, known: Known, directory: Directory, done: str = SENT) -> str:
    """Why nobody is told just now although it is `done`, and whom to go to."""
    if nobody_left(case, site, known, directory):
        return NOBODY_LEFT
    why = _NOBODY_FOUND if unread(site, known) else _NOBODY_THERE
    return f"{why.format(done=done)} {words.whom_to_ring(site)}"


def told_whom(case: Case, site: Site, directory: Directory, intent: Intent, *, lead: bool) -> list[Part]:
    """What has happened: it is kept, who is being told, and what to do if nobody answers."""
    leads = leads_of(case, site, intent.known, directory)
    others = [one for one in leads if not directory.same_person(one, intent.by)]
    if lead:
        names = ", ".join(directory.name(one, intent.known) for one in others)
        return [Paragraph(f"{SENT}. Told through Signpost, in order: {names}." if names else f"{SENT}.")]
    if not others:
        return [Caution(why_nobody(case, site, intent.known, directory))]
    first = directory.name(others[0], intent.known)
    return [
        Paragraph(
            f"{SENT}. {first} is being told now. That does not replace telling them yourself. "
            f"{words.whom_to_ring(site)}"
        )
    ]
