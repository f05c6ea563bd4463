"""How a delivery ended is news too: the worker tells it here, in the transaction that notes the ending."""

from __future__ import annotations

from typing import Final

from handlers.case import Case
from handlers.contacts import read_about
from handlers.people import Known, Standing
from handlers.ports import Delivery, DeliveryState, Work
from handlers.referring.to_ring import is_to_ring
from handlers.setup.lead_standing import note
from handlers.setup.standing_card import draw_anew
from handlers.setup.watch import MAILBOX_GONE, mailbox_gone
from handlers.setup.words import NO_ROLE
from handlers.sites import Site
from handlers.telling.chase import REACHING, everyone_about, leads_of, remind, tell_raiser, tell_trouble
from handlers.telling.tell import take_back_from
from handlers.telling.timers import keep_contact_clock

SETTLES: Final = frozenset(
    {"referral", "lead_notice", "escalation_asked", "trouble", "reminder", "by_hand", "contact_test"}
)
"""Kinds whose ending somebody must act upon."""
LEFT_GROUP: Final = "left_group"
NO_LEAD: Final = frozenset({LEFT_GROUP, *NO_ROLE})
"""Why a message was not sent to a lead who is none any more: whoever is next hears at once."""


def settle(delivery: Delivery, state: DeliveryState, known: Known, work: Work, why: str = "") -> None:
    """Act upon the end of a delivery: start the contact's clock, or tell a lead or the raiser that it failed.

    Where the mailbox is none (`why`), a referral or a test takes its contact out of use.
    """
    if state == "failed" and why == MAILBOX_GONE:
        mailbox_gone(delivery.to, work)
    if delivery.kind == "contact_test":
        draw_anew(work)
    case = work.case(delivery.case)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return
    match delivery.kind, state:
        case "referral", "sent":
            keep_contact_clock(case, site, delivery.extra, work)
        case "referral", "unsure" | "failed" | "dropped":
            tell_trouble(case, site, delivery.extra, known, work)
            keep_contact_clock(case, site, delivery.extra, work)
        case (("trouble" | "reminder" | "by_hand"), ("failed" | "dropped")):
            _next_to_ring(case, site, delivery, known, work)
        case (("lead_notice" | "escalation_asked"), "failed"):
            _next_lead(case, site, delivery, known, work)
        case (("lead_notice" | "escalation_asked"), "dropped") if why in NO_LEAD:
            _next_lead(case, site, delivery, known, work)
        case _:
            return


def not_a_lead(delivery: Delivery, said: Standing, known: Known, work: Work) -> None:
    """A message was kept from somebody who is no full member any more: note it, tell the next lead, and the admins.

    What they have of this case is taken back where their account is still used, and by somebody without a role.
    """
    note({delivery.to: said}, known, work)
    case = work.case(delivery.case)
    if case is not None and said.why_not in ("guest", "outside"):
        take_back_from(delivery.to, case, work)
    settle(delivery, "dropped", known, work, said.why_not)


def _next_lead(case: Case, site: Site, failed: Delivery, known: Known, work: Work) -> None:
    """A lead cannot be reached: the next one hears now, and the raiser whom to ring if nobody is left."""
    if failed.version != case.latest.number or case.decided is not None:
        return
    mine = [one for one in work.deliveries(case.id) if one.version == failed.version and not one.replaces]
    notices = [one for one in mine if one.kind in ("lead_notice", "escalation_asked") and one.id != failed.id]
    waiting = [one for one in notices if one.state == "queued" and one.kind == "lead_notice"]
    if waiting and case.opened_at is None:
        work.cancel(waiting[0].id)
        work.enqueue(Delivery("lead_notice", waiting[0].to, case.id, failed.version))
        return
    reached = any(one.state in ("queued", "sending", "sent") for one in notices)
    if not reached and (case.opened_at is None or not leads_of(case, site, known, work)):
        work.enqueue(Delivery("own_route", case.raised_by, case.id, failed.version, extra="nobody"))


def _next_to_ring(case: Case, site: Site, failed: Delivery, known: Known, work: Work) -> None:
    """A lead does not hear that they must ring: the next one does, and the raiser if nobody is left."""
    which = failed.extra.removeprefix("phone:")
    number, contact = read_about(which)
    decision = case.decision(number)
    if decision is None or not is_to_ring(case, number, contact):  # of others the raiser knows already
        return
    told = [one for one in work.deliveries(case.id) if _says_the_same(one, failed, number)]
    for lead in everyone_about(decision, case, site, known, work):
        if not any(work.directory.same_person(lead, one.to) for one in told):
            if failed.kind == "trouble":
                work.enqueue(Delivery("trouble", lead, case.id, decision.version, extra=which))
            else:
                remind((lead,), f"phone:{which}", case, work)
            return
    newest = {one.to: one for one in told if one.id != failed.id}
    if not any(one.state in REACHING for one in newest.values()):
        tell_raiser(case, decision, "unheard", work)


def _says_the_same(one: Delivery, failed: Delivery, number: int) -> bool:
    """Whether a delivery tells a lead what this one would have told."""
    if failed.kind == "trouble":
        return one.kind == "trouble" and one.extra == failed.extra
    return one.kind in ("by_hand", "reminder") and read_about(one.extra.removeprefix("phone:"))[0] == number
