"""What somebody wrote to the bot: one of our words, a file, or free text. Nothing else of it is looked at or kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from handlers import typed

WORDS: Final[Mapping[str, str]] = {"report": "show_start", **typed.WORDS}
"""The words that the personal chat understands. `report` is answered by a card whose button opens the form, since Teams
opens no dialog from a message; `home` by what stands on the app's own page in Slack, which Teams has not."""

What = Literal["word", "reference", "file", "text"]

_MENTION: Final = re.compile(r"<at\b[^>]{0,200}>.{0,300}?</at>", re.DOTALL)  # bounded: see `_LINK`
# The last letter of a scheme is enough: with all of it, a text of one long word took the square of its length.
_LINK: Final = re.compile(r"[a-z0-9+.-]://|\bwww\.|\b(?:data|file|blob):", re.IGNORECASE)
_BROUGHT: Final = re.compile(r"<(?:img|attachment|a|video|audio|object|embed|iframe|picture)\b", re.IGNORECASE)
"""In a message's HTML: a picture, a forwarded or quoted message, a link, anything that can hold one."""


def what(activity: Mapping[str, Any]) -> tuple[What, str]:
    """What a message is, and the intent of its word if it is one; of a case's reference that itself.

    A pasted picture, a file, a forwarded message or a link counts as a file, whatever stands beside it: a link may
    well lead to one, and we will not look.
    """
    text = activity.get("text")
    text = _MENTION.sub("", text) if isinstance(text, str) else ""
    if brings_file(activity.get("attachments")) or _LINK.search(text) or _BROUGHT.search(text):
        return "file", "refuse_file"
    word = typed.plain(text)
    if word in WORDS:
        return "word", WORDS[word]
    if reference := typed.reference(word):
        return "reference", reference
    return "text", "refuse_message"


def brings_file(attachments: object) -> bool:
    """Whether something came along. A message typed in the rich editor carries itself once more as HTML."""
    if attachments is None:
        return False
    if not isinstance(attachments, list):
        return True
    return any(_is_file(one) for one in attachments)


def _is_file(attachment: object) -> bool:
    if not isinstance(attachment, Mapping) or attachment.get("contentType") != "text/html":
        return True
    content = attachment.get("content")
    if attachment.get("contentUrl") or not isinstance(content, str):
        return True
    return bool(_BROUGHT.search(content) or _LINK.search(content))
