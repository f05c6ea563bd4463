"""What a lead reads before they refer: the notice, and what the police look at, each word explained before its use."""

from __future__ import annotations

from typing import Final

from handlers.case import Version
from handlers.screens import Bullets, Heading, Line, Paragraph, Part
from policy import OUTCOME_21_WORDS, Notice, outcome_21_features

OUTCOME_21_IS: Final = (
    "Outcome 21 is one of the codes with which the police end a recorded crime: further investigation is not in the "
    "public interest."
)
BEFORE_OUTCOME_21: Final = 2
"""Points of the notice that stand before it: safeguarding comes first, and a crime will be recorded."""


def what_follows(version: Version, notice: Notice) -> list[Part]:
    """The notice in its order; before it speaks of outcome 21, what that is, and when the police may consider it."""
    points = tuple(Line(f"{one.title} {one.text}") for one in notice.points)
    features = outcome_21_features(version.facts)
    known = tuple(Line(one.text, "known" if one.status == "known" else "not known yet") for one in features)
    nothing = Paragraph("Nothing of that list is known of here, and nothing of it is open.")
    return [
        Heading("What follows"),
        Bullets(points[:BEFORE_OUTCOME_21]),
        Heading("What the police look at"),
        Paragraph(OUTCOME_21_IS),
        Paragraph(OUTCOME_21_WORDS),
        Bullets(known) if known else nothing,
        Bullets(points[BEFORE_OUTCOME_21:]),
    ]
