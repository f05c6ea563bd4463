"""Promises of the policy specification's §15, each for every edition."""

from __future__ import annotations

import json
import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policy import EDITIONS, FACTS, Agency, Edition, Facts, Outcome, Recommendation, assess
from tests.policy.given import ACTION_ONLY, ALL_WELL, BEARING, answers_to, any_answers, any_edition, any_facts

slow_machine = settings(deadline=None)


def written(recommendation: Recommendation) -> str:
    return json.dumps(recommendation.as_json()) + repr((recommendation.remarks, recommendation.find_out_advice))


@slow_machine
@given(answers=any_answers, edition=any_edition)
def test_a_fact_left_out_is_a_fact_not_known(answers: dict[str, object], edition: Edition) -> None:
    full = {one.id: answers.get(one.id, [] if one.several else "not_known") for one in FACTS}

    assert written(assess(Facts.of(answers), edition)) == written(assess(Facts.of(full), edition))


@slow_machine
@given(facts=any_facts, edition=any_edition, data=st.data())
def test_an_answer_that_is_set_aside_changes_nothing(facts: Facts, edition: Edition, data: st.DataObject) -> None:
    closed = [one for one in FACTS if not facts.asked(one.id)]
    assume(closed)
    one = data.draw(st.sampled_from(closed))
    answered = facts.with_answers({one.id: data.draw(answers_to(one))})

    assert written(assess(facts, edition)) == written(assess(answered, edition))


@slow_machine
@given(facts=any_facts, edition=any_edition, data=st.data())
def test_a_fact_for_actions_only_never_moves_the_outcome(facts: Facts, edition: Edition, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(ACTION_ONLY))

    before = assess(facts, edition)
    after = assess(facts.with_answers({one.id: data.draw(answers_to(one))}), edition)

    assert after.outcome is before.outcome
    assert after.criteria == before.criteria
    assert after.would_change == before.would_change
    assert after.ask_next == before.ask_next


@slow_machine
@given(answers=any_answers, edition=any_edition, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(
    answers: dict[str, object], edition: Edition, seed: random.Random
) -> None:
    names = list(answers)
    seed.shuffle(names)

    shuffled = Facts.of({name: answers[name] for name in names})

    assert written(assess(shuffled, edition)) == written(assess(Facts.of(answers), edition))


@slow_machine
@given(facts=any_facts, edition=any_edition)
def test_it_is_an_emergency_exactly_when_somebody_is_in_danger_now(facts: Facts, edition: Edition) -> None:
    found = assess(facts, edition)

    assert (found.outcome is Outcome.EMERGENCY) == (facts.harm_now == "in_danger_now")
    assert (Agency.EMERGENCY_999 in found.agencies) == (found.outcome is Outcome.EMERGENCY)


@slow_machine
@given(facts=any_facts, edition=any_edition)
def test_an_adult_involved_is_a_referral_to_the_police(facts: Facts, edition: Edition) -> None:
    found = assess(facts.with_answers({"adult_involved": "yes"}), edition)

    if facts.what_was_shared != "all_adults":
        assert found.outcome >= Outcome.REFER_NOW
        assert Agency.POLICE in found.agencies


@slow_machine
@given(facts=any_facts, edition=any_edition)
def test_below_a_review_nothing_is_met_possible_or_open(facts: Facts, edition: Edition) -> None:
    found = assess(facts, edition)

    assert (found.outcome < Outcome.DSL_REVIEW) == (not found.criteria)
    if found.outcome < Outcome.DSL_REVIEW:
        assert not found.ask_next
        assert (found.variant is None) == (found.outcome is Outcome.MANAGE_IN_SCHOOL)


@slow_machine
@given(facts=any_facts, edition=any_edition)
def test_what_is_possible_always_comes_with_not_enough_known(facts: Facts, edition: Edition) -> None:
    found = assess(facts, edition)

    if found.possible:
        assert "not_enough_known" in {finding.id for finding in found.met}


@slow_machine
@given(edition=any_edition, data=st.data())
def test_pages_1_and_2_alone_never_say_that_it_can_be_managed_in_school(edition: Edition, data: st.DataObject) -> None:
    answers = {one.id: data.draw(answers_to(one)) for one in FACTS if one.step < 3}
    assume(answers["what_was_shared"] != "all_adults")

    assert assess(Facts.of(answers), edition).outcome >= Outcome.DSL_REVIEW


def test_not_known_is_never_taken_for_a_no() -> None:
    for edition in EDITIONS:
        assert assess(ALL_WELL, edition).outcome is Outcome.MANAGE_IN_SCHOOL
        for one in BEARING:
            unsure = ALL_WELL.with_answers({one.id: "not_known"})
            if unsure.asked(one.id) and one.id not in edition.silent_on:
                assert assess(unsure, edition).outcome is Outcome.DSL_REVIEW, one.id


def test_finding_out_more_never_makes_a_case_look_less_urgent_than_a_rumour() -> None:
    for edition in EDITIONS:
        rumour = assess(Facts.of({"what_was_shared": "image_under_18", "harm_now": "no"}), edition)
        found_out = assess(ALL_WELL.with_answers({"spread": "wide_or_public"}), edition)

        assert (rumour.urgency, found_out.urgency) == ("today", "today")
