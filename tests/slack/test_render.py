"""How each part is drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.play.blockkit import lint_message, lint_view
from bot.slack import render
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
    People,
    Question,
    Rows,
    Small,
    TextBox,
)
from tests.slack.shown import kept, labels, letters, seal, texts

SUBMIT = Button("next_page", "Continue", "draft~1", main=True)


def test_an_answer_with_a_long_label_goes_on_in_its_description() -> None:
    label = "Friends, or young people whom they or their friends know in person, from this school or from another one"

    [block] = _drawn(Question("relationship", "How do they know each other?", (Option("friends", label),)))

    option = block["element"]["options"][0]
    assert f"{option['text']['text']} {option['description']['text']}" == label
    assert option["text"]["text"].endswith(",")


@pytest.mark.parametrize("needed", [True, False])
def test_slack_calls_optional_what_may_be_left_empty_and_nothing_else(needed: bool) -> None:
    for asked in (
        TextBox("name", "Name", needed=needed),
        Question("kind", "Which?", (Option("a", "A"),), needed=needed),
        People("who", "Who?", needed=needed),
    ):
        assert [block["optional"] for block in _drawn(asked)] == [not needed]


def test_a_question_is_answered_under_its_own_name_and_is_not_required() -> None:
    options = (Option("no", "No"), Option("yes", "Yes"))

    [block] = _drawn(Question("harm_now", "In danger?", options, "Ring 999.", ("yes",), tells_at_once=True))

    assert block["block_id"] == block["element"]["action_id"] == "harm_now"
    assert block["element"]["type"] == "radio_buttons"
    assert block["element"]["initial_option"]["value"] == "yes"
    assert block["optional"] is True
    assert block["dispatch_action"] is True
    assert block["hint"]["text"] == "Ring 999."


def test_options_that_are_drawn_once_bear_nothing_of_who_chose_what() -> None:
    asked = Question("harm_now", "In danger?", (Option("no", "No"), Option("yes", "Yes")))
    before = repr(_drawn(asked))

    for chosen in (("yes",), ("no", "yes")):
        _drawn(replace(asked, chosen=chosen, several=len(chosen) > 1))

    assert repr(_drawn(asked)) == before
    assert "initial" not in before


@pytest.mark.parametrize(
    ("several", "count", "kind"),
    [
        (False, 10, "radio_buttons"),
        (False, 11, "static_select"),
        (True, 10, "checkboxes"),
        (True, 11, "multi_static_select"),
        (False, 250, "static_select"),
    ],
)
def test_the_kind_of_field_follows_the_number_of_answers(several: bool, count: int, kind: str) -> None:
    options = tuple(Option(f"v{number}", f"Answer {number}") for number in range(count))

    view = render.form(Form("Signpost", (Question("site", "Which?", options, several=several),), SUBMIT), seal)

    assert view["blocks"][0]["element"]["type"] == kind
    assert lint_view(view) == []


ANN, BOB = Option("U1", "Ann"), Option("U2", "")


@pytest.mark.parametrize(
    ("several", "chosen", "begins"),
    [
        (False, (), {"type": "users_select"}),
        (False, (ANN, BOB), {"type": "users_select", "initial_user": "U1"}),
        (True, (), {"type": "multi_users_select", "max_selected_items": 100}),
        (
            True,
            (ANN, BOB, ANN),
            {"type": "multi_users_select", "max_selected_items": 100, "initial_users": ["U1", "U2"]},
        ),
    ],
)
def test_people_are_found_with_slacks_own_search(several: bool, chosen: tuple[Option, ...], begins: object) -> None:
    asked = People("leads", "Leads", "In order.", chosen, several)

    view = render.form(Form("Signpost", (asked,), SUBMIT), seal)
    [block] = view["blocks"]

    assert block["block_id"] == block["element"].pop("action_id") == "leads"
    assert block["element"].pop("placeholder")["text"] == "Find by name"
    assert block["element"] == begins
    assert block["optional"] is True
    assert (block["label"]["text"], block["hint"]["text"]) == ("Leads", "In order.")


def test_what_is_no_person_on_slack_and_who_is_one_too_many_is_not_drawn() -> None:
    odd = tuple(Option(value, "") for value in ("", "aad-ann", "S1", "C1", "U1 U2"))
    many = tuple(Option(f"U{number}", "") for number in range(101))

    view = render.form(Form("Signpost", (People("leads", "Leads", "", odd + many, True),), SUBMIT), seal)

    assert lint_view(view) == []
    assert view["blocks"][0]["element"]["initial_users"] == [f"U{number}" for number in range(100)]


def test_an_error_about_people_stands_at_their_field() -> None:
    asked = Form("Signpost", (Caution("999"), People("leads", "Leads")), SUBMIT)
    wrong = Form(asked.title, asked.parts, SUBMIT, errors=(("leads", "Choose one lead at least."),))

    before = render.form(asked, seal)["blocks"]

    assert render.errors(wrong, before) == {"leads": "Choose one lead at least."}


def test_a_box_of_one_line_has_one_line() -> None:
    [block] = _drawn(TextBox("name", "Name", value="Northside\nAcademy", max_length=80, single=True))

    assert block["element"]["multiline"] is False
    assert block["element"]["initial_value"] == "Northside Academy"
    assert _drawn(TextBox("notes", "Notes"))[0]["element"]["multiline"] is True


def test_the_first_words_stay_first_when_something_is_marked() -> None:
    parts = (Caution("In danger now? Call 999."), TextBox("notes", "Notes", value="kept"), Small("end"))

    blocks = render.form(Form("Signpost", parts, SUBMIT, errors=(("notes", "No names here."),)), seal)["blocks"]

    read = [text["text"] for text in texts(blocks)]
    assert "999" in read[0]
    assert "marked below: 'Notes'" in read[1]
    assert "No names here." in read[2]
    assert read[3] == "Notes"


def test_an_error_without_a_field_stands_near_the_top() -> None:
    parts = (Caution("In danger now? Call 999."), Paragraph("Some words."))

    blocks = render.form(Form("Signpost", parts, errors=(("gone", "That answer is not on offer."),)), seal)["blocks"]

    read = [text["text"] for text in texts(blocks)]
    assert "999" in read[0]
    assert "not on offer" in read[2]
    assert read[3] == "Some words."


def _page(*errors: tuple[str, str], note: str = "") -> Form:
    top: tuple[Part, ...] = (Caution("Call 999."), Paragraph(note)) if note else (Caution("Call 999."),)
    parts = (*top, TextBox("notes", "Notes"), Buttons((Button("previous_page", "Back", "draft~1"),)), Small("end"))
    return Form("Signpost", parts, SUBMIT, "draft~1", errors=errors)


def test_errors_go_to_their_fields_when_the_window_is_the_same() -> None:
    before = render.form(_page(), seal)["blocks"]

    assert render.errors(_page(("notes", "No names.")), before) == {"notes": "No names."}


def test_the_window_is_drawn_again_when_there_is_more_to_read_or_no_such_field() -> None:
    before = render.form(_page(), seal)["blocks"]

    assert render.errors(_page(("notes", "No names."), note="It has moved on."), before) is None
    assert render.errors(_page(("gone", "Not on offer.")), before) is None
    assert render.errors(_page(), before) is None


def test_the_same_intent_twice_in_a_row_gives_two_rows() -> None:
    row = Buttons(
        (Button("open_case", "Open one", "a"), Button("open_case", "Open two", "b"), Button("show_help", "Help"))
    )

    blocks = _drawn(row)

    assert [[e["action_id"] for e in block["elements"]] for block in blocks] == [
        ["open_case"],
        ["open_case", "show_help"],
    ]
    assert labels(blocks) == ["Open one", "Open two", "Help"]


def test_a_button_carries_its_intent_its_sealed_token_and_its_question() -> None:
    [block] = _drawn(Buttons((Button("discard_draft", "Discard", "draft~1", main=True, ask_first="Discard it?"),)))

    [button] = block["elements"]
    assert button["action_id"] == "discard_draft"
    assert button["value"] == "sealed(draft~1)"
    assert button["style"] == "primary"
    assert button["confirm"]["text"]["text"] == "Discard it?"


def test_buttons_that_bear_the_same_word_are_told_apart_by_whoever_hears_them() -> None:
    items = [Item(f"Question {number} of the form?", "No", Button("change_answer", "Change")) for number in (1, 2)]

    heard = [_drawn(item)[0]["accessory"]["accessibility_label"] for item in items]

    assert heard == ["Change: Question 1 of the form?", "Change: Question 2 of the form?"]


def test_a_screen_with_more_than_slack_shows_is_joined_and_says_so_only_when_that_is_not_enough() -> None:
    paragraphs = tuple(Paragraph(f"Sentence number {number}.") for number in range(400))
    items = tuple(Item(f"Case {number}", "open", Button("open_case", "Open", "x")) for number in range(120))

    joined = render.message(Message("ready", paragraphs), seal)
    too_many = render.form(Form("Signpost", items), seal)

    assert lint_message(joined) == []
    assert letters(joined["blocks"]) == "".join(kept(part.text) for part in paragraphs)
    assert lint_view(too_many) == []
    assert "999" in too_many["blocks"][-1]["text"]["text"]


def test_links_are_drawn_only_to_https_addresses() -> None:
    good, bad = Link("Guidance", "https://example.org/a"), Link("Look", "javascript:alert(1)")

    blocks = _drawn(Links((good, bad)))

    assert blocks[0]["text"] == {"type": "mrkdwn", "text": "• <https://example.org/a|Guidance>", "verbatim": True}
    assert blocks[1]["text"]["type"] == "plain_text"


@pytest.mark.parametrize("url", ["https://example.org/a|b", "https://example.org/a>b", "https://example.org/a b"])
def test_an_address_that_could_end_its_own_link_is_written_out(url: str) -> None:
    [block] = _drawn(Links((Link("Guidance", url),)))

    assert block["text"] == {"type": "plain_text", "text": f"• Guidance {url}", "emoji": False}


def test_what_not_to_do_stands_in_a_box_of_its_own() -> None:
    lines = (Line("Do not look at it."), Line("Do not copy it.", "Overview"))

    [boxed], [loose] = _drawn(Bullets(lines, boxed=True)), _drawn(Bullets(lines))

    assert boxed["text"]["text"].splitlines() == [">• Do not look at it.", ">• Do not copy it. _Overview_"]
    assert loose["text"]["text"].splitlines() == ["• Do not look at it.", "• Do not copy it. _Overview_"]


def test_a_heading_stands_on_a_line_of_its_own() -> None:
    assert _drawn(Heading("Refer now: police and/or children's social care")) == [
        {
            "type": "header",
            "text": {
                "type": "plain_text",
                "text": "Refer now: police and/or children's social care",
                "emoji": False,
            },
        }
    ]


def _drawn(part: Part) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = render.form(Form("Signpost", (part,), SUBMIT), seal)["blocks"]
    return blocks


def test_answers_of_a_case_are_packed_and_keep_their_order() -> None:
    rows = tuple((f"Question {number} of the form, as it was asked?", f"Answer {number}") for number in range(60))

    blocks = _drawn(Rows(rows))

    assert len(blocks) <= 3
    shown = "".join(block["text"]["text"] for block in blocks)
    places = [shown.index(f"Answer {number}") for number in range(60)]
    assert all(one < other for one, other in pairwise(places))
