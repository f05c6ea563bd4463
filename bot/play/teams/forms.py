"""What a person has typed into a card, and what Teams' client sends of it when a button is pressed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.play.teams.core import NotPossibleError
from bot.play.teams.reading import elements_of, fields

if TYPE_CHECKING:
    from bot.play.teams.world import Json

Value = str | Sequence[str] | None
"""What a person puts in a field: an option's value, people's ids, a text, or nothing."""


def answer(card: Json, name: str, value: Value, *, people: Collection[str] = ()) -> str:
    """Return the text that stands for an answer. `people` are those whom a field that searches for people finds.

    Raises `NotPossibleError` for no such field and for no such option or person.
    """
    known = fields(card)
    if name not in known:
        here = ", ".join(known) or "none"
        raise NotPossibleError(f"there is no field {name!r} on this card; the fields are: {here}")
    field = known[name]
    chosen = [] if value is None else [value] if isinstance(value, str) else list(value)
    if field["type"] != "Input.ChoiceSet":
        return "".join(chosen)
    offered = [str(choice["value"]) for choice in field.get("choices", [])]
    if "choices.data" in field:
        standing = str(field.get("value") or "").split(",")  # can stay there, found or not
        offered += [one for one in (*people, *standing) if one and one not in offered]
    for one in chosen:
        if one not in offered:
            raise NotPossibleError(f"{name!r} does not offer {one!r}; it offers: {', '.join(offered)}")
    if len(chosen) > 1 and not field.get("isMultiSelect"):
        raise NotPossibleError(f"{name!r} takes one answer")
    return ",".join(chosen)


def inputs(card: Json, typed: Mapping[str, str], *, blank: bool = False) -> Json:
    """Return what stands in the fields. One that is empty is left out, or sent empty with `blank`: Teams does both."""
    found: Json = {}
    for name, field in fields(card).items():
        value = typed.get(name, str(field.get("value") or ""))
        if value or blank:
            found[name] = value
    return found


def what_the_client_would_stop(card: Json, typed: Mapping[str, str]) -> dict[str, str]:
    """Return, by field, why the client would not send this card: required and empty (hidden ones too), or too long."""
    stopped: dict[str, str] = {}
    for element, _ in elements_of(card):
        if not str(element.get("type", "")).startswith("Input."):
            continue
        name = str(element["id"])
        value = typed.get(name, str(element.get("value") or ""))
        if element.get("isRequired") and not value:
            stopped[name] = str(element.get("errorMessage") or "This field needs an answer.")
        elif element["type"] == "Input.Text" and len(value) > int(element.get("maxLength") or len(value)):
            stopped[name] = f"Write at most {element['maxLength']} characters."
    return stopped


def merged(action: Json, typed: Json) -> Json:
    """Return the data of a press: the button's own, with the fields over it."""
    own = action.get("data")
    data = dict(own) if isinstance(own, dict) else {}
    return data if action.get("associatedInputs") == "none" else {**data, **typed}
