"""The list of cases that are somebody's to see: where each stands and, for a lead, who holds it and what is due."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers import words
from handlers.access import accounts_of, has_of, roles_for
from handlers.case import Case, Decision, State
from handlers.clocks import told
from handlers.contact_names import called
from handlers.contacts import about
from handlers.intents import Intent, Subject
from handlers.left_to_ring import NO_LEAD_TOLD
from handlers.pages import TITLE
from handlers.ports import Delivery, Work
from handlers.roles import LEAD
from handlers.screens import Button, Caution, Form, Heading, Item, Paragraph, Part, Screen, Small
from handlers.sites import Site
from handlers.timers import DECIDE, LEADS
from handlers.unread import led_unread
from handlers.who_is_told import nobody_left
from handlers.withheld import CONTACT_GONE, why_of

LIST_LIMIT: Final = 30
"""Cases shown in one list: well inside what one window can hold on both platforms."""
LOOKED_AT: Final = 200
"""Of a lead's cases: an old one that still waits is not to fall off the list."""

STATES: Final = {
    State.RECOMMENDED: "Waiting for a lead",
    State.ESCALATION_REQUESTED: "A lead was asked to escalate",
    State.REFERRED: "Referred",
    State.NOT_REFERRED: "Not referred",
    State.FOLLOWED_UP: "Followed up",
    State.CLOSED: "Closed",
    State.ERASED: "Erased",
}


def list_cases(intent: Intent, work: Work) -> Screen:
    """List what is theirs: for a lead every case of their sites, for the rest what they raised."""
    return case_list(rows_of(intent, work), note=led_unread(intent, work))


def case_list(rows: tuple[Item, ...], *, note: str = "") -> Form:
    """Draw a list of cases: references, times, states and who holds them; nothing of what they are about."""
    parts: list[Part] = [words.emergency_first(), *((Caution(note),) if note else ())]
    parts.append(Heading("Open cases that are yours to see"))
    if rows:
        parts.extend(rows)
    elif not note:
        parts.append(Paragraph("There are none. A case is listed here for whoever raised it and for the site's leads."))
    if len(rows) == LIST_LIMIT:
        parts.append(Small(f"{LIST_LIMIT} are shown: those that wait for somebody first, then the newest."))
    return Form(TITLE, tuple(parts))


def rows_of(intent: Intent, work: Work) -> tuple[Item, ...]:
    """A row for each case of one person: those of sites that they lead and those that they raised.

    What waits for somebody comes first, then the newest.
    """
    accounts = accounts_of(intent.by, work.directory)
    sites = work.directory.sites_led_by(intent.by, intent.known)
    led = work.cases_at((site.id for site in sites), LOOKED_AT) if sites else ()
    cases = (*work.cases_raised_by(accounts, LIST_LIMIT), *led)
    found = {case.id: case for case in cases if _is_theirs(case, intent, work)}
    newest = sorted(found.values(), key=lambda case: case.raised_at, reverse=True)
    in_order = sorted(newest, key=lambda case: not _waits(case))[:LIST_LIMIT]
    return tuple(row_of(case, intent, work) for case in in_order)


def row_of(case: Case, intent: Intent, work: Work) -> Item:
    """A case in a list: its reference, where it stands, and the button that opens it."""
    return Item(case.reference, _text(case, intent, work), open_button(case))


def _is_theirs(case: Case, intent: Intent, work: Work) -> bool:
    """Whether they are anything to it. Of a site that is gone whoever raised it still finds what there was."""
    site = work.directory.site(case.site)
    return bool(roles_for(case, site, intent, work)) if site else has_of(case.raised_by, intent.by, work.directory)


def _leads(case: Case, intent: Intent, work: Work) -> bool:
    site = work.directory.site(case.site)
    return site is not None and LEAD in roles_for(case, site, intent, work)


def _text(case: Case, intent: Intent, work: Work) -> str:
    site = work.directory.site(case.site)
    where = f"{site.name}. " if site is not None and len(work.directory.sites) > 1 else ""
    if site is None or not _leads(case, intent, work):
        nobody = site is not None and nobody_left(case, site, intent.known, work.directory)
        return f"{where}{row_text(case, nobody=nobody)}"
    return f"{where}{row_text(case)} {holding(case, site, intent, work)}"


def _waits(case: Case) -> bool:
    """Whether somebody has still to do something about it."""
    return case.decided is None or bool(unheard(case))


def unheard(case: Case) -> tuple[tuple[Decision, str], ...]:
    """The contacts who have not acknowledged what they were told last, with the decision that it was told by."""
    newest = {contact: one for one in case.decisions for contact in one.contacts}
    return tuple((one, contact) for contact, one in newest.items() if case.acknowledgement(one.number, contact) is None)


def row_text(case: Case, *, nobody: bool = False) -> str:
    """A case in a list: when, and where it stands. Nothing of what it is about."""
    return f"Raised {told(case.raised_at)}. {standing(case, nobody=nobody)}."


def standing(case: Case, *, nobody: bool) -> str:
    """Where a case stands; `nobody` says that all leads were left out, so that it waits for none."""
    waits_for_none = nobody and case.state in (State.RECOMMENDED, State.ESCALATION_REQUESTED)
    return NO_LEAD_TOLD if waits_for_none else STATES[case.state]


def holding(case: Case, site: Site, intent: Intent, work: Work) -> str:
    """For a lead: who holds the case, and what is due next."""
    sent = work.deliveries(case.id)
    if case.decided is not None:
        return _decided(case.decided, case, site, sent)
    if case.opened_by is not None:
        return f"Held by {work.directory.name(case.opened_by, intent.known)}. {_decision_due(case, sent)}"
    return _nobody_yet(case, sent, work.now)


def _nobody_yet(case: Case, sent: tuple[Delivery, ...], now: datetime) -> str:
    notices = [one.due for one in sent if one.kind == "lead_notice" and one.state == "queued"]
    later = [due for due in notices if due is not None and due > now]
    if later:
        return f"Nobody has opened it yet: the next lead hears at {told(min(later))}."
    if due := _clock(case, LEADS, sent):
        return f"Nobody has opened it yet: all leads hear again at {told(due)}."
    return "Nobody has opened it yet."


def _decision_due(case: Case, sent: tuple[Delivery, ...]) -> str:
    due = _clock(case, DECIDE, sent)
    return f"A decision is due by {told(due)}." if due else "A decision is overdue."


def _decided(decision: Decision, case: Case, site: Site, sent: tuple[Delivery, ...]) -> str:
    said = f"Decided by {decision.by_name} at {told(decision.at)}."
    waiting = unheard(case)
    if not any(one.contacts for one in case.decisions):
        return said
    if not waiting:
        return f"{said} Everyone who was told has it."
    names = "; ".join(f"{called(site, one, contact)}{_gone(case, one, contact, sent)}" for one, contact in waiting)
    wanted = {
        f"{clock}:{about(one.number, contact)}" for clock in ("contact", "contact_again") for one, contact in waiting
    }
    due = [one.due for one in sent if one.kind == "chase" and one.state == "queued" and one.extra in wanted and one.due]
    until = f", due by {told(min(due))}" if due else ": overdue, ring now"
    return f"{said} Not acknowledged yet{until}: {names}."


def _gone(case: Case, decision: Decision, contact: str, sent: tuple[Delivery, ...]) -> str:
    """That its message was held back, since the contact is another one now."""
    of_it = [one for one in sent if one.kind == "referral" and one.extra == about(decision.number, contact)]
    gone = of_it and of_it[-1].state == "dropped" and why_of(case, decision, of_it[-1]) == CONTACT_GONE
    return " (it was not sent: the contact was removed, changed or taken out of use)" if gone else ""


def _clock(case: Case, what: str, sent: tuple[Delivery, ...]) -> datetime | None:
    """When a clock of the newest version runs out, or None where none is running."""
    due = [
        one.due
        for one in sent
        if one.kind == "chase"
        and one.extra == what
        and one.state == "queued"
        and one.version == case.latest.number
        and one.due
    ]
    return min(due, default=None)


def open_button(case: Case) -> Button:
    """The button that opens a case from a list."""
    token = Subject("case", case.id, "", case.latest.number).write()
    return Button("open_case", "Open", token, opens_form=True)
