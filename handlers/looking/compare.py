"""Two versions of a case side by side: what was, and what is."""

from __future__ import annotations

from handlers.case import Case, Version
from handlers.people import Directory
from handlers.raising.pages import label_of
from handlers.screens import Heading, Part, Rows
from policy import FACTS


def before_it(case: Case, version: Version, directory: Directory, *, lead: bool) -> Version | None:
    """The version to compare with: for leads the one before; for a raiser only if both are their own.

    Answers that a lead gave stay with the leads. None where there is nothing to compare.
    """
    if version.number == 1:
        return None
    before = case.version(version.number - 1)
    own = all(directory.same_person(one.by, case.raised_by) for one in (before, version))
    return before if lead or own else None


def compared(before: Version | None, version: Version) -> tuple[Part, ...]:
    """Old and new side by side, the outcome first; nothing where there is nothing to compare."""
    if before is None:
        return ()
    rows = [("Recommendation", outcome_then_and_now(before, version))]
    facts_before, facts_now = before.facts.heard(), version.facts.heard()
    for question in FACTS:
        old, new = label_of(question, facts_before), label_of(question, facts_now)
        if old != new:
            rows.append((question.question, f"{old} → {new}"))
    if before.notes != version.notes:
        rows.append(("Note", "Changed"))
    return (Heading("What changed (before → now)"), Rows(tuple(rows)))


def outcome_then_and_now(before: Version, version: Version) -> str:
    """Whether the recommendation has moved, and from what to what."""
    was, now = before.recommendation().outcome, version.recommendation().outcome
    return "As before" if was is now else f"{was.heading} → {now.heading}"
