"""Words are understood alike on both platforms, however somebody writes them."""

from __future__ import annotations

import pytest

from bot.slack import wire
from bot.slack.arrived import Us
from bot.teams import said

US = Us("T1", "UBOT", "BBOT", "")


def on_slack(text: str) -> tuple[str, bool]:
    arrived = wire.read({"command": "/signpost", "team_id": "T1", "user_id": "U1", "text": text}, US)
    assert arrived is not None
    return arrived.name, arrived.extra_text


@pytest.mark.parametrize(
    "text",
    [
        "who", "Who?", "who is covering", "who is covering?", "WHO IS  COVERING ?", "who's covering",
        "who's covering?", "Who\u2019s covering?", "who\u2018s covering", "whos covering", "whos covering?", " who ",
    ],
)  # fmt: skip
def test_who_is_covering_is_asked_in_many_ways(text: str) -> None:
    assert on_slack(text) == ("show_cover", False)
    assert said.what({"text": text}) == ("word", "show_cover")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("help?", "show_help"),
        ("Cases.", "list_cases"),
        ("admin", "show_admin"),
        ("practise!", "show_practise"),
        ("Home", "show_home"),
    ],
)
def test_what_stands_at_the_end_of_a_word_does_not_matter(text: str, name: str) -> None:
    assert on_slack(text) == (name, False)
    assert said.what({"text": text}) == ("word", name)


def test_the_word_that_begins_a_report_on_teams_does_so_on_slack() -> None:
    assert on_slack("report") == ("start_report", False)
    assert said.what({"text": "report"}) == ("word", "show_start")


@pytest.mark.parametrize(
    "text",
    [
        "SP-N8F1-5Y", "sp-n8f1-5y", " SP N8F1 5Y ", "sp-n8f15y", "SP-N8F1-5Y.", "SP\u2013N8F1\u20135Y", "SP-N8FI-5Y",
        "SP-N8FL-5Y",
    ],
)  # fmt: skip
def test_a_reference_is_understood_however_it_is_written(text: str) -> None:
    arrived = wire.read({"command": "/signpost", "team_id": "T1", "user_id": "U1", "text": text}, US)
    assert arrived is not None
    assert (arrived.name, arrived.reference, arrived.extra_text) == ("open_case", "SP-N8F1-5Y", False)
    assert said.what({"text": text}) == ("reference", "SP-N8F1-5Y")


@pytest.mark.parametrize(
    "text", ["SP-N8F1-5Y Tom", "about SP-N8F1-5Y", "SP-N8F1", "specials", "SP-N8F1-5Y SP-N8F1-5Y", "SP-N8F1-5YZ"]
)
def test_a_reference_among_other_words_is_none(text: str) -> None:
    arrived = wire.read({"command": "/signpost", "team_id": "T1", "user_id": "U1", "text": text}, US)
    assert arrived is not None
    assert (arrived.name, arrived.reference, arrived.extra_text) == ("start_report", "", True)
    assert said.what({"text": text}) == ("text", "refuse_message")


@pytest.mark.parametrize(
    "text", ["who sent it", "she said who is covering?", "help " * 20, "who is covering" + " " * 80 + "x"]
)
def test_what_only_begins_like_a_word_is_none(text: str) -> None:
    assert on_slack(text) == ("start_report", True)
    assert said.what({"text": text}) == ("text", "refuse_message")
