"""Sentences that go with a recommendation and belong to no single action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.condition import all_of
from policy.headings import COVERS, INITIAL_REVIEW
from policy.outcome import Outcome
from policy.questions import adult_role, age_depicted
from policy.rules import SentenceRule, met
from policy.sources import READ, REPORTED, UKCCIS_2016, UKCIS_2024, UNVERIFIED, WALES

if TYPE_CHECKING:
    from policy.edition import Edition
    from policy.sources import Source

FIND_OUT_FIRST: Final = "Find out first"
FIND_OUT_ADVICE: Final = (
    "Not known yet. If you cannot find out today, ask children's social care or the police for advice, "
    "as if it were so."
)
LEAD_WILL_WANT_TO_KNOW: Final = "Your lead will want to know"
DO_NOT_ASK_THE_CHILD: Final = "Do not ask the child."
NOTHING_MET: Final = "Every question that bears on this is answered, and no criterion is met."
"""The reason where none is met: what is for action and record alone may still be open."""
ESCALATE_AT_ANY_TIME: Final = "You can escalate at any time if more comes to light."

# Why an outcome of `out_of_scope` is one, by what was shared.
VARIANTS: Final = {
    "text_only": "Sexual messages without images are not covered. Child protection policy, behaviour policy; POSH.",
    "adult_image": "Under-18s sharing adult pornography is not covered. Behaviour policy, RSHE, online safety.",
    "all_adults": (
        "Revenge Porn Helpline and StopNCII; police if a crime; adult safeguarding if care and support needs."
    ),
}

REMARKS: Final = (
    SentenceRule(
        "child_sexual_abuse",
        "This is child sexual abuse and goes to the police as a matter of urgency.",
        met("adult_involved"),
    ),
    SentenceRule(
        "close_in_age",
        "If the two are close in age and both agreed, say so and give the ages: the police decide what is "
        "proportionate.",
        all_of(met("adult_involved"), adult_role.is_in("known_adult"), age_depicted.is_in("16_to_17")),
    ),
)

_CONDITIONS: Final = (
    "The DSL has enough information to assess the risk.",
    "The risk can be contained by the setting's support, discipline and local network.",
    "Nothing suggests a criterion.",
    "The decision and the reasons are recorded.",
)


def conditions_to_manage(edition: Edition) -> tuple[str, ...]:
    """The four conditions that always stand with `manage_in_school`, in the edition's words."""
    return tuple(edition.say(condition) for condition in _CONDITIONS)


RESTS_ON: Final = {
    Outcome.MANAGE_IN_SCHOOL: (UKCIS_2024.at(INITIAL_REVIEW, mark=UNVERIFIED),),
    Outcome.OUT_OF_SCOPE: (
        UKCIS_2024.at(COVERS, mark=REPORTED),
        UKCCIS_2016.at(mark=UNVERIFIED),
        WALES.at("'What this advice covers'", mark=READ),
    ),
}
"""Where an outcome stands that no criterion leads to."""


def rests_on(outcome: Outcome, edition: Edition) -> Source:
    """Where to look up an outcome that no criterion leads to; raises `KeyError` for one that a criterion does."""
    return edition.source(RESTS_ON[outcome])
