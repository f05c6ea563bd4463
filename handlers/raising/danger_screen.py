"""The 999 screen: what to do before anything else, who hears of it, and where it goes on. It asks for no fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers import words
from handlers.case import Draft
from handlers.clocks import DANGER_MINUTES
from handlers.raising import leave_out
from handlers.raising.check import NOTHING, Said
from handlers.raising.pages import NOW, TITLE, subject_of
from handlers.screens import Button, Buttons, Caution, Form, Paragraph, Part

TELL: Final = "Tell my leads, go on"
"""The main button while nobody has been told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it has come: whether the leads are being told, and of which case."""

    reference: str = ""
    told: bool = False
    """The case is in danger by what was sent: the leads are told."""
    name: str = ""
    """Who is told first, where somebody was left out: nobody reads that all leads hear of it."""
    nobody: str = ""
    """What is said instead where nobody can be told through Signpost: that, and whom to go to."""


def danger(
    draft: Draft,
    standing: Standing,
    *,
    place: str = leave_out.DANGER,
    choice: tuple[Part, ...] = (),
    said: Said = NOTHING,
) -> Form:
    """Draw it. `choice` is the question whom to leave out, where the adult may be staff; `place` carries its boxes."""
    token = subject_of(draft, place).write()
    note = (Caution(said.note),) if said.note else ()
    return Form(
        title=TITLE,
        parts=(
            Caution(words.DANGER),
            *note,
            Paragraph("Say where the child is, and that they are a child. Stay on the line."),
            Paragraph(_who_hears(standing, draft)),
            *choice,
            Paragraph("When someone is with the child, go on here. What you answered is kept."),
            Buttons(
                (
                    Button("recommend_now", NOW, token),
                    Button("previous_page", "Back to the first page", token),
                )
            ),
        ),
        submit=Button("next_page", "Go on" if standing.told or standing.nobody else TELL, token, main=True),
        token=token,
        errors=said.errors,
    )


def _who_hears(standing: Standing, draft: Draft) -> str:
    reference = f" Reference: {standing.reference}." if standing.reference else ""
    if standing.nobody:
        return f"{standing.nobody}{reference}"
    if standing.told:
        told = f"{standing.name} is being told now." if standing.name else "Your safeguarding leads are being told now."
        return f"{told}{reference}"
    yet = "been told of this yet" if standing.reference else "been told yet"
    whom = "the leads whom you did not leave out" if draft.left_out else "your leads"
    return (
        f"Nobody at school has {yet}. Press '{TELL}', and {whom} are told at once, even if you stop after that. If you "
        f"close this to ring 999, they are told in {DANGER_MINUTES} minutes all the same.{reference}"
    )
