"""The contacts who have not acknowledged: whom to ring, what to say, where to write it down, in the opened case.

All of it stands there whatever the site shows in chat and whomever no message reaches.
"""

from __future__ import annotations

from handlers.access import Granted
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import called, is_rung, purpose_of, went_to
from handlers.contacts import about
from handlers.intents import Subject
from handlers.ports import Delivery
from handlers.referring.by_phone import news, to_say
from handlers.referring.ring_for import ring
from handlers.referring.since import Since, nobody_known
from handlers.referring.trouble import how_it_stands, trouble_buttons
from handlers.screens import Bullets, Button, Buttons, Heading, Paragraph, Part
from handlers.sites import Site


def to_ring(case: Case) -> tuple[tuple[Decision, str], ...]:
    """Each contact who was told and has not acknowledged, with the newest decision to tell them."""
    newest = {contact: one for one in case.decisions if one.kind == "refer" for contact in one.contacts}
    return tuple((one, contact) for contact, one in newest.items() if case.acknowledgement(one.number, contact) is None)


def is_to_ring(case: Case, number: int, contact: str) -> bool:
    """Whether that contact has yet to acknowledge that decision, and none came after it."""
    return any((one.number, name) == (number, contact) for one, name in to_ring(case))


def parts(granted: Granted, sent: tuple[Delivery, ...], since: Since = nobody_known) -> list[Part]:
    """What a lead reads and presses about each of them; nothing for anybody else."""
    waiting = to_ring(granted.case) if granted.is_lead else ()
    shown: list[Part] = []
    for decision, contact in waiting:
        which = about(decision.number, contact)
        of_it = [one for one in sent if one.kind == "referral" and one.extra == which]
        shown += _contact(granted, decision, contact, of_it[-1] if of_it else None, since)
    for decision in dict.fromkeys(one for one, _ in waiting):
        whom = {purpose_of(granted.site, decision, contact) for one, contact in waiting if one == decision}
        said = to_say(granted.case, decision, *sorted(whom))
        shown += [Heading(_heading(granted.case, decision)), Bullets(said), *news(granted.case, decision)]
    return shown


def _heading(case: Case, decision: Decision) -> str:
    """What is said goes by the newest facts, whichever were decided on."""
    if decision.version == case.latest.number:
        return f"What to say (decided at {told(decision.at)})"
    return f"What to say, by the facts of {told(case.latest.at)} (decided at {told(decision.at)}, before these)"


def open_still(site: Site, decision: Decision, contact: str) -> str:
    """What is still to come from a contact. Somebody who is rung cannot acknowledge: a lead writes the call down."""
    return "No call is written down yet" if is_rung(site, decision, contact) else "Not acknowledged yet"


def acknowledged_before(case: Case, decision: Decision, contact: str) -> str:
    """That a contact has acknowledged an earlier message, where this one is still open; empty where none."""
    earlier = [one for one in case.acknowledged if one.contact == contact and one.decision < decision.number]
    return f"What was sent before they acknowledged at {told(earlier[-1].at)}." if earlier else ""


def _contact(granted: Granted, decision: Decision, contact: str, sent: Delivery | None, since: Since) -> list[Part]:
    case, site, which = granted.case, granted.site, about(decision.number, contact)
    token = Subject("case", case.id, "", decision.version, which).write()
    how = how_it_stands(case, decision, sent) if sent else "Nothing is sent: a lead rings."
    call = Button("write_down_call", "Write down the call", token, opens_form=True)
    text = (Button("phone_instead", "Text for a form", token),)
    more = trouble_buttons(case, decision, site, contact, sent) if sent else text
    return [
        Heading(f"{open_still(site, decision, contact)}: {called(site, decision, contact)}"),
        *((Paragraph(f"{went_to(site, decision, contact, sent.to, since)}."),) if sent else ()),
        Paragraph(_spaced(how, acknowledged_before(case, decision, contact), ring(site, decision, contact, since))),
        Buttons((call, *more)),
    ]


def _spaced(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
