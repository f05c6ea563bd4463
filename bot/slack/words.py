"""The few words that only Slack's side needs. Each says 999 first, since nothing else may reach the person."""

from __future__ import annotations

from typing import Final

from handlers.broken import NOT_ANSWERED
from handlers.screens import Caution, Form, Paragraph

_EMERGENCY: Final = "In danger now? Call 999, and stay with the child."
_TITLE: Final = "Signpost"

WAITING: Final = Form(
    _TITLE,
    (
        Caution(f"{_EMERGENCY} Do not wait for this window."),
        Paragraph("What you asked for appears here by itself in a moment."),
    ),
)
"""Opened when an answer takes longer than a trigger lives."""

FAILED_TEXT: Final = f"{_EMERGENCY} {NOT_ANSWERED}"
"""Our own code failed, and there is room for a line only."""
