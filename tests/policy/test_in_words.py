"""A condition in words says what the condition says: whoever reads it back gets the same one."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import EDITIONS, FACTS, FEATURES, Fact
from policy.actions import ACTIONS
from policy.condition import AllOf, AnyOf, Condition, Is, atoms
from policy.consistency import CONTRADICTIONS
from policy.in_words import ALL_HOLD, ALWAYS_HOLDS, NEVER_HOLDS, ONE_HOLDS, Words, in_words, name_of
from policy.links import LINKS
from policy.words import REMARKS
from tests.policy.given import WALES

BY_QUESTION = {one.question: one for one in FACTS}
RUNNING: tuple[Condition, ...] = (
    *(one.met_when for edition in EDITIONS for one in edition.criteria),
    *(one.asked for one in FACTS),
    *(rule.when for rule in (*ACTIONS, *LINKS, *CONTRADICTIONS, *REMARKS)),
    *(rule.known_when for rule in FEATURES),
)
ABOUT_FACTS = [one for one in RUNNING if all(not atom.fact.startswith("=") for atom in atoms(one))]
ATOMS = [atom for one in RUNNING for atom in atoms(one)]
CAME_TO = sorted({(atom.fact, id_) for atom in ATOMS if atom.fact.startswith("=") for id_ in atom.answers})


def read(words: Words) -> Condition:
    """The condition that a reader of these words would come to, who knows the form and nothing else."""
    if words.below:
        parts = tuple(read(part) for part in words.below)
        return {ALL_HOLD: AllOf, ONE_HOLDS: AnyOf}[words.line](parts)
    if words.line in {ALWAYS_HOLDS, NEVER_HOLDS}:
        return AllOf(()) if words.line == ALWAYS_HOLDS else AnyOf(())
    question, *labels = re.findall("“([^”]*)”", words.line)
    asked = BY_QUESTION[question]
    if "any answer but" in words.line:
        left_out, included = labels
        assert included == "Not known" != left_out
        return in_order(Is(asked.id, tuple(answer.id for answer in asked.answers if answer.label != left_out)))
    return in_order(Is(asked.id, tuple(answer.id for answer in asked.answers if answer.label in labels)))


def in_order(one: Is) -> Is:
    return Is(one.fact, tuple(sorted(one.answers)))


def plain(condition: Condition) -> Condition:
    """The same condition with answers in one order, and without an "all" or "any" round a single part."""
    match condition:
        case Is():
            return in_order(condition)
        case AllOf((only,)) | AnyOf((only,)):
            return plain(only)
        case AllOf(parts):
            return AllOf(tuple(plain(part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(plain(part) for part in parts))


def atoms_of(one: Fact) -> st.SearchStrategy[Condition]:
    ids = [answer.id for answer in one.answers]
    return st.lists(st.sampled_from(ids), min_size=1, unique=True).map(lambda chosen: one.is_in(*chosen))


conditions = st.recursive(
    st.sampled_from(FACTS).flatmap(atoms_of),
    lambda inner: st.lists(inner, max_size=3).flatmap(
        lambda parts: st.sampled_from((AllOf(tuple(parts)), AnyOf(tuple(parts))))
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(condition=conditions)
def test_whoever_reads_the_words_back_gets_the_same_condition(condition: Condition) -> None:
    assert read(in_words(condition)) == plain(condition)


def test_so_it_is_with_every_condition_on_facts_that_runs() -> None:
    assert len(ABOUT_FACTS) > 100
    assert [one for one in ABOUT_FACTS if read(in_words(one)) != plain(one)] == []


def test_a_question_and_an_answer_can_be_told_apart_from_every_other() -> None:
    assert len(BY_QUESTION) == len(FACTS)
    for one in FACTS:
        labels = [answer.label for answer in one.answers]
        assert len(set(labels)) == len(labels)
        assert not any(mark in words for mark in "“”" for words in (one.question, *labels))


@pytest.mark.parametrize(("kind", "id_"), CAME_TO)
def test_what_an_assessment_came_to_is_named_and_by_no_other_name(kind: str, id_: str) -> None:
    name = name_of(kind, id_)
    others = {name_of(of, other) for of, other in CAME_TO if of == kind and other != id_}

    assert f"“{name}”" in in_words(Is(kind, (id_,))).line
    assert name not in others


def test_every_name_is_in_a_line_of_several() -> None:
    for atom in ATOMS:
        if atom.fact.startswith("="):
            assert all(f"“{name_of(atom.fact, id_)}”" in in_words(atom).line for id_ in atom.answers)


def test_the_words_are_the_editions_own() -> None:
    told = next(one for one in FACTS if one.id == "dsl_informed").is_in("no")

    assert "DSP" in in_words(told, WALES.say).line
    assert "DSL" not in in_words(told, WALES.say).line


def test_every_line_ends_with_a_colon_exactly_if_something_is_counted_up_below_it() -> None:
    def lines(words: Words) -> list[Words]:
        return [words, *chain.from_iterable(lines(part) for part in words.below)]

    for one in RUNNING:
        for words in lines(in_words(one)):
            assert words.line.endswith(":") is bool(words.below)
