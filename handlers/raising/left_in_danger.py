"""In danger now: the leads are told at once, and also where whoever chose it closed the window to ring 999.

Slack reports the choice as soon as it is made, before anything was sent, and it may have been a slip of the finger. So
the 999 screen comes at once, and the leads hear when the person goes on, or after a few minutes in which they did
nothing: the screen told them to ring 999, and nobody comes back to a form from that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.access import has_of, roles_for
from handlers.case import Case, Draft
from handlers.clocks import DANGER_MINUTES
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known
from handlers.ports import Delivery, Work
from handlers.raising import leave_out
from handlers.raising.send_report import send
from handlers.sites import Site

DANGER: Final = leave_out.DANGER
"""What such a clock is about, `danger:DRAFT`."""


def start(draft: Draft, work: Work) -> None:
    """Have it looked at in some minutes whether anybody was told."""
    line = Account("slack", "clock", work.chance.id())
    work.enqueue(
        Delivery("chase", line, extra=f"{DANGER}:{draft.id}"), due=work.now + timedelta(minutes=DANGER_MINUTES)
    )


def made_at_once(draft: Draft, site: Site, intent: Intent, work: Work) -> Draft:
    """Newly in danger: make the case now and tell the leads, whatever becomes of the form.

    Whoever is left out afterwards, on the 999 screen, is left out at once.
    """
    if draft.answers.get("harm_now") != "in_danger_now":
        return draft
    case = work.case(draft.case) if draft.case else None
    if case is not None and case.latest.facts.harm_now == "in_danger_now" and _left_out(draft, case, work):
        return draft
    made = send(draft, site, intent, work)
    return replace(draft, case=made.id, base=draft.base or made.latest.number)


def _left_out(draft: Draft, case: Case, work: Work) -> bool:
    """Whether nobody else is left out of the case than by the draft. Only who raised it chooses."""
    if draft.updates and not has_of(case.raised_by, draft.owner, work.directory):
        return True
    return set(draft.left_out) <= set(case.left_out)


def still_there(draft_id: str, known: Known, work: Work) -> None:
    """Time is up: whoever is still at the 999 screen, or closed it, is spared the form. Going back ends the clock."""
    draft = work.draft(draft_id)
    site = work.directory.site(draft.site) if draft else None
    if draft is None or site is None or draft.place != DANGER:
        return
    subject = Subject("draft", draft.id, draft.place, draft.rev, draft.site)
    intent = Intent("next_page", draft.owner, known, Surface.FORM, subject)
    case = work.case(draft.case) if draft.updates else None
    if draft.updates and (case is None or not roles_for(case, site, intent, work)):
        return
    kept = made_at_once(draft, site, intent, work)
    if kept is not draft:
        work.keep_draft(kept)
