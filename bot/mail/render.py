"""A message as a mail: plain text, so that there is nothing to load, to run or to hide behind."""

from __future__ import annotations

import quopri
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Final, assert_never

from bot.mail.shown import line, unlinked
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Heading,
    Item,
    Links,
    Message,
    Paragraph,
    Part,
    People,
    Question,
    Rows,
    Small,
    TextBox,
)

ACKNOWLEDGE: Final = "acknowledge"
"""The one press that a mail can carry: a link to a page with the button."""


def mail(content: Message, *, sender: str, to: str, link: str, message_id: str, at: datetime) -> bytes:
    """The whole mail as it goes over the wire. The subject is the message's summary, which is the reference alone.

    `message_id` is the same for every attempt at one delivery, so that a server may notice a second one.
    """
    # Written by hand: the library's headers decode what looks encoded, and what comes out may hold a line end.
    headers = {
        "From": sender,
        "To": to,
        "Subject": content.summary,
        "Date": format_datetime(at),
        "Message-ID": f"<{message_id}>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "quoted-printable",
    }
    head = "".join(f"{name}: {_in_header(value)}\r\n" for name, value in headers.items())
    body = quopri.encodestring(text(content, link).encode()).replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"\r\n" + body


def _in_header(value: str) -> str:
    """ASCII on one line, and nothing that a mail program would decode into something else."""
    return line(value).encode("ascii", "replace").decode().replace("=?", "= ?")


def text(content: Message, link: str) -> str:
    """The words, with an empty line between parts."""
    parts = ("\n".join(_lines(part, link)) for part in content.parts)
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(part: Part, link: str) -> Iterable[str]:
    match part:
        case Heading() | Paragraph() | Caution() | Small():
            return [unlinked(part.text)]
        case Bullets():
            return [f"- {unlinked(one.text)}{f' ({unlinked(one.note)})' if one.note else ''}" for one in part.items]
        case Rows():
            return [_row(label, value) for label, value in part.rows]
        case Links():
            return [f"{unlinked(one.title)}: {one.url}" for one in part.links]
        case Buttons():
            return [said for one in part.buttons if (said := _press(one, link))]
        case Item():
            return [_row(part.label, part.text)]
        case Question():
            chosen = [unlinked(one.label) for one in part.options if one.value in part.chosen]
            return [_row(part.label, ", ".join(chosen))]
        case TextBox():
            return [_row(part.label, part.value)]
        case People():
            return [_row(part.label, ", ".join(unlinked(one.label or one.value) for one in part.chosen))]
        case _:
            assert_never(part)


def _row(label: str, value: str) -> str:
    label = unlinked(label)
    return f"{label}{'' if label.endswith('?') else ':'} {unlinked(value)}".rstrip()


def _press(button: Button, link: str) -> str:
    """The button as a link; any other cannot be pressed in a mail and is left out."""
    return f"{unlinked(button.label)}: {link}" if button.intent == ACKNOWLEDGE else ""
