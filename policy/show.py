"""Questions, criteria and differences as plain JSON values, for the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, assert_never

from policy.condition import AllOf, AnyOf, Condition, Is
from policy.difference import difference
from policy.questions import FACTS

if TYPE_CHECKING:
    from policy.edition import Edition


def condition(shown: Condition) -> dict[str, Any]:
    """Give a condition as nested objects: `{"fact", "is_in"}`, `{"all_of"}`, `{"any_of"}`."""
    match shown:
        case Is(fact, answers):
            return {"fact": fact, "is_in": list(answers)}
        case AllOf(parts):
            return {"all_of": [condition(part) for part in parts]}
        case AnyOf(parts):
            return {"any_of": [condition(part) for part in parts]}
        case _:
            assert_never(shown)


def questions() -> list[dict[str, Any]]:
    """Give the questions in page order, with everything that a form needs."""
    return [
        {
            "id": one.id,
            "step": one.step,
            "question": one.question,
            "help": one.help,
            "answers": [asdict(answer) for answer in one.answers],
            "several": one.several,
            "asked_of": one.asked_of,
            "asked": condition(one.asked),
            "bears_on_outcome": one.bears_on_outcome,
            "least_to_most": list(one.least_to_most),
            "why": one.why,
        }
        for one in FACTS
    ]


def criteria(edition: Edition) -> list[dict[str, Any]]:
    """Give an edition's criteria in its order, with the source that is shown for each."""
    return [
        {
            "id": one.id,
            "edition": edition.id,
            "level": one.level.id,
            "reason": one.reason,
            "met_when": condition(one.met_when),
            "points_to": [agency.value for agency in one.points_to],
            "source": asdict(edition.source(one.cite)),
            "note": one.note,
        }
        for one in edition.criteria
    ]


def differences(first: Edition, second: Edition) -> list[dict[str, str]]:
    """Give what differs, with the two sides under the editions' ids."""
    return [
        {"subject": one.subject, "kind": one.kind, "id": one.id, first.id: one.first, second.id: one.second}
        for one in difference(first, second)
    ]
