"""Screens as Block Kit: a Form is a window (a modal view), a Message stands in a chat or on the bot's home page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.slack import limits, parts
from bot.slack.blocks import Block, Seal, plain
from bot.slack.fit import fit
from bot.slack.mrkdwn import clean, escape
from handlers.screens import Button, Field, Form, Message, Part
from handlers.words import marked

WINDOW: Final = "window"
"""The `callback_id` of a window without a main button: no intent, and no word about what it shows."""

_NO_WORD: Final = re.compile(r":[a-z0-9_+-]+:|&\w+;|\W+")


def form(screen: Form, seal: Seal) -> Block:
    """A window. `seal` seals tokens for the one account that the window is drawn for.

    Errors stand above their fields, and a line near the top says so: below the first words, which are about 999.
    """
    view: Block = {
        "type": "modal",
        "title": plain(limits.shortened(clean(screen.title).strip() or "Signpost", limits.TITLE)),
        "callback_id": screen.submit.intent if screen.submit else WINDOW,
        "private_metadata": seal(token_of(screen)),
        "notify_on_close": False,
        "blocks": fit(_blocks(screen.parts, seal, screen), limits.VIEW_BLOCKS),
    }
    if screen.close:
        view["close"] = plain(limits.shortened(clean(screen.close), limits.TITLE))
    if submit := screen.submit or _for_fields(screen):
        view["submit"] = plain(limits.shortened(clean(submit.label), limits.TITLE))
    return view


def message(screen: Message, seal: Seal) -> Block:
    """A chat message: `text` is all that a notification shows, `blocks` what stands in the chat."""
    blocks = fit(_blocks(screen.parts, seal), limits.MESSAGE_BLOCKS)
    return {"text": " ".join(escape(clean(screen.summary)).split()) or "Signpost", "blocks": blocks}


def home(screen: Message, seal: Seal) -> Block:
    """The bot's home page for one person."""
    return {"type": "home", "blocks": fit(_blocks(screen.parts, seal), limits.VIEW_BLOCKS)}


def window_of(screen: Message) -> Form:
    """A message as a window, for where there is no message to overwrite."""
    return Form("Signpost", screen.parts)


def token_of(screen: Form) -> str:
    """The token that travels with the window: the form's, or the main button's where the form has none."""
    return screen.token or (screen.submit.token if screen.submit else "")


def errors(screen: Form, before: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """The errors as Slack itself shows them at the fields, or None where the window has to be drawn again.

    `before` are the blocks of the window that was sent in. It has to show the same words and fields as the screen:
    otherwise there is something new to read.
    """
    fields = {block["block_id"] for block in before if block.get("type") == "input" and "block_id" in block}
    if not screen.errors or any(name not in fields for name, _ in screen.errors):
        return None
    bare = fit(_blocks(screen.parts, lambda token: token), limits.VIEW_BLOCKS)
    if _outline(bare) != _outline(before):
        return None
    return {name: clean(sentence) for name, sentence in screen.errors}


def _for_fields(screen: Form) -> Button | None:
    """Slack wants a main button on a window with fields; pressed, it is answered like a button of another version."""
    if any(isinstance(part, Field) for part in screen.parts):
        return Button(WINDOW, "Continue")
    return None


def _blocks(drawn: Iterable[Part], seal: Seal, marks: Form | None = None) -> list[Block]:
    """The parts, with the errors of the form `marks` at their fields."""
    blocks: list[Block] = []
    left = dict(marks.errors) if marks else {}
    wrong = marked(marks) if marks and left else ""
    below_the_first_words = 0
    for part in drawn:
        if isinstance(part, Field) and part.id in left:
            blocks.extend(parts.caution(left.pop(part.id)))
        first = not blocks
        blocks.extend(parts.draw(part, seal))
        if wrong and first and blocks:
            blocks.extend(parts.caution(wrong))
            below_the_first_words = len(blocks)
    homeless = [block for sentence in left.values() for block in parts.caution(sentence)]
    blocks[below_the_first_words:below_the_first_words] = homeless
    return blocks


def _outline(blocks: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """What a window shows, as far as Slack gives it back unchanged: kinds of block, fields, letters and digits."""
    return [(str(block.get("type")), *_told(block)) for block in blocks]


def _told(block: Mapping[str, Any]) -> list[str]:
    if block.get("type") == "input":
        return [str(block.get("block_id"))]
    if block.get("type") == "actions":
        return [str(element.get("action_id")) for element in block.get("elements") or []]
    texts = [block.get("text"), *(block.get("elements") or [])]
    return [_NO_WORD.sub(" ", str(text["text"])) for text in texts if isinstance(text, dict) and "text" in text]
