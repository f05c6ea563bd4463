"""Menus of people in the stand-ins: what they take, and whom they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.models.views import View

from bot.play.blockkit import lint_view
from bot.play.slack import NotPossibleError
from bot.play.slack.answers import answer
from bot.play.teams_people import with_people
from tests.play.small_bot import ask, plain, window

if TYPE_CHECKING:
    from bot.play.slack import SlackStandIn

Json = dict[str, Any]
ONE: Json = {"type": "users_select", "initial_user": "U1", "placeholder": plain("Find by name")}
MANY: Json = {"type": "multi_users_select", "initial_users": ["U1", "W2"], "max_selected_items": 3}


def asking(element: Json) -> Json:
    return window("people", [ask("people", "Who?", element)])


@pytest.mark.parametrize("element", [ONE, MANY])
def test_a_good_menu_of_people_has_no_findings_and_slacks_own_models_agree(element: Json) -> None:
    view = asking(element)
    assert lint_view(view) == []
    again = View(**view)
    again.validate_json()
    assert again.to_dict() == view


@pytest.mark.parametrize(
    ("element", "key", "code"),
    [
        ({**ONE, "initial_users": ["U1"]}, "initial_users", "unknown"),
        ({**MANY, "initial_user": "U1"}, "initial_user", "unknown"),
        ({**ONE, "initial_user": ""}, "initial_user", "empty"),
        ({**ONE, "initial_user": "aad-ann"}, "initial_user", "not_allowed"),
        ({**ONE, "initial_user": ["U1"]}, "initial_user", "wrong_type"),
        ({**ONE, "max_selected_items": 1}, "max_selected_items", "unknown"),
        ({**MANY, "initial_users": []}, "initial_users", "empty"),
        ({**MANY, "initial_users": ["U1", "C2"]}, "initial_users[1]", "not_allowed"),
        ({**MANY, "initial_users": ["U1", "U1"]}, "initial_users", "duplicate"),
        ({**MANY, "initial_users": ["U1", "U2", "U3", "U4"]}, "initial_users", "too_many"),
        ({**MANY, "max_selected_items": 101}, "max_selected_items", "not_allowed"),
        ({**ONE, "options": []}, "options", "unknown"),
    ],
)
def test_a_menu_of_people_spoilt_in_one_place_gets_one_finding(element: Json, key: str, code: str) -> None:
    assert [(one.path, one.code) for one in lint_view(asking(element))] == [(f"blocks[0].element.{key}", code)]


def test_a_menu_of_people_finds_everybody_but_who_has_left(slack: SlackStandIn) -> None:
    slack.add_person("U8", "Gone Away", deleted=True)

    assert list(slack.workspace().findable()) == ["U1", "U2", "U5"]


def test_whom_a_menu_does_not_find_cannot_be_chosen_but_can_stay_there() -> None:
    blocks = asking(MANY)["blocks"]

    assert answer(blocks, "people", ["W2", "U3"], people=["U3"])[1]["selected_users"] == ["W2", "U3"]
    with pytest.raises(NotPossibleError, match="U4"):
        answer(blocks, "people", ["U4"], people=["U3"])
    with pytest.raises(NotPossibleError, match="at most 3"):
        answer(blocks, "people", ["U1", "W2", "U3", "U4"], people=["U3", "U4"])


@pytest.mark.parametrize(("several", "first"), [(True, []), (False, [("Nobody", "")])])
def test_a_card_is_filled_with_those_who_stand_there_first_and_then_everybody(
    several: bool, first: list[tuple[str, str]]
) -> None:
    search = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    named = [{"title": "Tom, who is named", "value": "tom"}]
    field = {"type": "Input.ChoiceSet", "isMultiSelect": several, "choices": named, "choices.data": search}
    other = {"type": "Input.ChoiceSet", "choices": named}
    card: Json = {"body": [{"type": "Container", "items": [{**field, "value": "gone,tom"}]}, other]}

    filled = with_people(card, {"amira": "Amira", "tom": "Tom"})

    drawn = filled["body"][0]["items"][0]
    everybody = [("gone", "gone"), ("Tom, who is named", "tom"), ("Amira", "amira")]
    assert [(one["title"], one["value"]) for one in drawn["choices"]] == first + everybody
    assert "choices.data" not in drawn
    assert filled["body"][1] == other
    assert card["body"][0]["items"][0]["choices.data"] == search
