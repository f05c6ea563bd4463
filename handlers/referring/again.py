"""Whether a message to a contact can be sent again: the facts and the contact are still those that were approved."""

from __future__ import annotations

from typing import Final

from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contacts import contact_of, room_of
from handlers.intents import Subject
from handlers.ports import Delivery
from handlers.referring.referral import refer_label, update_due
from handlers.screens import Button
from handlers.sites import Site

NOTHING_AGAIN: Final = "Nothing is sent again."
SEND_UPDATE: Final = f"The facts changed: send the update. {NOTHING_AGAIN}"
REFER_AGAIN: Final = f"The facts changed: refer again if they are to know these. {NOTHING_AGAIN}"
MOVED: Final = (
    "This contact was removed or has changed since it was approved, so it is not sent again: refer anew, or ring."
)


def why_not(case: Case, decision: Decision, site: Site, contact: str, sent: Delivery) -> str:
    """Why nothing would go out if it were sent again, with what to do instead; empty where it would."""
    if decision.version != case.latest.number:
        newer = _newer(case, decision, contact)
        if newer is not None:
            return f"A newer message to them, with the newest facts, was decided at {told(newer.at)}. {NOTHING_AGAIN}"
        return SEND_UPDATE if update_due(case) else REFER_AGAIN
    at = contact_of(site, contact)
    room = room_of(at, site) if at else None
    return "" if room is not None and room == sent.to else MOVED


def instead(case: Case, decision: Decision, contact: str) -> tuple[Button, ...]:
    """The button to refer where the facts changed and the contact was told nothing newer."""
    if decision.version == case.latest.number or _newer(case, decision, contact) is not None:
        return ()
    token = Subject("case", case.id, "", case.latest.number).write()
    return (Button("refer", refer_label(case), token, opens_form=True),)


def _newer(case: Case, decision: Decision, contact: str) -> Decision | None:
    """The decision by which the contact is told the newest facts."""
    later = (one for one in case.decisions if one.number > decision.number and contact in one.contacts)
    return next((one for one in later if one.version == case.latest.number), None)
