"""What is said when something was decided, or when time is up: to the raiser, and to the leads.

To the raiser every one of these has the line that they may report it themselves, and 999; never a reason, and no word
that could hold somebody back.
"""

from __future__ import annotations

from handlers import words
from handlers.acknowledge import call_line
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contacts import about, called, read_about
from handlers.intents import Subject
from handlers.screens import Bullets, Button, Buttons, Caution, Heading, Item, Line, Message, Paragraph, Part, Small
from handlers.sites import Site
from handlers.to_ring import ring, to_ring
from policy import fact


def decided(case: Case, decision: Decision) -> Message:
    """What the raiser hears of a decision: what, when, and their own route. Never the reason."""
    referred = any(one.kind == "refer" and one.number < decision.number for one in case.decisions)
    if decision.kind == "refer":
        what = "A safeguarding lead decided to refer this. They ring and give the names."
    elif referred:
        what = "A safeguarding lead looked at the new facts. What was referred stays referred."
    else:
        what = "A safeguarding lead decided not to refer this for now. That can change at any time."
    return _to_raiser(case, what, f"Decided at {told(decision.at)}.")


def own_route(case: Case, site: Site, why: str) -> Message:
    """What the raiser hears when nobody has reacted: whom to ring, and that they may act themselves.

    `why` is `unopened`, `undecided`, `nobody`; or, with the number of a decision to refer behind a colon, `contact`
    (nobody has acknowledged it) or `unheard` (and no lead could be told that).
    """
    numbers = site.numbers
    care = f"children's social care on {numbers.mash}" if numbers.mash else "children's social care at the council"
    them = f"You can ring too: the police on {numbers.officer or '101'}, {care}."
    what = {
        "unopened": "No safeguarding lead has opened this yet. All of them are being told once more.",
        "undecided": "A safeguarding lead has opened this and has not decided yet. All of them are being reminded.",
        "nobody": "Signpost could not reach a safeguarding lead. Tell one now, by phone or in person.",
        "contact": f"A lead decided to refer this, and nobody there has confirmed yet that they have it. {them}",
        "unheard": "A lead decided to refer this, it is not confirmed that it arrived, and Signpost could not reach a "
        f"lead about it. Tell one now, by phone or in person. {them}",
    }[why.partition(":")[0]]
    return _to_raiser(case, what, words.whom_to_ring(site))


def facts_asked(case: Case, asked: tuple[str, ...]) -> Message:
    """What a lead would like the raiser to add, if they know it."""
    token = Subject("case", case.id, "", case.latest.number).write()
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Heading(f"{case.reference}: a lead asks"),
            Paragraph("If you already know, add it. Do not ask the child."),
            Bullets(tuple(Line(fact(name).question) for name in asked)),
            Buttons((Button("update_facts", "Update the facts", token, opens_form=True, main=True),)),
            Paragraph(words.YOURSELF),
        ),
    )


def reminder(case: Case, site: Site, why: str) -> Message:
    """What a lead hears when time is up. After `phone:` stand the decision and contact: then whom to ring."""
    what, _, which = why.partition(":")
    if what == "phone":
        return _ring_them(case, site, which)
    said = {
        "unopened": "Nobody has opened this yet. Open it now.",
        "undecided": "It was opened, and nobody has decided yet. Decide now, or ring.",
    }[what]
    return _remind(case, site, said, (Buttons((_open(case),)),))


def _ring_them(case: Case, site: Site, which: str) -> Message:
    """All contacts of the decision who have not acknowledged by now, each with its number."""
    number, contact = read_about(which)
    waiting = [name for one, name in to_ring(case) if one.number == number] or [contact]
    if len(waiting) == 1:
        (only,) = waiting
        said = f"Nobody has acknowledged it: {called(site, only)}. Ring now, and write it down."
        press = Buttons((_open(case), _call(case, about(number, only))))
        return _remind(case, site, said, (Paragraph(ring(site, only)), press))
    said = f"Nobody has acknowledged it, {len(waiting)} of them. Ring each now, and write it down."
    rows = tuple(Item(called(site, one), ring(site, one), _call(case, about(number, one))) for one in waiting)
    return _remind(case, site, said, (*rows, Buttons((_open(case),))))


def _remind(case: Case, site: Site, said: str, parts: tuple[Part, ...]) -> Message:
    foot = Small(f"{site.name} · raised {told(case.raised_at)}.")
    return Message(f"{case.reference}: look at this in Signpost.", (Caution(f"{case.reference}: {said}"), *parts, foot))


def _open(case: Case) -> Button:
    return Button("open_case", "Open", _newest(case), opens_form=True, main=True)


def _call(case: Case, which: str) -> Button:
    token = Subject("case", case.id, "", case.latest.number, which).write()
    return Button("write_down_call", "Write down the call", token, opens_form=True)


def notice_decided(case: Case, decision: Decision) -> Message:
    """What takes the place of a lead's notice once one of them has decided."""
    what = "refer" if decision.kind == "refer" else "do not refer"
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Paragraph(f"{case.reference}: {decision.by_name} decided at {told(decision.at)}: {what}."),
            Buttons((Button("open_case", "Open", _newest(case), opens_form=True),)),
        ),
    )


def acknowledged_told(case: Case, decision: Decision, site: Site, contact: str) -> Message:
    """What the lead who decided hears when a contact has it."""
    said = case.acknowledgement(decision.number, contact)
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Paragraph(f"{case.reference}: {called(site, contact)}."),
            Paragraph(call_line(said) if said else "Not acknowledged yet."),
            Buttons((Button("open_case", "Open", _newest(case), opens_form=True),)),
        ),
    )


def _to_raiser(case: Case, what: str, more: str) -> Message:
    token = _newest(case)
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Heading(f"{case.reference}: news"),
            Paragraph(what),
            Paragraph(more),
            Paragraph(words.YOURSELF),
            Buttons(
                (
                    Button("open_case", "Open", token, opens_form=True),
                    Button("update_facts", "Update the facts", token, opens_form=True),
                )
            ),
        ),
    )


def _newest(case: Case) -> str:
    return Subject("case", case.id, "", case.latest.number).write()
