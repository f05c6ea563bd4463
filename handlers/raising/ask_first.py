"""An adult who may be staff: who is not to be told is asked before a quick way to send tells anybody.

The lead who is told first may be the person of concern, or close to them. The choice stands on the last page, which
*Get the recommendation now* passes by. So that button leads to this one question, and from there to the advice. Where
somebody is in danger now nothing comes before 999 and nobody waits: the choice stands on the 999 screen itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers import words
from handlers.case import Case, Draft
from handlers.people import Account, Directory, Known
from handlers.raising import check, leave_out
from handlers.raising.pages import TITLE, named, subject_of, which_site
from handlers.screens import Button, Buttons, Caution, Form, Heading, Paragraph, Part, Small
from handlers.sites import Site
from policy import Facts

MAY_BE_A_LEAD: Final = "You said that the adult may be staff or in a position of trust. That may be one of your leads."
NOBODY_YET: Final = "Nobody has been told yet, and nobody is until you press Send."
NOT_YET_THIS: Final = "What you answered now has not been sent yet, and is not until you press Send."
NOBODY_TO_LEAVE_OUT: Final = "Nobody to leave out, or you do not know? Choose none, and send it."
TELL_THE_HEAD: Final = (
    "If it may be a lead, tell the head first, and send this once the leads can be named. Else send it."
)
"""Where nobody can be offered: nobody can say who leads."""


def may_be_staff(facts: Facts) -> bool:
    """Whether somebody said that the adult is staff, or would be if there is one."""
    return facts.adult_role == "staff_or_trust" and facts.asked("adult_role")


def to_ask(draft: Draft, case: Case | None) -> bool:
    """Whether the choice has yet to be put to whoever raises it.

    Of a case that the leads know it is asked once more where it is said for the first time that it may be staff.
    """
    if draft.left_out:
        return False
    if case is None:
        return may_be_staff(draft.facts())
    return may_be_staff(draft.facts()) and not may_be_staff(case.latest.facts)


def leads_first(
    draft: Draft,
    site: Site,
    directory: Directory,
    known: Known,
    *,
    said: check.Said = check.NOTHING,
    before: Mapping[Account, datetime] = MappingProxyType({}),
) -> Form:
    """Draw the one question. `before` is who was told already, and when."""
    place, choice = choice_of(draft, leave_out.ASK, site, directory, known, before)
    token = subject_of(draft, place).write()
    parts: list[Part] = [Caution(words.CALL_999), *which_site(named(site, directory))]
    if said.note:
        parts.append(Caution(said.note))
    parts += [Heading("Before anybody is told" if not before else "Before this is sent")]
    parts += [Paragraph(f"{MAY_BE_A_LEAD} {NOT_YET_THIS if before else NOBODY_YET}")]
    parts += [*check.who_is_told(draft, site, directory, known, before), *choice]
    parts += [Paragraph(NOBODY_TO_LEAVE_OUT if choice else TELL_THE_HEAD)]
    parts.append(Buttons((Button("previous_page", "Back to the first page", token),)))
    parts.append(Small(f"{words.ADVICE_ONLY} {words.CLOSE_LATER}"))
    send = Button("submit_report", "Send and see the advice", token, main=True)
    return Form(TITLE, tuple(parts), send, token, errors=said.errors)


def choice_of(  # what it draws, each by name
    draft: Draft, place: str, site: Site, directory: Directory, known: Known, before: Mapping[Account, datetime]
) -> tuple[str, tuple[Part, ...]]:
    """The choice itself, and the place of a page that carries it."""
    leads = check.leads_to_tell(site, directory, known, raiser=draft.owner)
    boxes = leave_out.boxes_of(draft.left_out, leads, directory)
    return leave_out.place_with(boxes, place), tuple(check.who_is_not(draft, leads, boxes, directory, known, before))
