"""One question: its words, its answers, when it is asked and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policy.condition import ALWAYS, NOT_KNOWN, Condition, Is


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on offer: the id that is stored and the label that a person reads."""

    id: str
    label: str


NO_YES = (Answer("no", "No"), Answer("yes", "Yes"), Answer(NOT_KNOWN, "Not known"))
YES_NO = (Answer("yes", "Yes"), Answer("no", "No"), Answer(NOT_KNOWN, "Not known"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A question of the form.

    `asked` is the condition under which it is asked; if it is false, the answer is set aside. `least_to_most` is the
    order of concern that the monotonicity law uses, empty where the fact never moves the outcome. `asked_of` says who
    is expected to know; it opens and closes nothing.
    """

    id: str
    question: str
    help: str = ""
    answers: tuple[Answer, ...]
    step: Literal[1, 2, 3]
    why: str
    bears_on_outcome: bool
    several: bool = False
    asked_of: Literal["everyone", "lead"] = "everyone"
    asked: Condition = ALWAYS
    least_to_most: tuple[str, ...] = ()

    def is_in(self, *answers: str) -> Is:
        """Make the condition that the answer is one of these; raises `ValueError` for one that is not on offer."""
        unknown = set(answers) - {answer.id for answer in self.answers}
        if unknown:
            raise ValueError(f"{self.id} has no answer {sorted(unknown)}")
        return Is(self.id, answers)

    def label(self, answer: str) -> str:
        """Give the words of an answer; raises `KeyError` for one that is not on offer."""
        return {known.id: known.label for known in self.answers}[answer]
