"""The three stories that every journey test tells (policy-spec.md §14), as answers to type."""

from __future__ import annotations

from typing import Final

from handlers.intents import Value

BASELINE: Final[dict[str, Value]] = {
    "harm_now": "no", "what_was_shared": "image_under_18", "adult_involved": "no", "age_depicted": "13_to_15",
    "age_others": "13_to_15", "coercion": "no", "capacity_concern": "no", "content_shown": "nudity_only",
    "agreed": "yes", "relationship": "partners", "age_or_power_gap": "no", "spread": "intended_only",
    "intent_to_harm": "no", "profit_motive": "no", "repeat_behaviour": "no", "vulnerability": "no",
    "ai_generated": "no", "image_location": ("device_elsewhere",), "staff_viewed": "no",
    "parents_informed": "not_yet", "other_setting_involved": "no", "dsl_informed": "yes",
}  # fmt: skip

V01: Final = BASELINE
V05: Final[dict[str, Value]] = {
    **BASELINE, "harm_now": "in_danger_now", "age_depicted": "16_to_17", "spread": "wide_or_public", "agreed": "no",
    "intent_to_harm": "not_known",
}  # fmt: skip
V07: Final[dict[str, Value]] = {
    **BASELINE, "adult_involved": "yes", "adult_role": "known_adult", "age_others": "nobody_else",
    "age_or_power_gap": "yes",
}  # fmt: skip
V18: Final[dict[str, Value]] = {"harm_now": "no"}
