"""Fields that search for people, as the page can draw them.

Teams' client looks people up while somebody types. The library that draws cards on the page does not, so it is handed
everybody whom the search would find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.play.teams.world import Json

SEARCH = "choices.data"
NOBODY = "Nobody"


def with_people(card: Json, people: Mapping[str, str]) -> Json:
    """The card with `people` (names by id) to choose from in each such field. The card itself stays as it is."""
    return dict(_filled(card, people))


def _filled(part: Any, people: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, list):
        return [_filled(one, people) for one in part]
    if not isinstance(part, dict):
        return part
    filled = {key: _filled(value, people) for key, value in part.items() if key != SEARCH}
    if SEARCH in part:
        filled["choices"] = _choices(part, people)
    return filled


def _choices(field: Json, people: Mapping[str, str]) -> list[Json]:
    """Those who stand there first, in their order, then whom the card names, then everybody else.

    The library gives no way to take one choice back: where one is wanted, nobody is a choice too.
    """
    names = {**people, **{str(one["value"]): str(one["title"]) for one in field.get("choices", [])}}
    standing = [one for one in str(field.get("value") or "").split(",") if one]
    found = [{"title": names.get(one, one), "value": one} for one in dict.fromkeys((*standing, *names))]
    return found if field.get("isMultiSelect") else [{"title": NOBODY, "value": ""}, *found]
