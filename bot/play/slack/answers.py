"""What a person has typed and chosen, in the shapes in which Slack sends it as `state.values`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.play.blockkit import elements_of, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.play.slack.world import Answers, Json

Value = str | int | Sequence[str] | None
"""What a person puts in a field: an option's value, people's ids, a text, a date, a time, or nothing."""

_ONE_OPTION = ("radio_buttons", "static_select", "external_select", "overflow")
_MANY_OPTIONS = ("checkboxes", "multi_static_select", "multi_external_select")
_TEXT = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_KEY_OF = {
    **dict.fromkeys(_ONE_OPTION, "selected_option"),
    **dict.fromkeys(_MANY_OPTIONS, "selected_options"),
    **dict.fromkeys(_TEXT, "value"),
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
_LISTS = (*_MANY_OPTIONS, "multi_users_select", "multi_conversations_select", "multi_channels_select", "file_input")


class NotPossibleError(Exception):
    """A person could not do this in Slack's own client: no such field, no such option, no such button.

    `fields` says, by block_id, what the client would show at a field.
    """

    def __init__(self, why: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.fields = dict(fields or {})


def fields_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield (block, element) for everything that holds a value, in the order of the screen."""
    for block in blocks:
        for _, element in elements_of(block):
            if element.get("type") in _KEY_OF or element.get("type") == "rich_text_input":
                yield block, dict(element)


def state_values(blocks: list[Json], answers: Answers) -> Json:
    """Return `state.values`: what was typed, else what the element begins with, else the empty value."""
    values: Json = {}
    for block, element in fields_of(blocks):
        held = answers.get((block["block_id"], element["action_id"])) or _begins_with(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def keep(blocks: list[Json], answers: Answers) -> Answers:
    """Return the answers that outlive an update: same block_id, action_id and type, and the option still there."""
    kept: Answers = {}
    for block, element in fields_of(blocks):
        key = (block["block_id"], element["action_id"])
        held = answers.get(key)
        if held is None or held["type"] != element["type"]:
            continue
        offered = {option["value"] for option in options_of(element)}
        chosen = held.get("selected_options") or ([held["selected_option"]] if held.get("selected_option") else [])
        if all(option["value"] in offered for option in chosen) or not offered:
            kept[key] = held
    return kept


def answer(
    blocks: list[Json], block_id: str, value: Value, action_id: str = "", *, people: Collection[str] = ()
) -> tuple[tuple[str, str], Json]:
    """Return the key and the state for giving `value` to a field. `people` are those whom a menu of people finds.

    Raises `NotPossibleError` when there is no such field or no such option or person.
    """
    for block, element in fields_of(blocks):
        if block["block_id"] == block_id and action_id in {"", element["action_id"]}:
            return (block_id, element["action_id"]), _held(element, value, people)
    here = ", ".join(block["block_id"] for block, _ in fields_of(blocks)) or "none"
    raise NotPossibleError(f"there is no field {block_id!r} on this screen; the fields are: {here}")


def what_the_client_would_stop(blocks: list[Json], values: Json) -> dict[str, str]:
    """Return, by block_id, why Slack's client would not send this form: left empty, too short or too long."""
    stopped: dict[str, str] = {}
    for block, element in fields_of(blocks):
        held = values[block["block_id"]][element["action_id"]].get(_KEY_OF.get(element["type"], ""))
        if block["type"] != "input" or (not held and block.get("optional")):
            continue
        if not held:
            stopped[block["block_id"]] = "This field needs an answer."
        elif isinstance(held, str) and len(held) < element.get("min_length", 0):
            stopped[block["block_id"]] = f"Write at least {element['min_length']} characters."
        elif isinstance(held, str) and len(held) > element.get("max_length", 3000):
            stopped[block["block_id"]] = f"Write at most {element['max_length']} characters."
    return stopped


def _begins_with(element: Json) -> Json:
    kind = element["type"]
    if kind == "rich_text_input":
        return {"type": kind}
    key = _KEY_OF[kind]
    start = element.get("initial_value") if key == "value" else element.get(key.replace("selected", "initial"))
    return {"type": kind, key: start if start is not None else ([] if kind in _LISTS else None)}


def _held(element: Json, value: Value, people: Collection[str]) -> Json:
    kind = element["type"]
    key = _KEY_OF[kind]
    wanted = [value] if isinstance(value, str) and value else list(value) if isinstance(value, Sequence) else []
    if "user" in key:
        _must_be_found(element, wanted, people)
    if kind in _LISTS:
        if len(wanted) > element.get("max_selected_items", len(wanted)):
            raise NotPossibleError(f"{element['action_id']!r} takes at most {element['max_selected_items']}")
        return {"type": kind, key: [_option(element, one) for one in wanted] if "option" in key else wanted}
    if value is None or value == "":
        return {"type": kind, key: None}
    return {"type": kind, key: _option(element, str(value)) if key == "selected_option" else value}


def _must_be_found(element: Json, wanted: list[str], people: Collection[str]) -> None:
    """Whoever stands in the menu already can stay there, whether they are found or not."""
    standing = [element.get("initial_user"), *element.get("initial_users", [])]
    for one in wanted:
        if one not in people and one not in standing:
            found = ", ".join(people) or "nobody"
            raise NotPossibleError(f"{element['action_id']!r} finds no {one!r}; it finds: {found}")


def _option(element: Json, value: str) -> Json:
    for option in options_of(element):
        if option["value"] == value:
            return {key: option[key] for key in ("text", "value", "description") if key in option}
    offered = ", ".join(str(option["value"]) for option in options_of(element))
    raise NotPossibleError(f"{element['action_id']!r} does not offer {value!r}; it offers: {offered}")
