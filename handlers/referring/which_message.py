"""Which message a contact acknowledged, where they were sent several; and what no message does for them."""

from __future__ import annotations

from typing import Final

from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import is_rung
from handlers.referring.referral import earlier_referrals, update_number
from handlers.sites import Site

NAMES: Final = "The message has no names: if nobody has rung them yet, ring and give the names by voice."


def not_the_newest(case: Case, decision: Decision, contact: str) -> str:
    """That this was an earlier message, where a newer one to the same contact is not acknowledged; empty otherwise."""
    later = [one for one in case.decisions if one.number > decision.number and contact in one.contacts]
    if not later or case.acknowledgement(later[-1].number, contact) is not None:
        return ""
    newest = later[-1]
    number = update_number(earlier_referrals(case, newest.number), newest.version, contact)
    called = f"Update {number}" if number else "The one"
    return f"That is the message of {told(decision.at)}. {called} of {told(newest.at)} is not acknowledged yet."


def names_by_phone(decision: Decision, contact: str, site: Site, *, rung: bool) -> str:
    """That a message is not the referral; empty where they were rung."""
    return "" if rung or is_rung(site, decision, contact) else NAMES
