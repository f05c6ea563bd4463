"""Reads a card back: its words, its buttons, its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.play.teams.world import Json

_INSIDE = ("items", "columns", "body", "inlines", "actions", "card")


def elements_of(card: Json, *, hidden: bool = False) -> Iterator[tuple[Json, bool]]:
    """Yield everything inside a card in reading order, and whether it is hidden."""
    for key in _INSIDE:
        inside = card.get(key)
        for element in inside if isinstance(inside, list) else [inside] if isinstance(inside, dict) else []:
            if isinstance(element, dict):
                gone = hidden or element.get("isVisible") is False
                yield element, gone
                yield from elements_of(element, hidden=gone)


def words(card: Json) -> str:
    """Return everything that stands there to read, one line a text, in the order of the screen."""
    return "\n".join(line for line in _lines(card) if line)


def buttons(card: Json) -> list[Json]:
    """Return every button, in the order of the screen; the one behind an unfolding question counts as itself."""
    return [
        element
        for element, _ in elements_of(card)
        if str(element.get("type", "")).startswith("Action.") and element["type"] != "Action.ShowCard"
    ]


def intent_of(action: Json) -> str:
    """The intent of a button, or an empty text."""
    data = action.get("data")
    return str(data.get("intent", "")) if isinstance(data, dict) else ""


def button(card: Json, intent: str, *, label: str = "", token: str | None = None) -> Json | None:
    """Return the first button with this intent (and these words, and this token), or None."""
    for action in buttons(card):
        right = token is None or (action.get("data") or {}).get("token") == token
        if intent_of(action) == intent and label in str(action.get("title", "")) and right:
            return action
    return None


def fields(card: Json) -> dict[str, Json]:
    """Return the inputs, by id."""
    return {
        str(element["id"]): element
        for element, _ in elements_of(card)
        if str(element.get("type", "")).startswith("Input.")
    }


def offered(card: Json, name: str) -> list[str]:
    """Return the values of the choices that a field offers."""
    return [str(choice["value"]) for choice in fields(card)[name].get("choices", [])]


def _lines(element: Json) -> Iterator[str]:
    kind = element.get("type", "")
    if kind == "RichTextBlock":
        yield "".join(str(one.get("text", "")) for one in element.get("inlines", []))
        return
    if kind == "TextBlock":
        yield _plain(str(element.get("text", "")))
    elif kind.startswith("Input."):
        yield from str(element.get("label", "")).split("\n")
        yield from (str(choice.get("title", "")) for choice in element.get("choices", []))
        if kind == "Input.Text":
            yield str(element.get("value", ""))
    elif kind.startswith("Action."):
        yield str(element.get("title", ""))
    for key in _INSIDE:
        inside = element.get(key)
        for one in inside if isinstance(inside, list) else [inside] if isinstance(inside, dict) else []:
            if isinstance(one, dict):
                yield from _lines(one)


def _plain(text: str) -> str:
    """A Markdown link as its words: the only markup that we use."""
    if text.startswith("[") and text.endswith(")") and "](" in text:
        return text[1 : text.index("](")]
    return text
