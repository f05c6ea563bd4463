"""What is read of a request and what is not: tokens (SR-14), messages and files (SR-29), and what is none of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.slack import wire
from bot.slack.arrived import Us
from bot.slack.checked import Malformed
from handlers.intents import Subject
from handlers.people import Account
from tests.slack.bench import AMIRA, PRIYA, Bench, note, page

US = Us("T1", "UBOT", "BBOT", "")
SENTINEL = "SENTINEL-7731"


async def test_a_form_that_no_window_can_hold_is_refused_and_the_desk_is_not_asked(bench: Bench) -> None:
    await bench.slack.command("U1")

    reply = await bench.slack.submit("U1", values={f"fact{number}": {} for number in range(65)})

    assert (reply.status, reply.text) == (400, "")
    assert bench.desk.names == ["start_report"]
    assert bench.refused == ["malformed"]


async def test_sr_14_extra_fields_change_neither_who_it_is_nor_what_it_is_about(bench: Bench) -> None:
    await bench.slack.command("U1")
    extra = {
        name: {name: {"type": "plain_text_input", "value": "admin"}} for name in ("role", "by", "subject", "known")
    }

    await bench.slack.submit("U1", values=extra)

    assert bench.desk.last.by == AMIRA
    assert bench.desk.last.subject == Subject("draft", "D1", "page/1", 1, "northside")
    assert bench.desk.last.fields == dict.fromkeys(extra, "admin")


async def test_sr_14_a_token_of_somebody_else_counts_as_none_and_what_came_with_it_is_not_read(bench: Bench) -> None:
    foreign = bench.seals.seal(page().token, str(PRIYA))
    await bench.slack.command("U1")
    top = bench.slack.workspace().top_view("U1")
    assert top is not None
    top.body["private_metadata"] = foreign

    reply = await bench.slack.submit("U1", {"notes": "a word"})

    assert reply.action == "update"
    assert bench.desk.last.subject == Subject()
    assert bench.desk.last.fields == {}
    assert bench.refused == ["token"]


@pytest.mark.parametrize("value", ["", "x", "x" * 40, "é" * 40, "\ud800" * 30, "case~C1~~1~", "~" * 200])
async def test_sr_14_a_made_up_token_on_a_button_is_answered_like_a_token_of_nothing(bench: Bench, value: str) -> None:
    await bench.platform.channel.post(AMIRA, note())
    [message] = bench.slack.workspace().messages
    for block in message.blocks:
        for element in (*block.get("elements", []), block.get("accessory") or {}):
            element["value"] = value

    await bench.slack.press("U1", "open_case")

    assert bench.desk.last.subject == Subject()
    assert bench.slack.view("U1") is not None
    assert bench.refused == (["token"] if value else [])


async def test_sr_14_a_button_of_a_message_that_was_forwarded_does_not_work_for_somebody_else(bench: Bench) -> None:
    await bench.platform.channel.post(AMIRA, note())
    [message] = bench.slack.workspace().messages
    message.channel = bench.slack.workspace().direct_channel("U2").id

    await bench.slack.press("U2", "open_case")

    assert bench.desk.last.by == PRIYA
    assert bench.desk.last.subject == Subject()
    assert bench.refused == ["token"]


async def test_a_token_that_an_older_release_wrote_differently_is_answered_too(bench: Bench) -> None:
    await bench.slack.command("U1")
    top = bench.slack.workspace().top_view("U1")
    assert top is not None
    top.body["private_metadata"] = bench.seals.seal("another shape", str(AMIRA))

    await bench.slack.submit("U1")

    assert bench.desk.last.subject == Subject()
    assert bench.desk.last.fields == {}


IM = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": SENTINEL}
FILE = {"id": "F1", "name": SENTINEL, "url_private": SENTINEL, "thumb_tiny": SENTINEL}


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (IM, "refuse_message"),
        ({**IM, "subtype": "me_message"}, "refuse_message"),
        ({**IM, "attachments": [{"text": SENTINEL}]}, "refuse_message"),
        ({**IM, "subtype": "file_share", "files": [FILE]}, "refuse_file"),
        ({**IM, "subtype": "file_share", "files": [{"id": "F1", "file_access": "check_file_info"}]}, "refuse_file"),
        ({**IM, "files": [FILE]}, "refuse_file"),
        ({**IM, "attachments": [{"files": [FILE], "is_share": True}]}, "refuse_file"),
        ({**IM, "attachments": [{"image_url": SENTINEL}]}, "refuse_file"),
    ],
)
async def test_sr_29_what_is_written_to_the_bot_is_refused_unread(
    bench: Bench, event: dict[str, Any], name: str
) -> None:
    bench.desk.says = lambda _intent: None

    reply = await bench.slack.send_event(event, event_id="Ev123")

    assert reply.status == 200
    assert bench.desk.last.name == name
    assert bench.desk.last.event == "Ev123"
    assert bench.desk.last.has_file == (name == "refuse_file")
    assert bench.desk.last.by == AMIRA
    assert SENTINEL not in repr(bench.desk.last)
    assert {call.method for call in bench.slack.calls} == {"auth.test"}


@pytest.mark.parametrize(
    "event",
    [
        {**IM, "user": "UBOT"},
        {**IM, "bot_id": "B7"},
        {**IM, "subtype": "message_changed"},
        {**IM, "subtype": "message_deleted"},
        {**IM, "subtype": "bot_message"},
        {**IM, "channel_type": "channel"},
        {**IM, "user": None},
        {"type": "app_uninstalled"},
        {"type": "channel_shared", "channel": "C9"},
        {"type": "something_new"},
    ],
)
async def test_events_that_are_not_for_us_are_received_and_nothing_comes_of_them(
    bench: Bench, event: dict[str, Any]
) -> None:
    reply = await bench.slack.send_event(event)

    assert (reply.status, reply.text) == (200, "")
    assert bench.desk.intents == []


async def test_a_message_from_another_organisation_is_from_outside(bench: Bench) -> None:
    await bench.slack.send_event({**IM, "user": "U5", "user_team": "T9"})

    assert bench.desk.last.by == Account("slack", "T9", "U5")
    assert bench.desk.last.known.standing.why_not == "outside"


@pytest.mark.parametrize(
    "body",
    [
        {"type": "message_action", "callback_id": "raise_incident", "message": {"text": SENTINEL}},
        {"type": "shortcut", "callback_id": "another", "trigger_id": "1"},
        {"type": "view_closed", "view": {"id": "V1"}},
        {"type": "block_suggestion", "value": SENTINEL},
        {"type": "interactive_message", "actions": []},
        {"type": "dialog_submission", "submission": {"x": SENTINEL}},
        {"command": "/other", "text": SENTINEL, "user_id": "U1"},
        {"type": ["a list"]},
        {"no": "type"},
    ],
)
def test_what_is_none_of_ours_is_dropped_unread(body: dict[str, Any]) -> None:
    assert wire.read({"team": {"id": "T1"}, "user": {"id": "U1"}, **body}, US) is None


async def test_what_is_none_of_ours_is_received_without_a_word(bench: Bench) -> None:
    assert (await bench.slack.shortcut("U1", "another")).text == ""
    assert (await bench.slack.command("U1", name="/other")).text == ""
    assert bench.desk.intents == []


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": ["x"]},
        {"type": "block_actions", "actions": [{"type": "button"}], "user": {"id": "U/1"}},
        {"type": "block_actions", "actions": [{"type": "button"}], "user": None},
        {"type": "view_submission"},
        {"type": "view_submission", "view": {"id": "V1"}, "user": {"id": ""}},
        {"type": "view_submission", "view": {"id": 7}},
        {"type": "event_callback"},
        {"type": "event_callback", "event": {"type": "app_home_opened", "tab": "home"}},
    ],
)
def test_what_no_client_sends_is_malformed(body: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        wire.read({"team": {"id": "T1"}, "user": {"id": "U1"}, **body}, US)


def _submission(**more: Any) -> dict[str, Any]:
    user = {"id": "U1", "team_id": "T1"}
    view = {"id": "V1", "callback_id": "next_page"}
    return {"type": "view_submission", "team": {"id": "T1"}, "user": user, "view": view, **more}


@pytest.mark.parametrize(
    ("more", "outside"),
    [
        ({}, False),
        ({"user": {"id": "U1"}}, False),
        ({"user": {"id": "U1", "team_id": "T9"}}, True),
        ({"user": {"id": "U1", "team_id": "T1", "is_stranger": True}}, True),
        ({"enterprise": {"id": "E1"}}, True),
        ({"enterprise": None}, False),
    ],
)
def test_who_is_from_outside(more: dict[str, Any], outside: bool) -> None:
    arrived = wire.read(_submission(**more), US)

    assert arrived is not None
    assert arrived.outside is outside


def test_a_window_that_was_opened_in_a_shared_channel_belongs_to_where_we_are_installed() -> None:
    view = {"id": "V1", "callback_id": "next_page", "app_installed_team_id": "T1"}
    body = _submission(team={"id": "T9"}, user={"id": "U5", "team_id": "T9"}, view=view)

    assert wire.team_of(body) == "T1"
    arrived = wire.read(body, US)
    assert arrived is not None
    assert arrived.outside


@pytest.mark.parametrize("name", ["refuse_file", "refuse_message", "answer_at_once", "delete_everything", None, 7])
def test_an_intent_that_no_button_has_is_an_unknown_one(name: object) -> None:
    arrived = wire.read(_submission(view={"id": "V1", "callback_id": name}), US)

    assert arrived is not None
    assert arrived.name == ""


async def test_names_and_addresses_of_people_are_not_read(bench: Bench) -> None:
    await bench.slack.command("U1", "help")
    await bench.slack.shortcut("U1")

    told = json.dumps([repr(intent) for intent in bench.desk.intents])
    assert "amira" not in told.lower()
    assert "/response/" not in told
