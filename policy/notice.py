"""What a lead is told before referring to the police, word for word. It informs and may not deter.

`VERSION` is stored with the decision. Change it whenever a word here changes; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policy.outcome import Outcome
from policy.sources import COP_2016, COP_CURRENT, KCSIE, LETTER_2017, NPCC_SGII_2024, READ, REPORTED, UNVERIFIED

if TYPE_CHECKING:
    from policy.edition import Edition
    from policy.recommendation import Recommendation
    from policy.sources import Citation

VERSION: Final = "police-notice-1"
GUIDANCE_SAYS_REFER: Final = "The guidance says: refer."
OPENING: Final = "Before you refer: what follows. None of this is a reason to hold back."


@dataclass(frozen=True, slots=True)
class NoticePoint:
    """One point of the notice: its title, what is said, and the ground for it."""

    title: str
    text: str
    cite: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice with its version."""

    version: str
    opening: str
    points: tuple[NoticePoint, ...]

    def opening_for(self, recommendation: Recommendation) -> str:
        """The opening; it adds that the guidance says to refer, where a criterion for that is met."""
        if recommendation.outcome >= Outcome.REFER_NOW:
            return f"{self.opening} {GUIDANCE_SAYS_REFER}"
        return self.opening


_POINTS: Final = (
    NoticePoint(
        "Safeguarding comes first.",
        "The police treat images shared between children mainly as a safeguarding matter. They think about which "
        "officer should come, and about the long-term effect on a child.",
        (LETTER_2017.at(mark=READ), COP_CURRENT.at(mark=READ)),
    ),
    NoticePoint(
        "A crime will be recorded.",
        "What you report is recorded as a crime, also when a child made the image. That is a record of what happened. "
        "It is not a criminal record. Where nothing makes it worse, a child who made or shared it may be recorded as a "
        "person involved, not as a suspect.",
        (LETTER_2017.at(mark=READ), COP_2016.at(mark=READ), NPCC_SGII_2024.at(mark=REPORTED)),
    ),
    NoticePoint(
        "Outcome 21.",
        "Every crime gets an outcome code. Outcome 21 means that further investigation is not in the public interest. "
        "The police decide that, not the school. They may consider it where the making and sharing was not abusive, "
        "with no evidence of what is listed above. Education and support go with it, together with the school. Where "
        "there is such evidence, expect a full investigation. Outcome 21 is about the children who made or shared the "
        "image, not about an adult.",
        (LETTER_2017.at(mark=READ), COP_CURRENT.at(mark=READ)),
    ),
    NoticePoint(
        "DBS.",
        "With outcome 21 there is no criminal record. It is unlikely to appear on a DBS check unless a pattern "
        "follows. It can still happen. On an enhanced check the police may add what they reasonably believe is "
        "relevant and ought to be disclosed.",
        (LETTER_2017.at(mark=READ), KCSIE.at("annex on DBS", mark=REPORTED)),
    ),
    NoticePoint(
        "No imagery.",
        "Nobody sends the image to the police, by any channel. They say how to hand over a device.",
        (),
    ),
    NoticePoint(
        "How.",
        "In danger: 999. Otherwise 101, the force's online form, or the school's own officer. Social care: the MASH or "
        "front door. Signpost's message is a notice. It is not the referral: ring, give the names, and write down the "
        "incident or log number.",
        (),
    ),
    NoticePoint(
        "Telling families and others.",
        "Ask the police or social care what may be said to parents and to others involved, and when. Do not warn a "
        "person who may be under suspicion.",
        (KCSIE.at("", "Part five", mark=UNVERIFIED),),
    ),
    NoticePoint(
        "Not referring is a decision too.",
        "It is recorded with your reasons. You can still refer at any time.",
        (),
    ),
)

_NOTICE: Final = Notice(VERSION, OPENING, _POINTS)


def police_notice(edition: Edition) -> Notice:
    """The notice for an edition. Crime recording and outcome 21 are those of England and Wales, as all editions are."""
    match edition.nation:
        case "england" | "wales":
            return _NOTICE
