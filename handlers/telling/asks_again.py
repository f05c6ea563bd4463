"""What a lead reads who is asked to escalate a case: who asks, what was decided before, and how to speak to them."""

from __future__ import annotations

from typing import Final

from handlers.case import Case
from handlers.looking.of_the_case import WHO_RAISED
from handlers.looking.so_far import decided_so_far
from handlers.screens import Paragraph, Part

REASON: Final = "The reason stands in the case."


def asks(case: Case, raiser: str, ring: str) -> list[Part]:
    """Who asks, and for what: after a decision, to look at it again. `ring` is how to speak to them."""
    who = "The person who raised this" if raiser == WHO_RAISED else f"{raiser}, who raised this,"
    before = decided_so_far(case)
    first = (Paragraph(f"{before} {REASON}"),) if before else ()
    what = "asks a lead to look at it again, and to escalate it" if before else "asks a lead to escalate it"
    return [*first, Paragraph(f"{who} {what}. Read it now, and speak to them. {ring}".strip())]
