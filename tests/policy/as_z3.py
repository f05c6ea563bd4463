"""An edition as a formula, made from the declarations that run: for proofs over all facts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import z3

from policy import Edition, Facts, Outcome, fact
from policy.condition import NOT_KNOWN, AllOf, AnyOf, Condition, Is
from tests.policy.given import BEARING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ORDER = {one.id: one.least_to_most for one in BEARING}


@dataclass(frozen=True)
class Side:
    """One set of facts: a number for each fact that bears on the outcome, its place in the order of concern."""

    answers: Mapping[str, Any]

    @classmethod
    def called(cls, name: str) -> Side:
        return cls({id_: z3.Int(f"{name}_{id_}") for id_ in ORDER})

    @property
    def sound(self) -> Any:
        return z3.And(*(z3.And(number >= 0, number < len(ORDER[id_])) for id_, number in self.answers.items()))

    def is_in(self, id_: str, answers: tuple[str, ...]) -> Any:
        return z3.Or(*(self.answers[id_] == place for place, answer in enumerate(ORDER[id_]) if answer in answers))

    def asked(self, id_: str) -> Any:
        return self.holds(fact(id_).asked, lambda _: True, maybe=False)

    def holds(self, condition: Condition, asked: Callable[[str], Any], *, maybe: bool) -> Any:
        """The condition is true; with `maybe`: true or unknown."""
        match condition:
            case Is(id_, answers):
                counts = (*answers, NOT_KNOWN) if maybe else answers
                return z3.And(asked(id_), self.is_in(id_, counts))
            case AllOf(parts):
                return z3.And(*(self.holds(part, asked, maybe=maybe) for part in parts))
            case AnyOf(parts):
                return z3.Or(*(self.holds(part, asked, maybe=maybe) for part in parts))

    def met(self, condition: Condition) -> Any:
        return self.holds(condition, self.asked, maybe=False)

    def unknown(self, condition: Condition) -> Any:
        return z3.And(self.holds(condition, self.asked, maybe=True), z3.Not(self.met(condition)))

    def open(self, edition: Edition) -> Any:
        """Some question that bears on the outcome is asked and not answered."""
        bears = [id_ for id_ in ORDER if id_ not in edition.silent_on]
        return z3.Or(*(z3.And(self.asked(id_), self.is_in(id_, (NOT_KNOWN,))) for id_ in bears))

    def outcome(self, edition: Edition) -> Any:
        found = z3.If(self.is_in("what_was_shared", ("image_under_18",)), int(Outcome.MANAGE_IN_SCHOOL), 0)
        for level in (Outcome.DSL_REVIEW, Outcome.REFER_NOW, Outcome.EMERGENCY):
            met = [self.met(one.met_when) for one in edition.criteria if one.level is level]
            found = z3.If(z3.Or(*met), int(level), found)
        return found

    def is_(self, facts: Facts) -> Any:
        """Exactly these facts."""
        return z3.And(*(number == ORDER[id_].index(getattr(facts, id_)) for id_, number in self.answers.items()))


def counterexample(*claims: Any) -> z3.ModelRef | None:
    """Facts for which all of this holds, or None if there are none."""
    solver = z3.Solver()
    solver.add(*claims)
    answer = solver.check()
    assert answer != z3.unknown
    return solver.model() if answer == z3.sat else None
