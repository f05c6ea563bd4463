"""What is said in a list that lacks a case because it does not open: to those alone who know that there is one."""

from __future__ import annotations

from typing import Final

from handlers.access import accounts_of
from handlers.intents import Intent
from handlers.ports import Work

NOT_OPENED: Final = (
    "{which} cannot be opened, so what is kept of {it} is not shown here. Tell your IT now: it was changed in the "
    "database, or its key is missing. Until then go by what you know, by phone."
)


def not_opened(intent: Intent, work: Work) -> str:
    """A note for a list that was just read, or an empty text."""
    accounts = set(accounts_of(intent.by, work.directory))
    theirs = [one.reference for one in work.unopened() if accounts & {one.raised_by, *one.seen_by}]
    if not theirs:
        return ""
    return NOT_OPENED.format(which=", ".join(sorted(theirs)), it="it" if len(theirs) == 1 else "them")
