"""What stood in a window's fields, by question id: `view.state.values` freed of Slack's shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.body import whole
from bot.slack.checked import Malformed, person
from handlers.intents import Value

MOST_FIELDS: Final = 64
MOST_CHARACTERS: Final = 10_000
MOST_CHOICES: Final = 100


def read(state: object) -> tuple[dict[str, Value], bool]:
    """The fields, and whether a file came with them (which is looked at no further). Raises Malformed.

    Only fields whose `action_id` is their `block_id` are ours. A kind of field that we never draw is left out.
    """
    values = state.get("values") if isinstance(state, Mapping) else None
    if values is None:
        return {}, False
    if not isinstance(values, Mapping) or len(values) > MOST_FIELDS:
        raise Malformed
    found: dict[str, Value] = {}
    with_file = False
    for block_id, elements in values.items():
        if not isinstance(elements, Mapping):
            raise Malformed
        with_file = with_file or any(_holds_file(element) for element in elements.values())
        element = elements.get(block_id)
        if isinstance(element, Mapping) and element.get("type") in _READERS:
            found[block_id] = _READERS[element["type"]](element)
    return found, with_file


def _holds_file(element: object) -> bool:
    return (
        isinstance(element, Mapping)
        and (element.get("type") == "file_input" or "files" in element)
        and bool(element.get("files"))
    )


def _text(element: Mapping[str, Any]) -> Value:
    return _short(element.get("value"))


def _one(element: Mapping[str, Any]) -> Value:
    option = element.get("selected_option")
    return _short(option.get("value")) if isinstance(option, Mapping) else None


def _several(element: Mapping[str, Any]) -> Value:
    options = element.get("selected_options")
    if not isinstance(options, list):
        return None
    if len(options) > MOST_CHOICES:
        raise Malformed
    chosen = [_short(option.get("value")) for option in options if isinstance(option, Mapping)]
    return tuple(value for value in chosen if value is not None)


def _somebody(element: Mapping[str, Any]) -> Value:
    return person(element.get("selected_user")) or None


def _people(element: Mapping[str, Any]) -> Value:
    """Ids of people, each once, in the order in which they were chosen. What is no id is left out."""
    users = element.get("selected_users")
    if not isinstance(users, list):
        return None
    if len(users) > MOST_CHOICES:
        raise Malformed
    return tuple(dict.fromkeys(found for one in users if (found := person(one))))


def _short(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    if len(value) > MOST_CHARACTERS:
        raise Malformed
    return whole(value)


_READERS: Final = {
    "plain_text_input": _text,
    "radio_buttons": _one,
    "static_select": _one,
    "checkboxes": _several,
    "multi_static_select": _several,
    "users_select": _somebody,
    "multi_users_select": _people,
}
