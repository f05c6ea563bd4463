"""Turns an edition's declared conditions into its table, once.

A condition is first brought to "any of (all of …)". AND and OR of Kleene logic distribute like those of sets, so this
changes no result.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import product
from operator import or_
from typing import TYPE_CHECKING, assert_never

from policy.actions import ACTIONS
from policy.condition import NOT_KNOWN, AllOf, AnyOf, Condition, Given, Is, Truth, atoms, truth
from policy.consistency import CONTRADICTIONS
from policy.facts import ASKED, GATES, ON_OFFER
from policy.links import LINKS
from policy.outcome import Outcome
from policy.questions import FACTS, FIND_OUT_ORDER, adult_role, what_was_shared
from policy.recommendation import Action, Contradiction, Finding, Link
from policy.rules import ACTIONS_TAKEN, AGENCIES, MET, OUTCOME, POSSIBLE
from policy.table import AGENCIES_OF, AGENCY_BIT, SET_IN_STONE, Mask, Rise, Row, Table
from policy.words import FIND_OUT_ADVICE, REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy.criterion import Criterion
    from policy.edition import Edition
    from policy.fact import Fact
    from policy.rules import ActionRule, LinkRule

LADO = adult_role.is_in("staff_or_trust")
IMAGE_KNOWN = what_was_shared.is_in("image_under_18")
ALL_ADULTS = what_was_shared.is_in("all_adults")

# Met, these do not by themselves make a review a matter of today: finding out more must never make it look less urgent.
NOT_PRESSING = ("added_vulnerability", "not_enough_known")


@lru_cache(maxsize=64)
def table_of(edition: Edition) -> Table:
    """Give the edition's table, compiled the first time."""
    return _Compiler(edition).table()


def action(id_: str, edition: Edition) -> Action:
    """Give an action in the edition's words, whether or not it applies; raises `KeyError` if there is none."""
    return {shown.id: shown for _, shown, _ in table_of(edition).actions}[id_]


def all_links() -> tuple[Link, ...]:
    """Every link that any edition can show: for a check that they still answer, and of those nobody has opened."""
    return tuple(_link(rule) for rule in LINKS)


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
        own = tuple(_union(bits.values()) for bits in contributes)
        levels = tuple(self.levels())
        open_questions = tuple(
            (self.yes[one.is_in(NOT_KNOWN)], FACTS.index(one)) for one in FIND_OUT_ORDER if one in self.open
        )
        return Table(
            contributes=contributes,
            own=own,
            asked={
                gate: SET_IN_STONE | _union(own[FACTS.index(one)] for one in asked) for gate, asked in ASKED.items()
            },
            set_aside={gate: _unanswered(contributes, asked) for gate, asked in ASKED.items()},
            rows=tuple(self.row(one) for one in self.edition.criteria),
            levels=levels,
            rises=tuple(tuple(_rises(contributes, own, levels, outcome)) for outcome in Outcome),
            image_known=self.yes[IMAGE_KNOWN],
            all_adults=self.yes[ALL_ADULTS],
            lado=self.yes[LADO],
            open_questions=open_questions,
            unknown=_union(bit for bit, _ in open_questions),
            outcome_result=tuple(self.result(OUTCOME, outcome.id) for outcome in Outcome),
            agency_result={bits: self.results(AGENCIES, of) for bits, of in AGENCIES_OF.items()},
            actions=tuple(self.action(rule) for rule in ACTIONS),
            worded=dict(self.worded()),
            links=tuple((self.mask(rule.when), _link(rule)) for rule in self.links),
            contradictions=tuple((self.mask(one.when), Contradiction(one.id, one.text)) for one in CONTRADICTIONS),
            remarks=tuple((self.mask(one.when), self.edition.say(one.text)) for one in REMARKS),
            find_out_advice=self.edition.say(FIND_OUT_ADVICE),
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
        return _union(self.result(kind, id_) for id_ in ids)

    def row(self, criterion: Criterion) -> Row:
        shown = (criterion.level, self.edition.source(criterion.cite), criterion.reason, criterion.points_to)
        refers = criterion.level >= Outcome.REFER_NOW
        return Row(
            yes=self.mask(criterion.met_when),
            maybe=self.mask(criterion.met_when, maybe=True),
            met=Finding(criterion.id, "met", *shown, self.edition.say(criterion.told_met)),
            possible=Finding(criterion.id, "possible", *shown, self.edition.say(criterion.told_unknown)),
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
        return self.mask(rule.when), self.said(rule, rule.text), self.result(ACTIONS_TAKEN, rule.id)

    def worded(self) -> Iterable[tuple[str, tuple[int, Mapping[Given, Action]]]]:
        for rule in ACTIONS:
            for asked in dict.fromkeys(one.fact for one in rule.worded):
                words: dict[Given, Action] = {
                    answer: self.said(rule, text) for one, text in rule.worded.items() for answer in one.answers
                }
                yield rule.id, (next(place for place, one in enumerate(FACTS) if one.id == asked), words)

    def said(self, rule: ActionRule, text: str) -> Action:
        return Action(
            rule.id,
            self.edition.say(text),
            self.edition.source(rule.cite),
            rule.for_raiser,
            rule.for_lead,
            rule.box,
            rule.collapsed,
        )


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _unanswered(contributes: tuple[Mapping[Given, int], ...], asked: tuple[Fact, ...]) -> int:
    blank = ((one, bits[() if one.several else NOT_KNOWN]) for one, bits in zip(FACTS, contributes, strict=True))
    return _union(bits for one, bits in blank if one not in asked)


def _rises(
    contributes: tuple[Mapping[Given, int], ...],
    own: tuple[int, ...],
    levels: tuple[tuple[Outcome, Mask], ...],
    outcome: Outcome,
) -> Iterable[Rise]:
    """The answers that can lift this outcome, of questions that open and close no other."""
    above = [(level, mask) for level, mask in levels if level > outcome]
    for place, one in enumerate(FACTS):
        if not one.bears_on_outcome or one.id in GATES:
            continue
        for answer in one.answers:
            bits = contributes[place][answer.id]
            alone = max((level for level, mask in above if bits & mask.one), default=Outcome.OUT_OF_SCOPE)
            with_others = any(bits & part for level, mask in above if level > alone for part in mask.every)
            if alone > outcome or with_others:
                yield Rise(place, own[place], answer.id, bits, alone, with_others)


def _link(rule: LinkRule) -> Link:
    return Link(rule.id, rule.title, rule.url, rule.whose, rule.note, rule.checked)


def _clauses(condition: Condition) -> frozenset[frozenset[Is]]:
    """The condition as "any of (all of …)"."""
    match condition:
        case Is():
            return frozenset({frozenset({condition})})
        case AnyOf(parts):
            return frozenset(clause for part in parts for clause in _clauses(part))
        case AllOf(parts):
            picks = product(*(_clauses(part) for part in parts))
            return frozenset(frozenset[Is]().union(*pick) for pick in picks)
        case _:
            assert_never(condition)
