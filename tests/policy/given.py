"""What the tests of the policy start from: editions, any facts (Hypothesis), and a case in which all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policy import EDITIONS, FACTS, Facts, edition

if TYPE_CHECKING:
    from policy import Fact

ENGLAND = edition("england-2024")
ENGLAND_2016 = edition("england-2016")
WALES = edition("wales-2020")

ALL_WELL = Facts.of(
    {
        "harm_now": "no",
        "what_was_shared": "image_under_18",
        "age_depicted": "13_to_15",
        "adult_involved": "no",
        "relationship": "partners",
        "coercion": "no",
        "capacity_concern": "no",
        "content_shown": "nudity_only",
        "agreed": "yes",
        "spread": "intended_only",
        "image_location": ["device_elsewhere"],
        "ai_generated": "no",
        "staff_viewed": "no",
        "dsl_informed": "yes",
        "age_others": "13_to_15",
        "age_or_power_gap": "no",
        "intent_to_harm": "no",
        "profit_motive": "no",
        "repeat_behaviour": "no",
        "vulnerability": "no",
        "other_setting_involved": "no",
        "parents_informed": "not_yet",
    }
)
"""Baseline B of the policy specification: everything known, nothing of concern."""

BEARING = tuple(one for one in FACTS if one.bears_on_outcome)
ACTION_ONLY = tuple(one for one in FACTS if not one.bears_on_outcome)


def answers_to(one: Fact) -> st.SearchStrategy[object]:
    ids = st.sampled_from([answer.id for answer in one.answers])
    return st.lists(ids, unique=True) if one.several else ids


any_answers = st.fixed_dictionaries({}, optional={one.id: answers_to(one) for one in FACTS})
"""Answers to some questions, as a form would hand them in."""

any_facts = st.one_of(
    any_answers.map(Facts.of),
    any_answers.map(ALL_WELL.with_answers),
    st.dictionaries(st.sampled_from([one.id for one in BEARING]), st.just("not_known"), max_size=3).map(
        ALL_WELL.with_answers
    ),
)
any_edition = st.sampled_from(EDITIONS)
