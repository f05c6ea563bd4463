"""`assess` compiles the declared rules. Here it is held against the procedure written out plainly."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings

from policy import Edition, Facts, Outcome, assess
from tests.policy.given import ALL_WELL, ENGLAND, any_edition, any_facts
from tests.policy.plainly import in_short, outcome_changes, plainly

if TYPE_CHECKING:
    from policy import Recommendation


@settings(max_examples=600, deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_the_compiled_table_says_what_the_procedure_says(facts: Facts, edition: Edition) -> None:
    assert in_short(assess(facts, edition)) == plainly(facts, edition)


@settings(max_examples=120, deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_would_change_is_every_single_answer_that_changes_the_outcome(facts: Facts, edition: Edition) -> None:
    changes = assess(facts, edition).would_change

    assert {(one.fact, one.answer, one.outcome) for one in changes} == outcome_changes(facts, edition)
    assert max(Counter((one.fact, one.answer) for one in changes).values(), default=1) == 1


@settings(max_examples=120, deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_upward_changes_come_first_and_the_highest_of_them_first(facts: Facts, edition: Edition) -> None:
    found = assess(facts, edition)
    then = [change.outcome for change in found.would_change]

    assert then == sorted(then, reverse=True)


def test_no_known_answer_is_shown_as_a_way_down() -> None:
    referred = assess(ALL_WELL.with_answers({"relationship": "online_only"}), ENGLAND)

    assert {change.outcome for change in referred.would_change} == {Outcome.EMERGENCY}


def test_what_is_not_known_is_shown_as_a_way_down_and_up() -> None:
    open_case = assess(ALL_WELL.with_answers({"agreed": "not_known"}), ENGLAND)

    assert ("agreed", "yes", Outcome.MANAGE_IN_SCHOOL) in {
        (change.fact, change.answer, change.outcome) for change in open_case.would_change
    }


def test_the_lead_is_told_what_to_find_out_first_in_the_order_of_the_specification() -> None:
    blank = assess(Facts(), ENGLAND)

    assert blank.ask_next == (
        "harm_now",
        "what_was_shared",
        "adult_involved",
        "coercion",
        "extortion_demand",
        "capacity_concern",
        "age_depicted",
        "content_shown",
        "relationship",
        "profit_motive",
        "agreed",
        "intent_to_harm",
        "spread",
        "age_or_power_gap",
        "age_others",
        "vulnerability",
        "repeat_behaviour",
        "ai_generated",
    )


def test_advice_on_what_is_not_known_is_given_only_where_it_could_mean_a_referral() -> None:
    graver = assess(ALL_WELL.with_answers({"coercion": "not_known"}), ENGLAND)
    lesser = assess(ALL_WELL.with_answers({"repeat_behaviour": "not_known"}), ENGLAND)

    assert graver.find_out_advice.startswith("Not known yet. If you cannot find out today")
    assert lesser.find_out_advice == ""


def test_an_adult_is_named_for_what_it_is_and_two_close_in_age_are_left_to_the_police() -> None:
    adult = {"adult_involved": "yes", "adult_role": "known_adult"}
    younger = assess(ALL_WELL.with_answers(adult), ENGLAND)
    close = assess(ALL_WELL.with_answers({**adult, "age_depicted": "16_to_17"}), ENGLAND)

    assert younger.remarks == ("This is child sexual abuse and goes to the police as a matter of urgency.",)
    assert close.remarks[1].endswith("the police decide what is proportionate.")


@settings(max_examples=100, deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_the_json_holds_the_contract_s_keys_and_survives_a_round_trip(facts: Facts, edition: Edition) -> None:
    told = assess(facts, edition).as_json()

    assert list(told) == [
        "edition",
        "outcome",
        "variant",
        "urgency",
        "criteria",
        "agencies",
        "actions",
        "links",
        "ask_next",
        "would_change",
        "contradictions",
    ]
    assert json.loads(json.dumps(told)) == told
    for criterion in told["criteria"]:
        assert set(criterion) == {"id", "status", "level", "source", "reason"}
        assert all(criterion["source"][key] for key in ("document", "edition", "ref"))
    for action in told["actions"]:
        assert set(action) == {"id", "text", "source"}
    for link in told["links"]:
        assert set(link) == {"id", "title", "url"}


def test_neither_facts_nor_a_recommendation_shows_an_answer_in_its_repr() -> None:
    facts = ALL_WELL.with_answers({"harm_now": "in_danger_now"})

    shown = repr(facts) + repr(assess(facts, ENGLAND))

    assert "danger" not in shown
    assert "emergency" not in shown


def test_a_recommendation_can_be_kept_and_compared() -> None:
    found: Recommendation = assess(ALL_WELL, ENGLAND)

    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (our own bytes)
    assert hash(found) == hash(assess(ALL_WELL, ENGLAND))
