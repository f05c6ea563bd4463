"""The Slack app asks for as little as it can, and Slack's own schema accepts the manifest (SR-29)."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml

from bot.slack import wire
from bot.slack.arrived import Us
from bot.slack.install import REDIRECT
from bot.slack.platform import PATH
from tests.architecture.tree import ROOT

SCHEMA = ROOT / "tests" / "schemas" / "slack-manifest-1.0.0.json"
SCOPES = ["commands", "chat:write", "im:write", "users:read", "usergroups:read", "groups:read"]
HEARD = ["app_home_opened"]
GOODBYES = ["app_uninstalled", "tokens_revoked"]
NEVER = (
    "history",
    "files",
    "remote_files",
    "email",
    "public",
    "customize",
    "links",
    "message",
    "channels",
    "mpim",
    "admin",
)
"""What would let the bot read messages, files or addresses, write uninvited, or speak as somebody else."""


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest as Slack reads it."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return read


def test_slack_accepts_its_form(manifest: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    jsonschema.Draft7Validator.check_schema(schema)
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(manifest)] == []


def test_it_asks_for_these_scopes_and_no_other(manifest: dict[str, Any]) -> None:
    assert manifest["oauth_config"]["scopes"] == {"bot": SCOPES}


def test_it_subscribes_to_these_events_and_no_other(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]

    assert events["bot_events"] == [*HEARD, *GOODBYES]
    assert set(events) == {"request_url", "bot_events"}


def test_neither_list_lets_it_read_what_others_write(manifest: dict[str, Any]) -> None:
    asked = [*manifest["oauth_config"]["scopes"]["bot"], *manifest["settings"]["event_subscriptions"]["bot_events"]]

    assert [(name, word) for name in asked for word in NEVER if word in name] == []


def test_no_shortcut_takes_a_message(manifest: dict[str, Any]) -> None:
    assert [(each["type"], each["callback_id"]) for each in manifest["features"]["shortcuts"]] == [
        ("global", "raise_incident")
    ]


def test_nobody_can_send_the_bot_a_file(manifest: dict[str, Any]) -> None:
    assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is True


def test_everything_comes_to_the_one_path_that_is_served(manifest: dict[str, Any]) -> None:
    settings, (command,) = manifest["settings"], manifest["features"]["slash_commands"]
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        command["url"],
    }

    assert addresses == {f"https://signpost.example.org{PATH}"}


def test_what_it_offers_is_what_the_code_hears(manifest: dict[str, Any]) -> None:
    (command,), (shortcut,) = manifest["features"]["slash_commands"], manifest["features"]["shortcuts"]

    assert command["command"] == wire.COMMAND
    assert set(command["usage_hint"].strip("[]").split(" | ")) <= wire.WORDS.keys()
    assert shortcut["callback_id"] == wire.SHORTCUT


def test_whoever_installs_comes_back_to_the_page_that_is_served(manifest: dict[str, Any]) -> None:
    assert manifest["oauth_config"]["redirect_urls"] == [f"https://signpost.example.org{REDIRECT}"]


@pytest.mark.parametrize("event", GOODBYES)
def test_each_goodbye_is_heard_by_the_code(event: str) -> None:
    told = {"type": event, "tokens": {"oauth": [], "bot": ["UBOT"]}}

    assert wire.taken_out({"type": "event_callback", "team_id": "T1", "event_time": 1, "event": told}) == 1


@pytest.mark.parametrize("event", HEARD)
def test_each_event_is_heard_by_the_code(event: str) -> None:
    """Slack repeats an event that nobody takes, and one that is taken and dropped was asked for in vain."""
    told = {"type": event, "user": "U1", "tab": "home"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": told}

    assert wire.read(body, Us("T1")) is not None
