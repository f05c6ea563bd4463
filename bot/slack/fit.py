"""Keeps a screen within the number of blocks that Slack takes: first by joining neighbours, never by dropping words."""

from __future__ import annotations

from typing import Final

from bot.slack import limits
from bot.slack.blocks import Block, context, plain, section

TOO_MUCH: Final = (
    "There is more than Slack can show in one place. Nothing is lost: ring your safeguarding lead and quote the "
    "reference. In danger now? Call 999."
)


def fit(blocks: list[Block], most: int) -> list[Block]:
    """The same blocks, joined where they can be if there are more than `most`; never none, which Slack refuses.

    Only a screen with more buttons and questions than Slack takes ends in a line that says so.
    """
    if not blocks:
        return [context([plain("…")])]
    if len(blocks) <= most:
        return blocks
    joined: list[Block] = []
    for block in blocks:
        together = _together(joined[-1], block) if joined else None
        if together is None:
            joined.append(block)
        else:
            joined[-1] = together
    if len(joined) <= most:
        return joined
    return [*joined[: most - 1], section(plain(TOO_MUCH))]


def _together(one: Block, other: Block) -> Block | None:
    """Two neighbours as one block, or None where that would lose something."""
    if one["type"] != other["type"]:
        return None
    if one["type"] == "context":
        elements = [*one["elements"], *other["elements"]]
        return context(elements) if len(elements) <= limits.CONTEXT_ELEMENTS else None
    if one["type"] != "section" or "accessory" in one or "accessory" in other:
        return None
    first, second = one["text"], other["text"]
    whole = f"{first['text']}\n{second['text']}"
    if first["type"] != second["type"] or limits.length(whole) > limits.SECTION:
        return None
    return section({**first, "text": whole})
