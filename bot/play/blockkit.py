"""A linter for Block Kit: says what Slack would refuse in a view or a message, and where it stands.

It looks at the JSON that goes over the wire, so it does not matter who built it. The tables are in
`blockkit_rules.py`; what concerns several places at once (ids used twice, a form without a submit button) is here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from bot.play import blockkit_rules as rules
from bot.play.blockkit_rules import Anything, Bool, Int, Many, OneOf, Rule, Shape, Str, Text, Typed

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that Slack would refuse: where it is, what is wrong, and a short code to test for.

    Codes: `missing`, `unknown`, `wrong_type`, `too_long`, `too_many`, `empty`, `duplicate`, `not_allowed`, `too_large`.
    """

    path: str
    problem: str
    code: str

    def __str__(self) -> str:
        """Return the finding as one line for a person."""
        return f"{self.path or '(top)'}: {self.problem}"


def lint_view(view: object) -> list[Finding]:
    """Return all that Slack would refuse in a modal or a home tab, in the order of the view; empty when it is fine."""
    if not isinstance(view, Mapping):
        return [Finding("", "a view is an object", "wrong_type")]
    shape = rules.HOME if view.get("type") == "home" else rules.MODAL
    found = list(_shape(shape, view, ""))
    found += _across_blocks(view)
    if view.get("type") == "modal" and "submit" not in view and any(b.get("type") == "input" for b in _blocks(view)):
        found.append(Finding("submit", "a view with input blocks needs a submit button", "missing"))
    size = len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
    if size > rules.VIEW_BYTES:
        found.append(Finding("", f"{size} bytes, at most {rules.VIEW_BYTES}", "too_large"))
    return found


def lint_message(message: object) -> list[Finding]:
    """Return all that Slack would refuse in `text`, `blocks` and `metadata` of a message; other keys are left alone.

    A message with blocks and no text is a finding too: Slack takes it, and a screen reader then has nothing to say.
    """
    if not isinstance(message, Mapping):
        return [Finding("", "a message is an object", "wrong_type")]
    looked_at = {key: message[key] for key in rules.MESSAGE.keys if message.get(key) is not None}
    found = list(_shape(rules.MESSAGE, looked_at, ""))
    found += _across_blocks(looked_at)
    if not looked_at.get("text"):
        found.append(Finding("text", "a message needs a text, for notifications and screen readers", "missing"))
    for number, block in enumerate(_blocks(looked_at)):
        if isinstance(block.get("element"), Mapping) and block["element"].get("type") == "file_input":
            found.append(Finding(f"blocks[{number}].element", "file_input is for views", "not_allowed"))
    return found


def _check(rule: Rule, value: object, path: str) -> Iterator[Finding]:
    match rule:
        case Text():
            yield from _text(rule, value, path)
        case Str():
            yield from _string(rule, value, path)
        case Bool():
            if not isinstance(value, bool):
                yield Finding(path, "must be true or false", "wrong_type")
        case Int(low, high):
            yield from _whole_number(low, high, value, path)
        case OneOf(words):
            if value not in words:
                yield Finding(path, f"must be one of {', '.join(words)}", "not_allowed")
        case Many():
            yield from _many(rule, value, path)
        case Shape():
            yield from _shape(rule, value, path)
        case Typed():
            yield from _typed(rule, value, path)
        case Anything():
            return
        case _:
            assert_never(rule)


def _text(rule: Text, value: object, path: str) -> Iterator[Finding]:
    if not isinstance(value, Mapping):
        yield Finding(path, "must be a text object", "wrong_type")
        return
    if value.get("type") not in rule.kinds:
        yield Finding(f"{path}.type", f"must be {' or '.join(rule.kinds)}", "wrong_type")
    known: dict[str, Rule] = {"type": Str(32), "text": Str(rule.limit, empty=False)}
    known |= {"emoji": Bool()} if value.get("type") == "plain_text" else {"verbatim": Bool()}
    yield from _shape(Shape(known, must=("type", "text")), value, path)


def _string(rule: Str, value: object, path: str) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield Finding(path, "must be a string", "wrong_type")
    elif not value and not rule.empty:
        yield Finding(path, "must not be empty", "empty")
    elif (length := _length(value)) > rule.limit:
        yield Finding(path, f"{length} characters, at most {rule.limit}", "too_long")
    elif rule.pattern and not re.fullmatch(rule.pattern, value):
        yield Finding(path, f"must look like {rule.pattern}", "not_allowed")


def _length(value: str) -> int:
    # Slack's clients count UTF-16 units, so that an emoji is two: the stricter count is the safe one.
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def _whole_number(low: int, high: int, value: object, path: str) -> Iterator[Finding]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Finding(path, "must be a whole number", "wrong_type")
    elif not low <= value <= high:
        yield Finding(path, f"must be from {low} to {high}", "not_allowed")


def _many(rule: Many, value: object, path: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield Finding(path, "must be a list", "wrong_type")
        return
    if len(value) < rule.low:
        yield Finding(path, f"needs at least {rule.low}", "empty")
    if len(value) > rule.high:
        yield Finding(path, f"{len(value)} entries, at most {rule.high}", "too_many")
    for number, item in enumerate(value):
        yield from _check(rule.item, item, f"{path}[{number}]")


def _shape(rule: Shape, value: object, path: str) -> Iterator[Finding]:
    if not isinstance(value, Mapping):
        yield Finding(path, "must be an object", "wrong_type")
        return
    for key in rule.must:
        if key not in value:
            yield Finding(_join(path, key), "is missing", "missing")
    for group in rule.any_of:
        if not any(key in value for key in group):
            yield Finding(path, f"needs {' or '.join(group)}", "missing")
    for one, other in rule.not_both:
        if one in value and other in value:
            yield Finding(path, f"has both {one} and {other}", "not_allowed")
    for key, held in value.items():
        if key not in rule.keys:
            yield Finding(_join(path, key), "is not a key that Slack knows here", "unknown")
        else:
            yield from _check(rule.keys[key], held, _join(path, key))


def _typed(rule: Typed, value: object, path: str) -> Iterator[Finding]:
    if not isinstance(value, Mapping):
        yield Finding(path, "must be an object", "wrong_type")
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in rule.shapes:
        yield Finding(f"{path}.type", f"{kind!r} is not known in {rule.what}", "unknown")
        return
    if kind not in rule.allowed:
        yield Finding(f"{path}.type", f"{kind} does not belong in {rule.what}", "not_allowed")
    yield from _shape(rule.shapes[kind], value, path)
    yield from _element(value, path)


def _element(element: Json, path: str) -> Iterator[Finding]:
    """Look at what several keys of one element say together."""
    options = list(options_of(element))
    values = [option.get("value") for option in options]
    for value, times in Counter(map(str, values)).items():
        if times > 1:
            yield Finding(f"{path}.options", f"the value {value!r} stands for {times} options", "duplicate")
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if options and isinstance(chosen, list):
        for option in chosen:
            if option not in options:
                key = "initial_option" if "initial_option" in element else "initial_options"
                yield Finding(f"{path}.{key}", "is not word for word one of the options", "not_allowed")
    low, high = element.get("min_length"), element.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Finding(f"{path}.min_length", "is more than max_length", "not_allowed")
    yield from _chosen_at_first(element, path)
    begun = element.get("initial_value")
    if isinstance(begun, str) and isinstance(high, int) and _length(begun) > high:
        yield Finding(f"{path}.initial_value", f"{_length(begun)} characters, max_length is {high}", "too_long")


def _chosen_at_first(element: Json, path: str) -> Iterator[Finding]:
    """Look at what stands in a menu of several already."""
    most = element.get("max_selected_items")
    for key, held in element.items():
        if not key.startswith("initial_") or not isinstance(held, list):
            continue
        if isinstance(most, int) and len(held) > most:
            yield Finding(f"{path}.{key}", f"{len(held)} chosen, max_selected_items is {most}", "too_many")
        if any(times > 1 for times in Counter(map(str, held)).values()):
            yield Finding(f"{path}.{key}", "something is chosen twice", "duplicate")


def options_of(element: Json) -> Iterator[Json]:
    """Yield the options of an element, those in groups included."""
    yield from _list(element.get("options"))
    for group in _list(element.get("option_groups")):
        yield from _list(group.get("options"))


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """Yield the elements of a block that a person can use, each with its path inside the block."""
    if block.get("type") == "actions":
        for number, element in enumerate(_list(block.get("elements"))):
            yield f"elements[{number}]", element
    for key in ("accessory", "element"):
        if isinstance(block.get(key), Mapping) and block[key].get("type") != "image":
            yield key, block[key]


def _across_blocks(surface: Json) -> Iterator[Finding]:
    """Look for ids used twice and for more than one element that wants the focus."""
    blocks_seen: set[str] = set()
    focused = ""
    for number, block in enumerate(_blocks(surface)):
        block_id = block.get("block_id")
        if isinstance(block_id, str):
            if block_id in blocks_seen:
                yield Finding(f"blocks[{number}].block_id", f"{block_id!r} is used twice", "duplicate")
            blocks_seen.add(block_id)
        actions_seen: set[str] = set()
        for where, element in elements_of(block):
            path = f"blocks[{number}].{where}"
            action_id = element.get("action_id")
            if isinstance(action_id, str) and action_id in actions_seen:
                yield Finding(f"{path}.action_id", f"{action_id!r} is used twice in this block", "duplicate")
            if isinstance(action_id, str):
                actions_seen.add(action_id)
            if element.get("focus_on_load") is True:
                if focused:
                    yield Finding(f"{path}.focus_on_load", f"{focused} has the focus already", "duplicate")
                focused = path


def _blocks(surface: Json) -> list[Json]:
    return _list(surface.get("blocks"))


def _list(value: object) -> list[Json]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
