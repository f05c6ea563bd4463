"""Reads a view or a message back: its words, its buttons, its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.blockkit import elements_of, options_of
from bot.play.slack.answers import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.play.slack.world import Json


def words(blocks: list[Json]) -> str:
    """Return everything that stands there to read, one line a text, in the order of the screen."""
    return "\n".join(line for block in blocks for line in _lines(block))


def buttons(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Return (block, button) for every button, in the order of the screen."""
    found = ((block, dict(element)) for block in blocks for _, element in elements_of(block))
    return [(block, element) for block, element in found if element.get("type") == "button"]


def button(
    blocks: list[Json], action_id: str, value: str | None = None, block_id: str = ""
) -> tuple[Json, Json] | None:
    """Return the first button with this action_id (and this value, in this block) with its block, or None."""
    for block, element in buttons(blocks):
        right_value = value is None or element.get("value") == value
        if element["action_id"] == action_id and right_value and block_id in {"", block["block_id"]}:
            return block, element
    return None


def fields(blocks: list[Json]) -> dict[str, Json]:
    """Return the elements that hold a value, by block_id."""
    return {block["block_id"]: element for block, element in fields_of(blocks)}


def offered(blocks: list[Json], block_id: str) -> list[str]:
    """Return the values of the options that a field offers."""
    return [str(option["value"]) for option in options_of(fields(blocks)[block_id])]


def _lines(block: Mapping[str, object]) -> Iterator[str]:
    for key in (
        "text",
        "label",
        "hint",
        "title",
        "description",
        "fields",
        "elements",
        "accessory",
        "element",
        "options",
    ):
        yield from _read(block.get(key))


def _read(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _read(item)
    elif isinstance(value, dict):
        yield from _lines(value)
