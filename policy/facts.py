"""The answers to the 24 questions, as one value that cannot change and cannot be wrong."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import product
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, cast

from policy.condition import NOT_KNOWN, Truth, atoms, truth
from policy.questions import FACTS, fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.condition import Given
    from policy.fact import Fact

_LONGEST_ECHO = 40


class NotAFact(ValueError):
    """What was handed in is not a question of ours with an answer on offer. `fact` names it, never the answer."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(message)
        self.fact = fact
        self.message = message


class UnknownFact(NotAFact):
    """There is no such question."""


class UnknownAnswer(NotAFact):
    """The question has no such answer. The message lists those on offer and does not repeat what was given."""


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """The 24 answers, each `not_known` (or none, where several may be chosen) unless given.

    Making one with an answer that is not on offer raises `UnknownAnswer`, so every `Facts` can be assessed. The fields
    are the questions, in the order of the pages.
    """

    harm_now: str = NOT_KNOWN
    what_was_shared: str = NOT_KNOWN
    age_depicted: str = NOT_KNOWN
    adult_involved: str = NOT_KNOWN
    adult_role: str = NOT_KNOWN
    relationship: str = NOT_KNOWN
    coercion: str = NOT_KNOWN
    capacity_concern: str = NOT_KNOWN
    extortion_demand: str = NOT_KNOWN
    content_shown: str = NOT_KNOWN
    agreed: str = NOT_KNOWN
    spread: str = NOT_KNOWN
    image_location: tuple[str, ...] = ()
    ai_generated: str = NOT_KNOWN
    staff_viewed: str = NOT_KNOWN
    dsl_informed: str = NOT_KNOWN
    age_others: str = NOT_KNOWN
    age_or_power_gap: str = NOT_KNOWN
    intent_to_harm: str = NOT_KNOWN
    profit_motive: str = NOT_KNOWN
    repeat_behaviour: str = NOT_KNOWN
    vulnerability: str = NOT_KNOWN
    other_setting_involved: str = NOT_KNOWN
    parents_informed: str = NOT_KNOWN

    def __post_init__(self) -> None:
        try:
            for given, on_offer in zip(values(self), ON_OFFER, strict=True):
                if given not in on_offer:
                    break
            else:
                return
        except TypeError:  # a list: not hashable
            pass
        for one in FACTS:  # the rare path: put a several-choices answer in our order, or say what is wrong
            object.__setattr__(self, one.id, _checked(one, getattr(self, one.id)))

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Facts:
        """Make the facts from answers by question id, as they come from a form or a file.

        A fact left out is not known. Raises `UnknownFact` or `UnknownAnswer`.
        """
        location = given.get("image_location")
        if isinstance(location, list):
            given = {**given, "image_location": tuple(location)}
        try:
            return cls(**cast("Mapping[str, Any]", given))
        except TypeError:
            raise _unknown(given) from None

    def with_answers(self, given: Mapping[str, object]) -> Facts:
        """Give these facts with some answers changed; raises like `of`."""
        return Facts.of({**self.as_dict(), **given})

    def as_dict(self, *, everything: bool = False) -> dict[str, str | list[str]]:
        """Give the answers by question id, in page order: those that are known, or all of them."""
        return {
            one.id: list(given) if isinstance(given, tuple) else given
            for one, given in zip(FACTS, values(self), strict=True)
            if everything or given not in (NOT_KNOWN, ())
        }

    def answered(self, id_: str) -> bool:
        """Say whether the question has an answer other than "Not known"; raises `KeyError` for an unknown question."""
        return getattr(self, fact(id_).id) not in (NOT_KNOWN, ())

    def asked(self, id_: str) -> bool:
        """Say whether the question is asked, given the other answers; raises `KeyError` for an unknown question."""
        return fact(id_) in asked_of(self)

    def heard(self) -> Facts:
        """Give these facts without the answers that are set aside because their question is not asked."""
        asked = {one.id for one in asked_of(self)}
        return Facts.of({id_: given for id_, given in self.as_dict().items() if id_ in asked})

    def given(self, id_: str) -> Given:
        """Give the answer for a condition: nothing, if the question is not asked and its answer so set aside."""
        return cast("Given", getattr(self, id_)) if self.asked(id_) else ()

    def __repr__(self) -> str:
        """Say how much is known and nothing of it: a repr ends up in tracebacks and logs."""
        return f"Facts(<{len(self.as_dict())} of {len(FACTS)} answered>)"


values = cast("attrgetter[tuple[Given, ...]]", attrgetter(*(field.name for field in fields(Facts))))


def _subsets(one: Fact) -> frozenset[Given]:
    chosen = product((True, False), repeat=len(one.answers))
    return frozenset(tuple(a.id for a, on in zip(one.answers, pick, strict=True) if on) for pick in chosen)


ON_OFFER: tuple[frozenset[Given], ...] = tuple(
    _subsets(one) if one.several else frozenset(answer.id for answer in one.answers) for one in FACTS
)


def _checked(one: Fact, given: object) -> Given:
    ids = [answer.id for answer in one.answers]
    if not one.several:
        if isinstance(given, str) and given in ids:
            return given
        raise UnknownAnswer(one.id, f"{one.id} takes one of: {', '.join(ids)}.")
    if isinstance(given, (list, tuple)) and all(isinstance(item, str) and item in ids for item in given):
        return tuple(id_ for id_ in ids if id_ in given)
    raise UnknownAnswer(one.id, f"{one.id} takes a list of: {', '.join(ids)}.")


def _unknown(given: Mapping[str, object]) -> UnknownFact:
    name = next(str(key) for key in given if key not in _IDS)
    shown = "".join(char if char.isprintable() else "?" for char in name[:_LONGEST_ECHO])
    shown += "…" if len(name) > _LONGEST_ECHO else ""
    return UnknownFact(shown, f"There is no question “{shown}”.")


_IDS = frozenset(one.id for one in FACTS)

# Which questions are asked depends on a few answers only; each combination of those is worked out once.
GATES = tuple(one.id for one in FACTS if one.id in {atom.fact for f in FACTS for atom in atoms(f.asked)})
_gates = cast("attrgetter[tuple[str, ...]]", attrgetter(*GATES))
gates_of = cast("itemgetter[tuple[str, ...]]", itemgetter(*(place for place, f in enumerate(FACTS) if f.id in GATES)))


def _asked_when(answers: tuple[str, ...]) -> tuple[Fact, ...]:
    given = dict(zip(GATES, answers, strict=True))
    return tuple(one for one in FACTS if truth(one.asked, given.__getitem__) is Truth.YES)


ASKED: dict[tuple[str, ...], tuple[Fact, ...]] = {
    answers: _asked_when(answers) for answers in product(*([a.id for a in fact(gate).answers] for gate in GATES))
}

# The same answers with those set aside as not known.
HEARD_GATES: dict[tuple[str, ...], tuple[str, ...]] = {
    answers: tuple(answer if fact(gate) in asked else NOT_KNOWN for gate, answer in zip(GATES, answers, strict=True))
    for answers, asked in ASKED.items()
}


def asked_of(facts: Facts) -> tuple[Fact, ...]:
    """The questions that are asked, given these answers, in page order."""
    return ASKED[_gates(facts)]


def page(step: int, facts: Facts) -> tuple[Fact, ...]:
    """The questions to draw on the page of a step: those asked at this moment, unanswered counting as not known."""
    return tuple(one for one in asked_of(facts) if one.step == step)
