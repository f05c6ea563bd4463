"""What a lead reads before they refer: the notice in its order, with each word explained before its use."""

from __future__ import annotations

from typing import Final

from handlers.case import Version
from handlers.screens import Bullets, Heading, Line, Paragraph, Part
from policy import FEATURES, OUTCOME_21_WORDS, Notice, outcome_21_features

OUTCOME_21_IS: Final = (
    "Outcome 21 is one of the codes with which the police end a recorded crime: further investigation is not in the "
    "public interest."
)
BEFORE_OUTCOME_21: Final = 2
"""Points of the notice that stand before it: safeguarding comes first, and a crime will be recorded."""
STANDS: Final = {"known": "known", "open": "not known yet"}
NOTHING_KNOWN: Final = "nothing known of it here"


def what_follows(version: Version, notice: Notice) -> list[Part]:
    """The notice in its order; before it speaks of outcome 21, what that is, and when the police may consider it.

    What stands in its way is listed whole, whatever is known of it: it is most wanted where nothing is.
    """
    points = tuple(Line(f"{one.title} {one.text}") for one in notice.points)
    found = {one.id: STANDS[one.status] for one in outcome_21_features(version.facts)}
    listed = tuple(Line(one.text, found.get(one.id, NOTHING_KNOWN)) for one in FEATURES)
    return [
        Heading("What follows"),
        Bullets(points[:BEFORE_OUTCOME_21]),
        Heading("What the police look at"),
        Paragraph(OUTCOME_21_IS),
        Paragraph(OUTCOME_21_WORDS),
        Bullets(listed),
        Bullets(points[BEFORE_OUTCOME_21:]),
    ]
