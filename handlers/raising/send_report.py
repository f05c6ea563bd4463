"""Sending a report: the case, its first or next version, and everyone who is told, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from handlers.access import accounts_of, has_of
from handlers.case import Case, Draft, State, Version
from handlers.clocks import today
from handlers.intents import Intent
from handlers.people import Account
from handlers.ports import Delivery, Work
from handlers.raising.leave_out import with_other_accounts
from handlers.sites import Site
from handlers.telling.tell import replace_older, retell_leads, tell_leads
from policy import FACTS, Facts, in_force


class NoEdition(Exception):
    """The site's nation has no coded edition: no form leads here."""


def send(draft: Draft, site: Site, intent: Intent, work: Work) -> Case:
    """Make the case of a draft, or the next version of the case that it updates. What has not changed is no version."""
    case = work.case(draft.case) if draft.case else None
    if case is None:
        return _raise(draft, site, intent, work)
    if is_sent(draft, case, intent.by, work):
        return case
    draft = replace(draft, left_out=_left_out(draft, case, intent.by, work))
    return _update(case, merged(case, draft), draft, site, intent, work)


def is_sent(draft: Draft, case: Case, by: Account, work: Work) -> bool:
    """Whether a draft of somebody holds nothing that their case does not: answers, note and who is left out."""
    own = case.last_by(accounts_of(by, work.directory))
    notes_before = own.notes if own else ""
    left_out = _left_out(draft, case, by, work)
    every_account = with_other_accounts(left_out, case.raised_by, work.directory)
    same_leads = set(case.left_out) in (set(left_out), set(every_account))
    return merged(case, draft) == case.latest.facts and draft.notes == notes_before and same_leads


def _left_out(draft: Draft, case: Case, by: Account, work: Work) -> tuple[Account, ...]:
    """The raiser's choice alone, as it is now."""
    return draft.left_out if has_of(case.raised_by, by, work.directory) else case.left_out


def merged(case: Case, draft: Draft) -> Facts:
    """The newest facts with what this draft changed: two people who update at once lose neither's answers."""
    before = case.version(draft.base).facts if draft.base else case.latest.facts
    now = draft.facts()
    changed = {one.id: getattr(now, one.id) for one in FACTS if getattr(now, one.id) != getattr(before, one.id)}
    return case.latest.facts.with_answers(changed)


def _raise(draft: Draft, site: Site, intent: Intent, work: Work) -> Case:
    edition = in_force(today(work.now), site.nation)
    if edition is None:
        raise NoEdition(site.nation)
    case = Case(
        id=work.chance.id(),
        reference=_free_reference(work),
        site=site.id,
        state=State.RECOMMENDED,
        raised_by=intent.by,  # whose messages go where they sent it from, wherever they began
        raised_at=work.now,
        versions=(_version(1, draft.facts(), draft, edition.id, site, intent, work),),
        left_out=with_other_accounts(draft.left_out, intent.by, work.directory),
        raised_as=work.directory.person(intent.by).accounts,
        raised_by_name=work.directory.person(intent.by).name or intent.known.names.get(intent.by, ""),
    )
    work.keep_case(case)
    work.record("case.raised", by=intent.by, case=case.id, site=site.id, detail={"version": "1"})
    work.enqueue(Delivery("recommendation", case.raised_by, case.id, 1))
    tell_leads(case, site, intent.known, work)
    return case


def _update(case: Case, facts: Facts, draft: Draft, site: Site, intent: Intent, work: Work) -> Case:
    number = case.latest.number + 1
    version = _version(number, facts, draft, case.latest.edition, site, intent, work)
    by_lead = version.by_lead and not work.directory.same_person(case.raised_by, intent.by)
    updated = replace(
        case,
        versions=(*case.versions, version),
        left_out=with_other_accounts(draft.left_out, case.raised_by, work.directory),
        raised_as=tuple(dict.fromkeys((*case.raised_as, *work.directory.person(case.raised_by).accounts))),
        opened_at=None,
        opened_by=None,
        first_opened_at=case.first_opened_at or case.opened_at,
    )
    if by_lead:  # whoever enters facts as a lead is at work on it
        updated = updated.opened(work.now, intent.by)
    work.keep_case(updated)
    work.record("case.updated", by=intent.by, case=case.id, site=site.id, detail={"version": str(number)})
    replace_older("recommendation", updated, work)
    work.enqueue(Delivery("recommendation", case.raised_by, case.id, number))
    retell_leads(updated, site, intent, work)
    return updated


def _version(number: int, facts: Facts, draft: Draft, edition: str, site: Site, intent: Intent, work: Work) -> Version:
    lead = work.directory.is_lead(intent.by, site, intent.known)
    return Version(number, facts, edition, draft.notes, intent.by, work.now, lead)


def _free_reference(work: Work) -> str:
    """A reference that no case bears yet. Two transactions that draw the same one: the second is run again."""
    while work.reference_taken(reference := work.chance.reference()):
        pass
    return reference
