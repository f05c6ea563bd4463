"""What a lead reads once it is decided: by them, by another lead a moment before, or by nobody but another lead."""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.access import Granted
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import is_rung, shown_as
from handlers.deciding.may_decide import Kind
from handlers.intents import Subject
from handlers.raising.pages import TITLE
from handlers.referring.referral import refer_label
from handlers.screens import Bullets, Button, Buttons, Caution, Form, Heading, Line, Paragraph, Part
from handlers.sites import Site

TWO_PEOPLE: Final = (
    "Your site asks for two people, and you raised this case: another lead decides on it. In danger call 999. You may "
    "ring the police or children's social care yourself at any time."
)
NOTHING_SENT: Final = "Nothing of yours was sent."
NOTHING_KEPT: Final = "Your decision was not recorded."
NOT_POSSIBLE: Final = "Nothing was changed: this is referred, and that cannot be taken back here."
NOT_AGAIN: Final = "Nothing was changed: it is recorded already, for these facts."
NOT_THE_REFERRAL: Final = "A message is not the referral, and has no names: ring them too, and give the names by voice."
IF_NOT: Final = "from Signpost if one does not arrive or nobody acknowledges it."
RING: Final = "The words to say stand in the case: press Open. Write the call down there."
RINGS: Final = "{name} is to ring them; if you cannot be sure of that, ring."
GO_ON: Final = {
    "refer": "What you wrote and ticked stands below. To refer all the same, read it, tick that you have, and press "
    "the button.",
    "do_not_refer": "What you wrote stands below. To decide all the same, read it and press the button.",
}


def too_late(kind: Kind, last: Decision, *, mine: bool) -> str:
    """What a lead reads first whose press came after another decision: that it did nothing, and why."""
    nothing = NOTHING_SENT if kind == "refer" else NOTHING_KEPT
    return f"{nothing} {who_decided(last, mine=mine)}"


def not_now(last: Decision) -> str:
    """What a lead reads first who pressed what cannot be decided of the case as it stands."""
    return NOT_POSSIBLE if last.kind == "refer" else NOT_AGAIN


def who_decided(decision: Decision, *, mine: bool) -> str:
    """Who decided what, and when."""
    who = "You decided" if mine else f"{decision.by_name} decided"
    return f"{who} at {told(decision.at)}: {'Refer' if decision.kind == 'refer' else 'Do not refer'}."


def decided_window(granted: Granted, decision: Decision, *, mine: bool, note: str = "", wrote: str = "") -> Form:
    """What was decided, by whom and when: right after it, and for whoever comes second.

    `note` is what they read first whose own press did nothing, `wrote` what they had written of which nothing is kept.
    """
    case = granted.case
    parts: list[Part] = [words.emergency_first(), *((Caution(note),) if note else ())]
    parts += [Heading(f"{case.reference}: decided"), Paragraph(who_decided(decision, mine=mine))]
    if decision.kind == "refer":
        parts += _to_whom(granted, decision, mine=mine)
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


def _to_whom(granted: Granted, decision: Decision, *, mine: bool) -> list[Part]:
    """Who gets a message, and who knows nothing before a lead rings; and that no message is the referral."""
    site, parts = granted.site, list[Part]()
    rung = tuple(one for one in decision.contacts if is_rung(site, decision, one))
    sent = tuple(one for one in decision.contacts if one not in rung)
    if sent:
        parts += [Heading("Signpost sends it to"), _listed(site, decision, sent)]
        parts.append(Paragraph(f"{NOT_THE_REFERRAL} {'You hear' if mine else 'The lead who decided hears'} {IF_NOT}"))
    if rung:
        parts += [Heading("Ring now: they know nothing yet"), _listed(site, decision, rung)]
        parts.append(Paragraph(RING if mine else f"{RINGS.format(name=decision.by_name)} {RING}"))
    parts.append(Paragraph("A referral cannot be taken back here: if it was wrong, ring whoever was told."))
    return parts


def _listed(site: Site, decision: Decision, contacts: tuple[str, ...]) -> Bullets:
    return Bullets(tuple(Line(shown_as(site, decision, contact)) for contact in contacts))


def asked_window(case: Case) -> Form:
    """Say that the questions are on their way to whoever raised it."""
    said = "The person who raised it is being asked. You hear when they update the facts. Nothing else waits for it."
    return Form(TITLE, (words.emergency_first(), Heading(f"Asked: {case.reference}"), Paragraph(said)))


def two_people() -> Form:
    """Whoever raised a case does not decide on it, where the site wants two people."""
    return Form(TITLE, (words.emergency_first(), Heading("Another lead decides"), Paragraph(TWO_PEOPLE)))
