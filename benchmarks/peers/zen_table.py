"""The criteria as a decision table of zen-engine, evaluated with a trace: its explanation of what it did.

As a table is written: a column for each question, a row for each way in which a criterion comes about, every row that
fits is kept; an expression behind it takes the highest level. `listed` says the same in one column that holds a whole
expression a row, which is no table that anybody could read, and is the quickest that we found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from zen import ZenEngine

from benchmarks.peers.clauses import Clause, Judged, Rule, Status, questions, rules
from policy import Edition

_AT = {"x": 0, "y": 0}
_OUTPUTS = ("id", "status", "level", "reason")
_OUTCOME = (
    'some(hits, #.status == "met") ? max(map(filter(hits, #.status == "met"), #.level))'
    '  : $nodes.facts.what_was_shared == "image_under_18" ? 1 : 0'
)
Evaluates = Callable[[Mapping[str, Any]], Any]


def table(edition: Edition) -> Evaluates:
    """A function that judges answers by the table."""
    all_rules = rules(edition)
    columns = questions(all_rules)
    rows = [
        {**{name: _cell(clause.get(name, ())) for name in columns}, **_result(rule)}
        for rule in all_rules
        for clause in rule.clauses
    ]
    return _engine([{"id": name, "name": name, "field": name} for name in columns], rows)


def listed(edition: Edition) -> Evaluates:
    """A function that judges answers by a list of expressions."""
    rows = [{"when": " or ".join(map(_all_of, rule.clauses)), **_result(rule)} for rule in rules(edition)]
    return _engine([{"id": "when", "name": "when"}], rows)


def judged(answer: Mapping[str, Any]) -> Judged:
    """What an answer comes to."""
    found: dict[str, Status] = {}
    for hit in answer["hits"]:
        if hit["status"] == "met" or hit["id"] not in found:
            found[hit["id"]] = hit["status"]
    return int(answer["outcome"]), found


def _engine(inputs: list[dict[str, str]], rows: list[dict[str, str]]) -> Evaluates:
    content = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": name, "name": name, "field": name} for name in _OUTPUTS],
        "rules": [{"_id": str(number), **row} for number, row in enumerate(rows)],
        "passThrough": False,
        "outputPath": "hits",
    }
    expressions = [{"id": "hits", "key": "hits", "value": "hits"}, {"id": "out", "key": "outcome", "value": _OUTCOME}]
    nodes = [
        {"id": "facts", "type": "inputNode", "name": "facts", "position": _AT},
        {"id": "criteria", "type": "decisionTableNode", "name": "criteria", "position": _AT, "content": content},
        {
            "id": "outcome",
            "type": "expressionNode",
            "name": "outcome",
            "position": _AT,
            "content": {"expressions": expressions},
        },
        {"id": "answer", "type": "outputNode", "name": "answer", "position": _AT},
    ]
    order = ("facts", "criteria", "outcome", "answer")
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"} for one, other in pairwise(order)
    ]
    decision = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def evaluate(given: Mapping[str, Any]) -> Any:  # noqa: ANN401  # the engine's answer
        return decision.evaluate(dict(given), {"trace": True})["result"]

    return evaluate


def _result(rule: Rule) -> dict[str, str]:
    return {
        "id": json.dumps(rule.id),
        "status": json.dumps(rule.status),
        "level": str(rule.level),
        "reason": json.dumps(rule.reason),
    }


def _cell(answers: tuple[str, ...]) -> str:
    return ", ".join(map(json.dumps, answers))


def _all_of(clause: Clause) -> str:
    return "(" + " and ".join(f"{name} in [{_cell(answers)}]" for name, answers in clause.items()) + ")"
