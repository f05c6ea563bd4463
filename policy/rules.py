"""What the rules for actions, links and sentences are made of: a text and the condition under which it is shown.

Their conditions may name, beside facts, what the assessment came to: the outcome, the criteria that are met or
possible, the agencies, and the actions. Those behave like questions with several answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy.condition import Is

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.condition import Condition
    from policy.outcome import Agency
    from policy.sources import Citation

OUTCOME, MET, POSSIBLE, AGENCIES, ACTIONS_TAKEN = "=outcome", "=met", "=possible", "=agencies", "=actions"


def outcome(*ids: str) -> Is:
    """The outcome is one of these."""
    return Is(OUTCOME, ids)


def met(*criteria: str) -> Is:
    """One of these criteria is met."""
    return Is(MET, criteria)


def possible(*criteria: str) -> Is:
    """One of these criteria is possible."""
    return Is(POSSIBLE, criteria)


def agency(*ids: Agency) -> Is:
    """One of these is among the agencies."""
    return Is(AGENCIES, tuple(one.value for one in ids))


def action(*ids: str) -> Is:
    """One of these is among the actions."""
    return Is(ACTIONS_TAKEN, ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """An action, in the words of the English edition, and when it is called for.

    `worded` has its words where they depend on the answer to a question, by that question and answer; elsewhere `text`
    stands. All of them are of one question.
    """

    id: str
    text: str
    when: Condition
    cite: tuple[Citation, ...]
    for_raiser: bool = False
    for_lead: bool = True
    box: bool = False
    collapsed: bool = False
    worded: Mapping[Is, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """A link, for whom it is and when it is shown. `nations`: where it is of use; empty means everywhere."""

    id: str
    title: str
    url: str
    whose: tuple[str, ...]
    when: Condition
    nations: tuple[str, ...] = ()
    note: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """A sentence with an id (a contradiction, a remark) and when it is said."""

    id: str
    text: str
    when: Condition
