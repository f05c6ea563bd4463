"""The few screens that Slack's side needs by itself. Each says 999 first, since nothing else may reach the person."""

from __future__ import annotations

from typing import Final

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

FAILED_TEXT: Final = (
    f"{_EMERGENCY} Signpost could not answer just now, and what you did last may not be saved. Try again in a minute. "
    "Until then ring your safeguarding lead, or the police on 101."
)
FAILED: Final = Form(
    _TITLE,
    (
        Caution(_EMERGENCY),
        Paragraph(
            "Signpost could not answer just now, and what you did last may not be saved. Try again in a minute. "
            "Until then ring your safeguarding lead, or the police on 101."
        ),
    ),
)
"""Our own code failed."""

OTHER_VERSION: Final = Form(
    _TITLE,
    (
        Caution(_EMERGENCY),
        Paragraph("Signpost has changed since this was drawn, so this button no longer works. Nothing was lost by it."),
        Paragraph("Type /signpost to go on. It shows what you have begun and what you have raised."),
    ),
)
"""A button that no version of ours that runs here knows."""

DONE: Final = Form(_TITLE, (Caution(_EMERGENCY), Paragraph("That is done. You can close this window.")))
"""Takes the place of WAITING where there is nothing else to show."""
