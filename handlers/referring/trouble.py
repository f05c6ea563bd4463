"""A message to a contact is not confirmed: a lead says that it arrived, has it sent again, or rings."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.access import Granted, case_for, note_read, note_refused
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import called, went_to
from handlers.contacts import about, contact_of, newest_referral, read_about
from handlers.deciding.tell_decision import CONFIRMED_WITHIN
from handlers.intents import Intent, Subject, Surface
from handlers.looking.whom_first import NOBODY, Whom, first_to_lead
from handlers.ports import Delivery, Work
from handlers.raising import begin
from handlers.raising.pages import TITLE
from handlers.referring.again import instead, why_not
from handlers.referring.approved import at_phone, changed
from handlers.referring.by_phone import by_hand, script
from handlers.referring.ring_for import ring
from handlers.referring.since import Since, nobody_known, since_of
from handlers.referring.withheld import CONTACT_GONE, OVERTAKEN, why_of
from handlers.screens import Button, Buttons, Caution, Form, Heading, Message, Paragraph, Screen, Small
from handlers.sites import Site
from handlers.telling.timers import restart_contact_clock, start_clock

STATES: Final = {
    "queued": "It has not gone out yet. Signpost keeps trying.",
    "sending": "It has not gone out yet. Signpost keeps trying.",
    "failed": "It was not delivered, and Signpost does not try again by itself.",
    "unsure": "It may have arrived, or may not, and may still arrive.",
    "sent": "It arrived.",
    "acknowledged": "It arrived, and was acknowledged.",
    "dropped": "It was not sent.",
}
"""How a message to a contact stands, as a lead reads it."""


def stands(sent: Delivery) -> str:
    """The same for one message: of what arrived it says what that was."""
    if sent.state not in ("sent", "acknowledged"):
        return STATES[sent.state]
    if sent.to.platform != "mail":
        return f"The message{STATES[sent.state].removeprefix('It')}"
    return MAIL_WENT if sent.state == "sent" else f"The mail{STATES[sent.state].removeprefix('It')}"


_NOT_SAFE: Final = "The mail server is not safe to send to just now: tell your IT."
_NO_LOGIN: Final = "The mail server does not take our login: tell your IT."
WHY: Final = {
    OVERTAKEN: "The facts changed before it went out: read them, then send the update.",
    CONTACT_GONE: "The contact was removed, changed or taken out of use before it went out. Ring, or refer again to "
    "another one.",
    "not_private": "The channel is not private any more.",
    "not_in_channel": "Signpost is not in the channel any more, or the channel is archived.",
    "archived": "The channel is archived.",
    "renamed": "The channel has another name: is it still the same people?",
    "not_installed": "The channel takes nothing from Signpost: it is archived, or Signpost is not in it any more.",
    "outside_organisation": "Another organisation has been let into the channel.",
    "not_shared_as_expected": "The channel is not shared with the organisation that it should be shared with.",
    "channel_not_found": "The channel is gone, or Signpost is not in it any more.",
    "guest": "A guest has been let into the channel, and guests are often pupils.",
    "nobody_left": "Nobody of the organisation that the channel was for is in it any more.",
    "no_such_mailbox": "Their mail server says that there is no such mailbox.",
    "contact_changed": "The contact's address has changed since it was approved.",
    "recipient_refused": "Their mail server does not know the address, or does not take mail from us.",
    "mail_refused": "The mail server does not take this mail.",
    "no_starttls": _NOT_SAFE,
    "tls_failed": _NOT_SAFE,
    "certificate_refused": _NOT_SAFE,
    "login_refused": _NO_LOGIN,
    "login_needed": _NO_LOGIN,
    "login_not_offered": _NO_LOGIN,
}
"""Why a message was held back, where a lead can have something done about it."""
MAIL_WENT: Final = "The mail went out."
AGAIN: Final = frozenset({"failed", "unsure", "dropped"})
"""States from which a person may have it sent again."""
NOT_OUT: Final = AGAIN | {"queued"}
"""States of a message that comes to nothing where the facts or the contact have changed."""
IN_DOUBT: Final = frozenset({"failed", "unsure"})
"""States in which a person may know better that it arrived."""
MAY_STILL: Final = "It was on its way at that moment: it may still arrive."
"""What stands with the words to say, where nobody can call it back."""


def mark_delivered(intent: Intent, work: Work) -> Screen:
    """A lead knows that it arrived: that is recorded, the contact's clock starts anew. Only where it is in doubt."""
    found = _found(intent, work)
    if not isinstance(found, tuple):
        return found
    granted, decision, contact, sent = found
    if sent.state not in IN_DOUBT:
        return _answer(intent, granted, decision, contact, stands(sent))
    work.mark(sent.id, "sent")
    _record("delivery.confirmed", granted, sent, intent, work)
    restart_contact_clock(granted.case, granted.site, sent.extra, work)
    return _answer(intent, granted, decision, contact, "It arrived: recorded. You hear if nobody acknowledges it.")


def resend(intent: Intent, work: Work) -> Screen:
    """A lead has it sent again: once for each message that failed, and only where one did and it can go out."""
    found = _found(intent, work)
    if not isinstance(found, tuple):
        return found
    granted, decision, contact, sent = found
    cannot = why_not(granted.case, decision, granted.site, contact, sent) if sent.state in NOT_OUT else ""
    if cannot:
        return _answer(intent, granted, decision, contact, cannot, instead(granted.case, decision, contact))
    if sent.state not in AGAIN:
        return _answer(intent, granted, decision, contact, stands(sent))
    work.enqueue(Delivery("referral", sent.to, granted.case.id, decision.version, extra=sent.extra))
    start_clock(f"confirm:{sent.extra}", granted.case, work.now + CONFIRMED_WITHIN, work)
    restart_contact_clock(granted.case, granted.site, sent.extra, work)
    _record("delivery.again", granted, sent, intent, work)
    return _answer(intent, granted, decision, contact, "It is being sent again. You hear if it does not arrive.")


def phone_instead(intent: Intent, work: Work) -> Screen:
    """A lead rings instead: nothing more is sent, the words to say stand here, and the clock runs until it is done.

    For a contact who is rung in any case it only shows the words.
    """
    granted, decision, contact, sent = _meant(intent, work)
    if granted is None or decision is None or contact not in decision.contacts:
        return _not_theirs(intent, work)
    note_read(granted.case, intent, work)  # the words to say
    if sent is None:
        return _shown(intent, phone_message(granted.case, decision, granted.site, contact, since=since_of(work)))
    if sent.state == "queued":
        work.mark(sent.id, "dropped")
    elif sent.state == "sending":  # it cannot be called back: nobody may read that it was not sent
        work.mark(sent.id, "unsure")
    key, on_its_way = f"{granted.case.id}:phone:{sent.id}", sent.state == "sending"
    if (done := work.applied(key)) is None:
        work.apply(key, "sending" if on_its_way else "phone")
        _record("delivery.phoned", granted, sent, intent, work)
        restart_contact_clock(granted.case, granted.site, sent.extra, work)
    on_its_way = on_its_way or (done is not None and done.place == "sending")
    words_to_say = phone_message(
        granted.case, decision, granted.site, contact, on_its_way=on_its_way, since=since_of(work)
    )
    return _shown(intent, words_to_say)


def phone_message(  # what it shows, each by name
    case: Case,
    decision: Decision,
    site: Site,
    contact_id: str,
    *,
    on_its_way: bool = False,
    since: Since = nobody_known,
) -> Message:
    """What to say on the phone to a contact, and where to write down the call."""
    contact, at = contact_of(site, contact_id), at_phone(site, decision, contact_id)
    other = changed(site, decision, contact_id, since)
    lines = (MAY_STILL if on_its_way else "", f"Ring {at.destination}. {other}" if other else "")
    said = (*first_to_lead(case), *map(Caution, filter(None, lines)))
    if contact is not None:
        message = by_hand(case, decision, at, site)
        return replace(message, parts=(*said, *message.parts))
    token = Subject("case", case.id, "", decision.version, about(decision.number, contact_id)).write()
    call = Buttons((Button("write_down_call", "Write down the call", token, opens_form=True, main=True),))
    parts = (*said, *script(case, decision, at, site), call)
    return Message(f"{case.reference}: ready to read in Signpost.", parts)


def how_it_stands(case: Case, decision: Decision, sent: Delivery) -> str:
    """How a message stands, and why where a lead can have something done about it."""
    held_back = sent.state == "queued" and decision.version != case.latest.number
    why = OVERTAKEN if held_back else why_of(case, decision, sent)
    return f"{stands_now(case, decision, sent)} {WHY.get(why, '')}".strip()


def stands_now(case: Case, decision: Decision, sent: Delivery) -> str:
    """How a message stands by the newest facts: one that waits and was approved of older ones does not go out."""
    held_back = sent.state == "queued" and decision.version != case.latest.number
    return STATES["dropped"] if held_back else stands(sent)


def trouble_buttons(case: Case, decision: Decision, site: Site, contact: str, sent: Delivery) -> tuple[Button, ...]:
    """What a lead may do about a message, as it stands: each only where it is true."""
    token = Subject("case", case.id, "", decision.version, about(decision.number, contact)).write()
    arrived = (Button("mark_delivered", "It arrived", token),) if sent.state in IN_DOUBT else ()
    may_go = sent.state in AGAIN and not why_not(case, decision, site, contact, sent)
    again = (Button("resend", "Send again", token),) if may_go else ()
    return (Button("phone_instead", "I will phone", token, main=True), *arrived, *again)


def trouble(  # what it shows, each by name
    case: Case,
    decision: Decision,
    site: Site,
    contact: str,
    sent: Delivery,
    since: Since = nobody_known,
    *,
    whom: Whom = NOBODY,
) -> Message:
    """What a lead is told of a message that is not confirmed, with what to do about it."""
    update = instead(case, decision, contact) if sent.state in NOT_OUT else ()
    open_it = Button("open_case", "Open", Subject("case", case.id, "", case.latest.number).write(), opens_form=True)
    return Message(
        f"{case.reference}: look at this in Signpost.",
        (
            *first_to_lead(case, whom),
            Caution(f"{case.reference}: the message to the contact is not confirmed. Ring now."),
            Paragraph(f"{went_to(site, decision, contact, sent.to, since)}. {how_it_stands(case, decision, sent)}"),
            Paragraph(ring(site, decision, contact, since)),
            Buttons((*trouble_buttons(case, decision, site, contact, sent), *update, open_it)),
            Small(f"Decided by {decision.by_name} at {told(decision.at)}."),
        ),
    )


def _answer(  # what it is about
    intent: Intent, granted: Granted, decision: Decision, contact: str, said: str, more: tuple[Button, ...] = ()
) -> Screen:
    return _shown(intent, settled(granted.case, decision, granted.site, contact, said, more))


def _shown(intent: Intent, message: Message) -> Screen:
    """In place of the message whose button was pressed, or in the window."""
    if intent.surface is Surface.MESSAGE:
        return message
    return Form(TITLE, (words.emergency_first(), *message.parts))


def settled(  # what it shows
    case: Case, decision: Decision, site: Site, contact: str, said: str, more: tuple[Button, ...] = ()
) -> Message:
    """What takes the place of the buttons once one was pressed; `more` is what is to be pressed instead."""
    token = Subject("case", case.id, "", decision.version).write()
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Heading(f"{case.reference}: {called(site, decision, contact)}"),
            Paragraph(said),
            Buttons((*more, Button("open_case", "Open", token, opens_form=True))),
        ),
    )


def _record(event: str, granted: Granted, sent: Delivery, intent: Intent, work: Work) -> None:
    detail = {"delivery": sent.id, "about": sent.extra}
    work.record(event, by=intent.by, case=granted.case.id, site=granted.case.site, detail=detail)


def _found(intent: Intent, work: Work) -> tuple[Granted, Decision, str, Delivery] | Screen:
    """What the press is about: a message to a contact."""
    granted, decision, contact, sent = _meant(intent, work)
    if granted is None or decision is None or sent is None:
        return _not_theirs(intent, work)
    return granted, decision, contact, sent


def _meant(intent: Intent, work: Work) -> tuple[Granted | None, Decision | None, str, Delivery | None]:
    granted = case_for(intent, work)
    number, contact = read_about(intent.subject.extra)
    decision = granted.case.decision(number) if granted else None
    sent = newest_referral(granted.case, intent.subject.extra, work) if granted else None
    return granted, decision, contact, sent


def _not_theirs(intent: Intent, work: Work) -> Screen:
    note_refused("case", intent, work)
    return begin.not_yours()
