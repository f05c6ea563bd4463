"""What may be drawn with decoration, and how it is escaped.

Slack reads `*`, `_`, `~`, back-ticks, `:name:` and a leading `>` in its markup. There is no way to write them literally
there, so a text that holds any of them is drawn as `plain_text`, where nothing is read; only a text without them is
ever decorated. So whatever somebody typed is shown as they typed it, and runs nothing (SR-34).
"""

from __future__ import annotations

import re
from typing import Final

_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that turn the direction of what follows: they could make a text read as another."""
_BROKEN: Final = re.compile("[\ud800-\udfff]")
_MARKUP: Final = re.compile(r"[*_~`@#]|:[^\s\d]|:\d+:|^\s*>|//|www\.", re.MULTILINE)
"""Marks, mentions, emoji codes, quotes at the start of a line, and addresses."""
_LONG_WORD: Final = 400
"""A word that may have to be cut: once escaped, the cut could go through an entity."""


def clean(text: str) -> str:
    """The text without what no reader can see: control characters, turned directions, halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _BROKEN.sub("\ufffd", _HIDDEN.sub("", plain))


def escape(text: str) -> str:
    """The three characters that begin an entity, a mention or a link, written so that they are shown."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def decorable(text: str) -> bool:
    """Whether Slack's markup would show this text as it stands, so that it may be set in bold or italics."""
    return _MARKUP.search(text) is None and (
        len(text) < _LONG_WORD or all(len(word) < _LONG_WORD for word in text.split())
    )
