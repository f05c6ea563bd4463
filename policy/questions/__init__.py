"""The 24 questions, in the order of the three pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.questions.step_1 import (
    adult_involved,
    adult_role,
    age_depicted,
    capacity_concern,
    coercion,
    harm_now,
    relationship,
    what_was_shared,
)
from policy.questions.step_2 import (
    agreed,
    ai_generated,
    content_shown,
    dsl_informed,
    extortion_demand,
    image_location,
    spread,
    staff_viewed,
)
from policy.questions.step_3 import (
    age_or_power_gap,
    age_others,
    intent_to_harm,
    other_setting_involved,
    parents_informed,
    profit_motive,
    repeat_behaviour,
    vulnerability,
)

if TYPE_CHECKING:
    from policy.fact import Fact

__all__ = [
    "FACTS",
    "FIND_OUT_ORDER",
    "STEPS",
    "adult_involved",
    "adult_role",
    "age_depicted",
    "age_or_power_gap",
    "age_others",
    "agreed",
    "ai_generated",
    "capacity_concern",
    "coercion",
    "content_shown",
    "dsl_informed",
    "extortion_demand",
    "fact",
    "harm_now",
    "image_location",
    "intent_to_harm",
    "other_setting_involved",
    "parents_informed",
    "profit_motive",
    "relationship",
    "repeat_behaviour",
    "spread",
    "staff_viewed",
    "vulnerability",
    "what_was_shared",
]

STEPS = (
    "Is the child safe, and who is involved?",
    "What happened",
    "For the lead's review; staff: if you already know",
)

FACTS: tuple[Fact, ...] = (
    harm_now,
    what_was_shared,
    age_depicted,
    adult_involved,
    adult_role,
    relationship,
    coercion,
    capacity_concern,
    extortion_demand,
    content_shown,
    agreed,
    spread,
    image_location,
    ai_generated,
    staff_viewed,
    dsl_informed,
    age_others,
    age_or_power_gap,
    intent_to_harm,
    profit_motive,
    repeat_behaviour,
    vulnerability,
    other_setting_involved,
    parents_informed,
)

# What a lead should find out first (policy specification, "ask_next"): safety, then the criteria, then the risk.
FIND_OUT_ORDER = (
    harm_now,
    what_was_shared,
    adult_involved,
    coercion,
    extortion_demand,
    capacity_concern,
    age_depicted,
    content_shown,
    relationship,
    profit_motive,
    agreed,
    intent_to_harm,
    spread,
    age_or_power_gap,
    age_others,
    vulnerability,
    repeat_behaviour,
    ai_generated,
)

_BY_ID = {one.id: one for one in FACTS}


def fact(id_: str) -> Fact:
    """Give the question with this id; raises `KeyError` if there is none."""
    return _BY_ID[id_]
