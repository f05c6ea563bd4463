"""What is said where a group of staff or leads could not be read, so that nobody knows whether something is theirs.

It is never said that Signpost is not set up for them, or that there is nothing: it would be untrue, and they would stop
trying.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.access import case_for, has_of, is_left_out, note_refused, roles_for
from handlers.broken import again
from handlers.intents import Intent
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.roles import LEAD, MAY, RAISER
from handlers.screens import Form
from handlers.sites import Site

OF_A_CASE: Final = frozenset(name for name, roles in MAY.items() if LEAD in roles and roles <= {LEAD, RAISER})
"""What a lead may do to a case: who leads decides whether it is done."""


def where_unread(intent: Intent, sent: Intent, work: Work) -> Form | None:
    """The same screen again with the reason on top, where a group that could not be read decides; else None.

    `sent` is the intent as it came: of a case that was typed the answer holds what they typed, and never what it is.
    """
    note = words.could_not_ask(intent.by.platform)
    match intent.subject.kind:
        case "case" if _case_unread(intent, work):
            note_refused("case", intent, work, why="not_asked")
            return again(sent, note)
        case "draft" if _page_unread(intent, work):
            return again(sent, note)
        case "draft" if _update_unread(intent, work):
            note_refused("draft", intent, work, why="not_asked")
            return again(sent, note)
    return None


def _page_unread(intent: Intent, work: Work) -> bool:
    """Whether a report was just begun for a site of which nobody can say whether they may."""
    subject, directory = intent.subject, work.directory
    if (subject.place, subject.rev) != ("page/1", 0) or work.draft(subject.id) is not None:
        return False
    return any(site.id == subject.extra for site in directory.sites_unread(intent.by, intent.known))


def _update_unread(intent: Intent, work: Work) -> bool:
    """Whether somebody is in the middle of an update, and nobody can say whether they still lead there."""
    draft, directory = work.draft(intent.subject.id), work.directory
    if draft is None or not draft.updates or not has_of(draft.owner, intent.by, directory):
        return False
    case, site = work.case(draft.case), directory.site(draft.site)
    if case is None or site is None or is_left_out(case, intent.by, directory):
        return False
    unread = directory.unread(intent.by, intent.known)
    return not unread.isdisjoint(site.leads) and not roles_for(case, site, intent, work)


def _case_unread(intent: Intent, work: Work) -> bool:
    """Whether somebody is refused while a group cannot be read by which they lead, as far as was ever known.

    It is the same whether there is such a case or not, which case it is, and whether the raiser left them out: by the
    answer nobody learns that a reference is real. To whom no group was ever a way in nothing else is said than always.
    """
    may_lead = leads_perhaps_by(intent.by, work.directory)
    return not may_lead <= intent.known.groups.keys() and is_refused(intent, work)


def is_refused(intent: Intent, work: Work) -> bool:
    """Whether this would be done to a case by somebody who may not, as far as is known now."""
    return intent.name in OF_A_CASE and intent.room is None and case_for(intent, work) is None


def leads_perhaps_by(account: Account, directory: Directory) -> frozenset[str]:
    """The groups by which somebody led when they were last read, or may lead since they never could be.

    Nothing of this depends on what is asked for.
    """

    def may(ref: str) -> bool:
        there = directory.announced.get(ref)
        return there is None or any(directory.same_person(account, one) for one in there)

    stands_in = {
        ref
        for site in directory.sites
        if any(directory.same_person(account, Account.parse(one.who)) for one in site.stand_ins)
        for ref in site.leads
    }
    return frozenset(ref for ref in directory.may_lead_by(account) if may(ref) or ref in stands_in)


def led_unread(intent: Intent, work: Work) -> str:
    """A note for a list of cases, where it may lack some: they led by a group that cannot be read just now."""
    known, directory = intent.known, work.directory
    once = replace(known, groups={**known.remembered, **known.groups})
    unread = directory.unread(intent.by, known)

    def led(site: Site) -> bool:
        never_read = any(ref not in known.remembered for ref in unread.intersection(site.leads))
        return never_read or directory.is_lead(intent.by, site, once)

    lacks = any(not unread.isdisjoint(site.leads) and led(site) for site in directory.sites)
    return words.list_lacks(intent.by.platform) if lacks else ""
