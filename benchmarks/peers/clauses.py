"""The edition's criteria as "any of (all of …)", in the form in which other engines take rules.

Each criterion comes twice: as met (the condition is true) and as possible (true or not known; an engine is read so that
met goes before possible). A part is a question and the answers of which it wants one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias, assert_never

from policy import FACTS, NOT_KNOWN, Edition, Facts, Recommendation
from policy.condition import AllOf, AnyOf, Condition, Is

Status = Literal["met", "possible"]
Clause: TypeAlias = Mapping[str, tuple[str, ...]]
Judged: TypeAlias = tuple[int, Mapping[str, Status]]
"""What every engine must agree on: the outcome's rank, and each criterion that is met or possible."""

NOT_ASKED = "not_asked"
"""What an engine is given for a question that is not asked, so that it need not work that out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion with one status, and the ways in which it comes about."""

    id: str
    status: Status
    level: int
    reason: str
    clauses: tuple[Clause, ...]


def rules(edition: Edition) -> tuple[Rule, ...]:
    """All of them, in the edition's order."""
    statuses: tuple[Status, ...] = ("met", "possible")
    return tuple(
        Rule(one.id, status, int(one.level), one.reason, tuple(_clauses(one.met_when, maybe=status == "possible")))
        for one in edition.criteria
        for status in statuses
    )


def questions(of: tuple[Rule, ...]) -> tuple[str, ...]:
    """The questions that any of them looks at, in the form's order."""
    asked = {name for rule in of for clause in rule.clauses for name in clause}
    return tuple(one.id for one in FACTS if one.id in asked)


def heard(given: Mapping[str, object]) -> dict[str, object]:
    """The answers as an engine is given them: each question once, those that are not asked marked as such."""
    facts = Facts.of(given)
    answers = {one.id: facts.given(one.id) for one in FACTS}
    return {one.id: list(answers[one.id]) if one.several else answers[one.id] or NOT_ASKED for one in FACTS}


def of_ours(recommendation: Recommendation) -> Judged:
    """Our answer, as far as the others give one."""
    return int(recommendation.outcome), {finding.id: finding.status for finding in recommendation.criteria}


def _clauses(condition: Condition, *, maybe: bool) -> Iterator[dict[str, tuple[str, ...]]]:
    match condition:
        case Is(fact, answers):
            yield {fact: (*answers, NOT_KNOWN) if maybe and NOT_KNOWN not in answers else answers}
        case AnyOf(parts):
            for part in parts:
                yield from _clauses(part, maybe=maybe)
        case AllOf(parts):
            for picked in product(*(tuple(_clauses(part, maybe=maybe)) for part in parts)):
                together: dict[str, tuple[str, ...]] = {}
                for clause in picked:
                    if clause.keys() & together.keys():
                        raise ValueError("two parts of one clause ask the same question: write them as one")
                    together |= clause
                yield together
        case _:
            assert_never(condition)
