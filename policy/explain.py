"""Which single answers would change the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.condition import NOT_KNOWN
from policy.facts import GATES, HEARD_GATES, gates_of
from policy.outcome import Outcome
from policy.questions import FACTS
from policy.recommendation import Change

if TYPE_CHECKING:
    from policy.condition import Given
    from policy.table import Table

# Per place of a question: for each answer one `Change` per outcome, made beforehand.
_CHANGES = tuple(
    {answer.id: tuple(Change(one.id, answer.id, outcome) for outcome in Outcome) for answer in one.answers}
    for one in FACTS
)
_GATE_PLACES = tuple(place for place, one in enumerate(FACTS) if one.id in GATES)


def outcome_of(table: Table, bits: int) -> Outcome:
    """The highest level among the criteria that are met; if none is, what the image makes it."""
    for level, mask in table.levels:
        if bits & mask.one or (mask.every and mask.holds(bits)):
            return level
    return Outcome.MANAGE_IN_SCHOOL if bits & table.image_known else Outcome.OUT_OF_SCOPE


def would_change(table: Table, given: tuple[Given, ...], bits: int, outcome: Outcome) -> tuple[Change, ...]:
    """Every single answer that would change the outcome, the upward ones first and of them the highest.

    A question that the change opens counts as not known: an answer that was set aside is shown to nobody, not even by
    what it would do. A way down is given for what is not known and for nothing else: nobody is told which answer avoids
    a referral.
    """
    by_outcome: tuple[list[Change], ...] = ([], [], [], [], [])
    _by_gates(table, given, bits, outcome, by_outcome)
    _upward(table, given, bits, outcome, by_outcome)
    if bits & table.unknown and outcome_of(table, bits & ~table.unknown) is not outcome:
        _downward(table, bits, outcome, by_outcome)
    upward = [change for level in range(Outcome.EMERGENCY, outcome, -1) for change in by_outcome[level]]
    downward = [change for level in range(outcome - 1, -1, -1) for change in by_outcome[level]]
    return (*upward, *downward)


def _by_gates(
    table: Table, given: tuple[Given, ...], bits: int, outcome: Outcome, by_outcome: tuple[list[Change], ...]
) -> None:
    """Answers that open and close other questions: what counts is worked out anew for each."""
    gates = HEARD_GATES[gates_of(given)]
    asked = table.asked[gates]
    everything = bits | table.set_aside[gates]
    for at, place in enumerate(_GATE_PLACES):
        own = table.own[place]
        if not asked & own:
            continue
        now = given[place]
        for answer, changes in _CHANGES[place].items():
            if answer != now:
                counts = table.asked[(*gates[:at], answer, *gates[at + 1 :])]
                then = outcome_of(table, (everything & ~own | table.contributes[place][answer]) & counts)
                if then > outcome or (then < outcome and now == NOT_KNOWN):
                    by_outcome[then].append(changes[then])


def _upward(
    table: Table, given: tuple[Given, ...], bits: int, outcome: Outcome, by_outcome: tuple[list[Change], ...]
) -> None:
    asked = table.asked[gates_of(given)]
    for rise in table.rises[outcome]:
        if not asked & rise.own or given[rise.place] == rise.answer:
            continue
        then = outcome_of(table, bits & ~rise.own | rise.contributes) if rise.with_others else rise.alone
        if then > outcome:
            by_outcome[then].append(_CHANGES[rise.place][rise.answer][then])


def _downward(table: Table, bits: int, outcome: Outcome, by_outcome: tuple[list[Change], ...]) -> None:
    """What is not known, where nothing else holds the outcome up."""
    for bit, place in table.open_questions:
        if not bits & bit or place in _GATE_PLACES:
            continue
        rest = bits & ~table.own[place]
        if outcome_of(table, rest) is outcome:
            continue
        for answer, changes in _CHANGES[place].items():
            then = outcome_of(table, rest | table.contributes[place][answer])
            if then < outcome:
                by_outcome[then].append(changes[then])
