"""The words of each delivery, drawn from what is stored at the moment it is sent."""

from __future__ import annotations

from typing import assert_never

from handlers import words
from handlers.case import Case
from handlers.check import leads_to_tell
from handlers.clocks import told
from handlers.intents import Subject
from handlers.open_case import BY_PHONE
from handlers.people import Known, Site, Standing, is_group
from handlers.ports import Delivery, Drawn, Work
from handlers.read_page import FILE_REFUSED
from handlers.recommendation import place, recommendation_message
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Heading,
    Line,
    Message,
    Paragraph,
    Part,
    Small,
)
from policy import Outcome


def draw(delivery: Delivery, work: Work) -> Drawn | None:
    """What to send, or None if there is nothing to say any more (a newer version, a lead who has been left out)."""
    if delivery.kind == "refusal":
        refused = refusal(delivery.extra)
        return Drawn(refused, refused)
    case = work.case(delivery.case)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return None
    neutral = receipt(case, site)
    match delivery.kind:
        case "recommendation":
            if delivery.version != case.latest.number:
                return None
            content = recommendation_message(case, case.latest, site, nobody_left=_nobody_left(case, site, work))
        case "lead_notice" | "escalation_asked":
            if any(work.directory.same_person(delivery.to, account) for account in case.left_out):
                return None
            content = lead_notice(case, site, asked=delivery.kind == "escalation_asked")
        case "retired":
            return Drawn(neutral, retired(case, delivery.extra))
        case _:
            assert_never(delivery.kind)
    return Drawn(neutral, content if site.chat_detail == "full" else neutral)


def _nobody_left(case: Case, site: Site, work: Work) -> bool:
    """Whether the raiser left out every lead that configuration names. A group's members are not known here."""
    nobody = Known(Standing(member=False))
    leads = leads_to_tell(site, work.directory, nobody, raiser=case.raised_by, left_out=case.left_out)
    return bool(case.left_out) and not leads and not any(is_group(ref) for ref in site.leads)


def receipt(case: Case, site: Site) -> Message:
    """The neutral message that everything is posted as first: a reference, whom to ring, and *Open*."""
    token = Subject("case", case.id, "", case.latest.number).write()
    return Message(
        summary=f"{case.reference}: ready to read in Signpost.",
        parts=(
            Paragraph(f"{case.reference}: press Open to read it."),
            Buttons((Button("open_case", "Open", token, opens_form=True),)),
            Small(f"If nothing opens: {words.whom_to_ring(site)}"),
        ),
    )


def lead_notice(case: Case, site: Site, *, asked: bool) -> Message:
    """What a lead is told: reference, outcome and reasons. The answers are behind *Open*."""
    version = case.latest
    result = version.recommendation()
    token = Subject("case", case.id, "", version.number).write()
    parts: list[Part] = []
    if result.outcome is Outcome.EMERGENCY:
        parts.append(Caution("Check that 999 was called. Do not wait for Signpost."))
    parts.append(Heading(result.outcome.heading))
    parts.append(Paragraph(result.outcome.to_lead))
    if asked:
        parts.append(Paragraph("The person who raised this asks a lead to escalate it. Read it now, and ring them."))
    if version.number > 1:
        parts.append(Paragraph(f"The facts have changed: this is version {version.number}."))
    why = tuple(Line(finding.reason, place(finding)) for finding in result.met)
    if why:
        parts += [Heading("Why"), Bullets(why)]
    parts.append(Buttons((Button("open_case", "Open", token, opens_form=True, main=True),)))
    parts.append(Paragraph(BY_PHONE))
    parts.append(Small(f"{case.reference} · {site.name} · raised {told(case.raised_at)}. {words.ADVICE_ONLY}"))
    return Message(summary=f"{case.reference}: ready to read in Signpost.", parts=tuple(parts))


def retired(case: Case, why: str) -> Message:
    """What is left of a message that has been overtaken."""
    said = "There is a newer message about this one." if why == "newer" else "There is nothing here for you any more."
    return Message(f"{case.reference}: changed.", (Small(f"{case.reference}: {said}"),))


def refusal(what: str) -> Message:
    """The fixed answer to a message or a file that somebody sends the bot. Nothing of it was read or kept."""
    if what == "file":
        said = f"{FILE_REFUSED} Then delete the message here: that removes it from this chat."
    else:
        said = "Nobody reads messages here, and this one was not kept. Don't describe the incident here."
    return Message(
        summary="Signpost: not taken. Here is what to do instead.",
        parts=(
            Caution(words.CALL_999),
            Paragraph(said),
            Buttons((Button("start_report", "Raise an incident", opens_form=True, main=True),)),
        ),
    )
