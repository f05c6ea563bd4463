"""What is read of a window's fields, and what is left out (SR-29: files are noticed and not looked at)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack import fields
from bot.slack.checked import Malformed

SENTINEL = "SENTINEL-7731"


def _field(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, **value}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (_field("plain_text_input", value="some words"), "some words"),
        (_field("plain_text_input", value=None), None),
        (_field("radio_buttons", selected_option={"value": "yes", "text": {}}), "yes"),
        (_field("radio_buttons", selected_option=None), None),
        (_field("static_select", selected_option={"value": "s1"}), "s1"),
        (_field("checkboxes", selected_options=[{"value": "a"}, {"value": "b"}]), ("a", "b")),
        (_field("checkboxes", selected_options=[]), ()),
        (_field("multi_static_select", selected_options=[{"value": "a"}, {"no": "value"}]), ("a",)),
        (_field("radio_buttons", selected_option={"value": ["a"]}), None),
        (_field("users_select", selected_user="U024BE7LH"), "U024BE7LH"),
        (_field("users_select", selected_user=None), None),
        (_field("users_select", selected_user=""), None),
        (_field("users_select"), None),
        (_field("multi_users_select", selected_users=["W2", "U1", "W2"]), ("W2", "U1")),
        (_field("multi_users_select", selected_users=[]), ()),
        (_field("multi_users_select", selected_users="U1"), None),
        (_field("multi_users_select"), None),
    ],
)
def test_each_kind_of_field_is_read(element: dict[str, Any], value: object) -> None:
    assert fields.read({"values": {"fact": {"fact": element}}}) == ({"fact": value}, False)


@pytest.mark.parametrize(
    "odd", [7, None, ["U1"], {"id": "U1"}, "", "u1", "B1", "C1", "S1", "U1/U2", "U1\n", "<@U1>", "U" + "A" * 64]
)
def test_what_is_no_persons_id_is_left_out(odd: object) -> None:
    one = fields.read({"values": {"lead": {"lead": _field("users_select", selected_user=odd)}}})
    more = fields.read({"values": {"leads": {"leads": _field("multi_users_select", selected_users=[odd, "U2"])}}})

    assert one == ({"lead": None}, False)
    assert more == ({"leads": ("U2",)}, False)


@pytest.mark.parametrize(
    "element",
    [
        _field("rich_text_input", rich_text_value={"elements": [SENTINEL]}),
        _field("datepicker", selected_date="2026-11-24"),
        _field("conversations_select", selected_conversation="C1"),
        _field("multi_channels_select", selected_channels=["C1"]),
        _field("something_new", value=SENTINEL),
        _field("file_input", files=[]),
        "text",
        None,
    ],
)
def test_a_kind_of_field_that_we_never_draw_is_left_out(element: object) -> None:
    assert fields.read({"values": {"fact": {"fact": element}}}) == ({}, False)


def test_sr_29_a_file_is_noticed_and_not_looked_at() -> None:
    file = {"id": "F1", "name": SENTINEL, "url_private": SENTINEL, "thumb_tiny": SENTINEL}

    read = fields.read({"values": {"evidence": {"other": _field("file_input", files=[file])}}})

    assert read == ({}, True)


def test_a_field_under_another_name_is_not_read() -> None:
    assert fields.read({"values": {"role": {"notes": _field("plain_text_input", value="x")}}}) == ({}, False)


@pytest.mark.parametrize(
    "values",
    [
        {f"fact{number}": {} for number in range(65)},
        {"notes": {"notes": _field("plain_text_input", value="x" * 10_001)}},
        {"several": {"several": _field("checkboxes", selected_options=[{"value": "a"}] * 101)}},
        {"leads": {"leads": _field("multi_users_select", selected_users=["U1"] * 101)}},
        {"notes": "text"},
        ["text"],
    ],
)
def test_more_than_a_window_can_hold_is_malformed(values: object) -> None:
    with pytest.raises(Malformed):
        fields.read({"values": values})
