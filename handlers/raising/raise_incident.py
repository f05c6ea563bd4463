"""Raising an incident: from the first click to the recommendation, page by page.

Every press carries the draft, the page and the revision that it was drawn with. That is what the person meant, so a
repeat is drawn again from what is stored, and a page from an older revision never overwrites a newer one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from handlers.access import has_of, note_read, note_refused, roles_for
from handlers.case import Case, Draft, is_update
from handlers.intents import Intent
from handlers.ports import Work
from handlers.raising import ask_first, begin, leave_out, left_in_danger, pages, places, read_page, stopped
from handlers.raising.places import place_of
from handlers.raising.recommendation import recommendation_form
from handlers.raising.send_report import send
from handlers.screens import Form, Screen
from handlers.sites import Site
from handlers.telling.tell import unread
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
    """Submit with what stands on the page; what was not asked counts as not known.

    Where the adult may be staff, it is asked first whether one of the leads is not to be told.
    """
    return _step(intent, work, _at_once)


def submit_report(intent: Intent, work: Work) -> Screen:
    """Submit from *Check your answers*."""
    return _step(intent, work, _submit)


def continue_draft(intent: Intent, work: Work) -> Screen:
    """Go on with a draft where it was left, on this device or another."""
    draft = work.draft(intent.subject.id)
    if draft is None:
        done = work.applied(f"{intent.subject.id}:done")
        return _shown(done.place, None, intent, work) if done else _no(intent, work)
    site = work.directory.site(draft.site)
    if site is None and _is_theirs(draft, intent, work):
        _note_read(draft, intent, work)
        return place_of(draft, draft.place, intent, work)
    if site is None or not _may_go_on(draft, site, intent, work):
        return _no(intent, work)
    _note_read(draft, intent, work)
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
        _note_read(draft, intent, work)
        return stopped.on_page(draft, intent, work, kept=True)
    if draft is None or site is None or not _may_go_on(draft, site, intent, work):
        return _no(intent, work)
    _note_read(draft, intent, work)

    key = f"{subject.id}:{intent.name}:{subject.place}:{subject.rev}:{subject.extra}"
    digest = work.digest(intent.fields)
    before = work.applied(key)
    if before is not None and before.digest == digest:
        return _shown(before.place, draft, intent, work)

    offered = frozenset(map(str, places.on_offer(draft, site, intent, work)))
    read = read_page.read(intent, draft, offered=offered, drawn_with=drawn_with)
    if subject.rev != draft.rev and not read.same_as(draft):
        return places.again(intent, read, site, work, note=MOVED_ON)
    if read.must_stay or (read.errors and intent.name not in ("previous_page", "answer_at_once")):
        work.keep_draft(replace(read.draft, saved_at=work.now, place=subject.place))
        return places.again(intent, read, site, work, errors=read.errors)

    place, moved = go(Step(intent, work, site, read.draft))
    return _arrive(place, key, digest, moved, intent, work)


def _arrive(place: str, key: str, digest: str, draft: Draft, intent: Intent, work: Work) -> Screen:
    """Note where the press led, and keep the draft, which lives on until it has been sent."""
    if work.applied(key) is None:  # the same page again with the same content in other words is no news
        work.apply(key, place, digest)
    if place.startswith("case/"):
        work.apply(f"{draft.id}:done", place)
        work.drop_draft(draft.id)
        return _shown(place, None, intent, work, new=True)
    checking = draft.checking or place == "check"
    kept = replace(draft, place=place, rev=draft.rev + 1, saved_at=work.now, checking=checking)
    work.keep_draft(kept)
    return _shown(place, kept, intent, work)


def _no(intent: Intent, work: Work) -> Form:
    note_refused("draft", intent, work)
    return begin.not_yours()


def _note_read(draft: Draft, intent: Intent, work: Work) -> None:
    """Of a form that changes a case, or has become one: each of its pages shows what stands there."""
    if draft.case and (case := work.case(draft.case)) is not None:
        note_read(case, intent, work)


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


def _onward(step: Step) -> tuple[str, Draft]:
    place = step.intent.subject.place
    draft = left_in_danger.made_at_once(step.draft, step.site, step.intent, step.work)
    if place == leave_out.DANGER:
        answered = set(draft.answers) & {fact.id for fact in FACTS if fact.step == 1}
        return ("page/2" if answered - {"harm_now"} else "page/1"), draft
    if draft is not step.draft:
        return leave_out.DANGER, draft
    if draft.checking or place == f"page/{pages.LAST_PAGE}":
        return leave_out.CHECK, draft
    return f"page/{pages.number_of(place) + 1}", draft


def _backward(step: Step) -> tuple[str, Draft]:
    match step.intent.subject.place:
        case leave_out.CHECK:
            return f"page/{pages.LAST_PAGE}", step.draft
        case leave_out.DANGER:
            return "page/1", step.draft
        case place:
            return f"page/{max(1, pages.number_of(place) - 1)}", step.draft


def _shown_danger(step: Step) -> tuple[str, Draft]:
    left_in_danger.start(step.draft, step.work)
    return leave_out.DANGER, step.draft


def _change(step: Step) -> tuple[str, Draft]:
    return f"page/{read_page.page_of(step.intent.subject.extra)}", step.draft


def _at_once(step: Step) -> tuple[str, Draft]:
    """The quick way: it tells nobody before who raises it could leave a lead out, and in danger it holds up nobody."""
    intent, draft, work = step.intent, step.draft, step.work
    theirs = places.by_the_raiser(draft, work)
    some = theirs and (places.on_offer(draft, step.site, intent, work) or unread(step.site, intent.known))
    ask = some and ask_first.to_ask(draft, places.case_of(draft, work))
    if intent.subject.place in leave_out.PLACES or not ask:
        return _submit(step)
    if draft.answers.get("harm_now") == "in_danger_now":
        return leave_out.DANGER, left_in_danger.made_at_once(draft, step.site, intent, work)
    return leave_out.ASK, draft


def _submit(step: Step) -> tuple[str, Draft]:
    case = send(step.draft, step.site, step.intent, step.work)
    return f"case/{case.id}/{case.latest.number}", step.draft


def _shown(place: str, draft: Draft | None, intent: Intent, work: Work, *, new: bool = False) -> Screen:
    """Draw a place from what is stored. A case that was just sent is no reading of it."""
    kind, _, rest = place.partition("/")
    if kind == "case":
        case_id, _, number = rest.partition("/")
        case = work.case(case_id)
        if case is None or not _still_theirs(case, intent, work):
            return _no(intent, work)
        if not new:
            note_read(case, intent, work)
        return recommendation_form(case, int(number), work.directory, intent)
    if draft is None:
        return _no(intent, work)
    return place_of(draft, place, intent, work)


def _still_theirs(case: Case, intent: Intent, work: Work) -> bool:
    """Whether a case may be shown again to whoever sent a page: a lead who has lost the site since may not see it."""
    site = work.directory.site(case.site)
    return intent.by == case.raised_by or (site is not None and bool(roles_for(case, site, intent, work)))
