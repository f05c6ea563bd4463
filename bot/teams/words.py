"""The few screens that Teams' side needs by itself. Each says 999 first, since nothing else may reach the person."""

from __future__ import annotations

from typing import Final

from handlers.screens import Caution, Form, Paragraph, Small

_EMERGENCY: Final = "In danger now? Call 999, and stay with the child."
_TITLE: Final = "Signpost"

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
        Paragraph("Write 'report' to Signpost to go on. It shows what you have begun and what you have raised."),
    ),
)
"""A button that no version of ours that runs here knows."""

DONE: Final = Form(_TITLE, (Caution(_EMERGENCY), Paragraph("That is done. You can close this window.")))
"""Where there is nothing else to show."""

DONE_TEXT: Final = "That is done."

NOT_INSTALLED: Final = Small(
    "Signpost is not added for you in Teams, so it cannot send you messages: what you need stands here. To add it, "
    "open Apps in Teams, search for Signpost and choose Add."
)
"""Below a form of somebody whom no message reaches."""
