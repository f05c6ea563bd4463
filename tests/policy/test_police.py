"""Outcome 21, the notice, and answers that do not go together: shown to people, and none of it sets the outcome."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from policy import FEATURES, OUTCOME_21_WORDS, Edition, Facts, assess, outcome_21_features, police_notice
from policy.consistency import CONTRADICTIONS
from tests.policy.given import ALL_WELL, ENGLAND, any_edition, any_facts


def features(answers: dict[str, Any]) -> dict[str, str]:
    return {one.id: one.status for one in outcome_21_features(ALL_WELL.with_answers(answers))}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {}),
        ({"coercion": "yes", "extortion_demand": "no"}, {"exploitation": "known"}),
        ({"capacity_concern": "not_known"}, {"exploitation": "open"}),
        ({"relationship": "online_only", "capacity_concern": "not_known"}, {"exploitation": "known"}),
        ({"adult_involved": "not_known"}, {"adults": "open"}),
        ({"profit_motive": "yes"}, {"profit_motive": "known"}),
        ({"intent_to_harm": "yes"}, {"malicious_intent": "known"}),
        ({"spread": "not_known", "agreed": "no"}, {"inappropriate_sharing": "known"}),
        ({"spread": "not_known"}, {"inappropriate_sharing": "open"}),
        ({"repeat_behaviour": "yes"}, {"persistent_behaviour": "known"}),
        ({"content_shown": "sexual_acts"}, {}),
        ({"content_shown": "unusual_or_violent"}, {"violence": "known"}),
        ({"age_or_power_gap": "yes"}, {"imbalance_of_power": "known"}),
    ],
)
def test_a_feature_is_known_or_open_or_not_there(answers: dict[str, Any], expected: dict[str, str]) -> None:
    assert features(answers) == expected


def test_on_a_blank_form_all_eight_are_open() -> None:
    found = outcome_21_features(Facts())

    assert [one.id for one in found] == [one.id for one in FEATURES]
    assert {one.status for one in found} == {"open"}
    assert OUTCOME_21_WORDS.startswith("The police, not the school, decide.")


@settings(max_examples=60, deadline=None)
@given(facts=any_facts)
def test_a_set_aside_answer_is_no_feature(facts: Facts) -> None:
    assert outcome_21_features(facts) == outcome_21_features(facts.heard())


def test_the_notice_says_refer_where_the_guidance_does_and_is_as_open_where_it_does_not() -> None:
    notice = police_notice(ENGLAND)

    assert notice.opening_for(assess(ALL_WELL, ENGLAND)) == notice.opening
    refer = notice.opening_for(assess(ALL_WELL.with_answers({"coercion": "yes"}), ENGLAND))
    assert refer == f"{notice.opening} The guidance says: refer."


def test_the_notice_has_eight_points() -> None:
    assert [point.title for point in police_notice(ENGLAND).points] == [
        "Safeguarding comes first.",
        "A crime will be recorded.",
        "Outcome 21.",
        "DBS.",
        "No imagery.",
        "How.",
        "Telling families and others.",
        "Not referring is a decision too.",
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"coercion": "yes", "extortion_demand": "no"}, ["c_agreed_pressure"]),
        ({"capacity_concern": "yes"}, ["c_agreed_pressure"]),
        ({"capacity_concern": "yes", "agreed": "not_known"}, []),
        ({"age_depicted": "under_13"}, ["c_agreed_under_13"]),
        ({"relationship": "nobody_else"}, ["c_nobody_else"]),
        ({"relationship": "nobody_else", "spread": "not_shared"}, []),
        ({"spread": "not_shared", "image_location": ["private_chat"]}, ["c_not_shared"]),
        ({"relationship": "online_only"}, ["c_online_no_adult"]),
        ({"relationship": "online_only", "adult_involved": "not_known"}, []),
        ({"ai_generated": "yes"}, ["c_ai_agreed"]),
        ({"image_location": ["deleted"]}, []),
        ({"image_location": ["deleted", "device_in_school"]}, ["c_deleted"]),
    ],
)
def test_answers_that_do_not_go_together_are_pointed_out(answers: dict[str, Any], expected: list[str]) -> None:
    found = assess(ALL_WELL.with_answers(answers), ENGLAND)

    assert [one.id for one in found.contradictions] == expected
    assert all(one.text for one in found.contradictions)


def test_there_are_seven_of_them() -> None:
    assert len(CONTRADICTIONS) == 7


@settings(max_examples=60, deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_a_contradiction_needs_two_answers_and_goes_when_one_is_taken_back(facts: Facts, edition: Edition) -> None:
    if assess(facts, edition).contradictions:
        taken_back = facts.with_answers({"agreed": "not_known", "relationship": "not_known", "image_location": []})

        assert assess(taken_back, edition).contradictions == ()
