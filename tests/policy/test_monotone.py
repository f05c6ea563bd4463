"""SR-26: a worse answer, or one no longer known, never lowers the outcome."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import EDITIONS, Edition, Facts, Outcome, assess, fact
from policy.condition import atoms
from tests.policy.given import ALL_WELL, BEARING, any_edition, any_facts

EVERYTHING_ELSE = [
    pytest.param(ALL_WELL, id="all else known and of no concern"),
    pytest.param(Facts(), id="all else not known"),
    pytest.param(ALL_WELL.with_answers({"what_was_shared": "text_only"}), id="no image"),
    pytest.param(ALL_WELL.with_answers({"what_was_shared": "all_adults"}), id="all adults"),
]


def groups(edition: Edition) -> list[tuple[str, ...]]:
    """Facts that stand in one criterion belong together; `not_enough_known`, in which all stand, is a plain OR.

    What opens and closes questions belongs together too.
    """
    together = {one.id: {one.id} for one in BEARING}
    links = [{atom.fact for atom in atoms(one.met_when)} for one in edition.criteria if one.id != "not_enough_known"]
    links += [{one.id, *(atom.fact for atom in atoms(one.asked))} - {"what_was_shared"} for one in BEARING]
    for link in links:
        joined = set().union(*(together[id_] for id_ in link))
        for id_ in joined:
            together[id_] = joined
    return sorted({tuple(sorted(group)) for group in together.values()})


def outcomes(edition: Edition, group: tuple[str, ...], rest: Facts) -> dict[tuple[int, ...], Outcome]:
    """The outcome for every combination of answers, by how concerning each is."""
    orders = [fact(id_).least_to_most for id_ in group]
    found = {}
    for ranks in product(*(range(len(order)) for order in orders)):
        answers = {id_: order[rank] for id_, order, rank in zip(group, orders, ranks, strict=True)}
        found[ranks] = assess(rest.with_answers(answers), edition).outcome
    return found


@pytest.mark.parametrize("rest", EVERYTHING_ELSE)
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_in_each_group_of_facts_a_worse_answer_never_lowers_the_outcome(edition: Edition, rest: Facts) -> None:
    for group in groups(edition):
        found = outcomes(edition, group, rest)
        for ranks, outcome in found.items():
            for at in range(len(ranks)):  # one step worse at a time reaches every worse combination
                worse = (*ranks[:at], ranks[at] + 1, *ranks[at + 1 :])
                assert found.get(worse, Outcome.EMERGENCY) >= outcome, (group, ranks)


def test_the_groups_are_those_that_share_a_criterion() -> None:
    (edition, *_) = EDITIONS

    assert ("age_depicted", "age_others", "content_shown") in groups(edition)
    assert ("coercion", "extortion_demand") in groups(edition)
    assert sorted(id_ for group in groups(edition) for id_ in group) == sorted(one.id for one in BEARING)


@settings(max_examples=600, deadline=None)
@given(facts=any_facts, edition=any_edition, data=st.data())
def test_over_all_facts_together_a_worse_answer_never_lowers_the_outcome(
    facts: Facts, edition: Edition, data: st.DataObject
) -> None:
    worse = {}
    for one in data.draw(st.lists(st.sampled_from(BEARING), unique=True)):
        order = one.least_to_most
        worse[one.id] = data.draw(st.sampled_from(order[order.index(getattr(facts, one.id)) :]))

    assert assess(facts.with_answers(worse), edition).outcome >= assess(facts, edition).outcome


@settings(max_examples=300, deadline=None)
@given(facts=any_facts, edition=any_edition, data=st.data())
def test_if_any_way_of_finding_out_calls_for_more_the_open_case_calls_for_a_review(
    facts: Facts, edition: Edition, data: st.DataObject
) -> None:
    open_ids = [one for one in BEARING if getattr(facts, one.id) == "not_known" and one.id not in edition.silent_on]
    found_out = facts.with_answers({one.id: data.draw(st.sampled_from(one.least_to_most)) for one in open_ids})

    if assess(found_out, edition).outcome >= Outcome.DSL_REVIEW:
        assert assess(facts, edition).outcome >= Outcome.DSL_REVIEW
