"""An edition, compiled once so that assessing is quick.

Every `Is` that any rule mentions gets two bits: *yes* (true) and *maybe* (true or unknown). Facts then become one
number, the OR of what each answer contributes, and a condition becomes masks over it. A condition is first brought to
"any of (all of …)"; AND and OR of Kleene logic distribute like those of sets, so this changes no result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, assert_never

from policy.actions import ACTIONS
from policy.condition import AllOf, AnyOf, Condition, Given, Is, Truth, atoms, truth
from policy.consistency import CONTRADICTIONS
from policy.facts import ASKED, ON_OFFER
from policy.links import LINKS
from policy.outcome import Agency, Outcome
from policy.questions import FACTS, FIND_OUT_ORDER, adult_role, what_was_shared
from policy.recommendation import Action, Contradiction, Finding, Link
from policy.rules import ACTIONS_TAKEN, AGENCIES, MET, OUTCOME, POSSIBLE
from policy.words import REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy.criterion import Criterion
    from policy.edition import Edition
    from policy.rules import ActionRule, LinkRule

SET_IN_STONE = 1  # the bit that is always set: what an empty "all of" comes to

LADO = adult_role.is_in("staff_or_trust")
IMAGE_KNOWN = what_was_shared.is_in("image_under_18")
ALL_ADULTS = what_was_shared.is_in("all_adults")

# Met, these do not by themselves make a review a matter of today: finding out more must never make it look less urgent.
NOT_PRESSING = ("added_vulnerability", "not_enough_known")


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


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Everything that `assess` needs of an edition."""

    edition: Edition
    contributes: tuple[Mapping[Given, int], ...]
    asked: Mapping[tuple[str, ...], tuple[tuple[int, Mapping[Given, int]], ...]]
    rows: tuple[Row, ...]
    levels: tuple[tuple[Outcome, Mask], ...]
    above: tuple[int, ...]
    image_known: int
    all_adults: int
    lado: int
    open_questions: tuple[tuple[int, str], ...]
    outcome_result: tuple[int, ...]
    agency_result: Mapping[int, int]
    actions: tuple[tuple[Mask, Action, int], ...]
    links: tuple[tuple[Mask, Link], ...]
    contradictions: tuple[tuple[Mask, Contradiction], ...]
    remarks: tuple[tuple[Mask, str], ...]


AGENCY_BIT = {agency: 1 << place for place, agency in enumerate(Agency)}
AGENCIES_OF: Mapping[int, tuple[Agency, ...]] = {
    bits: tuple(agency for agency, bit in AGENCY_BIT.items() if bits & bit) for bits in range(1 << len(Agency))
}


@lru_cache(maxsize=64)
def table_of(edition: Edition) -> Table:
    """Give the edition's table, compiled the first time."""
    return _Compiler(edition).table()


class _Compiler:
    """Gives each `Is` its bits, then turns conditions into masks."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.open = tuple(one for one in FIND_OUT_ORDER if one.id not in edition.silent_on)
        self.links = tuple(link for link in LINKS if not link.nations or edition.nation in link.nations)
        conditions: list[Condition] = [LADO, IMAGE_KNOWN, ALL_ADULTS]
        conditions += (one.met_when for one in edition.criteria)
        conditions += (rule.when for rule in ACTIONS)
        conditions += (rule.when for rule in self.links)
        conditions += (rule.when for rule in (*CONTRADICTIONS, *REMARKS))
        found = dict.fromkeys(atom for condition in conditions for atom in atoms(condition))
        self.yes = {atom: 1 << place for place, atom in enumerate(found, start=1)}
        self.maybe = {atom: bit << len(found) for atom, bit in self.yes.items()}

    def table(self) -> Table:
        contributes = tuple(
            {given: self.answer_bits(one.id, given) for given in on_offer}
            for one, on_offer in zip(FACTS, ON_OFFER, strict=True)
        )
        place = {one: index for index, one in enumerate(FACTS)}
        unknown = {atom.fact: bit for atom, bit in self.yes.items() if atom.answers == ("not_known",)}
        levels = tuple(self.levels())
        return Table(
            edition=self.edition,
            contributes=contributes,
            asked={
                gate: tuple((place[one], contributes[place[one]]) for one in asked) for gate, asked in ASKED.items()
            },
            rows=tuple(self.row(one) for one in self.edition.criteria),
            levels=levels,
            above=tuple(_bits(mask for level, mask in levels if level > outcome) for outcome in Outcome),
            image_known=self.yes[IMAGE_KNOWN],
            all_adults=self.yes[ALL_ADULTS],
            lado=self.yes[LADO],
            open_questions=tuple((unknown[one.id], one.id) for one in self.open if one.id in unknown),
            outcome_result=tuple(self.result(OUTCOME, outcome.id) for outcome in Outcome),
            agency_result={bits: self.results(AGENCIES, of) for bits, of in AGENCIES_OF.items()},
            actions=tuple(self.action(rule) for rule in ACTIONS),
            links=tuple((self.mask(rule.when), _link(rule)) for rule in self.links),
            contradictions=tuple((self.mask(one.when), Contradiction(one.id, one.text)) for one in CONTRADICTIONS),
            remarks=tuple((self.mask(one.when), self.edition.say(one.text)) for one in REMARKS),
        )

    def answer_bits(self, id_: str, given: Given) -> int:
        bits = 0
        for atom in self.yes:
            if atom.fact == id_:
                match truth(atom, {id_: given}.__getitem__):
                    case Truth.YES:
                        bits |= self.yes[atom] | self.maybe[atom]
                    case Truth.UNKNOWN:
                        bits |= self.maybe[atom]
                    case Truth.NO:
                        pass
        return bits

    def mask(self, condition: Condition, *, maybe: bool = False) -> Mask:
        bit_of = self.maybe if maybe else self.yes
        one, every = 0, []
        for clause in _clauses(condition):
            mask = 0
            for atom in clause:
                mask |= bit_of[atom]
            if len(clause) > 1:
                every.append(mask)
            else:
                one |= mask or SET_IN_STONE
        return Mask(one, tuple(every))

    def result(self, kind: str, id_: str) -> int:
        return sum(bit for atom, bit in self.yes.items() if atom.fact == kind and id_ in atom.answers)

    def results(self, kind: str, ids: Iterable[str]) -> int:
        bits = 0
        for id_ in ids:
            bits |= self.result(kind, id_)
        return bits

    def row(self, criterion: Criterion) -> Row:
        shown = (criterion.level, self.edition.source(criterion.cite), criterion.reason, criterion.points_to)
        refers = criterion.level >= Outcome.REFER_NOW
        return Row(
            yes=self.mask(criterion.met_when),
            maybe=self.mask(criterion.met_when, maybe=True),
            met=Finding(criterion.id, "met", *shown),
            possible=Finding(criterion.id, "possible", *shown),
            met_result=self.result(MET, criterion.id),
            possible_result=self.result(POSSIBLE, criterion.id),
            level=1 << criterion.level,
            agencies=sum(AGENCY_BIT[agency] for agency in criterion.points_to) if refers else 0,
            presses=criterion.id not in NOT_PRESSING,
        )

    def levels(self) -> Iterable[tuple[Outcome, Mask]]:
        for level in (Outcome.EMERGENCY, Outcome.REFER_NOW, Outcome.DSL_REVIEW):
            yield level, self.mask(AnyOf(tuple(one.met_when for one in self.edition.criteria if one.level is level)))

    def action(self, rule: ActionRule) -> tuple[Mask, Action, int]:
        shown = Action(
            rule.id,
            self.edition.say(rule.text),
            self.edition.source(rule.cite),
            rule.for_raiser,
            rule.for_lead,
            rule.box,
            rule.collapsed,
        )
        return self.mask(rule.when), shown, self.result(ACTIONS_TAKEN, rule.id)


def _bits(masks: Iterable[Mask]) -> int:
    bits = 0
    for mask in masks:
        for part in (mask.one, *mask.every):
            bits |= part
    return bits


def _link(rule: LinkRule) -> Link:
    return Link(rule.id, rule.title, rule.url, rule.whose, rule.note, rule.checked)


def _clauses(condition: Condition) -> frozenset[frozenset[Is]]:
    """The condition as "any of (all of …)"."""
    match condition:
        case Is():
            return frozenset({frozenset({condition})})
        case AnyOf(parts):
            return frozenset[frozenset[Is]]().union(*(_clauses(part) for part in parts))
        case AllOf(parts):
            picks = product(*(_clauses(part) for part in parts))
            return frozenset(frozenset[Is]().union(*pick) for pick in picks)
        case _:
            assert_never(condition)
