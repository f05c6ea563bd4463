"""Raising an incident: from the first click to the recommendation, page by page.

Every press carries the draft, the page and the revision that it was drawn with. That is what the person meant, so a
repeat is drawn again from what is stored, and a page from an older revision never overwrites a newer one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from handlers import words
from handlers.access import has_of, roles_for
from handlers.case import Case, Draft, is_update
from handlers.intents import Intent
from handlers.ports import Work
from handlers.raising import begin, check, leave_out, left_in_danger, pages, read_page, stopped
from handlers.raising.recommendation import recommendation_form
from handlers.raising.send_report import send
from handlers.raising.who_is_told import told_already
from handlers.screens import Form, Screen
from handlers.sites import Site
from policy import FACTS

MOVED_ON = (
    "This report has moved on since this page was drawn, in another window or on another device. Your answers below "
    "are those of this page. Check them, then press the button again to keep them."
)


@dataclass(frozen=True, slots=True)
class Step:
    """A draft in the middle of an intent: what it was drawn as, what it is now, and who is asking."""

    intent: Intent
    work: Work
    site: Site
    draft: Draft


Move: TypeAlias = Callable[[Step], tuple[str, Draft]]
"""Where a press leads, and the draft as it is then."""


def next_page(intent: Intent, work: Work) -> Screen:
    """Keep the page and go on to the next, or back to *Check your answers* if it came from there."""
    return _step(intent, work, _onward)


def previous_page(intent: Intent, work: Work) -> Screen:
    """Keep the page as far as it can be kept, and go back one. Nothing typed is lost, whatever is wrong with it."""
    return _step(intent, work, _backward)


def recommend_now(intent: Intent, work: Work) -> Screen:
    """Submit with what stands on the page; what was not asked counts as not known."""
    return _step(intent, work, _submit)


def submit_report(intent: Intent, work: Work) -> Screen:
    """Submit from *Check your answers*."""
    return _step(intent, work, _submit)


def continue_draft(intent: Intent, work: Work) -> Screen:
    """Go on with a draft where it was left, on this device or another."""
    draft = work.draft(intent.subject.id)
    if draft is None:
        done = work.applied(f"{intent.subject.id}:done")
        return _shown(done.place, None, intent, work) if done else begin.not_yours()
    site = work.directory.site(draft.site)
    if site is None and _is_theirs(draft, intent, work):
        return place_of(draft, draft.place, intent, work)
    if site is None or not _may_go_on(draft, site, intent, work):
        return begin.not_yours()
    return place_of(draft, draft.place, intent, work)


def change_answer(intent: Intent, work: Work) -> Screen:
    """Open the page that holds one answer; *Continue* leads back to *Check your answers*."""
    return _step(intent, work, _change)


def answer_at_once(intent: Intent, work: Work) -> Screen | None:
    """A choice that the platform reports before the page is sent: only danger changes what is shown."""
    if intent.fields.get("harm_now") != "in_danger_now":
        return None
    return _step(intent, work, _shown_danger)


def _step(intent: Intent, work: Work, go: Move) -> Screen:
    """Carry one press out once, and draw where it led."""
    intent, drawn_with = leave_out.drawn_with(intent)
    subject = intent.subject
    draft = work.draft(subject.id)
    if draft is None:
        done = work.applied(f"{subject.id}:done")
        if done is not None:
            return _shown(done.place, None, intent, work)
        draft = _new_draft(intent, work)
    site = work.directory.site(draft.site) if draft else None
    if draft is None and subject.kind == "draft":
        return stopped.gone_since(intent, work)
    if draft is not None and site is None and _is_theirs(draft, intent, work):
        return stopped.on_page(draft, intent, work, kept=True)
    if draft is None or site is None or not _may_go_on(draft, site, intent, work):
        return begin.not_yours()

    key = f"{subject.id}:{intent.name}:{subject.place}:{subject.rev}:{subject.extra}"
    digest = work.digest(intent.fields)
    before = work.applied(key)
    if before is not None and before.digest == digest:
        return _shown(before.place, draft, intent, work)

    offered = _leads_on_offer(draft, site, intent, work)
    read = read_page.read(intent, draft, offered=offered, drawn_with=drawn_with)
    if subject.rev != draft.rev and not read.same_as(draft):
        return _again(intent, read, site, work, note=MOVED_ON)
    if read.must_stay or (read.errors and intent.name not in ("previous_page", "answer_at_once")):
        work.keep_draft(replace(read.draft, saved_at=work.now, place=subject.place))
        return _again(intent, read, site, work, errors=read.errors)

    place, moved = go(Step(intent, work, site, read.draft))
    return _arrive(place, key, digest, moved, intent, work)


def _arrive(place: str, key: str, digest: str, draft: Draft, intent: Intent, work: Work) -> Screen:
    """Note where the press led, and keep the draft, which lives on until it has been sent."""
    if work.applied(key) is None:  # the same page again with the same content in other words is no news
        work.apply(key, place, digest)
    if place.startswith("case/"):
        work.apply(f"{draft.id}:done", place)
        work.drop_draft(draft.id)
        return _shown(place, None, intent, work)
    checking = draft.checking or place == "check"
    kept = replace(draft, place=place, rev=draft.rev + 1, saved_at=work.now, checking=checking)
    work.keep_draft(kept)
    return _shown(place, kept, intent, work)


def _may_go_on(draft: Draft, site: Site, intent: Intent, work: Work) -> bool:
    """Whose draft it is; and of a case, only who still is something to it: a lead left out since then is not."""
    if not _is_theirs(draft, intent, work):
        return False
    case = work.case(draft.case) if draft.updates else None
    return not draft.updates or (case is not None and bool(roles_for(case, site, intent, work)))


def _is_theirs(draft: Draft, intent: Intent, work: Work) -> bool:
    return has_of(draft.owner, intent.by, work.directory)


def _new_draft(intent: Intent, work: Work) -> Draft | None:
    """The draft behind a page that has no row: the first page of a new report, and no other."""
    subject = intent.subject
    allowed = work.directory.sites_to_raise_for(intent.by, intent.known)
    fresh = subject.kind == "draft" and subject.place == "page/1" and subject.rev == 0 and not is_update(subject.id)
    if not fresh or not any(site.id == subject.extra for site in allowed):
        return None
    return Draft(subject.id, intent.by, subject.extra, subject.place, subject.rev, work.now)


def _leads_on_offer(draft: Draft, site: Site, intent: Intent, work: Work) -> frozenset[str]:
    """The leads who may be left out: the raiser's choice alone."""
    if not _by_the_raiser(draft, work):
        return frozenset()
    leads = check.leads_to_tell(site, work.directory, intent.known, raiser=draft.owner)
    return frozenset(str(lead) for lead in leads)


def _by_the_raiser(draft: Draft, work: Work) -> bool:
    case = work.case(draft.case) if draft.updates else None
    return case is None or has_of(case.raised_by, draft.owner, work.directory)


def _onward(step: Step) -> tuple[str, Draft]:
    place = step.intent.subject.place
    draft = left_in_danger.made_at_once(step.draft, step.site, step.intent, step.work)
    if place == "danger":
        answered = set(draft.answers) & {fact.id for fact in FACTS if fact.step == 1}
        return ("page/2" if answered - {"harm_now"} else "page/1"), draft
    if draft is not step.draft:
        return "danger", draft
    if draft.checking or place == f"page/{pages.LAST_PAGE}":
        return "check", draft
    return f"page/{_number(place) + 1}", draft


def _backward(step: Step) -> tuple[str, Draft]:
    match step.intent.subject.place:
        case "check":
            return f"page/{pages.LAST_PAGE}", step.draft
        case "danger":
            return "page/1", step.draft
        case place:
            return f"page/{max(1, _number(place) - 1)}", step.draft


def _shown_danger(step: Step) -> tuple[str, Draft]:
    left_in_danger.start(step.draft, step.work)
    return left_in_danger.DANGER, step.draft


def _change(step: Step) -> tuple[str, Draft]:
    return f"page/{read_page.page_of(step.intent.subject.extra)}", step.draft


def _submit(step: Step) -> tuple[str, Draft]:
    case = send(step.draft, step.site, step.intent, step.work)
    return f"case/{case.id}/{case.latest.number}", step.draft


def _number(place: str) -> int:
    return int(place.removeprefix("page/")) if place.startswith("page/") else 1


def _shown(place: str, draft: Draft | None, intent: Intent, work: Work) -> Screen:
    """Draw a place from what is stored."""
    kind, _, rest = place.partition("/")
    if kind == "case":
        case_id, _, number = rest.partition("/")
        case = work.case(case_id)
        if case is None:
            return begin.gone()
        if not _still_theirs(case, intent, work):
            return begin.not_yours()
        return recommendation_form(case, int(number), work.directory, intent)
    if draft is None:
        return begin.gone()
    return place_of(draft, place, intent, work)


def _still_theirs(case: Case, intent: Intent, work: Work) -> bool:
    """Whether a case may be shown again to whoever sent a page: a lead who has lost the site since may not see it."""
    site = work.directory.site(case.site)
    return intent.by == case.raised_by or (site is not None and bool(roles_for(case, site, intent, work)))


def place_of(draft: Draft, place: str, intent: Intent, work: Work) -> Form:
    """Draw a draft's form at one of its places: a page, *Check your answers* or the 999 screen."""
    site = work.directory.site(draft.site)
    if site is None:
        return stopped.stopped(draft, elsewhere=stopped.elsewhere(intent, work))
    if place == "check":
        by_raiser = _by_the_raiser(draft, work)
        before = told_already(work.case(draft.case) if draft.case else None, work)
        return check.check(draft, site, work.directory, intent.known, may_leave_out=by_raiser, before=before)
    if place == "danger":
        case = work.case(draft.case) if draft.case else None
        left_out = case.left_out if case else draft.left_out
        leads = check.leads_to_tell(site, work.directory, intent.known, raiser=draft.owner, left_out=left_out)
        ring = "" if leads else words.whom_to_ring(site)
        return pages.danger(draft, case.reference if case else "", ring=ring)
    lead, at = work.directory.is_lead(draft.owner, site, intent.known), pages.named(site, work.directory)
    return pages.page(draft, _number(place), lead=lead, at=at, sent=_sent(draft, work))


def _sent(draft: Draft, work: Work) -> str:
    """The reference of the case that a report has become while it was being written; empty for any other."""
    case = work.case(draft.case) if draft.case and not draft.updates else None
    return case.reference if case else ""


def _again(
    intent: Intent,
    read: read_page.PageRead,
    site: Site,
    work: Work,
    *,
    errors: tuple[tuple[str, str], ...] = (),
    note: str = "",
) -> Form:
    """The same page with everything that was typed: with what is wrong at its field, or with a note at the top."""
    if intent.subject.place == "check":
        said = check.Said(errors, note)
        drawn, known = read.draft, intent.known
        before = told_already(work.case(drawn.case) if drawn.case else None, work)
        mine = _by_the_raiser(drawn, work)
        return check.check(drawn, site, work.directory, known, may_leave_out=mine, said=said, before=before)
    lead, at = work.directory.is_lead(read.draft.owner, site, intent.known), pages.named(site, work.directory)
    draft, notes = read.draft, read.notes
    return pages.draw_page(
        draft, read.page, read.drawn, draft.answers, notes=notes, lead=lead, errors=errors, note=note, at=at
    )
