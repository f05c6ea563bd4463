"""What is chosen and typed comes back the same from both platforms, and what no client sends is left out of both."""

from __future__ import annotations

from typing import Any

import pytest

from bot.play.slack.answers import answer, state_values
from bot.play.teams import forms
from bot.slack import fields as slack_fields
from bot.slack import render as slack
from bot.slack.checked import Malformed
from bot.teams import fields as teams_fields
from bot.teams import render as teams
from handlers.chosen_people import accounts_chosen
from handlers.intents import Value
from handlers.people import Account
from handlers.screens import Button, Form, Option, People, TextBox

FOUND = ("U1", "U2", "U3")
"""Ids that are possible on both platforms, so that the answers can be compared."""
FORM = Form(
    "Signpost",
    (
        People("lead", "Who leads?", chosen=(Option("U1", "Ann"),)),
        People("leads", "Who else?", chosen=(Option("U2", ""), Option("U1", "Ann")), several=True),
        TextBox("name", "What is it called?", value="North", single=True),
    ),
    Button("next_page", "Continue", "t", main=True),
)


def back_from_slack(answers: dict[str, Any]) -> dict[str, Value]:
    blocks = slack.form(FORM, str)["blocks"]
    held = dict(answer(blocks, name, value, people=FOUND) for name, value in answers.items())
    read, with_file = slack_fields.read({"values": state_values(blocks, held)})
    assert not with_file
    return read


def back_from_teams(answers: dict[str, Any]) -> dict[str, Value]:
    card = teams.form(FORM, str)
    typed = {name: forms.answer(card, name, value, people=FOUND) for name, value in answers.items()}
    return teams_fields.read(forms.merged(card["actions"][0], forms.inputs(card, typed, blank=True)))


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"lead": "U3"},
        {"lead": None, "leads": None, "name": None},
        {"leads": "U3"},
        {"leads": ["U3", "U1", "U2"], "name": "Northside, with a comma"},
    ],
)
def test_the_same_people_and_words_come_back_from_both(answers: dict[str, Any]) -> None:
    ours, theirs = back_from_slack(answers), back_from_teams(answers)

    assert ours == theirs
    assert ours["lead"] == answers.get("lead", "U1")
    wanted = answers.get("leads", ("U2", "U1")) or ()
    assert ours["leads"] == ((wanted,) if isinstance(wanted, str) else tuple(wanted))


@pytest.mark.parametrize("odd", ["", " ", "group:all", "U1/U2", "<@U1>", "\u202eU1", "'; --", "\ud800"])
def test_what_is_no_id_becomes_nobody_on_either_platform(odd: str) -> None:
    values = {"leads": {"leads": {"type": "multi_users_select", "selected_users": [odd, "U1"]}}}
    ours, _ = slack_fields.read({"values": values})
    theirs = teams_fields.read({"leads": f"{odd},U1", "several": ["leads"]})

    for platform, read in (("slack", ours), ("teams", theirs)):
        by = Account.parse(f"{platform}:here/admin")
        assert accounts_chosen(read["leads"], by) == (Account.parse(f"{platform}:here/U1"),)


def test_more_people_than_anybody_chooses_are_refused_by_both() -> None:
    with pytest.raises(Malformed):
        slack_fields.read(
            {"values": {"leads": {"leads": {"type": "multi_users_select", "selected_users": ["U1"] * 101}}}}
        )
    with pytest.raises(ValueError, match="too many"):
        teams_fields.read({"leads": ",".join(["U1"] * 101), "several": ["leads"]})


def test_half_a_character_is_marked_by_both_so_that_what_is_kept_can_be_written_out_again() -> None:
    typed = "seen \ud83d on the bus"
    ours, _ = slack_fields.read({"values": {"notes": {"notes": {"type": "plain_text_input", "value": typed}}}})

    assert ours == teams_fields.read({"notes": typed}) == {"notes": "seen \ufffd on the bus"}
