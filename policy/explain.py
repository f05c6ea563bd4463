"""Which single answers would change the outcome."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from policy.condition import NOT_KNOWN
from policy.facts import GATES, gates_of
from policy.outcome import Outcome
from policy.questions import FACTS
from policy.recommendation import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.condition import Given
    from policy.table import Table

# Per place of a question that can move the outcome: for each answer one `Change` per outcome, made beforehand.
_CHANGES = {
    place: {answer.id: tuple(Change(one.id, answer.id, outcome) for outcome in Outcome) for answer in one.answers}
    for place, one in enumerate(FACTS)
    if one.bears_on_outcome
}
_GATE_PLACES = frozenset(place for place, one in enumerate(FACTS) if one.id in GATES)
_DOWN = 10  # sorts every way down after every way up
_ORDER = itemgetter(0)


def outcome_of(table: Table, bits: int) -> Outcome:
    """The highest level among the criteria that are met; if none is, what the image makes it."""
    for level, mask in table.levels:
        if bits & mask.one or mask.holds(bits):
            return level
    return Outcome.MANAGE_IN_SCHOOL if bits & table.image_known else Outcome.OUT_OF_SCOPE


def would_change(table: Table, given: tuple[Given, ...], parts: list[int], outcome: Outcome) -> tuple[Change, ...]:
    """Every single answer that would change the outcome, the upward ones first and of them the highest.

    `parts` is what each question that is asked contributes. A way down is given for what is not known and for nothing
    else: nobody is told which answer avoids a referral.
    """
    found: list[tuple[int, Change]] = []
    for place, rest in _without_each(table, given, parts):
        changes = _CHANGES[place]
        known = given[place] != NOT_KNOWN
        for answer, then in _outcomes(table, given, place, rest, outcome):
            if then > outcome:
                found.append((-then, changes[answer][then]))
            elif then < outcome and not known:
                found.append((_DOWN - then, changes[answer][then]))
    found.sort(key=_ORDER)
    return tuple([change for _, change in found])


def _without_each(table: Table, given: tuple[Given, ...], parts: list[int]) -> list[tuple[int, int]]:
    """For each asked question that can move the outcome: its place, and what all the others contribute."""
    rest = []
    before = 1
    for (place, _), part in zip(table.asked[gates_of(given)], parts, strict=True):
        rest.append((place, before))
        before |= part
    after = 0
    for at in range(len(parts) - 1, -1, -1):
        place, before = rest[at]
        rest[at] = (place, before | after)
        after |= parts[at]
    return [(place, others) for place, others in rest if place in _CHANGES]


def _outcomes(
    table: Table, given: tuple[Given, ...], place: int, rest: int, outcome: Outcome
) -> Iterator[tuple[str, Outcome]]:
    """What each other answer at this place would come to."""
    contributes = table.contributes[place]
    gate = place in _GATE_PLACES
    settled = not gate and outcome_of(table, rest) is outcome  # then only what stands above can change it
    above = table.above[outcome]
    for answer in _CHANGES[place]:
        if answer == given[place] or (settled and not contributes[answer] & above):
            continue
        if gate:  # it opens and closes other questions, so all answers are read again
            yield answer, outcome_of(table, bits_of(table, (*given[:place], answer, *given[place + 1 :])))
        else:
            yield answer, outcome_of(table, rest | contributes[answer])


def bits_of(table: Table, given: tuple[Given, ...]) -> int:
    """What all the answers that count come to."""
    bits = 1
    for place, contributes in table.asked[gates_of(given)]:
        bits |= contributes[given[place]]
    return bits
