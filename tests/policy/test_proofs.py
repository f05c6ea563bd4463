"""Laws proved for all facts at once, over the declaration that runs; and wrong rules that the proofs must refute."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import z3
from hypothesis import given, settings

from policy import EDITIONS, Edition, Facts, Outcome, assess, fact
from policy.condition import NOT_KNOWN
from tests.policy.as_z3 import ORDER, Side, counterexample
from tests.policy.given import ENGLAND, any_edition, any_facts

if TYPE_CHECKING:
    from collections.abc import Callable

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)

A, B = Side.called("a"), Side.called("b")
SOUND = z3.And(A.sound, B.sound)


def lowered_by_worse_answers(edition: Edition, order: dict[str, tuple[str, ...]] | None = None) -> Any:
    """Facts b that are as concerning as a or more, and a lower outcome."""
    as_bad = []
    for id_, places in ORDER.items():
        scale = (order or ORDER)[id_]
        rank: Callable[[Any], Any] = lambda n, places=places, scale=scale: z3.Sum(  # noqa: E731
            *(z3.If(n == at, scale.index(answer), 0) for at, answer in enumerate(places))
        )
        as_bad.append(rank(A.answers[id_]) <= rank(B.answers[id_]))
    return counterexample(SOUND, *as_bad, B.outcome(edition) < A.outcome(edition))


@each_edition
def test_a_worse_answer_or_one_no_longer_known_never_lowers_the_outcome(edition: Edition) -> None:
    assert lowered_by_worse_answers(edition) is None


@each_edition
def test_if_any_resolution_of_the_unknowns_calls_for_more_the_open_case_is_at_least_a_review(edition: Edition) -> None:
    resolves = [
        z3.Or(A.is_in(id_, (NOT_KNOWN,)), A.answers[id_] == B.answers[id_])
        for id_ in ORDER
        if id_ not in edition.silent_on
    ]
    more = B.outcome(edition) >= int(Outcome.DSL_REVIEW)

    assert counterexample(SOUND, *resolves, more, A.outcome(edition) < int(Outcome.DSL_REVIEW)) is None


@each_edition
def test_a_criterion_that_is_possible_is_at_least_a_review(edition: Edition) -> None:
    possible = z3.Or(*(A.unknown(one.met_when) for one in edition.criteria if one.id != "not_enough_known"))

    assert counterexample(SOUND, z3.Or(possible, A.open(edition)), A.outcome(edition) < int(Outcome.DSL_REVIEW)) is None


@each_edition
def test_it_is_an_emergency_exactly_when_somebody_is_in_danger_now(edition: Edition) -> None:
    emergency = A.outcome(edition) == int(Outcome.EMERGENCY)

    assert counterexample(SOUND, emergency != A.is_in("harm_now", ("in_danger_now",))) is None


@each_edition
def test_an_adult_involved_is_at_least_a_referral(edition: Edition) -> None:
    adult = z3.And(A.asked("adult_involved"), A.is_in("adult_involved", ("yes",)))

    assert counterexample(SOUND, adult, A.outcome(edition) < int(Outcome.REFER_NOW)) is None


@each_edition
def test_below_a_review_all_is_known_and_nothing_is_met(edition: Edition) -> None:
    met = z3.Or(*(A.met(one.met_when) for one in edition.criteria))

    assert counterexample(SOUND, A.outcome(edition) < int(Outcome.DSL_REVIEW), z3.Or(met, A.open(edition))) is None


@each_edition
def test_removing_any_criterion_changes_some_outcome(edition: Edition) -> None:
    for one in edition.criteria:
        without = replace(edition, criteria=tuple(other for other in edition.criteria if other is not one))

        assert counterexample(SOUND, A.outcome(edition) != A.outcome(without)) is not None, one.id


def test_each_criterion_can_be_met_with_no_other_but_those_it_implies() -> None:
    met = {one.id: A.met(one.met_when) for one in ENGLAND.criteria}  # the other editions have the same conditions
    solver = z3.Solver()
    solver.add(SOUND)

    for id_, holds in met.items():
        others = {other: claim for other, claim in met.items() if solver.check(holds, z3.Not(claim)) == z3.sat}

        assert solver.check(holds, *(z3.Not(claim) for claim in others.values())) == z3.sat, id_


# What keeps the proofs honest: a rule that is wrong must be found out.


def seeded(edition: Edition, id_: str, **changes: Any) -> Edition:
    return replace(
        edition, criteria=tuple(replace(one, **changes) if one.id == id_ else one for one in edition.criteria)
    )


def test_a_rule_that_is_met_by_the_better_answer_is_refuted() -> None:
    wrong = seeded(ENGLAND, "not_agreed", met_when=fact("agreed").is_in("yes"))

    assert lowered_by_worse_answers(wrong) is not None


def test_an_adult_taken_for_a_matter_of_review_is_refuted() -> None:
    wrong = seeded(ENGLAND, "adult_involved", level=Outcome.DSL_REVIEW)
    adult = z3.And(A.asked("adult_involved"), A.is_in("adult_involved", ("yes",)))

    assert counterexample(SOUND, adult, A.outcome(wrong) < int(Outcome.REFER_NOW)) is not None


def test_not_known_at_the_end_of_every_scale_is_refuted() -> None:
    """Its place is each fact's own: not known is less than `yes` on an adult, and more than 13 to 15 on an age."""
    first = {id_: (NOT_KNOWN, *(x for x in order if x != NOT_KNOWN)) for id_, order in ORDER.items()}
    last = {id_: (*(x for x in order if x != NOT_KNOWN), NOT_KNOWN) for id_, order in ORDER.items()}

    assert lowered_by_worse_answers(ENGLAND, first) is not None
    assert lowered_by_worse_answers(ENGLAND, last) is not None


@settings(max_examples=60, deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_the_formula_says_what_the_code_says(facts: Facts, edition: Edition) -> None:
    found = assess(facts, edition).outcome

    assert counterexample(A.is_(facts), A.outcome(edition) != int(found)) is None
