"""What a recommendation can come to, how pressing it is, and whom it points to."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Outcome(IntEnum):
    """The five outcomes, from the least to the most pressing.

    `heading` stands on the screen; `to_raiser` and `to_lead` are the line under it, which says whose move it is.
    """

    id: str
    heading: str
    means: str
    to_raiser: str
    to_lead: str

    def __new__(cls, rank: int, heading: str, means: str, to_raiser: str, to_lead: str) -> Outcome:  # noqa: D102
        outcome = int.__new__(cls, rank)
        outcome._value_ = rank
        outcome.heading, outcome.means, outcome.to_raiser, outcome.to_lead = heading, means, to_raiser, to_lead
        return outcome

    def __init__(self, *_: object) -> None:
        self.id = self.name.lower()

    OUT_OF_SCOPE = (
        0,
        "This guidance does not cover it",
        "Follow your child protection and behaviour policies.",
        "That does not mean that nothing is wrong. Tell the safeguarding lead.",
        "Use your child protection and behaviour policies. You may still refer.",
    )
    MANAGE_IN_SCHOOL = (
        1,
        "This may be managed in school, if the DSL is confident",
        "Every question is answered, no criterion met. The setting may respond without police or social care.",
        "The safeguarding lead decides that, not you and not this tool. Tell them today.",
        "Check the four conditions below. You may still refer.",
    )
    DSL_REVIEW = (
        2,
        "Hold the initial review meeting now",
        (
            "No immediate criterion is met, or not enough is known, and something calls for a risk assessment. "
            "The DSL then refers, or manages with reasons recorded."
        ),
        "This is for the safeguarding lead. Your part: tell them today, now if you can, and keep the child safe.",
        "Start today. You may refer at any point.",
    )
    REFER_NOW = (
        3,
        "Refer now: police and/or children's social care",
        (
            "At least one criterion for immediate referral is met. The DSL refers without waiting for more facts. "
            "Anyone may refer."
        ),
        "Ring a safeguarding lead now: they refer. If you cannot reach one, refer yourself.",
        "Refer before you find out more.",
    )
    EMERGENCY = (
        4,
        "Call 999 now",
        "Someone is in danger. Then refer to police and social care.",
        "Stay with the child, or on the phone with them. Then tell a safeguarding lead.",
        "Check that 999 was called. Then refer.",
    )

    @classmethod
    def of(cls, id_: str) -> Outcome:
        """Give the outcome with this id; raises `KeyError` if there is none."""
        return cls[id_.upper()]


class Urgency(StrEnum):
    """How soon a lead must react."""

    NOW = "now"
    TODAY = "today"
    ROUTINE = "routine"


class Agency(StrEnum):
    """Whom a criterion points to, in the order in which they are shown."""

    EMERGENCY_999 = "emergency_999"
    POLICE = "police"
    SOCIAL_CARE = "social_care"
    LADO = "lado"
    ADULT_SAFEGUARDING = "adult_safeguarding"
