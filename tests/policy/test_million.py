"""SR-26: a million pairs of facts, the second worse, judged from the declarations; and a sample of them by the code."""

from __future__ import annotations

import numpy as np
import pytest

from policy import EDITIONS, Edition, Facts, Outcome, assess, fact
from policy.condition import AllOf, AnyOf, Condition, Is, Truth, truth
from tests.policy.given import BEARING

PAIRS = 1_000_000
SAMPLE = 2_000

Answers = dict[str, "np.ndarray"]  # by fact: for each case the place of its answer in the order of concern


def some_facts(random: np.random.Generator, count: int) -> Answers:
    """Any answers, mostly with few of concern, so that every outcome comes up often."""
    rate = random.random(count) ** 4
    found = {}
    for one in BEARING:
        answered = random.integers(0, len(one.least_to_most), count)
        of_concern = random.random(count) < (1 if one.id == "what_was_shared" else rate)
        found[one.id] = np.where(of_concern, answered, 0).astype(np.int8)
    return found


def made_worse(random: np.random.Generator, facts: Answers) -> Answers:
    worse = {}
    for id_, places in facts.items():
        top = len(fact(id_).least_to_most) - 1
        step = np.where(random.random(places.size) < 0.15, random.integers(0, top + 1, places.size), 0)
        worse[id_] = np.minimum(places + step, top).astype(np.int8)
    return worse


def judge(condition: Condition, facts: Answers, asked: Answers) -> np.ndarray:
    """The truth of the condition for each case: 0 no, 1 unknown, 2 yes."""
    match condition:
        case Is(id_):
            of_answer = [truth(condition, {id_: answer}.__getitem__) for answer in fact(id_).least_to_most]
            return np.array(of_answer, np.int8)[facts[id_]] * asked[id_]
        case AllOf(()):
            return np.full(next(iter(facts.values())).size, Truth.YES, np.int8)
        case AllOf(parts):
            return np.minimum.reduce([judge(part, facts, asked) for part in parts])
        case AnyOf(parts):
            return np.maximum.reduce([judge(part, facts, asked) for part in parts])


def outcomes(edition: Edition, facts: Answers) -> np.ndarray:
    count = next(iter(facts.values())).size
    always: Answers = {id_: np.ones(count, np.int8) for id_ in facts}
    asked: Answers = {
        id_: (judge(fact(id_).asked, facts, always) == Truth.YES).astype(np.int8)
        if fact(id_).asked != AllOf(())
        else always[id_]
        for id_ in facts
    }
    found = (judge(fact("what_was_shared").is_in("image_under_18"), facts, asked) == Truth.YES).astype(np.int8)
    for one in edition.criteria:
        met = judge(one.met_when, facts, asked) == Truth.YES
        found = np.maximum(found, np.where(met, np.int8(one.level), 0))
    return found


def by_code(edition: Edition, facts: Answers, at: int) -> Outcome:
    answers = {id_: fact(id_).least_to_most[places[at]] for id_, places in facts.items()}
    return assess(Facts.of(answers), edition).outcome


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_of_a_million_pairs_no_worse_one_has_a_lower_outcome_and_the_code_agrees(edition: Edition) -> None:
    random = np.random.default_rng(20261124)
    facts = some_facts(random, PAIRS)
    worse = made_worse(random, facts)

    before, after = outcomes(edition, facts), outcomes(edition, worse)

    assert set(np.unique(before)) == {int(outcome) for outcome in Outcome}
    assert not (after < before).any()
    for at in range(SAMPLE):
        assert by_code(edition, facts, at) == before[at]
        assert by_code(edition, worse, at) == after[at]
