"""A report that Signpost can take no more: it is gone, or its site is. What happened, whom to tell, what was typed.

Whoever is in the middle of it has a child in mind. So they read that nobody was told, and have their answers in front
of them while they ring.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.access import note_refused
from handlers.case import Draft, is_update
from handlers.intents import Intent
from handlers.ports import Work
from handlers.raising import begin, pages, read_page
from handlers.screens import Button, Buttons, Form, Heading, Paragraph, Part, Rows, Small
from policy import FACTS

NOBODY_THERE: Final = "Nobody there: the head, a senior leader, or children's social care. You may call 101 yourself."
KEPT: Final = (
    "Your answers are kept for 24 hours: /signpost in Slack, or 'report' in Teams, brings them back. Ask your "
    "school's IT what happened to the site."
)
NOT_KEPT: Final = "Your answers stand in this window alone. Ask your school's IT what happened to the site."


def gone_since(intent: Intent, work: Work) -> Form:
    """A page of a draft that was discarded or has expired: its other answers are gone, and nothing is sent by itself.

    What stands on this page goes into a fresh report, which begins at page 1; an update is begun again from its case.
    Where the site is gone too, or theirs no more, they read that, with what they answered.
    """
    allowed = work.directory.sites_to_raise_for(intent.by, intent.known)
    site = next((one for one in allowed if one.id == intent.subject.extra), None)
    if is_update(intent.subject.id):
        return begin.update_gone()
    if site is None:
        note_refused("account", intent, work, why="no_site")
        empty = Draft(intent.subject.id, intent.by, intent.subject.extra, intent.subject.place, 0, work.now)
        return on_page(empty, intent, work, kept=False)
    key = f"{intent.subject.id}:anew"
    before = work.applied(key)
    draft = work.draft(before.place) if before else None
    if draft is None:
        empty = Draft(work.chance.id(), intent.by, site.id, intent.subject.place, 0, work.now)
        read = read_page.read(intent, empty, offered=frozenset())
        draft = replace(read.draft, place="page/1", left_out=())
        work.keep_draft(draft)
        if before is None:
            work.apply(key, draft.id)
    lead = work.directory.is_lead(intent.by, site, intent.known)
    return pages.page(draft, 1, lead=lead, note=begin.GONE_SINCE, at=pages.named(site, work.directory))


def on_page(draft: Draft, intent: Intent, work: Work, *, kept: bool) -> Form:
    """A page came back for a site that is gone. What stands on it is kept beside the rest, if there is a draft."""
    read = read_page.read(intent, draft, offered=frozenset())
    if kept:
        work.keep_draft(replace(read.draft, saved_at=work.now))
    return stopped(read.draft, notes=read.notes, kept=kept, elsewhere=elsewhere(intent, work))


def elsewhere(intent: Intent, work: Work) -> bool:
    """Whether they may raise for another site."""
    return bool(work.directory.sites_to_raise_for(intent.by, intent.known))


def stopped(draft: Draft, *, notes: str = "", kept: bool = True, elsewhere: bool = False) -> Form:
    """Draw it. `notes` is what stands in the notes box."""
    facts = draft.facts()
    answered = [(fact.question, pages.label_of(fact, facts)) for fact in FACTS if draft.answers.get(fact.id)]
    if notes := (notes or draft.notes)[: pages.NOTES_LIMIT]:
        answered.append(("Your note", notes))
    parts: list[Part] = [
        words.emergency_first(),
        Heading("Signpost cannot take this report any more"),
        Paragraph(f"{_what_happened(draft)} Tell the DSL or a deputy now, by phone or in person. {NOBODY_THERE}"),
        Paragraph(begin.DO_NOTS),
    ]
    if answered:
        parts += [Heading("What you answered: have it in front of you when you ring"), Rows(tuple(answered))]
    if elsewhere:
        parts.append(Buttons((Button("start_report", "Report for another site", opens_form=True),)))
    parts += [Paragraph(words.YOURSELF), Small(KEPT if kept else NOT_KEPT)]
    return Form(pages.TITLE, tuple(parts))


def _what_happened(draft: Draft) -> str:
    why = "Your site was taken out of Signpost while you were writing, or your account may not raise for it any more."
    if draft.case:
        return f"{why} What you sent before is kept. What you answered since then was not sent."
    return f"{why} Nothing was sent, and nobody was told."
