"""A good window, and the ways to spoil it: one fault each, where it stands, and the code it must get."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.play.small_bot import actions, ask, options, plain, section, window

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
TEXT_BOX = {"type": "plain_text_input"}
RADIO = {"type": "radio_buttons", "options": options("yes", "no")}
MENU = {"type": "static_select", "options": options("yes", "no")}
BUTTON = {"type": "button", "action_id": "go", "text": plain("Go")}


def good() -> Json:
    """A window with one of everything, to be spoilt in one place."""
    return window(
        "good",
        [
            {"type": "header", "text": plain("Heading")},
            {**section("*Bold*"), "accessory": {**BUTTON, "confirm": confirm()}},
            {"type": "section", "fields": [plain("one"), {"type": "mrkdwn", "text": "two"}]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "small print"}]},
            {"type": "divider"},
            {"type": "actions", "elements": [copy.deepcopy(BUTTON), {**MENU, "action_id": "pick"}]},
            ask("text", "Text", {**TEXT_BOX, "multiline": True, "max_length": 1000, "placeholder": plain("Write")}),
            ask("radio", "Radio", RADIO),
            ask("menu", "Menu", MENU),
            ask("boxes", "Boxes", {"type": "checkboxes", "options": options("a", "b")}, hint=plain("A hint")),
            ask("many", "Many", {"type": "multi_static_select", "options": options("a", "b")}),
            ask("day", "Day", {"type": "datepicker", "initial_date": "2026-11-24"}),
        ],
    )


def confirm() -> Json:
    return {
        "title": plain("Sure?"),
        "text": plain("It cannot be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }


def with_block(block: Json) -> Callable[[Json], None]:
    return lambda view: view["blocks"].append(block)


def with_element(element: Json) -> Callable[[Json], None]:
    return with_block(ask("spoilt", "Spoilt", element))


def with_keys(**keys: Any) -> Callable[[Json], None]:
    return lambda view: view.update(keys)


def without(key: str) -> Callable[[Json], None]:
    return lambda view: view.pop(key)


def select(count: int) -> Json:
    return {"type": "static_select", "options": options(*(f"v{n}" for n in range(count)))}


SPOILT: list[tuple[str, Callable[[Json], None], str, str]] = [
    ("a title of 25 characters", with_keys(title=plain("x" * 25)), "title.text", "too_long"),
    ("a title in mrkdwn", with_keys(title={"type": "mrkdwn", "text": "x"}), "title.type", "wrong_type"),
    ("no title", without("title"), "title", "missing"),
    ("a title that is a bare string", with_keys(title="Form"), "title", "wrong_type"),
    (
        "a title of emoji that is too long in UTF-16",
        with_keys(title=plain("\U0001f600" * 13)),
        "title.text",
        "too_long",
    ),
    ("a submit of 25 characters", with_keys(submit=plain("x" * 25)), "submit.text", "too_long"),
    ("a close of 25 characters", with_keys(close=plain("x" * 25)), "close.text", "too_long"),
    ("input blocks and no submit", without("submit"), "submit", "missing"),
    ("no blocks", with_keys(blocks=[]), "blocks", "empty"),
    ("101 blocks", lambda view: view["blocks"].extend([{"type": "divider"}] * 89), "blocks", "too_many"),
    ("blocks that are no list", with_keys(blocks={}), "blocks", "wrong_type"),
    ("private_metadata of 3001", with_keys(private_metadata="x" * 3001), "private_metadata", "too_long"),
    ("private_metadata that is an object", with_keys(private_metadata={}), "private_metadata", "wrong_type"),
    ("callback_id of 256", with_keys(callback_id="x" * 256), "callback_id", "too_long"),
    ("external_id of 256", with_keys(external_id="x" * 256), "external_id", "too_long"),
    ("a key that no view has", with_keys(colour="red"), "colour", "unknown"),
    ("notify_on_close as a string", with_keys(notify_on_close="true"), "notify_on_close", "wrong_type"),
    ("a view type that is not known", with_keys(type="sheet"), "type", "not_allowed"),
    ("a section of 3001", with_block(section("x" * 3001)), "blocks[12].text.text", "too_long"),
    ("a section with nothing in it", with_block({"type": "section"}), "blocks[12]", "missing"),
    ("an empty section text", with_block(section("")), "blocks[12].text.text", "empty"),
    ("11 fields", with_block({"type": "section", "fields": [plain("x")] * 11}), "blocks[12].fields", "too_many"),
    (
        "a field of 2001",
        with_block({"type": "section", "fields": [plain("x" * 2001)]}),
        "blocks[12].fields[0].text",
        "too_long",
    ),
    ("a header of 151", with_block({"type": "header", "text": plain("x" * 151)}), "blocks[12].text.text", "too_long"),
    ("a header in mrkdwn", with_block({**section("x"), "type": "header"}), "blocks[12].text.type", "wrong_type"),
    ("an empty context", with_block({"type": "context", "elements": []}), "blocks[12].elements", "empty"),
    (
        "11 in a context",
        with_block({"type": "context", "elements": [plain("x")] * 11}),
        "blocks[12].elements",
        "too_many",
    ),
    (
        "a button in a context",
        with_block({"type": "context", "elements": [BUTTON]}),
        "blocks[12].elements[0].type",
        "unknown",
    ),
    (
        "26 buttons",
        with_block(actions(*((f"a{n}", "Go", "") for n in range(26)))),
        "blocks[12].elements",
        "too_many",
    ),
    ("a button of 76", with_block(actions(("a", "x" * 76, ""))), "blocks[12].elements[0].text.text", "too_long"),
    ("a button value of 2001", with_block(actions(("a", "x", "x" * 2001))), "blocks[12].elements[0].value", "too_long"),
    ("an action_id of 256", with_block(actions(("x" * 256, "x", ""))), "blocks[12].elements[0].action_id", "too_long"),
    (
        "a button style that is not known",
        with_block({"type": "actions", "elements": [{**BUTTON, "style": "warning"}]}),
        "blocks[12].elements[0].style",
        "not_allowed",
    ),
    (
        "a button without a text",
        with_block({"type": "actions", "elements": [{"type": "button", "action_id": "a"}]}),
        "blocks[12].elements[0].text",
        "missing",
    ),
    (
        "a text box among the actions",
        with_block({"type": "actions", "elements": [{**TEXT_BOX, "action_id": "a"}]}),
        "blocks[12].elements[0].type",
        "not_allowed",
    ),
    (
        "the same action_id twice in a block",
        with_block(actions(("a", "x", "1"), ("a", "y", "2"))),
        "blocks[12].elements[1].action_id",
        "duplicate",
    ),
    ("the same block_id twice", with_block(ask("text", "Again", TEXT_BOX)), "blocks[12].block_id", "duplicate"),
    ("a block_id of 256", with_block({**section("x"), "block_id": "x" * 256}), "blocks[12].block_id", "too_long"),
    ("an unknown block", with_block({"type": "carousel"}), "blocks[12].type", "unknown"),
    ("a block without a type", with_block({"text": plain("x")}), "blocks[12].type", "unknown"),
    ("a markdown block in a window", with_block({"type": "markdown", "text": "x"}), "blocks[12].type", "not_allowed"),
    ("a misspelt key", with_block({**section("x"), "acessory": BUTTON}), "blocks[12].acessory", "unknown"),
    ("an input of 2001", with_block(ask("a", "x" * 2001, TEXT_BOX)), "blocks[12].label.text", "too_long"),
    (
        "an input without a label",
        with_block({"type": "input", "element": {**TEXT_BOX, "action_id": "a"}}),
        "blocks[12].label",
        "missing",
    ),
    ("a hint of 2001", with_block(ask("a", "x", TEXT_BOX, hint=plain("x" * 2001))), "blocks[12].hint.text", "too_long"),
    ("a button as an input", with_block(ask("a", "x", BUTTON)), "blocks[12].element.type", "not_allowed"),
    ("an unknown element", with_element({"type": "slider"}), "blocks[12].element.type", "unknown"),
    (
        "a placeholder of 151",
        with_element({**TEXT_BOX, "placeholder": plain("x" * 151)}),
        "…placeholder.text",
        "too_long",
    ),
    ("a max_length of 3001", with_element({**TEXT_BOX, "max_length": 3001}), "…max_length", "not_allowed"),
    ("a max_length as a string", with_element({**TEXT_BOX, "max_length": "10"}), "…max_length", "wrong_type"),
    (
        "a min_length above max_length",
        with_element({**TEXT_BOX, "min_length": 9, "max_length": 8}),
        "…min_length",
        "not_allowed",
    ),
    (
        "an initial_value longer than max_length",
        with_element({**TEXT_BOX, "initial_value": "long", "max_length": 3}),
        "…initial_value",
        "too_long",
    ),
    (
        "11 radio buttons",
        with_element({"type": "radio_buttons", "options": select(11)["options"]}),
        "…options",
        "too_many",
    ),
    ("11 checkboxes", with_element({"type": "checkboxes", "options": select(11)["options"]}), "…options", "too_many"),
    ("no radio buttons", with_element({"type": "radio_buttons", "options": []}), "…options", "empty"),
    ("101 choices in a menu", with_element(select(101)), "…options", "too_many"),
    ("a menu without choices", with_element({"type": "static_select"}), "blocks[12].element", "missing"),
    ("the same value twice", with_element({**MENU, "options": options("a", "a")}), "…options", "duplicate"),
    (
        "an option text of 76",
        with_element({**MENU, "options": [{"text": plain("x" * 76), "value": "a"}]}),
        "…options[0].text.text",
        "too_long",
    ),
    (
        "an option value of 76",
        with_element({**MENU, "options": [{"text": plain("x"), "value": "a" * 76}]}),
        "…options[0].value",
        "too_long",
    ),
    (
        "an option description of 76",
        with_element({**MENU, "options": [{"text": plain("x"), "value": "a", "description": plain("x" * 76)}]}),
        "…options[0].description.text",
        "too_long",
    ),
    (
        "an option without a value",
        with_element({**MENU, "options": [{"text": plain("x")}]}),
        "…options[0].value",
        "missing",
    ),
    (
        "a menu's option in mrkdwn",
        with_element({**MENU, "options": [{"text": {"type": "mrkdwn", "text": "x"}, "value": "a"}]}),
        "…options[0].text.type",
        "wrong_type",
    ),
    (
        "an initial option that is not offered",
        with_element({**MENU, "initial_option": options("perhaps")[0]}),
        "…initial_option",
        "not_allowed",
    ),
    (
        "a date in British order",
        with_element({"type": "datepicker", "initial_date": "24/11/2026"}),
        "…initial_date",
        "not_allowed",
    ),
    (
        "6 in an overflow menu",
        with_block({"type": "actions", "elements": [{**select(6), "type": "overflow", "action_id": "a"}]}),
        "blocks[12].elements[0].options",
        "too_many",
    ),
    (
        "a confirm title of 101",
        with_block({"type": "actions", "elements": [{**BUTTON, "confirm": {**confirm(), "title": plain("x" * 101)}}]}),
        "blocks[12].elements[0].confirm.title.text",
        "too_long",
    ),
    (
        "a confirm without a way out",
        with_block(
            {
                "type": "actions",
                "elements": [{**BUTTON, "confirm": {k: v for k, v in confirm().items() if k != "deny"}}],
            }
        ),
        "blocks[12].elements[0].confirm.deny",
        "missing",
    ),
    (
        "two that want the focus",
        lambda view: view["blocks"].extend(ask(name, "x", {**TEXT_BOX, "focus_on_load": True}) for name in "ab"),
        "blocks[13].element.focus_on_load",
        "duplicate",
    ),
    (
        "a picture without words for it",
        with_block({"type": "image", "image_url": "https://example.org/a.png"}),
        "blocks[12].alt_text",
        "missing",
    ),
    (
        "more than 250 kB",
        lambda view: view["blocks"].extend([section("é" * 3000)] * 45),
        "",
        "too_large",
    ),
]
