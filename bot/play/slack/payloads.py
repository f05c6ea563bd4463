"""What Slack sends: the bodies of commands, interactions and events, exactly as they travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.slack.answers import state_values

if TYPE_CHECKING:
    from bot.play.slack.world import Channel, Json, Message, Person, View, Workspace

TOKEN = "verification-token-is-not-used"  # noqa: S105 - Slack still sends this old field; nobody should look at it


def command(ws: Workspace, who: Person, channel: Channel, name: str, text: str) -> Json:
    """Return the form fields of a slash command, `trigger_id` and `response_url` aside."""
    return {
        "token": TOKEN,
        "team_id": ws.id,
        "team_domain": ws.domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": who.id,
        "user_name": who.handle,
        "command": name,
        "text": text,
        "api_app_id": ws.app_id,
        "is_enterprise_install": "false",
    }


def interaction(ws: Workspace, who: Person, kind: str) -> Json:
    """Return what every interaction begins with: type, team, user, app."""
    return {
        "type": kind,
        "team": {"id": ws.id, "domain": ws.domain},
        "user": {"id": who.id, "username": who.handle, "name": who.handle, "team_id": who.team_id},
        "api_app_id": ws.app_id,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def view(ws: Workspace, held: View) -> Json:
    """Return a view as Slack sends and answers it: what the app gave, with state, hash and the ids of the stack."""
    kind = held.body["type"]
    shown = {
        "id": held.id,
        "team_id": ws.id,
        "type": kind,
        "blocks": held.body["blocks"],
        "private_metadata": held.body.get("private_metadata", ""),
        "callback_id": held.body.get("callback_id", ""),
        "state": {"values": state_values(held.body["blocks"], held.answers)},
        "hash": held.hash,
        "title": held.body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": held.body.get("clear_on_close", False),
        "notify_on_close": held.body.get("notify_on_close", False),
        "close": held.body.get("close"),
        "submit": held.body.get("submit"),
        "previous_view_id": held.previous,
        "root_view_id": held.root,
        "app_id": ws.app_id,
        "external_id": held.body.get("external_id", ""),
        "app_installed_team_id": ws.id,
        "bot_id": ws.bot_id,
    }
    return shown if kind == "modal" else {**shown, "close": None, "submit": None}


def message(ws: Workspace, held: Message) -> Json:
    """Return a message of the app as Slack shows it in answers and interactions."""
    shown: Json = {
        "type": "message",
        "user": ws.bot_user,
        "bot_id": ws.bot_id,
        "app_id": ws.app_id,
        "team": ws.id,
        "ts": held.ts,
        "text": held.text,
    }
    if held.blocks:
        shown["blocks"] = held.blocks
    if held.thread_ts:
        shown["thread_ts"] = held.thread_ts
    if held.edited:
        shown["edited"] = {"user": ws.bot_user, "ts": held.ts}
    if held.metadata:
        shown["metadata"] = held.metadata
    return shown


def from_message(ws: Workspace, held: Message) -> Json:
    """Return the part of a `block_actions` payload that says from which message it came."""
    channel = ws.channels[held.channel]
    whole = message(ws, held)
    return {
        "container": {
            "type": "message",
            "message_ts": held.ts,
            "channel_id": held.channel,
            "is_ephemeral": bool(held.ephemeral_to),
        },
        "channel": {"id": channel.id, "name": channel.name},
        **({} if held.ephemeral_to else {"message": whole}),
        "state": {"values": state_values(held.blocks, held.answers)},
    }


def event(ws: Workspace, inner: Json, event_id: str, now: int) -> Json:
    """Return the envelope of an Events API delivery."""
    return {
        "token": TOKEN,
        "team_id": ws.id,
        "api_app_id": ws.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": now,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": ws.id,
                "user_id": ws.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
