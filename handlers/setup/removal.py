"""Whether a site can be removed: not while a case of it is open or a report for it is being written."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers import clocks
from handlers.case import DRAFT_HOURS
from handlers.ports import Work
from handlers.sites import Site

CASES_OPEN: Final = (
    "This site cannot be removed yet: cases of it are open, and its leads would lose them. This version cannot "
    "file them: let nobody raise here, and name the leads alone under 'Who may raise'. Whoever runs Signpost can erase "
    "one."
)
CASES_OF_NOBODY: Final = (
    "This site cannot be removed yet: cases of it are open, and nobody leads here who could file them. Name a lead."
)
REPORT_UNDER_WAY: Final = (
    "This site cannot be removed yet: somebody is writing a report for it, last saved {saved}, and would lose it. Let "
    "nobody begin another: name the leads alone under 'Who may raise'. Try again once it is sent; if it never is, it "
    "is gone at {until}."
)


def held_up(site: Site, work: Work) -> str:
    """Why a site cannot be removed just now, with what to do; empty if it can."""
    if work.cases_at((site.id,), 1) or any(one.site == site.id for one in work.unopened()):
        return CASES_OPEN if site.leads else CASES_OF_NOBODY
    if saved := work.last_saved_at(site.id):
        until = clocks.told(saved + timedelta(hours=DRAFT_HOURS))
        return REPORT_UNDER_WAY.format(saved=clocks.told(saved), until=until)
    return ""
