"""The window that says "not saved" sends the same from both platforms as the one that it stands for."""

from __future__ import annotations

import pytest

from bot.play.slack.answers import state_values
from bot.play.teams import forms
from bot.slack import fields as slack_fields
from bot.slack import render as slack
from bot.teams import fields as teams_fields
from bot.teams import render as teams
from handlers.broken import again
from handlers.intents import Value
from handlers.screens import Form
from tests.handlers.test_typed_again import WINDOWS, filled_in_and_sent


def from_slack(form: Form) -> dict[str, Value]:
    blocks = slack.form(form, str)["blocks"]
    read, with_file = slack_fields.read({"values": state_values(blocks, {})})
    assert not with_file
    return read


def from_teams(form: Form) -> dict[str, Value]:
    card = teams.form(form, str)
    return teams_fields.read(forms.merged(card["actions"][0], forms.inputs(card, {}, blank=True)))


@pytest.mark.parametrize("name", WINDOWS)
def test_what_was_typed_is_sent_again_alike(name: str) -> None:
    sent = filled_in_and_sent(WINDOWS[name])
    shown = again(sent, "Not now.")

    for read in (from_slack(shown), from_teams(shown)):
        assert {key: value for key, value in read.items() if value} == dict(sent.fields)
