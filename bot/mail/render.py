"""A message as a mail: plain text, so that there is nothing to load, to run or to hide behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.message import EmailMessage
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
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = line(sender)
    made["To"] = line(to)
    made["Subject"] = line(content.summary)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{line(message_id)}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text(content, link), charset="utf-8", cte="quoted-printable")
    return made.as_bytes()


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
