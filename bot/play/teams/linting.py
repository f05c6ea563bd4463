"""What is wrong with a card: by the published schema where it is at hand, and by what is known of Teams besides."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.play.teams.reading import elements_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.play.teams.world import Json

MOST_BYTES = 40_000
CARD = "application/vnd.microsoft.card.adaptive"
INPUTS = ("Input.Text", "Input.ChoiceSet", "Input.Date", "Input.Time", "Input.Toggle", "Input.Number")
KNOWN = {
    "ActionSet",
    "AdaptiveCard",
    "Column",
    "ColumnSet",
    "Container",
    "FactSet",
    "RichTextBlock",
    "TextBlock",
    "TextRun",
    "Action.Execute",
    "Action.OpenUrl",
    "Action.ShowCard",
    "Action.Submit",
    "Action.ToggleVisibility",
    *INPUTS,
}
PEOPLE = tuple(
    {"type": "Data.Query", "dataset": f"graph.microsoft.com/users{scope}"} for scope in ("", "?scope=currentContext")
)
"""Where a field of a card finds people: in the whole tenant, or in the conversation that it stands in."""
_LINK = re.compile(r"\]\((?!https://)")


class Linter:
    """Checks what the bot sends. `schema` is the file with the JSON schema of Adaptive Cards, if there is one."""

    def __init__(self, schema: Path | None = None) -> None:
        self._validator = _validator(schema) if schema is not None else None

    def message(self, activity: Json) -> Iterator[str]:
        """Say what is wrong with a message."""
        attachments = activity.get("attachments") or []
        if activity.get("text") and attachments:
            yield "text and a card in one message: Teams makes two of it, and its id is lost"
        if not activity.get("summary"):
            yield "no summary: the notification would show what Teams makes up"
        if len(attachments) != 1 or attachments[0].get("contentType") != CARD:
            yield "not exactly one card"
            return
        yield from _size(activity)
        yield from self.card(attachments[0].get("content"), in_dialog=False)

    def dialog(self, task: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the bot answered
        """Say what is wrong with the answer that opens a dialog or goes on with it."""
        value = task.get("value") if isinstance(task, dict) else None
        if not isinstance(value, dict) or not isinstance(value.get("card"), dict):
            yield "a dialog without a card"
            return
        if value["card"].get("contentType") != CARD:
            yield "the card of a dialog is of another type"
        if not isinstance(value.get("title"), str) or not value["title"]:
            yield "a dialog without a title"
        yield from _size(task)
        yield from self.card(value["card"].get("content"), in_dialog=True)

    def card(self, card: Any, *, in_dialog: bool) -> Iterator[str]:  # noqa: ANN401 - whatever the bot sent
        """Say what is wrong with a card."""
        if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
            yield "not an Adaptive Card"
            return
        if self._validator is not None:
            yield from (f"schema: {found}" for found in _broken(self._validator, card))
        if card.get("version") not in {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"}:
            yield f"version {card.get('version')}: Teams draws at most 1.5"
        ids: list[str] = []
        for element, hidden in elements_of(card):
            kind = str(element.get("type"))
            if kind not in KNOWN:
                yield f"{kind} is nothing that Teams draws"
            if kind in INPUTS:
                ids.append(str(element.get("id") or ""))
                yield from _input(element, hidden=hidden)
            yield from _action(element, in_dialog=in_dialog)
            if kind in {"TextBlock", "TextRun"} and not str(element.get("text", "")).strip():
                yield f"an empty {kind}"
            if kind == "TextBlock" and _LINK.search(str(element.get("text"))):
                yield "a link that is not https"
        if "" in ids or len(set(ids)) != len(ids):
            yield "an input without an id of its own"


def _input(element: Json, *, hidden: bool) -> Iterator[str]:
    name = element.get("id")
    if element["type"] == "Input.Number":
        yield f"{name}: an Input.Number blocks the form when it is left empty"
    if hidden:
        yield f"{name}: a hidden input"
    if element.get("isRequired"):
        yield f"{name}: a required input stops Back, and with it what was typed is lost"
    if not element.get("label"):
        yield f"{name}: no label for a screen reader"
    asked = element.get("choices.data")
    if asked is not None and asked not in PEOPLE:
        yield f"{name}: choices from a place that Teams does not search"
    values = [str(choice.get("value")) for choice in element.get("choices", [])]
    if element.get("isMultiSelect") and any("," in value for value in values):
        yield f"{name}: a comma in a value, which stands between several values"


def _action(element: Json, *, in_dialog: bool) -> Iterator[str]:
    kind, data = element.get("type"), element.get("data")
    if kind == "Action.Execute" and in_dialog:
        yield "Action.Execute in a dialog sends nothing"
    if kind == "Action.Execute" and not element.get("verb"):
        yield "Action.Execute without a verb"
    if element.get("associatedInputs") == "none":
        yield "associatedInputs none drops what was typed"
    opens = isinstance(data, dict) and (data.get("msteams") or {}).get("type") == "task/fetch"
    if opens and in_dialog:
        yield "a dialog cannot be opened from a dialog"
    if kind == "Action.Submit" and not opens and not in_dialog:
        yield "Action.Submit in a message sends a message in the person's name"
    if kind == "Action.OpenUrl" and not str(element.get("url")).startswith("https://"):
        yield "a link that is not https"


def _size(sent: Any) -> Iterator[str]:  # noqa: ANN401 - anything that is JSON
    size = len(json.dumps(sent, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))
    if size > MOST_BYTES:
        yield f"{size} bytes in UTF-16, at most {MOST_BYTES}"


def _validator(schema: Path) -> Any:  # noqa: ANN401 - jsonschema is a tool of tests
    from jsonschema import Draft6Validator  # noqa: PLC0415 - only where a schema is given
    from jsonschema.validators import extend  # noqa: PLC0415

    usual = Draft6Validator.VALIDATORS["anyOf"]

    def any_of(validator: Any, ways: list[Json], instance: Any, whole: Json) -> Iterator[Any]:  # noqa: ANN401
        """Try only those that are of the element's own type: the others cannot fit, and there are dozens."""
        kind = instance.get("type") if isinstance(instance, dict) else None
        fitting = [way for way in ways if kind is None or _type_of(way) in ("", kind)]
        return usual(validator, fitting or ways, instance, whole)  # type: ignore[no-any-return]

    quick = extend(Draft6Validator, {"anyOf": any_of})  # type: ignore[no-untyped-call]
    return quick(json.loads(schema.read_text(encoding="utf-8")))


def _type_of(way: Json) -> str:
    """The `type` that an alternative demands; empty if it demands none. A definition is called as its type is."""
    refs = [one.get("$ref", "") for one in way.get("allOf", ())]
    return str(refs[0]).rpartition("/")[2] if way.get("required") == ["type"] and len(refs) == 1 else ""


def _broken(validator: Any, card: Json) -> list[str]:  # noqa: ANN401 - jsonschema's validator
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator.iter_errors(_without_msteams(card))
    ]


def _without_msteams(part: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, dict):
        return {key: _without_msteams(value) for key, value in part.items() if key != "msteams"}
    return [_without_msteams(one) for one in part] if isinstance(part, list) else part
