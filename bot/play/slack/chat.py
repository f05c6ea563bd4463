"""Messages: `chat.postMessage`, `update`, `delete`, `postEphemeral`, and what arrives at a response_url."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

from bot.play.blockkit import lint_message
from bot.play.slack import payloads
from bot.play.slack.core import RESPONSE_URL_SECONDS, Core
from bot.play.slack.views import as_messages, with_ids
from bot.play.slack.world import Message, Refusal

if TYPE_CHECKING:
    from bot.play.slack.world import Channel, Json, Workspace

TEXT_LIMIT = 40_000


def post(core: Core, ws: Workspace, args: Json) -> Json:
    """`chat.postMessage`: a message where the app may write, or in the direct conversation with a person."""
    channel = _writable(core, ws, args)
    text, blocks = _content(core, "chat.postMessage", args)
    thread = str(args.get("thread_ts") or "")
    held = Message(channel.id, core.new_ts(), text, blocks, thread_ts=thread, metadata=_metadata(args))
    ws.messages.append(held)
    core.changed()
    return {"channel": channel.id, "ts": held.ts, "message": payloads.message(ws, held)}


def post_ephemeral(core: Core, ws: Workspace, args: Json) -> Json:
    """`chat.postEphemeral`: a message that one member of the channel sees, and that no call can find again."""
    channel = _writable(core, ws, args)
    user = str(args.get("user", ""))
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = _content(core, "chat.postEphemeral", args)
    held = Message(channel.id, core.new_ts(), text, blocks, ephemeral_to=user)
    ws.messages.append(held)
    core.changed()
    return {"message_ts": held.ts}


def update(core: Core, ws: Workspace, args: Json) -> Json:
    """`chat.update`: new content for a message of our own. Text without blocks takes the blocks away."""
    held = _own(core, ws, args, otherwise="cant_update_message")
    if args.get("blocks") is None and args.get("text") is None:
        raise Refusal("no_text")
    text, blocks = _content(
        core, "chat.update", {"text": held.text, **{k: v for k, v in args.items() if v is not None}}
    )
    held.text, held.blocks, held.edited = text, blocks, not blocks  # Slack marks only an edited text
    held.metadata = _metadata(args) or held.metadata
    held.answers = {}
    core.changed()
    return {"channel": held.channel, "ts": held.ts, "text": text, "message": payloads.message(ws, held)}


def delete(core: Core, ws: Workspace, args: Json) -> Json:
    """`chat.delete`: takes away a message of our own."""
    held = _own(core, ws, args, otherwise="cant_delete_message")
    ws.messages.remove(held)
    core.changed()
    return {"channel": held.channel, "ts": held.ts}


def respond(core: Core, token: str, body: Json) -> None:
    """Do what a POST to a response_url asks: replace or delete the message it came from, or answer privately.

    Raises `Refusal` (`expired_url`, `used_url`, `no_text`, `invalid_blocks`).
    """
    url = core.response_urls.get(token)
    if url is None or core.clock() - url.issued > RESPONSE_URL_SECONDS:
        raise Refusal("expired_url")
    if url.left <= 0:
        raise Refusal("used_url")
    url.left -= 1
    ws = core.workspaces[url.team]
    came_from = ws.find_message(url.channel, url.ts)
    if body.get("delete_original"):
        if came_from is not None:
            ws.messages.remove(came_from)
        core.changed()
        return
    text, blocks = _content(core, "response_url", body)
    if body.get("replace_original") and came_from is not None:
        came_from.text, came_from.blocks = text, blocks
    else:
        only = "" if body.get("response_type") == "in_channel" else url.user
        ws.messages.append(Message(url.channel, core.new_ts(), text, blocks, ephemeral_to=only))
    core.changed()


def _writable(core: Core, ws: Workspace, args: Json) -> Channel:
    channel = core.known_channel(ws, str(args.get("channel", "")))
    if ws.bot_user not in channel.members:
        raise Refusal("not_in_channel")
    if channel.is_archived:
        raise Refusal("is_archived")
    return channel


def _own(core: Core, ws: Workspace, args: Json, *, otherwise: str) -> Message:
    """Return the message of ours that is meant; a person's id does not stand for a conversation here."""
    channel = str(args.get("channel", ""))
    if channel in ws.people or channel not in ws.channels:
        raise Refusal("channel_not_found")
    core.known_channel(ws, channel)
    held = ws.find_message(channel, str(args.get("ts", "")))
    if held is None or held.ephemeral_to:
        raise Refusal("message_not_found")
    if not held.ours:
        raise Refusal(otherwise)
    return held


def _content(core: Core, method: str, args: Json) -> tuple[str, list[Json]]:
    """Return text and blocks, checked. A missing text beside blocks is a finding, but Slack lets it pass."""
    blocks = args.get("blocks")
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError as why:
            raise Refusal("invalid_blocks_format") from why
    text = args.get("text") or ""
    if not text and not blocks:
        raise Refusal("no_text")
    if len(str(text)) > TEXT_LIMIT:
        raise Refusal("msg_too_long")
    findings = lint_message({"text": text, "blocks": blocks, "metadata": args.get("metadata")})
    core.found(method, findings)
    refused = [finding for finding in findings if not (finding.path == "text" and finding.code == "missing")]
    if refused:
        errors = as_messages(refused)
        raise Refusal("invalid_blocks", errors=errors, response_metadata={"messages": errors})
    body = with_ids({"blocks": copy.deepcopy(blocks or [])})
    return str(text), body["blocks"]


def _metadata(args: Json) -> Json | None:
    metadata = args.get("metadata")
    return dict(metadata) if isinstance(metadata, dict) else None
