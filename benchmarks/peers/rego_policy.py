"""The criteria as a Rego policy, evaluated by regorus (in the wheel `celine-regorus`), with reasons and outcome."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from regorus import Engine

from benchmarks.peers.clauses import Clause, Judged, Rule, rules
from policy import Edition

_TAIL = """
possible := maybe - met
findings[id] := {"status": "met", "level": level[id], "reason": reason[id]} if some id in met
findings[id] := {"status": "possible", "level": level[id], "reason": reason[id]} if some id in possible
levels contains level[id] if some id in met
outcome := max(levels) if count(levels) > 0
outcome := 1 if {
  count(levels) == 0
  input.what_was_shared == "image_under_18"
}
outcome := 0 if {
  count(levels) == 0
  input.what_was_shared != "image_under_18"
}
answer := {"outcome": outcome, "findings": findings}
"""


def policy(edition: Edition) -> Callable[[Mapping[str, Any]], Any]:
    """A function that judges answers by the policy. Handed over as JSON text, which is quicker than as a dict."""
    engine = Engine()
    engine.add_policy("signpost.rego", text(edition))

    def evaluate(given: Mapping[str, Any]) -> Any:  # noqa: ANN401  # the engine's answer
        engine.set_input_json(json.dumps(given))
        return json.loads(engine.eval_rule_as_json("data.signpost.answer"))

    return evaluate


def judged(answer: Mapping[str, Any]) -> Judged:
    """What an answer comes to."""
    return answer["outcome"], {id_: found["status"] for id_, found in answer["findings"].items()}


def text(edition: Edition) -> str:
    """The policy as Rego."""
    all_rules = rules(edition)
    ways = [_way(rule, clause) for rule in all_rules for clause in rule.clauses]
    levels = ",\n".join(f"  {json.dumps(rule.id)}: {rule.level}" for rule in all_rules[::2])
    reasons = ",\n".join(f"  {json.dumps(rule.id)}: {json.dumps(rule.reason)}" for rule in all_rules[::2])
    head = f"package signpost\n\nlevel := {{\n{levels}\n}}\n\nreason := {{\n{reasons}\n}}\n"
    return "\n".join([head, *ways]) + _TAIL


def _way(rule: Rule, clause: Clause) -> str:
    conditions = "".join(f"  {_one_of(name, answers)}\n" for name, answers in clause.items())
    found = "met" if rule.status == "met" else "maybe"
    return f"{found} contains {json.dumps(rule.id)} if {{\n{conditions}}}"


def _one_of(name: str, answers: tuple[str, ...]) -> str:
    if len(answers) == 1:
        return f"input.{name} == {json.dumps(answers[0])}"
    return f"input.{name} in {{{', '.join(map(json.dumps, answers))}}}"
