"""What `assess` reads from a command line's input: JSON objects, JSON Lines and TOML vignettes, as bytes.

Nothing here raises for what somebody wrote: an entry that cannot be assessed becomes a `Refusal` that says why. A
refusal names a question but never repeats an answer.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from policy.assess import assess
from policy.editions import EDITIONS, edition
from policy.facts import Facts, NotAFact
from policy.questions import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONGEST_LINE = 1 << 20  # bytes; a full entry has about 1,000
LONGEST_FILE = 16 << 20

_IDS = frozenset(one.id for one in FACTS)
_BESIDES = frozenset(
    ("id", "edition", "only", "title", "story", "outcome", "met", "possible", "agencies", "variant")  # of a vignette
)
"""What an entry may hold beside its facts, or without any. Other names are no matter where there are facts."""
_TOO_LONG = "This is longer than an entry can be."
_TOO_DEEP = "This is nested too deeply."


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to assess. `edition` is None if the entry names none."""

    id: object
    edition: str | None
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that cannot be assessed, and why. `fact` names the question, if it is about one."""

    id: object
    fact: str | None
    message: str


def answer(entry: Entry | Refusal, default: str) -> dict[str, Any]:
    """Give the object to print for an entry: the recommendation, or what was wrong with it."""
    if isinstance(entry, Refusal):
        return {"id": entry.id, "error": {"fact": entry.fact, "message": entry.message}}
    try:
        under = edition(entry.edition or default)
    except KeyError:
        return answer(Refusal(entry.id, None, f"There is no such edition. There are: {_editions()}."), default)
    try:
        facts = Facts.of(entry.facts)
    except NotAFact as refused:
        return answer(Refusal(entry.id, refused.fact, refused.message), default)
    return {"id": entry.id, **assess(facts, under).as_json()}


def _editions() -> str:
    return ", ".join(one.id for one in EDITIONS)


def from_json(raw: bytes) -> Entry | Refusal:
    """Read one JSON object; a line of JSON Lines, or a whole file."""
    if len(raw) > LONGEST_LINE:
        return Refusal(None, None, _TOO_LONG)
    found = _Found()
    try:
        value = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=found.pairs,
            parse_constant=found.constant,
            parse_float=found.real,
        )
    except UnicodeDecodeError:
        return Refusal(None, None, "This is not UTF-8 text.")
    except RecursionError:
        return Refusal(None, None, _TOO_DEEP)
    except ValueError:
        return Refusal(None, None, "This is not JSON.")
    if found.wrong:
        id_ = _echo(value.get("id")) if isinstance(value, dict) else None
        return Refusal(id_, found.fact, found.wrong)
    return _entry(value)


class _Found:
    """Collects what the JSON reader would let through: repeated names, and numbers that are not finite."""

    def __init__(self) -> None:
        self.wrong = ""
        self.fact: str | None = None

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        together = dict(pairs)
        if len(together) < len(pairs):
            counted = Counter(name for name, _ in pairs)
            self.fact = next((name for name, times in counted.items() if times > 1 and name in _IDS), None)
            self.wrong = f"{self.fact} is there twice." if self.fact else "A name is there twice."
        return together

    def constant(self, _: str) -> None:
        self.wrong = "NaN and Infinity are not JSON."

    def real(self, digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            self.wrong = "A number is too large."
            return 0.0
        return number


def from_toml(raw: bytes) -> Iterable[Entry | Refusal]:
    """Read a file of vignettes: the `[[vignette]]` tables, with the facts of `[baseline]` where they are not `only`."""
    if len(raw) > LONGEST_FILE:
        return [Refusal(None, None, _TOO_LONG)]
    try:
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return [Refusal(None, None, "This is not UTF-8 text.")]
    except RecursionError:
        return [Refusal(None, None, _TOO_DEEP)]
    except ValueError as reason:  # TOML's own messages end with the place, and only that is repeated
        place = str(reason).rpartition("(")[2].rstrip(")")
        return [Refusal(None, None, f"This is not TOML, {place}." if place.startswith("at ") else "This is not TOML.")]
    baseline = document.get("baseline", {})
    vignettes = document.get("vignette")
    if not isinstance(baseline, dict):
        return [Refusal(None, None, "“baseline” is a table of facts: [baseline].")]
    if not isinstance(vignettes, list):
        return [Refusal(None, None, "The file has no [[vignette]].")]
    return _vignettes(vignettes, baseline.get("facts", baseline))


def _vignettes(vignettes: list[Any], baseline: object) -> Iterator[Entry | Refusal]:
    for vignette in vignettes:
        entry = _entry(vignette)
        if isinstance(entry, Refusal) or vignette.get("only", False) is True:
            yield entry
        elif not isinstance(baseline, dict):
            yield Refusal(entry.id, None, "“baseline” is a table of facts: [baseline].")
        elif vignette.get("only", False) is not False:
            yield Refusal(entry.id, None, "“only” is true or false.")
        else:
            yield Entry(entry.id, entry.edition, {**baseline, **entry.facts})


def _entry(value: object) -> Entry | Refusal:
    if not isinstance(value, dict):
        return Refusal(None, None, "An entry is an object with “facts”.")
    id_ = _echo(value.get("id"))
    astray = next((name for name in value if name in _IDS), None)
    if astray is not None:  # passed over, an emergency would read as if nothing were known
        return Refusal(id_, astray, "Answers stand under “facts”, not beside it.")
    if "facts" not in value and not _BESIDES.issuperset(value):
        return Refusal(id_, None, "This has no “facts”: an object with the answer of each question by its id.")
    facts = value.get("facts", {})
    if not isinstance(facts, dict):
        return Refusal(id_, None, "“facts” is an object: the answer of each question by its id.")
    named = value.get("edition")
    if named is not None and not isinstance(named, str):
        return Refusal(id_, None, f"“edition” is one of: {_editions()}.")
    return Entry(id_, named, facts)


def _echo(id_: object) -> object:
    """The id as it can be printed: as it came, or as text (TOML has dates and numbers that JSON has not)."""
    try:
        json.dumps([[id_]], allow_nan=False)
    except (RecursionError, TypeError, ValueError):
        return str(id_) if isinstance(id_, (date, time, float)) else None
    return id_
