"""How a contact stands, in sentences: in use, waiting for a test to be acknowledged, or out of use and the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from handlers.clocks import day_told, told
from handlers.contacts import ADMIN_READS, OWN_PRESS, leads_to
from handlers.ports import Delivery, Work
from handlers.setup.test_sent import TROUBLE, said
from handlers.setup.way_out import PUT_RIGHT, RING, why_out
from handlers.setup.words import BY_A_TEST
from handlers.sites import Contact, Site

NOT_VERIFIED: Final = "Not in use: somebody there has to answer you, then write verified = true into the file."
OUT_OF_REACH: Final = "Out of reach: the platform or the mail that it needs is not connected. Leads ring until then."


@dataclass(frozen=True, slots=True)
class Tested:
    """What is known of the test of a contact."""

    said: str = ""
    """In sentences; empty where none waits and none went wrong."""
    wrong: bool = False
    """It did not arrive, or nobody knows, and waiting mends nothing."""


TestOf = Callable[[Site, Contact], Tested]


def no_test(_site: Site, _contact: Contact) -> Tested:
    """Where nobody looks at tests."""
    return Tested()


def tests_of(work: Work) -> TestOf:
    """Look tests up for a page that shows many contacts: what was sent is read once, and only if it is asked for."""

    @cache
    def newest() -> dict[str, Delivery]:
        return {one.extra: one for one in work.deliveries("") if one.kind == "contact_test"}

    def of(site: Site, contact: Contact) -> Tested:
        test = newest().get(f"{site.id}:{contact.id}") if _by_a_test(site, contact) else None
        if test is None:
            return Tested()
        if test.state in TROUBLE:
            return Tested(f"{said(test)} {PUT_RIGHT}", wrong=True)
        return Tested(said(test) or waited_for(test, contact))

    return of


def _by_a_test(site: Site, contact: Contact) -> bool:
    """Whether a test that is acknowledged would put something right."""
    if contact.kind == "by_hand" or site.declared:
        return contact.suspended in BY_A_TEST
    return not contact.verified or bool(contact.suspended) or due_soon(contact)


def waited_for(test: Delivery | None, contact: Contact) -> str:
    """Since when somebody there could have acknowledged the newest test; empty where it does not count (any more)."""
    if test is None or test.id != contact.test or test.due is None:
        return ""
    if test.state in ("queued", "sending"):
        return "A test is on its way; nobody has acknowledged it yet."
    return f"A test was sent at {told(test.due)}; nobody has acknowledged it yet." if test.state == "sent" else ""


def line(contact: Contact, *, in_file: bool = False, test: str = "") -> str:
    """A contact in the list of a site: where it leads, and how it stands. `in_file`: it stands in the CONFIG file."""
    how = in_list(contact, in_file=in_file, test=test)
    return how if contact.kind == "by_hand" else f"{leads_to(contact)}. {how}"


def in_list(contact: Contact, *, in_file: bool = False, test: str = "") -> str:
    """How a contact stands, whether an admin reads along, and whether it goes by the word of a colleague."""
    how = standing(contact, in_file=in_file, test=test)
    more = (ADMIN_READS if contact.admins else "", OWN_PRESS if by_own_word(contact) else "")
    return " ".join(filter(None, (how, *more)))


def by_own_word(contact: Contact) -> bool:
    """Whether it is in use because somebody of the school's own workspace or tenant acknowledged its test."""
    return contact.own_press and contact.verified and not contact.suspended


def standing(contact: Contact, *, in_file: bool = False, test: str = "") -> str:
    """How a contact stands. `test` is what is known of its test."""
    if contact.suspended:
        return f"Out of use. {why_out(contact, in_file=in_file, test=test)}"
    if contact.kind == "by_hand":
        return "In use: a lead rings."
    if not contact.verified and in_file:
        return f"{NOT_VERIFIED} {RING}"
    if not contact.verified:
        return f"Waiting. {test or 'Nobody there has acknowledged a test yet.'} {RING}"
    if not contact.within_reach:
        return OUT_OF_REACH
    if due_soon(contact) and contact.review_by:
        what = "Ask them, then write a later review_by into the file."
        if not in_file:
            what = test or "Send the test again, and have it acknowledged by then."
        return f"In use until {day_told(contact.review_by)}. {what}"
    until = f" To be checked again by {day_told(contact.review_by)}." if contact.review_by else ""
    return f"In use.{until}"


def due_soon(contact: Contact) -> bool:
    """Whether somebody has been told that it has to be checked."""
    return contact.review_by is not None and contact.told_due == contact.review_by.isoformat()
