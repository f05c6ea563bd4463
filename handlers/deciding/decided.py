"""What a lead reads once it is decided: by them, by another lead a moment before, or by nobody but another lead."""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.access import Granted
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import shown_as
from handlers.deciding.may_decide import Kind
from handlers.intents import Subject
from handlers.raising.pages import TITLE
from handlers.referring.referral import refer_label
from handlers.screens import Bullets, Button, Buttons, Caution, Form, Heading, Line, Paragraph, Part

TWO_PEOPLE: Final = (
    "Your site asks for two people, and you raised this case: another lead decides on it. In danger call 999. You may "
    "ring the police or children's social care yourself at any time."
)
NOTHING_SENT: Final = "Nothing of yours was sent."
NOTHING_KEPT: Final = "Your decision was not recorded."
GO_ON: Final = {
    "refer": "What you wrote and ticked stands below. To refer all the same, read it, tick that you have, and press "
    "the button.",
    "do_not_refer": "What you wrote stands below. To decide all the same, read it and press the button.",
}


def too_late(kind: Kind, last: Decision, *, mine: bool) -> str:
    """What a lead reads first whose press came after another decision: that it did nothing, and why."""
    nothing = NOTHING_SENT if kind == "refer" else NOTHING_KEPT
    return f"{nothing} {who_decided(last, mine=mine)}"


def who_decided(decision: Decision, *, mine: bool) -> str:
    """Who decided what, and when."""
    who = "You decided" if mine else f"{decision.by_name} decided"
    return f"{who} at {told(decision.at)}: {'Refer' if decision.kind == 'refer' else 'Do not refer'}."


def decided_window(granted: Granted, decision: Decision, *, mine: bool, note: str = "", wrote: str = "") -> Form:
    """What was decided, by whom and when: right after it, and for whoever comes second.

    `note` is what they read first whose own press did nothing, `wrote` what they had written of which nothing is kept.
    """
    case, site = granted.case, granted.site
    parts: list[Part] = [words.emergency_first(), *((Caution(note),) if note else ())]
    parts += [Heading(f"{case.reference}: decided"), Paragraph(who_decided(decision, mine=mine))]
    if decision.kind == "refer":
        parts.append(Bullets(tuple(Line(shown_as(site, decision, contact)) for contact in decision.contacts)))
        parts.append(
            Paragraph(
                "You hear from Signpost if a message does not arrive or nobody acknowledges it. Where you ring, the "
                "words to say stand in the case: press Open."
            )
        )
        parts.append(Paragraph("A referral cannot be taken back here: if it was wrong, ring whoever was told."))
    elif mine:
        parts.append(Paragraph("It is recorded with the reason. You can still refer at any time."))
    else:
        parts.append(Paragraph("Their reason stands in the case: press Open. You can still refer at any time."))
    if wrote:
        parts += [Heading("What you wrote, which is not kept"), Paragraph(wrote)]
    token = Subject("case", case.id, "", case.latest.number).write()
    again = Button("refer", refer_label(case), token, opens_form=True)
    shown = Button("open_case", "Open", token, opens_form=True, main=bool(note))
    parts.append(Buttons((shown, again) if note else (again, shown)))
    return Form(TITLE, tuple(parts), token=token)


def asked_window(case: Case) -> Form:
    """Say that the questions are on their way to whoever raised it."""
    said = "The person who raised it is being asked. You hear when they update the facts. Nothing else waits for it."
    return Form(TITLE, (words.emergency_first(), Heading(f"Asked: {case.reference}"), Paragraph(said)))


def two_people() -> Form:
    """Whoever raised a case does not decide on it, where the site wants two people."""
    return Form(TITLE, (words.emergency_first(), Heading("Another lead decides"), Paragraph(TWO_PEOPLE)))
