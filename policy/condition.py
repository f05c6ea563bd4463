"""Conditions over facts, as data, in three-valued (Kleene) logic.

They are data and not functions so that the pages, the proofs, `diff` and `explain` read the very thing that runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_KNOWN = "not_known"


class Truth(IntEnum):
    """What a condition comes to: AND is the least of its parts, OR the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Is:
    """The fact has one of these answers (of a several-choices fact: at least one of them)."""

    fact: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Is | AllOf | AnyOf
Given = str | tuple[str, ...]  # one answer; or several; an empty tuple for a question that is not asked

ALWAYS = AllOf(())


def all_of(*parts: Condition) -> AllOf:
    """Every part holds: false if one is false, not known unless all are known to be true."""
    return AllOf(parts)


def any_of(*parts: Condition) -> AnyOf:
    """At least one part holds: true if one is true, not known unless all are known to be false."""
    return AnyOf(parts)


def truth(condition: Condition, given: Callable[[str], Given]) -> Truth:
    """Say whether the condition holds for the answers that `given` returns by fact id.

    An answer that the condition names is true, `not_known` is unknown, any other is false. A condition may name
    `not_known` itself; then it is true of it.
    """
    match condition:
        case Is(fact, answers):
            return _one(given(fact), answers)
        case AllOf(parts):
            return min((truth(part, given) for part in parts), default=Truth.YES)
        case AnyOf(parts):
            return max((truth(part, given) for part in parts), default=Truth.NO)
        case _:
            assert_never(condition)


def _one(given: Given, answers: tuple[str, ...]) -> Truth:
    if isinstance(given, tuple):
        return Truth.NO if set(given).isdisjoint(answers) else Truth.YES
    if given in answers:
        return Truth.YES
    return Truth.UNKNOWN if given == NOT_KNOWN else Truth.NO


def atoms(condition: Condition) -> tuple[Is, ...]:
    """Every `Is` in the condition, from left to right."""
    match condition:
        case Is():
            return (condition,)
        case AllOf(parts) | AnyOf(parts):
            return tuple(atom for part in parts for atom in atoms(part))
        case _:
            assert_never(condition)
