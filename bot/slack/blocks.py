"""The few Block Kit shapes that we use, as plain dictionaries. Texts come in clean (`mrkdwn.clean`) and sized."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from bot.slack import limits
from bot.slack.mrkdwn import clean
from handlers.screens import Button

Block: TypeAlias = dict[str, Any]
Seal: TypeAlias = Callable[[str], str]
"""Seals a token for the one account that the screen is drawn for."""

LONG = 250
"""From here on a client may fold a section away behind *See more*; we ask it not to."""


def plain(text: str) -> Block:
    """Text that is shown as it stands: no markup, no mentions, no links, no emoji codes."""
    return {"type": "plain_text", "text": text, "emoji": False}


def marked(text: str) -> Block:
    """Text in Slack's markup, escaped by the caller; addresses and names in it stay plain."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: Block, accessory: Block | None = None) -> Block:
    """A paragraph, with a button beside it if there is one."""
    block: Block = {"type": "section", "text": text}
    if len(text["text"]) > LONG:
        block["expand"] = True
    if accessory is not None:
        block["accessory"] = accessory
    return block


def context(texts: Sequence[Block]) -> Block:
    """Small print."""
    return {"type": "context", "elements": list(texts)}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text)}


def actions(elements: Sequence[Block]) -> Block:
    """Buttons in a row."""
    return {"type": "actions", "elements": list(elements)}


def button(drawn: Button, seal: Seal) -> Block:
    """A button: its `action_id` is the intent, its `value` the sealed token (none for an empty one)."""
    label = limits.shortened(clean(drawn.label).strip() or drawn.intent, limits.BUTTON)
    block: Block = {"type": "button", "action_id": drawn.intent, "text": plain(label)}
    if drawn.token:
        block["value"] = seal(drawn.token)
    if drawn.main:
        block["style"] = "primary"
    if question := clean(drawn.ask_first).strip():
        block["confirm"] = {
            "title": plain("Before you go on"),
            "text": plain(limits.shortened(question, limits.CONFIRM)),
            "confirm": plain(label if limits.length(label) <= limits.CONFIRM_BUTTON else "Yes"),
            "deny": plain("Go back"),
        }
    return block
