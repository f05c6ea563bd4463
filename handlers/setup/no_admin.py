"""For whoever writes `admin` and is not one: their own account, and whom to give it to."""

from __future__ import annotations

from handlers.raising.pages import TITLE
from handlers.screens import Form, Heading, Paragraph, Small
from handlers.setup.words import emergency_first


def no_admin(account: str) -> Form:
    """Say that it is not theirs, in a way that helps whoever should be one, and says nothing of anybody else."""
    return Form(
        TITLE,
        (
            emergency_first(),
            Heading("You are not an admin of Signpost"),
            Paragraph(f"Your account here is {account}."),
            Paragraph(
                "If you are to set Signpost up, copy it for whoever runs Signpost at your school: they add it to "
                "SIGNPOST_ADMINS and start it again. Somebody who is an admin already can add you in chat, under "
                "'People and admins'."
            ),
            Small("Nobody needs this to raise an incident."),
        ),
    )
