"""Conditions in plain English: the same condition that runs, for somebody who reads no code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from policy.actions import ACTIONS
from policy.condition import NOT_KNOWN, AllOf, AnyOf, Condition, Is
from policy.editions import EDITIONS
from policy.outcome import Agency, Outcome
from policy.questions import fact
from policy.rules import ACTIONS_TAKEN, AGENCIES, MET, OUTCOME, POSSIBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

AGENCY_WORDS: Final = {
    Agency.EMERGENCY_999: "999",
    Agency.POLICE: "the police",
    Agency.SOCIAL_CARE: "children's social care",
    Agency.LADO: "the LADO",
    Agency.ADULT_SAFEGUARDING: "adult safeguarding",
}

ALL_HOLD, ONE_HOLDS = "all of these hold:", "at least one of these holds:"
ALWAYS_HOLDS, NEVER_HOLDS = "always", "never"

# What an assessment came to, as conditions of actions and links name it: for one name, and for several.
_CAME_TO: Final = {
    OUTCOME: ("the outcome is {}", "the outcome is {}"),
    MET: ("this criterion is met: {}", "at least one of these criteria is met: {}"),
    POSSIBLE: ("this criterion is possible, because something is not known: {}", "one of these is possible: {}"),
    AGENCIES: ("{} is among those to tell", "at least one of these is to be told: {}"),
    ACTIONS_TAKEN: ("this action is shown: {}", "at least one of these actions is shown: {}"),
}
_MANY: Final = 3
"""From so many answers on, one that is left out is quicker to read than those that are named."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line; where it ends with a colon, what it counts up is `below`, which may count up again."""

    line: str
    below: tuple[Words, ...] = ()


def in_words(condition: Condition, say: Callable[[str], str] = str) -> Words:
    """Put a condition into words, questions and answers in “ ”. `say` puts an edition's own titles into them.

    What is counted up stands one level deeper than the line that says whether all of it or one of it must hold, so a
    condition inside another one cannot be read as part of its neighbour.
    """
    match condition:
        case Is():
            return Words(say(_atom(condition)))
        case AllOf(()):
            return Words(ALWAYS_HOLDS)
        case AnyOf(()):
            return Words(NEVER_HOLDS)
        case AllOf((only,)) | AnyOf((only,)):
            return in_words(only, say)
        case AllOf(parts):
            return Words(ALL_HOLD, tuple(in_words(part, say) for part in parts))
        case AnyOf(parts):
            return Words(ONE_HOLDS, tuple(in_words(part, say) for part in parts))
        case _:
            assert_never(condition)


def _atom(one: Is) -> str:
    if one.fact in _CAME_TO:
        singular, plural = _CAME_TO[one.fact]
        names = [quoted(name_of(one.fact, id_)) for id_ in one.answers]
        return (singular if len(names) == 1 else plural).format(either(names))
    asked = fact(one.fact)
    named = either([quoted(asked.label(id_)) for id_ in one.answers])
    if asked.several:
        return f"among the answers to {quoted(asked.question)} is {named}"
    left_out = [answer for answer in asked.answers if answer.id not in one.answers]
    if len(one.answers) >= _MANY and len(left_out) == 1 and NOT_KNOWN in one.answers:
        return f"{quoted(asked.question)} has any answer but {quoted(left_out[0].label)}, “Not known” included"
    return f"{quoted(asked.question)} is answered {named}"


def name_of(kind: str, id_: str) -> str:
    """The words for what an assessment came to: an outcome's heading, an agency, a criterion's or an action's start."""
    match kind:
        case _ if kind == OUTCOME:
            return Outcome.of(id_).heading
        case _ if kind == AGENCIES:
            return AGENCY_WORDS[Agency(id_)]
        case _ if kind == ACTIONS_TAKEN:
            return first_sentence(_ACTION[id_].replace("{ask_next}", "(the open questions)."))
        case _:
            return first_sentence(_REASON[id_])


_REASON: Final = {criterion.id: criterion.reason for one in EDITIONS for criterion in one.criteria}
_ACTION: Final = {rule.id: rule.text for rule in ACTIONS}


def first_sentence(text: str) -> str:
    """The first sentence, without its full stop: what a criterion or an action is called on a page."""
    return re.split(r"\.(?:\s|$)", text, maxsplit=1)[0]


def quoted(text: str) -> str:
    """A question or an answer, so that it is seen where it ends."""
    return f"“{text}”"


def either(items: Iterable[str]) -> str:
    """Items with commas and an "or" between them."""
    *rest, last = items
    return f"{', '.join(rest)} or {last}" if rest else last
