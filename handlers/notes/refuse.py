"""Notes: what may not stand in them, and what is asked about once before it is kept.

Signpost takes no picture and nothing that leads to one, so such a note is refused, whatever else it holds. What points
to a person is asked about once: whoever means it presses the same button again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handlers.notes import patterns
from handlers.notes.personal import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.notes.personal import Kind

REFUSED: Final = (
    "Take out the link, file name or data: nothing that leads to a picture, video or file may stand here. Leave the "
    "picture where it is; nobody copies it or links to it. Tell the lead in person or by phone where it is."
)

_LOOKED_THROUGH: Final = 4000
"""Characters that are looked through for what points to a person. Notes of more than 1,000 are never kept."""

_WORDS: Final[Mapping[Kind, str]] = {
    "name": "a person's name",
    "email": "an e-mail address",
    "phone": "a phone number",
    "handle": "an account name",
    "birth_date": "a date of birth",
    "pupil_number": "a pupil number",
    "address": "an address",
    "link": "a link",
}
"""What each kind is called, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class NotesCheck:
    """What to say at the field; both empty when there is nothing to say. `refused` leaves no way on, `warned` does."""

    refused: str = ""
    warned: str = ""


def check_notes(text: str) -> NotesCheck:
    """Look through a note. The sentences name kinds only and never repeat what was typed.

    Where it is refused, it is not looked through for what points to a person: that is said once the note is kept.
    """
    if any(patterns.leads_to_file(view) for view in patterns.views(text)):
        return NotesCheck(refused=REFUSED)
    found = kinds(patterns.views(text[:_LOOKED_THROUGH]))
    if not found:
        return NotesCheck()
    return NotesCheck(warned=_warning([words for kind, words in _WORDS.items() if kind in found]))


def _warning(found: list[str]) -> str:
    listed = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return (
        f"This looks as if it holds {listed}. Names and contact details are given to the lead by phone, not here. "
        "Change it, or press the same button again to keep it as it is."
    )
