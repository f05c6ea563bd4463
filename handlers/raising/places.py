"""Where a press led, drawn: a page, *Check your answers*, the one question before it is sent, or the 999 screen.

And the same place again with everything that was typed, where something is wrong with it.
"""

from __future__ import annotations

from datetime import datetime

from handlers import words
from handlers.access import accounts_of, has_of
from handlers.case import Case, Draft
from handlers.intents import Intent
from handlers.people import Account
from handlers.ports import Work
from handlers.raising import ask_first, check, danger_screen, leave_out, pages, stopped
from handlers.raising.danger_screen import Standing
from handlers.raising.left_to_ring import nobody_left
from handlers.raising.read_page import PageRead
from handlers.raising.who_is_told import told_already
from handlers.screens import Form
from handlers.sites import Site


def place_of(draft: Draft, place: str, intent: Intent, work: Work) -> Form:
    """Draw a draft's form at one of its places."""
    site = work.directory.site(draft.site)
    if site is None:
        return stopped.stopped(draft, elsewhere=stopped.elsewhere(intent, work))
    if place in leave_out.PLACES:
        return _with_the_choice(draft, place, site, intent, work)
    lead, at = work.directory.is_lead(draft.owner, site, intent.known), pages.named(site, work.directory)
    return pages.page(draft, pages.number_of(place), lead=lead, at=at, sent=_sent(draft, work))


def again(
    intent: Intent,
    read: PageRead,
    site: Site,
    work: Work,
    *,
    errors: tuple[tuple[str, str], ...] = (),
    note: str = "",
) -> Form:
    """The same page with everything that was typed: with what is wrong at its field, or with a note at the top."""
    draft, place = read.draft, intent.subject.place
    if place in leave_out.PLACES:
        return _with_the_choice(draft, place, site, intent, work, check.Said(errors, note))
    lead, at = work.directory.is_lead(draft.owner, site, intent.known), pages.named(site, work.directory)
    return pages.draw_page(
        draft, read.page, read.drawn, draft.answers, notes=read.notes, lead=lead, errors=errors, note=note, at=at
    )


def on_offer(draft: Draft, site: Site, intent: Intent, work: Work) -> tuple[Account, ...]:
    """The leads who may be left out: the raiser's choice alone."""
    if not by_the_raiser(draft, work):
        return ()
    return check.leads_to_tell(site, work.directory, intent.known, raiser=draft.owner)


def by_the_raiser(draft: Draft, work: Work) -> bool:
    """Whether the draft is that of whoever raised the case, or raises it now."""
    case = work.case(draft.case) if draft.updates else None
    return case is None or has_of(case.raised_by, draft.owner, work.directory)


def case_of(draft: Draft, work: Work) -> Case | None:
    """The case that the draft changes, or has become while it was being written."""
    return work.case(draft.case) if draft.case else None


def _sent(draft: Draft, work: Work) -> str:
    """The reference of the case that a report or an update has gone out to while it was being written; else empty."""
    case = case_of(draft, work)
    own = case.last_by(accounts_of(draft.owner, work.directory)) if case else None
    went_out = not draft.updates or (own is not None and own.number > draft.base)
    return case.reference if case and went_out else ""


def _with_the_choice(
    draft: Draft, place: str, site: Site, intent: Intent, work: Work, said: check.Said = check.NOTHING
) -> Form:
    before = told_already(case_of(draft, work), work)
    if place == leave_out.DANGER:
        return _danger(draft, site, intent, work, said, before)
    if place == leave_out.ASK:
        return ask_first.leads_first(draft, site, work.directory, intent.known, said=said, before=before)
    mine = by_the_raiser(draft, work)
    return check.check(draft, site, work.directory, intent.known, may_leave_out=mine, said=said, before=before)


def _danger(
    draft: Draft, site: Site, intent: Intent, work: Work, said: check.Said, before: dict[Account, datetime]
) -> Form:
    """Who is told is named where somebody was left out. Of who is being told just now it is said that they are told."""
    case, directory, known = case_of(draft, work), work.directory, intent.known
    told = case is not None and case.latest.facts.harm_now == "in_danger_now"
    left_out = case.left_out if case and told else draft.left_out
    leads = check.leads_to_tell(site, directory, known, raiser=draft.owner, left_out=left_out)
    heard = [one for one in leads if any(directory.same_person(one, other) for other in before)]
    first = next(iter((*heard, *leads)), None)
    standing = Standing(
        case.reference if case else "",
        told=told,
        name=directory.name(first, known) if left_out and first else "",
        nobody="" if leads else _nobody(site, all_out=bool(left_out)),
    )
    if not on_offer(draft, site, intent, work) or not ask_first.may_be_staff(draft.facts()):
        return danger_screen.danger(draft, standing, said=said)
    being_told = before or ({first: work.now} if told and first else {})
    place, choice = ask_first.choice_of(draft, leave_out.DANGER, site, directory, known, being_told)
    return danger_screen.danger(draft, standing, place=place, choice=choice, said=said)


def _nobody(site: Site, *, all_out: bool) -> str:
    """Whom to go to where nobody can be told: nobody whom the raiser left out."""
    just_now = f"Nobody can be told through Signpost just now. {words.whom_to_ring(site)}"
    return nobody_left(site) if all_out else just_now
