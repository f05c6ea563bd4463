"""What is said where a group of staff or leads could not be read, so that nobody knows whether something is theirs.

It is never said that Signpost is not set up for them, or that there is nothing: it would be untrue, and they would stop
trying.
"""

from __future__ import annotations

from dataclasses import replace

from handlers import words
from handlers.access import is_left_out, roles_for
from handlers.broken import again
from handlers.intents import Intent
from handlers.ports import Work
from handlers.roles import MAY
from handlers.screens import Form
from handlers.sites import Site


def where_unread(intent: Intent, work: Work) -> Form | None:
    """The same screen again with the reason on top, where a group that could not be read decides; else None."""
    if not work.directory.unread(intent.by, intent.known):
        return None
    decides = _case_unread(intent, work) if intent.subject.kind == "case" else _page_unread(intent, work)
    return again(intent, words.could_not_ask(intent.by.platform)) if decides else None


def _page_unread(intent: Intent, work: Work) -> bool:
    """Whether a report was just begun for a site of which nobody can say whether they may."""
    subject, directory = intent.subject, work.directory
    if subject.kind != "draft" or (subject.place, subject.rev) != ("page/1", 0) or work.draft(subject.id) is not None:
        return False
    return any(site.id == subject.extra for site in directory.sites_unread(intent.by, intent.known))


def _case_unread(intent: Intent, work: Work) -> bool:
    """Whether this case would be somebody's to see if they were in a group that could not be read.

    Not so for whom the raiser left out: they do not learn that there is a case.
    """
    case = work.case(intent.subject.id)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None or intent.name not in MAY:
        return False
    if work.directory.unread(intent.by, intent.known).isdisjoint(site.leads):
        return False
    left_out = is_left_out(case, intent.by, work.directory)
    return not left_out and intent.room is None and not roles_for(case, site, intent, work) & MAY[intent.name]


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
