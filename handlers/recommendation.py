"""How a recommendation is shown: in the window at once, and as a private message.

The order is that of the next ten minutes: what it is, what to do, what not to do, why, what is not known, where to
read on. The raiser is shown what one person can do; a lead is shown all of it.
"""

from __future__ import annotations

from typing import Final, Literal

from handlers import words
from handlers.case import Case, Version
from handlers.check import NOBODY_LEFT, leads_to_tell
from handlers.clocks import told
from handlers.intents import Intent, Subject
from handlers.pages import TITLE, label_of
from handlers.people import Directory, Site
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Line,
    Link,
    Links,
    Message,
    Paragraph,
    Part,
    Rows,
    Small,
)
from policy import (
    DO_NOT_ASK_THE_CHILD,
    ESCALATE_AT_ANY_TIME,
    FACTS,
    FIND_OUT_FIRST,
    LEAD_WILL_WANT_TO_KNOW,
    VARIANTS,
    Finding,
    Outcome,
    Recommendation,
    conditions_to_manage,
    edition,
    fact,
)

Reader = Literal["raiser", "lead"]
RAISER_ASKS: Final = 3
"""How many open questions the raiser is shown; the lead sees all (policy-spec.md §5)."""
FOR_LEADS: Final = ("leads",)
"""Whose a link is that a raiser has no use for in the next ten minutes."""


def body(version: Version, site: Site, reader: Reader) -> tuple[Part, ...]:
    """Draw the recommendation for a reader, without reference, buttons or answers.

    A raiser reads first what to do; a lead, who decides, reads first why and what is open.
    """
    result = version.recommendation()
    todo, why, unknown = _what_to_do(result, site, reader), _why(result), _not_known(result, reader)
    middle = (*todo, *why, *unknown) if reader == "raiser" else (*why, *unknown, *todo)
    return (*_head(result, reader), *middle, *_look_again(result), *_reading(result, reader))


def _reading(result: Recommendation, reader: Reader) -> list[Part]:
    links = tuple(
        Link(f"{link.title}. {link.note}" if link.note else link.title, link.url)
        for link in result.links
        if reader == "lead" or link.whose != FOR_LEADS
    )
    return [Heading("Guidance and help"), Links(links)]


def _head(result: Recommendation, reader: Reader) -> list[Part]:
    parts: list[Part] = []
    if result.outcome is Outcome.EMERGENCY:
        parts.append(Caution(words.DANGER))
    parts.append(Heading(result.outcome.heading))
    parts.append(Paragraph(result.outcome.to_lead if reader == "lead" else result.outcome.to_raiser))
    if result.variant is not None:
        parts.append(Paragraph(VARIANTS[result.variant]))
    parts.extend(Paragraph(sentence) for sentence in result.remarks)
    if result.outcome is Outcome.MANAGE_IN_SCHOOL:
        conditions = conditions_to_manage(edition(result.edition))
        parts.append(Bullets(tuple(Line(condition) for condition in conditions)))
        parts.append(Paragraph(ESCALATE_AT_ANY_TIME))
    return parts


def _what_to_do(result: Recommendation, site: Site, reader: Reader) -> list[Part]:
    seen = [action for action in result.actions if (action.for_lead if reader == "lead" else action.for_raiser)]
    todo = tuple(Line(_with_number(action.id, action.text, site)) for action in seen if not action.box)
    never = tuple(Line(action.text) for action in seen if action.box)
    parts: list[Part] = [Heading("What to do now"), Bullets(todo)]
    if never:
        parts += [Heading("What not to do"), Bullets(never, boxed=True)]
    return parts


def _with_number(action: str, text: str, site: Site) -> str:
    number = words.number_for(action, site.numbers)
    if not number and action == "tell_dsl" and site.phone:
        number = f"{site.name}: {site.phone}."
    return f"{text} {number}".strip()


def _why(result: Recommendation) -> list[Part]:
    met = tuple(Line(finding.reason, place(finding)) for finding in result.met)
    if not met:
        return [Heading("Why"), Paragraph("Every question is answered, and no criterion is met.")]
    return [Heading("Why"), Bullets(met)]


def place(finding: Finding) -> str:
    """Where a reason comes from: the document and the place in it."""
    source = finding.source
    return f"{source.document}, {source.ref}" if source.ref else source.document


def _not_known(result: Recommendation, reader: Reader) -> list[Part]:
    """What is open. To a raiser never an order to find out: the lead will."""
    if not result.ask_next:
        return []
    shown = result.ask_next if reader == "lead" else result.ask_next[:RAISER_ASKS]
    questions = Bullets(tuple(Line(fact(name).question) for name in shown))
    if reader == "lead":
        parts: list[Part] = [Heading(FIND_OUT_FIRST), questions]
        if result.find_out_advice:
            parts.append(Paragraph(result.find_out_advice))
        return parts
    return [Heading(LEAD_WILL_WANT_TO_KNOW), questions, Paragraph(DO_NOT_ASK_THE_CHILD)]


def _look_again(result: Recommendation) -> list[Part]:
    if not result.contradictions:
        return []
    lines = tuple(Line(one.text) for one in result.contradictions)
    return [Heading("Look at these answers again"), Bullets(lines)]


def footer(case: Case, version: Version) -> tuple[Part, ...]:
    """The reference, which version and edition this is, and that a person decides."""
    guidance = edition(version.edition)
    which = f"Version {version.number}, {told(version.at)}. " if version.number > 1 else f"{told(version.at)}. "
    return (
        words.reference_line(case.reference),
        Small(f"{which}Assessed under: {guidance.title} ({guidance.guidance.edition}). {words.ADVICE_ONLY}"),
    )


def recommendation_form(case: Case, number: int, directory: Directory, intent: Intent) -> Form:
    """Draw the window right after sending: the recommendation, with a comparison if it is a newer version."""
    site = directory.site(case.site)
    version = case.version(number)
    if site is None:
        return Form(TITLE, (words.emergency_first(),))
    token = Subject("case", case.id, "", version.number).write()
    buttons = Buttons(
        (
            Button("ask_escalation", "Ask a lead to escalate", token, main=not version.by_lead),
            Button("update_facts", "Update the facts", token, opens_form=True),
        )
    )
    parts: list[Part] = [Heading(f"Reference {case.reference}")]
    parts.extend(_told_whom(case, site, directory, intent))
    recommendation = body(version, site, "lead" if version.by_lead else "raiser")
    if isinstance(recommendation[0], Caution):  # 999 stands before anything else
        parts = [recommendation[0], *parts]
        recommendation = recommendation[1:]
    parts.extend(recommendation)
    lead = directory.is_lead(intent.by, site, intent.known)
    parts.extend(changes(case, version, directory, lead=lead))
    own = directory.same_person(case.raised_by, intent.by)
    tail: tuple[Part, ...] = (buttons,) if own else (Buttons(buttons.buttons[1:]),)
    return Form(TITLE, (*parts, Paragraph(words.YOURSELF), *tail, *footer(case, version)))


def _told_whom(case: Case, site: Site, directory: Directory, intent: Intent) -> list[Part]:
    """What has happened: it is kept, who is being told, and what to do if nobody answers."""
    leads = leads_to_tell(site, directory, intent.known, raiser=case.raised_by, left_out=case.left_out)
    if not leads:
        return [Caution(NOBODY_LEFT)] if case.left_out else [Paragraph(words.whom_to_ring(site))]
    first = directory.name(leads[0], intent.known)
    return [
        Paragraph(
            f"Sent and kept. {first} is being told now. That does not replace telling them yourself. "
            f"{words.whom_to_ring(site)}"
        )
    ]


def changes(case: Case, version: Version, directory: Directory, *, lead: bool) -> tuple[Part, ...]:
    """What a version changed, for leads; for a raiser only where both versions are their own.

    Answers that a lead gave stay with the leads.
    """
    both = case.versions[max(0, version.number - 2) : version.number]
    own = all(directory.same_person(one.by, case.raised_by) for one in both)
    return compared(case, version) if lead or own else ()


def compared(case: Case, version: Version) -> tuple[Part, ...]:
    """Old and new side by side, the outcome first; nothing for a first version."""
    if version.number == 1:
        return ()
    before = case.version(version.number - 1)
    was, now = before.recommendation(), version.recommendation()
    moved = was.outcome is not now.outcome
    rows = [("Recommendation", f"{was.outcome.heading} → {now.outcome.heading}" if moved else "As before")]
    facts_before, facts_now = before.facts.heard(), version.facts.heard()
    for question in FACTS:
        old, new = label_of(question, facts_before), label_of(question, facts_now)
        if old != new:
            rows.append((question.question, f"{old} → {new}"))
    if before.notes != version.notes:
        rows.append(("Note", "Changed"))
    return (Heading("What changed (before → now)"), Rows(tuple(rows)))


def recommendation_message(case: Case, version: Version, site: Site) -> Message:
    """Draw the raiser's private message: recommendation, reasons and links, never the answers or notes."""
    reader: Reader = "lead" if version.by_lead else "raiser"
    return Message(
        summary=ready_summary(case),
        parts=(
            *body(version, site, reader),
            *asked_line(case),
            Paragraph(words.YOURSELF),
            *message_buttons(case, version.number),
            *footer(case, version),
        ),
    )


def asked_line(case: Case) -> tuple[Part, ...]:
    """That a lead was asked to escalate, and since when."""
    if case.asked_at is None:
        return ()
    return (
        Paragraph(
            f"You asked the safeguarding leads to escalate at {told(case.asked_at)}. They have "
            "your answers. You can act yourself as well."
        ),
    )


def message_buttons(case: Case, number: int) -> tuple[Part, ...]:
    """The buttons of the raiser's message; asking a lead comes first until it was done."""
    token = Subject("case", case.id, "", number).write()
    ask = Button("ask_escalation", "Ask a lead to escalate", token, main=True)
    again = Button("ask_escalation", "Ask the leads again", token)
    return (
        Buttons(
            (
                ask if case.asked_at is None else again,
                Button("update_facts", "Update the facts", token, opens_form=True),
                Button("open_case", "Open", token, opens_form=True),
                Button("clear_from_chat", "Clear from chat", token),
            )
        ),
    )


def ready_summary(case: Case) -> str:
    """All that a notification shows: the reference and neutral words."""
    return f"{case.reference}: ready to read in Signpost."
