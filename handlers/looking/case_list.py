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
from handlers.looking.in_order import (
    EMERGENCY,
    clock,
    contacts_due,
    due,
    next_notice,
    place_of,
    unheard,
    urgency_word,
    waits,
)
from handlers.looking.so_far import is_update, the_update
from handlers.looking.unopened import not_opened
from handlers.looking.whom_first import CALL, is_emergency, ring_raiser
from handlers.ports import Delivery, Work
from handlers.raising.left_to_ring import NO_LEAD_TOLD
from handlers.raising.left_to_ring import ring as ring_left
from handlers.raising.pages import TITLE
from handlers.raising.who_is_told import left, nobody_left
from handlers.referring.withheld import CONTACT_GONE, why_of
from handlers.roles import LEAD
from handlers.screens import Button, Buttons, Caution, Form, Heading, Item, Paragraph, Part, Screen, Small
from handlers.sites import Site
from handlers.telling.timers import DECIDE, LEADS
from handlers.unread import led_unread

LIST_LIMIT: Final = 30
"""Cases shown in one list: well inside what one window can hold on both platforms."""
LOOKED_AT: Final = 200
"""Of somebody's cases: so many of the newest, and of those at their sites on which nobody has decided the oldest."""
PAGE: Final = "page"
"""The place in a token that asks for a page of the list; which one is its revision, from 0."""

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
    rows = rows_of(intent, work)
    note = " ".join(filter(None, (led_unread(intent, work), not_opened(intent, work))))
    return case_list(rows, note=note, at=told(work.now))


def case_list(rows: tuple[Part, ...], *, note: str = "", at: str = "") -> Form:
    """Draw a list of cases: references, times, states and who holds them; nothing of what they are about.

    `at` is when that was so: on Teams the list stands in the chat for days.
    """
    parts: list[Part] = [words.emergency_first(), *((Caution(note),) if note else ())]
    parts.append(Heading("Open cases that are yours to see"))
    parts += as_of(at)
    if rows:
        parts.extend(rows)
    elif not note:
        parts.append(Paragraph("There are none. A case is listed here for whoever raised it and for the site's leads."))
    return Form(TITLE, tuple(parts))


def as_of(at: str) -> tuple[Part, ...]:
    """When a list was as it is shown: nothing where it is not said."""
    return (Small(f"As of {at}."),) if at else ()


def rows_of(intent: Intent, work: Work) -> tuple[Part, ...]:
    """A row for each case of one person: those of sites that they lead and those that they raised.

    What is overdue or due comes first, then the newest; where there are more than one list holds, the way to the rest.
    """
    accounts = accounts_of(intent.by, work.directory)
    sites = tuple(site.id for site in work.directory.sites_led_by(intent.by, intent.known))
    led = (*work.cases_at(sites, LOOKED_AT), *work.cases_undecided(sites, LOOKED_AT)) if sites else ()
    cases = (*work.cases_raised_by(accounts, LOOKED_AT), *led)
    found = {case.id: case for case in cases if _is_theirs(case, intent, work)}
    in_order = sorted(found.values(), key=lambda case: _place(case, intent, work))
    page = min(intent.subject.rev if intent.subject.place == PAGE else 0, max(0, len(in_order) - 1) // LIST_LIMIT)
    shown = in_order[page * LIST_LIMIT : (page + 1) * LIST_LIMIT]
    return (*(row_of(case, intent, work) for case in shown), *turns(page, len(in_order)))


def turns(page: int, count: int) -> tuple[Part, ...]:
    """Which cases of how many these are, and the ways to the others; nothing where all of them are there."""
    if count <= LIST_LIMIT:
        return ()
    first, last = page * LIST_LIMIT + 1, min(count, (page + 1) * LIST_LIMIT)
    ways = (("Page before", page - 1), ("Next page", page + 1))
    there = tuple(
        Button("list_cases", label, Subject("none", "", PAGE, to).write(), opens_form=True)
        for label, to in ways
        if 0 <= to * LIST_LIMIT < count
    )
    said = f"{first} to {last} of {count}: what is overdue or due first, then the newest."
    return Small(said), Buttons(there)


def _place(case: Case, intent: Intent, work: Work) -> tuple[bool, float]:
    sent = work.deliveries(case.id) if waits(case) and _leads(case, intent, work) else ()
    return place_of(case, due(case, sent, work.now))


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
    if site is None:
        return row_text(case)
    where = f"{site.name}. " if len(work.directory.sites) > 1 else ""
    first = first_of_all(case, site, intent, work)
    if not _leads(case, intent, work):
        return f"{first}{where}{row_text(case, nobody=nobody_left(case, site, intent.known, work.directory))}"
    urgent = f"{urgency_word(case)}. " if not first and waits(case) and site.chat_detail == "full" else ""
    return f"{first}{where}{urgent}{row_text(case)} {holding(case, site, intent, work)}"


def first_of_all(case: Case, site: Site, intent: Intent, work: Work) -> str:
    """999 and whom to ring, where the newest facts say so and somebody has still to do something about the case.

    A site that shows little in chat has 999 above the list alone.
    """
    if not is_emergency(case) or not waits(case) or site.chat_detail != "full":
        return ""
    own = work.directory.same_person(case.raised_by, intent.by)
    if _leads(case, intent, work) and not own:
        ring = ring_raiser(case, site, work.directory, intent.known)
        return f"{EMERGENCY}. Check that it was called: {ring[0].lower()}{ring[1:]} "
    return f"{CALL} {ring_left(left(case, site, intent.known, work.directory), site)} "


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
    before = f"{_decided(case.decisions[-1], case, site, sent)} " if case.decisions else ""
    if case.opened_by is not None:
        held = f"Held by {work.directory.name(case.opened_by, intent.known)}. {_decision_due(case, sent)}"
        return f"{before}{held}"
    return f"{before}{_nobody_yet(case, sent, work.now)}"


def _nobody_yet(case: Case, sent: tuple[Delivery, ...], now: datetime) -> str:
    update = the_update(case)
    nobody = f"{update[0].upper()}{update[1:]} has not been read yet" if is_update(case) else "Nobody has opened it yet"
    if later := next_notice(sent, now):
        return f"{nobody}: the next lead hears at {told(later)}."
    if again := clock(case, LEADS, sent):
        return f"{nobody}: all leads hear again at {told(again)}."
    return f"{nobody}."


def _decision_due(case: Case, sent: tuple[Delivery, ...]) -> str:
    by = clock(case, DECIDE, sent)
    return f"A decision is due by {told(by)}." if by else "A decision is overdue."


def _decided(decision: Decision, case: Case, site: Site, sent: tuple[Delivery, ...]) -> str:
    said = f"Decided by {decision.by_name} at {told(decision.at)}."
    waiting = unheard(case)
    if not any(one.contacts for one in case.decisions):
        return said
    if not waiting:
        return f"{said} Everyone who was told has it."
    names = "; ".join(f"{called(site, one, contact)}{_gone(case, one, contact, sent)}" for one, contact in waiting)
    by = contacts_due(case, sent)
    until = f", due by {told(by)}" if by else ": overdue, ring now"
    return f"{said} Not acknowledged yet{until}: {names}."


def _gone(case: Case, decision: Decision, contact: str, sent: tuple[Delivery, ...]) -> str:
    """That its message was held back, since the contact is another one now."""
    of_it = [one for one in sent if one.kind == "referral" and one.extra == about(decision.number, contact)]
    gone = of_it and of_it[-1].state == "dropped" and why_of(case, decision, of_it[-1]) == CONTACT_GONE
    return " (it was not sent: the contact was removed, changed or taken out of use)" if gone else ""


def open_button(case: Case) -> Button:
    """The button that opens a case from a list."""
    token = Subject("case", case.id, "", case.latest.number).write()
    return Button("open_case", "Open", token, opens_form=True)
