"""A contact acknowledges, in their room; or a lead writes down the call in which they did."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.access import Granted, case_for, note_read, note_refused
from handlers.case import Acknowledgement, Case, Decision
from handlers.clocks import told
from handlers.contact_names import called
from handlers.contacts import about, newest_referral, read_about
from handlers.intents import Intent, Subject
from handlers.notes import refuse
from handlers.ports import Delivery, Work
from handlers.raising import begin
from handlers.raising.pages import TITLE
from handlers.referring import by_mail
from handlers.referring.referral import acknowledged_message
from handlers.referring.to_ring import to_ring
from handlers.screens import Button as Press
from handlers.screens import Form, Heading, Paragraph, Part, Screen, TextBox
from handlers.setup.proof import prove
from handlers.sites import Site
from handlers.telling.overtaken import is_to_ring_about, retire_reminders

NAMELESS: Final = "A member of this channel"
BY_LINK: Final = "somebody who gave no name"
NOT_THEIRS: Final = "nobody of the contact's has confirmed it yet."
LOG_LIMIT: Final = 80
WRITE_ONE: Final = "Write the log or incident number; where they gave none, the name of the person you spoke to."


def acknowledge(intent: Intent, work: Work) -> Screen:
    """Record that the contact has it, and who pressed. Whoever presses again is told who did.

    A press from the school's own side does not count: they are told so, and the clock runs on. Nor does an admin's, who
    named the contact's channel and is often still in it: it says nothing of the contact.
    """
    if intent.subject.kind == "site":  # a test, not a case
        return prove(intent, work)
    case = work.case(intent.subject.id) if intent.subject.kind == "case" and intent.room else None
    number, contact = read_about(intent.subject.extra)
    decision = case.decision(number) if case else None
    sent = newest_referral(case, about(number, contact), work) if case else None
    if case is None or decision is None or sent is None or sent.to != intent.room:
        work.record("acknowledge.refused", by=intent.by)
        return begin.not_yours()
    said, refused = case.acknowledgement(number, contact), False
    of_the_school = _of_the_school(case, decision, intent, work)
    if said is None and (of_the_school or work.directory.is_admin(intent.by)):
        detail = {"decision": str(number), "contact": contact}
        work.record("acknowledge.not_counted", by=intent.by, case=case.id, site=case.site, detail=detail)
        return not_the_contact(case, admin=not of_the_school)
    if said is None:
        name, refused = _who(intent, work)
        home = intent.known.standing.home or f"{intent.by.platform}:{intent.by.org}"
        said = Acknowledgement(number, contact, intent.by, name, home, work.now)
        case = _acknowledged(case, decision, said, work)
        _end_delivery(sent, decision, work)
    else:  # they are shown the message once more
        detail = {"decision": str(number), "contact": contact}
        work.record("acknowledge.repeated", by=intent.by, case=case.id, site=case.site, detail=detail)
    if sent.to.platform == "mail":
        return by_mail.done_page(case, said, not_kept=refused)
    site = work.directory.site(case.site)
    return acknowledged_message(case, decision, contact, site) if site else begin.not_yours()


def _of_the_school(case: Case, decision: Decision, intent: Intent, work: Work) -> bool:
    """Whether it is pressed by somebody who is no contact: a lead of the site, whoever raised it or was left out.

    Who was a lead when a group could last be read counts as one: what is lost by that is a press that can be repeated.
    """
    directory, site = work.directory, work.directory.site(case.site)
    mine = [case.raised_by, *case.left_out, decision.by, *(() if case.opened_by is None else (case.opened_by,))]
    if site is not None:
        mine += directory.named_leads(site, intent.known)
        if directory.is_lead(intent.by, site, intent.known):
            return True
    return any(directory.same_person(intent.by, one) for one in mine)


def not_the_contact(case: Case, *, admin: bool = False) -> Form:
    """What somebody of the school reads who pressed the contact's button; an `admin` alone has no case to open."""
    said = "You are on the school's side of this one: your press is noted, and the clock runs on."
    then = "The contact presses it themselves. Where you rang them, open the case in Signpost and write down the call."
    if admin:
        said = "You are an admin of Signpost, so your press does not count: it is noted, and the clock runs on."
        then = "The contact presses it themselves. This channel is for them: if you need not be in it, leave it."
    heading = Heading(f"{case.reference}: not acknowledged yet")
    return Form(TITLE, (words.emergency_first(), heading, Paragraph(said), Paragraph(then)))


def _who(intent: Intent, work: Work) -> tuple[str, bool]:
    """How whoever pressed is called, and whether what they wrote of themselves could not be kept.

    Behind a link nobody is known; what they write there is shown to the lead, and its lack holds nothing up.
    """
    if intent.by.platform != "mail":
        return work.directory.person(intent.by).name or intent.known.names.get(intent.by, "") or NAMELESS, False
    value = intent.fields.get("name")
    written = "".join(one if one.isprintable() else " " for one in value) if isinstance(value, str) else ""
    written = " ".join(written.split())[: by_mail.NAME_LIMIT]
    refused = bool(refuse.check_notes(written).refused)
    return (written if written and not refused else BY_LINK), refused


def _end_delivery(sent: Delivery, decision: Decision, work: Work) -> None:
    """Note that it is there. In a channel the button makes way for a name; a mail stays as it was sent."""
    if sent.to.platform != "mail":
        if sent.state in ("sent", "unsure", "failed"):
            work.mark(sent.id, "acknowledged")
        to, version = sent.to, decision.version
        work.enqueue(Delivery("acknowledged", to, sent.case, version, replaces=sent.id, extra=sent.extra))
    elif sent.state == "queued":  # the link came from an earlier mail about the same, so this one is not needed
        work.cancel(sent.id)
    else:  # also one whose answer is still awaited: whoever has the link has the mail
        work.mark(sent.id, "acknowledged")


def _acknowledged(case: Case, decision: Decision, said: Acknowledgement, work: Work) -> Case:
    case = replace(case, acknowledged=(*case.acknowledged, said))
    work.keep_case(case)
    which = about(said.decision, said.contact)
    detail = {"decision": str(said.decision), "contact": said.contact, "org": said.org}
    work.record("contact.acknowledged", by=said.by, case=case.id, site=case.site, detail=detail)
    if not any(one.number == decision.number for one, _ in to_ring(case)):
        retire_reminders(case, work, "confirmed", is_to_ring_about(decision.number))
    if decision.by != said.by:
        work.enqueue(Delivery("acknowledged_told", decision.by, case.id, decision.version, extra=which))
    return case


def write_down_call(intent: Intent, work: Work) -> Screen:
    """Open the window for the log number, the name and the time of a call."""
    found = _decided(intent, work)
    return found if not isinstance(found, tuple) else call_window(*found)


def confirm_call(intent: Intent, work: Work) -> Screen:
    """Keep what the contact said on the phone. That ends the clock."""
    found = _decided(intent, work)
    if not isinstance(found, tuple):
        return found
    granted, decision, contact = found
    if granted.case.acknowledgement(decision.number, contact) is not None:
        return called_window(granted, decision, contact)
    typed = {name: value.strip() for name, value in intent.fields.items() if isinstance(value, str)}
    errors = [
        (name, refused)
        for name in ("log", "spoke_to", "rung_at")
        if (refused := refuse.check_notes(typed.get(name, "")[:LOG_LIMIT]).refused)
    ]
    if not typed.get("log") and not typed.get("spoke_to"):
        errors.append(("log", WRITE_ONE))
    if errors:
        return call_window(granted, decision, contact, typed=typed, errors=tuple(errors))
    said = Acknowledgement(
        decision.number,
        contact,
        intent.by,
        work.directory.name(intent.by, intent.known),
        f"{intent.by.platform}:{intent.by.org}",
        work.now,
        log=typed.get("log", "")[:LOG_LIMIT],
        spoke_to=typed.get("spoke_to", "")[:LOG_LIMIT],
        rung_at=typed.get("rung_at", "")[:LOG_LIMIT],
    )
    case = _acknowledged(granted.case, decision, said, work)
    return called_window(Granted(case, granted.site, granted.roles), decision, contact)


def call_window(
    granted: Granted,
    decision: Decision,
    contact: str,
    *,
    typed: dict[str, str] | None = None,
    errors: tuple[tuple[str, str], ...] = (),
) -> Form:
    """Where a lead writes down what they were told on the phone."""
    case, held = granted.case, typed or {}
    token = Subject("case", case.id, "", decision.version, about(decision.number, contact)).write()
    if case.acknowledgement(decision.number, contact) is not None:
        return called_window(granted, decision, contact)
    parts: tuple[Part, ...] = (
        words.emergency_first(),
        Heading(f"{case.reference}: the call"),
        Paragraph(f"{called(granted.site, decision, contact)}. Decided at {told(decision.at)}."),
        TextBox("log", "Log or incident number", "", held.get("log", ""), LOG_LIMIT),
        TextBox(
            "spoke_to", "Whom did you speak to?", "Their name or number at work.", held.get("spoke_to", ""), LOG_LIMIT
        ),
        TextBox("rung_at", "When did you ring?", "Left empty: now.", held.get("rung_at", ""), LOG_LIMIT),
    )
    return Form(TITLE, parts, Press("confirm_call", "Keep it", token, main=True), token, errors=errors)


def called_window(granted: Granted, decision: Decision, contact: str) -> Form:
    """What was written down."""
    said = granted.case.acknowledgement(decision.number, contact)
    kept = call_line(said, granted.site) if said else "Nothing is written down yet."
    heading = Heading(f"{granted.case.reference}: the call")
    return Form(TITLE, (words.emergency_first(), heading, Paragraph(kept)))


def call_line(said: Acknowledgement, site: Site) -> str:
    """One acknowledgement in a sentence, for leads. The record keeps of which organisation whoever pressed is."""
    if said.by.platform == "mail":
        name = "No name was given there." if said.name == BY_LINK else f"Name given there: {said.name}."
        return f"Acknowledged through the link in the mail at {told(said.at)}. {name}"
    if not (said.log or said.spoke_to):
        ours = said.org in site.serves
        if ours:
            end = f": {NOT_THEIRS}" if _shared_with(said, site) else "."
            return f"Acknowledged by {said.name}, of your own organisation, at {told(said.at)}{end}"
        return f"Acknowledged by {said.name} of another organisation at {told(said.at)}."
    log = f"log {said.log}" if said.log else "no log number"
    to = f", spoke to {said.spoke_to}" if said.spoke_to else ""
    at = f", rung {said.rung_at}" if said.rung_at else ""
    return f"Call written down by {said.name} at {told(said.at)}: {log}{to}{at}."


def _shared_with(said: Acknowledgement, site: Site) -> bool:
    """Whether the contact's channel is said to be shared with others: whoever is of an own one is none of those."""
    return any(one.organisations for one in site.contacts if one.id == said.contact)


def _decided(intent: Intent, work: Work) -> tuple[Granted, Decision, str] | Screen:
    granted = case_for(intent, work)
    number, contact = read_about(intent.subject.extra)
    decision = granted.case.decision(number) if granted else None
    if granted is None or decision is None or contact not in decision.contacts:
        note_refused("case", intent, work)
        return begin.not_yours()
    note_read(granted.case, intent, work)  # what was written down of a call
    return granted, decision, contact
