"""Why a message to a contact was held back though nothing failed: the facts changed, or the contact did."""

from __future__ import annotations

from typing import Final

from handlers.case import Case, Decision
from handlers.contacts import read_about
from handlers.ports import Delivery, Work

OVERTAKEN: Final = "overtaken"
CONTACT_GONE: Final = "contact_gone"


def why_nothing(delivery: Delivery, work: Work) -> str:
    """Why there is nothing to send any more, as a closed word."""
    case = work.case(delivery.case) if delivery.kind == "referral" else None
    decision = case.decision(read_about(delivery.extra)[0]) if case else None
    return CONTACT_GONE if case and decision and _same_facts(case, decision) else OVERTAKEN


def why_of(case: Case, decision: Decision, sent: Delivery) -> str:
    """The same of a message that was held back: an earlier release noted one word for both."""
    return CONTACT_GONE if sent.why == OVERTAKEN and _same_facts(case, decision) else sent.why


def _same_facts(case: Case, decision: Decision) -> bool:
    """Whether the facts are still those that were approved: then it was the contact that changed."""
    return decision.version == case.latest.number
