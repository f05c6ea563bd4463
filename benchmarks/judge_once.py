"""One engine in a process of its own: its answers to the 200 cases, and the time that it takes for one.

`python -m benchmarks.judge_once ours|zen|regorus SECONDS` prints JSON. Time is CPU time of the whole process.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from benchmarks.peers.clauses import Judged, heard, of_ours
from policy import FACTS, Facts, assess, edition

CASES = 200
SEED = 20261124
WARM_UP = 1.0
ENGLAND = edition("england-2024")
Case: TypeAlias = dict[str, Any]
Ways: TypeAlias = dict[str, tuple[Callable[[Any], Any], Sequence[Any]]]
"""By name: what judges one case, and the cases as it takes them."""


def cases() -> list[Case]:
    """Forms filled in at random: every answer that is on offer is as likely as any other."""
    draw = random.Random(SEED)
    return [{one.id: _some_answer(draw, one.id) for one in FACTS} for _ in range(CASES)]


def _some_answer(draw: random.Random, id_: str) -> str | list[str]:
    asked = next(one for one in FACTS if one.id == id_)
    ids = [answer.id for answer in asked.answers]
    return [one for one in ids if draw.random() < 0.5] if asked.several else draw.choice(ids)


def ours() -> tuple[Ways, list[Judged]]:
    """`assess` on facts, and validation with it from a plain dict."""
    dicts = cases()
    facts = [Facts.of(one) for one in dicts]
    ways: Ways = {
        "facts": (lambda one: assess(one, ENGLAND), facts),
        "dict": (lambda one: assess(Facts.of(one), ENGLAND), dicts),
    }
    return ways, [of_ours(assess(one, ENGLAND)) for one in facts]


def zen() -> tuple[Ways, list[Judged]]:
    """The decision table with its trace, and the quickest that we found to say the same."""
    from benchmarks.peers import zen_table  # noqa: PLC0415  # each process loads one engine

    given = [heard(one) for one in cases()]
    table, listed = zen_table.table(ENGLAND), zen_table.listed(ENGLAND)
    found = [zen_table.judged(table(one)) for one in given]
    if found != [zen_table.judged(listed(one)) for one in given]:
        raise SystemExit("the table and the list of expressions do not agree")
    return {"table": (table, given), "listed": (listed, given)}, found


def regorus() -> tuple[Ways, list[Judged]]:
    """The Rego policy."""
    from benchmarks.peers import rego_policy  # noqa: PLC0415

    given = [heard(one) for one in cases()]
    policy = rego_policy.policy(ENGLAND)
    return {"policy": (policy, given)}, [rego_policy.judged(policy(one)) for one in given]


ENGINES: Mapping[str, Callable[[], tuple[Ways, list[Judged]]]] = {"ours": ours, "zen": zen, "regorus": regorus}


def microseconds(judge: Callable[[Any], Any], given: Sequence[Any], seconds: float) -> float:
    """CPU time for one case, over as many whole passes as fill so many seconds."""
    passes, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        for one in given:
            judge(one)
        passes += 1
    return spent / (passes * len(given)) * 1e6


def main(name: str, seconds: float) -> None:
    """Warm up, measure, print."""
    ways, found = ENGINES[name]()
    took = {}
    for way, (judge, given) in ways.items():
        microseconds(judge, given, WARM_UP / len(ways))
        took[way] = microseconds(judge, given, seconds)
    print(json.dumps({"judged": found, "us": took}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
