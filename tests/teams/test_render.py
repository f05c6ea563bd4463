"""Screens as cards: every word in its order, nothing lost, nothing read as markup, within what Teams takes (SR-34)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.play.teams import button, buttons, fields, offered, words
from bot.teams import render
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Item,
    Line,
    Link,
    Links,
    Message,
    Option,
    Paragraph,
    Part,
    Question,
    Rows,
    Small,
    TextBox,
)
from tests.teams.drawn import OPEN, card_of, seal

EVERY_PART: tuple[Part, ...] = (
    Caution("First line.\nSecond line."),
    Heading("A heading"),
    Paragraph("Some words."),
    Small("Small words."),
    Bullets((Line("Do this", "source"), Line("And that"))),
    Bullets((Line("Never this"),), boxed=True),
    Rows((("Question?", "Answer"), ("", "Alone"))),
    Links((Link("Guidance (2024)", "https://www.gov.uk/x"),)),
    Item("A label", "its text", OPEN),
    Buttons((Button("ask_escalation", "Ask", "case~c1~~1~"), OPEN)),
)


def test_the_button_that_most_people_need_is_filled_and_no_other() -> None:
    drawn = buttons(card_of(Message("Signpost", (Buttons((replace(OPEN, main=True), OPEN)),))))

    assert [one.get("style", "") for one in drawn] == ["positive", ""]


@pytest.mark.parametrize(("label", "beside"), [("Open", True), ("Write down the call", False)])
def test_a_long_button_stands_under_its_words_so_that_a_phone_breaks_no_number(label: str, beside: bool) -> None:
    item = Item("Police, by phone", "Not acknowledged yet. Ring 01632 960010.", replace(OPEN, label=label))
    (drawn,) = card_of(Message("Signpost", (item,)))["body"]

    assert (drawn["type"] == "ColumnSet") is beside


def test_every_part_is_drawn_in_the_order_in_which_it_is_read() -> None:
    expected = [
        "First line.", "Second line.", "A heading", "Some words.", "Small words.", "• Do this source", "• And that",
        "• Never this", "Question?", "Answer", "Alone", "Guidance (2024)", "A label", "its text", "Open", "Ask", "Open",
    ]  # fmt: skip

    assert words(card_of(Message("Signpost", EVERY_PART))).split("\n") == expected
    assert words(card_of(Form("Signpost", EVERY_PART))).split("\n") == expected


def test_a_forms_fields_keep_their_ids_values_and_order() -> None:
    card = card_of(
        Form(
            "Signpost",
            (
                Caution("999"),
                Question("one", "One?", (Option("a", "A"), Option("b", "B")), help="Pick.", chosen=("b",)),
                Question("more", "More?", (Option("a", "A"), Option("b", "B")), several=True, chosen=("a", "b")),
                TextBox("notes", "Notes?", help="No names.", value="typed,\nso far", max_length=1000),
            ),
            submit=Button("next_page", "Continue", "draft~d~page/1~0~n", main=True),
        )
    )

    assert list(fields(card)) == ["one", "more", "notes"]
    assert [fields(card)[name]["value"] for name in fields(card)] == ["b", "a,b", "typed,\nso far"]
    assert fields(card)["one"]["style"] == fields(card)["more"]["style"] == "expanded"
    assert offered(card, "more") == ["a", "b"]
    assert words(card).split("\n")[1:4] == ["One?", "Pick.", "A"]
    (submit,) = card["actions"]
    assert submit["type"] == "Action.Submit"
    assert submit["data"] == {"intent": "next_page", "token": seal("draft~d~page/1~0~n"), "several": ["more"]}


def test_buttons_of_a_form_submit_and_those_of_a_message_open_or_answer_in_place() -> None:
    form, message = card_of(Form("Signpost", EVERY_PART, token="t")), card_of(Message("Signpost", EVERY_PART))

    assert {action["type"] for action in buttons(form)} == {"Action.Submit"}
    assert [(a["type"], a["data"].get("msteams")) for a in buttons(message)] == [
        ("Action.Submit", {"type": "task/fetch"}),
        ("Action.Execute", None),
        ("Action.Submit", {"type": "task/fetch"}),
    ]
    (ask,) = (action for action in buttons(message) if action["type"] == "Action.Execute")
    assert (ask["verb"], ask["data"]["intent"]) == ("ask_escalation", "ask_escalation")


def test_a_button_without_a_token_of_its_own_carries_the_forms() -> None:
    card = card_of(Form("Signpost", (Buttons((Button("previous_page", "Back"),)),), token="draft~d~page/2~1~n"))

    assert buttons(card)[0]["data"]["token"] == seal("draft~d~page/2~1~n")


def test_a_press_that_must_be_confirmed_unfolds_the_question_and_the_press() -> None:
    ask = Button("discard_draft", "Discard it", "draft~d~~0~", ask_first="Throw it away?")
    card = card_of(Form("Signpost", (Buttons((ask,)),)))

    assert words(card).split("\n") == ["Discard it", "Throw it away?", "Yes, discard it"]
    found = button(card, "discard_draft")
    assert found is not None
    assert found["type"] == "Action.Submit"


def test_an_error_without_a_field_is_said_at_the_top_below_the_first_words() -> None:
    card = card_of(Form("Signpost", (Caution("Call 999."), Paragraph("Body.")), errors=(("gone", "It moved."),)))

    assert words(card).split("\n") == [
        "Call 999.",
        "Look at what is marked below. What you wrote is still there.",
        "It moved.",
        "Body.",
    ]


def test_the_top_names_the_fields_to_look_at_since_a_phone_shows_no_more_than_the_top() -> None:
    parts = (Caution("Call 999."), TextBox("name", "Name"), TextBox("where", "Where?"), TextBox("hours", "Hours"))
    wrong = (("where", "Write where they are reached."), ("hours", "This is no time."))

    said = words(card_of(Form("Signpost", parts, errors=wrong))).split("\n")

    assert said[:2] == ["Call 999.", "Look at what is marked below: 'Where?', 'Hours'. What you wrote is still there."]


def test_a_form_as_a_message_keeps_its_words_and_its_main_button() -> None:
    form = Form("Signpost", (Caution("999"), Paragraph("Words.")), submit=Button("start_report", "Try again"))

    card = card_of(render.as_message(form))

    assert words(card).split("\n") == ["999", "Words.", "Try again"]
    assert buttons(card)[0]["data"]["msteams"] == {"type": "task/fetch"}


@pytest.mark.parametrize("url", ["http://x.example", "javascript:alert(1)", "data:text/html,x", "https://", "//x", ""])
def test_an_address_that_is_not_https_is_no_link(url: str) -> None:
    card = card_of(Message("Signpost", (Links((Link("Read this", url),)),)))

    assert buttons(card) == []
    assert "](" not in json.dumps(card)
    assert "Read this" in words(card)


def test_a_link_whose_title_holds_markup_is_a_button() -> None:
    card = card_of(Message("Signpost", (Links((Link("A [title](https://evil.example)", "https://www.gov.uk"),)),)))

    (action,) = buttons(card)
    assert (action["type"], action["url"]) == ("Action.OpenUrl", "https://www.gov.uk")
