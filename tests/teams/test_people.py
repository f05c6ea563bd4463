"""People to choose: found by Teams itself, drawn within its limits, and read back as ids."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.play.teams import NotPossibleError, fields
from bot.play.teams.linting import Linter
from bot.teams import render
from handlers.screens import Button, Caution, Form, Option, People, TextBox
from tests.teams.conftest import AMIRA, GUEST, OUTSIDER, PRIYA, SCHEMA
from tests.teams.desk import page
from tests.teams.steps import open_form

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

SUBMIT = Button("next_page", "Save", "draft~d~page/1~0~n", main=True)
EVERYBODY = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
ANN, BOB = Option("aad-ann", "Ann Example"), Option("aad-bob", "")


def drawn(*asked: People | TextBox, errors: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    """The card, which every linter has looked at."""
    card = render.form(Form("Signpost", (Caution("Call 999."), *asked), SUBMIT, errors=errors), str)
    assert list(Linter(SCHEMA).card(card, in_dialog=True)) == []
    return card


def field(asked: People | TextBox) -> dict[str, Any]:
    return fields(drawn(asked))[asked.id]


def test_people_are_searched_for_by_teams_in_the_whole_tenant() -> None:
    one = field(People("lead", "Who leads?", "Told first."))

    assert one["choices.data"] == EVERYBODY
    assert one["choices"] == []
    assert one["isMultiSelect"] is False
    assert one["label"] == "Who leads?\nTold first."
    assert "value" not in one
    assert "isRequired" not in one


def test_what_is_needed_says_so_and_stops_no_button() -> None:
    box, who = field(TextBox("name", "Name", "As staff know it.", needed=True)), field(People("w", "Who?", needed=True))

    assert box["label"] == "Name (needed)\nAs staff know it."
    assert who["label"] == "Who? (needed)"
    assert "isRequired" not in {**box, **who}


def test_those_chosen_stand_in_it_and_are_named_where_a_name_is_known() -> None:
    several = field(People("leads", "Leads", chosen=(BOB, ANN, BOB), several=True))
    one = field(People("lead", "Lead", chosen=(ANN, BOB)))

    assert several["value"] == "aad-bob,aad-ann"
    assert several["choices"] == [{"title": "Ann Example", "value": "aad-ann"}]
    assert one["value"] == "aad-ann"


@pytest.mark.parametrize("odd", ["", "a,b", "group:all", "a b", "é", "x" * 65])
def test_what_is_no_object_id_is_not_drawn(odd: str) -> None:
    assert field(People("leads", "Leads", chosen=(Option(odd, "Odd"), BOB), several=True))["value"] == "aad-bob"


def test_a_hundred_people_with_the_longest_names_leave_room_for_more_on_the_card() -> None:
    ids = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(120)]
    many = tuple(Option(one, "Wilhelmina Featherstonehaugh-Cholmondeley (Deputy, Northside)") for one in ids)

    drawn_field = field(People("leads", "Leads", chosen=many, several=True))

    assert drawn_field["value"].split(",") == ids[:100]
    assert len(json.dumps(drawn_field).encode("utf-16-le")) < 16_000


def test_every_button_says_which_fields_of_people_take_several() -> None:
    card = drawn(People("leads", "Leads", several=True), People("owner", "Owner"))

    assert card["actions"][0]["data"]["several"] == ["leads"]


def test_an_error_stands_above_the_people_whom_it_is_about() -> None:
    card = drawn(People("leads", "Leads", several=True), errors=(("leads", "Choose one lead at least."),))

    at = next(place for place, one in enumerate(card["body"]) if one.get("id") == "leads")
    assert "Choose one lead at least." in json.dumps(card["body"][at - 1])


def test_a_box_of_one_line_has_one_line() -> None:
    assert field(TextBox("name", "Name", value="Northside\nAcademy", single=True))["value"] == "Northside Academy"
    assert field(TextBox("name", "Name", single=True))["isMultiline"] is False
    assert field(TextBox("notes", "Notes"))["isMultiline"] is True


async def choosing(teams: TeamsStandIn, bot: Bot) -> None:
    """Somebody has a dialog with people to choose in front of them."""
    asked = (People("lead", "Who leads?"), People("leads", "Who else?", chosen=(Option(PRIYA, ""),), several=True))
    bot.desk.screens["start_report"] = replace(page(), parts=(Caution("Call 999."), *asked))
    await open_form(teams)


async def test_people_who_are_chosen_arrive_as_their_ids(teams: TeamsStandIn, bot: Bot) -> None:
    await choosing(teams, bot)
    await teams.submit(AMIRA, {"lead": PRIYA, "leads": [GUEST, AMIRA]})

    assert bot.desk.last.fields == {"lead": PRIYA, "leads": (GUEST, AMIRA)}


async def test_people_who_stood_there_arrive_again_when_nobody_touches_the_field(teams: TeamsStandIn, bot: Bot) -> None:
    await choosing(teams, bot)
    await teams.submit(AMIRA)

    assert bot.desk.last.fields == {"leads": (PRIYA,)}


async def test_teams_finds_nobody_of_another_tenant_and_nobody_who_has_left(teams: TeamsStandIn, bot: Bot) -> None:
    teams.person(GUEST).deleted = True
    await choosing(teams, bot)

    for nobody in (OUTSIDER, GUEST, "aad-nobody"):
        with pytest.raises(NotPossibleError, match=nobody):
            teams.fill(AMIRA, {"leads": [nobody]})
    with pytest.raises(NotPossibleError, match="one answer"):
        teams.fill(AMIRA, {"lead": [AMIRA, PRIYA]})
    assert bot.desk.last.name == "start_report"


async def test_a_changed_client_that_sends_too_many_people_gets_nothing_done(teams: TeamsStandIn, bot: Bot) -> None:
    await choosing(teams, bot)
    held = teams.card(AMIRA)["actions"][0]["data"]
    reply = await teams.submit(AMIRA, data={**held, "leads": ",".join(f"a{n}" for n in range(101))})

    assert reply.status == 400
    assert bot.desk.last.name == "start_report"


def test_a_card_that_searches_where_teams_does_not_is_found() -> None:
    card = drawn(People("leads", "Leads"))
    fields(card)["leads"]["choices.data"]["dataset"] = "graph.microsoft.com/groups"

    assert [found for found in Linter().card(card, in_dialog=True) if "does not search" in found]
    assert field(People("leads", "Leads"))["choices.data"] == EVERYBODY
