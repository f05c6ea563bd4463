"""What whoever raised a case hears of a decision: what, when, and what they can do themselves. Never the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import words
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contacts import police_and_care
from handlers.intents import Subject
from handlers.looking.whom_first import first_to_raiser
from handlers.raising.recommendation import ask_button, asked_line
from handlers.screens import Button, Buttons, Heading, Message, Paragraph
from handlers.sites import Site
from policy import Outcome

NEWS: Final = "news."
"""How the word begins that says on which news *Ask a lead to escalate* was pressed; the decision's number follows."""


def decided(case: Case, decision: Decision, site: Site, *, nobody: bool = False) -> Message:
    """The news of a decision. After one not to refer it has the numbers, and the way to ask the leads to look again.

    `nobody` says that there is no lead to ask: all of them were left out.
    """
    before = {one.kind for one in case.decisions if one.number < decision.number}
    declined = decision.kind == "do_not_refer" and "refer" not in before
    if decision.kind == "refer":
        what = "A safeguarding lead decided to refer this. They ring and give the names."
    elif "refer" in before:
        what = "A safeguarding lead looked at this again. What was referred stays referred."
    elif before:
        what = "A safeguarding lead looked at this again and decided not to refer it for now. That can change any time."
    else:
        what = "A safeguarding lead decided not to refer this for now. That can change at any time."
    asked = case.asked_at is not None and case.asked_at > decision.at
    yours = f"If you see it otherwise, you can ring: {police_and_care(site)}. Or ask the leads to look again."
    ask = (_ask(case, decision),) if declined and not nobody and _may_ask(case, site) else ()
    if not ask:
        yours = f"If you see it otherwise, you can ring: {police_and_care(site)}."
    token = Subject("case", case.id, "", case.latest.number).write()
    open_it = Button("open_case", "Open", token, opens_form=True)
    update = Button("update_facts", "Update the facts", token, opens_form=True)
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            *first_to_raiser(case),
            Heading(f"{case.reference}: news"),
            Paragraph(what),
            Paragraph(f"Decided at {told(decision.at)}."),
            *((Paragraph(yours),) if declined else ()),
            *(asked_line(case) if asked else ()),
            Paragraph(words.YOURSELF),
            Buttons((*ask, open_it, update)),
        ),
    )


def news_of(word: str, case: Case) -> Decision | None:
    """The decision on whose news a button was pressed, or None where it stood elsewhere."""
    number = word.removeprefix(NEWS)
    return case.decision(int(number)) if word.startswith(NEWS) and number.isascii() and number.isdigit() else None


def _may_ask(case: Case, site: Site) -> bool:
    """Whoever may decide asks nobody."""
    return not case.versions[0].by_lead or site.requires_two_people


def _ask(case: Case, decision: Decision) -> Button:
    """The same button as on the recommendation; it comes first where the guidance says to refer."""
    button, grave = ask_button(case, case.latest.number), case.latest.recommendation().outcome >= Outcome.REFER_NOW
    subject = replace(Subject.read(button.token), extra=f"{NEWS}{decision.number}")
    return replace(button, token=subject.write(), main=button.main and grave)
