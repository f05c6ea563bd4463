"""An edition as `assess` reads it: every condition a mask over one number.

Every `Is` that any rule mentions gets two bits: *yes* (true) and *maybe* (true or unknown). Facts then become one
number, the OR of what each answer contributes, and a condition becomes masks over it. `compile.py` makes the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy.outcome import Agency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.condition import Given
    from policy.outcome import Outcome
    from policy.recommendation import Action, Contradiction, Finding, Link

SET_IN_STONE = 1  # the bit that is always set: what an empty "all of" comes to


@dataclass(frozen=True, slots=True)
class Mask:
    """A compiled condition: it holds if one bit of `one` is set, or every bit of one of `every`."""

    one: int
    every: tuple[int, ...]

    def holds(self, bits: int) -> bool:
        """Say whether the condition holds for these facts."""
        return bool(bits & self.one) or any(bits & mask == mask for mask in self.every)


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion of the table. `result` are the bits that actions and links look at."""

    yes: Mask
    maybe: Mask
    met: Finding
    possible: Finding
    met_result: int
    possible_result: int
    level: int
    agencies: int
    presses: bool


@dataclass(frozen=True, slots=True)
class Rise:
    """An answer that can lift the outcome above a given one: `alone` is what it comes to whatever the others are.

    `with_others` says that together with other answers it may come to more.
    """

    place: int
    own: int
    answer: str
    contributes: int
    alone: Outcome
    with_others: bool


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Everything that `assess` needs of an edition.

    By place of a question: `contributes` gives the bits of each answer, `own` all the bits that its answers can set.
    No two questions share a bit. By the answers that open and close questions: `asked` has the bits that count, and
    `set_aside` what the questions that are not asked contribute when they open, not known yet. `worded` has, by the ids
    of actions whose words depend on an answer, the place of that question and the action by its answer.
    """

    contributes: tuple[Mapping[Given, int], ...]
    own: tuple[int, ...]
    asked: Mapping[tuple[str, ...], int]
    set_aside: Mapping[tuple[str, ...], int]
    rows: tuple[Row, ...]
    levels: tuple[tuple[Outcome, Mask], ...]
    rises: tuple[tuple[Rise, ...], ...]
    image_known: int
    all_adults: int
    lado: int
    open_questions: tuple[tuple[int, int], ...]
    unknown: int
    outcome_result: tuple[int, ...]
    agency_result: Mapping[int, int]
    actions: tuple[tuple[Mask, Action, int], ...]
    worded: Mapping[str, tuple[int, Mapping[Given, Action]]]
    links: tuple[tuple[Mask, Link], ...]
    contradictions: tuple[tuple[Mask, Contradiction], ...]
    remarks: tuple[tuple[Mask, str], ...]
    find_out_advice: str


AGENCY_BIT = {agency: 1 << place for place, agency in enumerate(Agency)}
AGENCIES_OF: Mapping[int, tuple[Agency, ...]] = {
    bits: tuple(agency for agency, bit in AGENCY_BIT.items() if bits & bit) for bits in range(1 << len(Agency))
}
