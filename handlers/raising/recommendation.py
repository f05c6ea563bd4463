"""How a recommendation is shown: in the window at once, and as a private message.

The order is that of the next ten minutes: what it is, what to do, what not to do, why, what is not known, where to
read on. The raiser is shown what one person can do; a lead is shown all of it.
"""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.access import has_of
from handlers.case import Case, Version
from handlers.clocks import told
from handlers.intents import Intent, Subject
from handlers.looking.compare import before_it, compared
from handlers.looking.so_far import decided_for_raiser
from handlers.people import Directory
from handlers.raising import left_to_ring
from handlers.raising.actions import in_place, what_to_do
from handlers.raising.left_to_ring import ALL, Left
from handlers.raising.pages import TITLE
from handlers.raising.reasons import Reader, conditions, reasons
from handlers.raising.who_is_told import left as left_of
from handlers.raising.who_is_told import told_whom
from handlers.screens import (
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Link,
    Links,
    Message,
    Paragraph,
    Part,
    Small,
)
from handlers.sites import Site
from policy import VARIANTS, Outcome, Recommendation, edition
from policy import Link as Guidance

RECOMMENDED: Final = "Recommended at {at}, before the decision:"
FOR_LEADS: Final = ("leads",)
"""Whose a link is that a raiser has no use for in the next ten minutes."""


def body(version: Version, site: Site, reader: Reader, left: Left = ALL) -> tuple[Part, ...]:
    """Draw all of a recommendation for a reader, without reference, buttons or answers.

    A raiser reads first what to do; a lead, who decides, reads first why and what is open.
    """
    result = version.recommendation()
    todo, (why, later) = what_to_do(result, site, left, lead=reader == "lead"), reasons(result, reader)
    middle = (*todo, *why) if reader == "raiser" else (*why, *todo, *later)
    return (*_head(result, reader, left), *middle, *_reading(result, site, reader))


def short_body(
    version: Version, site: Site, reader: Reader, *, decided: bool = False, left: Left = ALL
) -> tuple[Part, ...]:
    """Draw what has to stand beside the answers; `guidance` is the rest, one press away.

    All of it together with every answer would be more than one window can hold on Teams. Of what was `decided` on the
    recommendation says when it was made: it asks for nothing any more.
    """
    result = version.recommendation()
    todo = what_to_do(result, site, left, lead=False) if reader == "raiser" else []
    why, later = reasons(result, reader, decided=decided)
    head = _head(result, reader, left)
    if decided:
        head.insert(int(isinstance(head[0], Caution)), Paragraph(RECOMMENDED.format(at=told(version.at))))
    return (*head, *todo, *why, *later)


def guidance(version: Version, site: Site, reader: Reader, left: Left = ALL) -> tuple[Part, ...]:
    """Draw what to do, what not to do, and where to read on."""
    result = version.recommendation()
    instead = in_place(result, left, lead=reader == "lead")
    return (*instead, *what_to_do(result, site, left, lead=reader == "lead"), *_reading(result, site, reader))


def _reading(result: Recommendation, site: Site, reader: Reader) -> list[Part]:
    shown = [link for link in result.links if reader == "lead" or link.whose != FOR_LEADS]
    links = (*(Link(title, url) for title, url in site.links), *(one for link in shown for one in _addresses(link)))
    return [Heading("Guidance and help"), Links(links)]


def _addresses(link: Guidance) -> tuple[Link, ...]:
    """A link, and a second one where its note gives another address (for staff, say)."""
    for_whom, colon, second = link.note.partition(": https://")
    if colon:
        return Link(link.title, link.url), Link(
            f"{link.title}: {for_whom[:1].lower()}{for_whom[1:]}", f"https://{second}"
        )
    return (Link(f"{link.title}. {link.note}" if link.note else link.title, link.url),)


def _head(result: Recommendation, reader: Reader, left: Left) -> list[Part]:
    parts: list[Part] = []
    if result.outcome is Outcome.EMERGENCY:
        parts.append(Caution(words.DANGER))
    parts += in_place(result, left, lead=reader == "lead")
    parts.append(Heading(result.outcome.heading))
    to_raiser = left_to_ring.to_whom(result.outcome.to_raiser, left, edition(result.edition).lead_title)
    numbers = left_to_ring.direct(left)
    parts.append(Paragraph(result.outcome.to_lead if reader == "lead" else f"{to_raiser} {numbers}".strip()))
    if result.variant is not None:
        parts.append(Paragraph(VARIANTS[result.variant]))
    parts.extend(Paragraph(sentence) for sentence in result.remarks)
    return [*parts, *conditions(result)]


def footer(case: Case, version: Version) -> tuple[Part, ...]:
    """The reference, which version and edition this is, and that a person decides."""
    guidance = edition(version.edition)
    standing = "" if guidance.shown_as == "default" else f" This edition is {guidance.shown_as}."
    which = f"Version {version.number}, {told(version.at)}. " if version.number > 1 else f"{told(version.at)}. "
    return (
        words.reference_line(case.reference),
        Small(f"{which}Assessed under: {guidance.title} ({guidance.guidance.edition}).{standing} {words.ADVICE_ONLY}"),
    )


def recommendation_form(
    case: Case, number: int, directory: Directory, intent: Intent, said: tuple[Part, ...] | None = None
) -> Form:
    """Draw the window right after sending: the recommendation, with a comparison if it is a newer version.

    `said` is what stands first, where that is not who was told of the report.
    """
    site = directory.site(case.site)
    version = case.version(number)
    if site is None:
        return Form(TITLE, (words.emergency_first(),))
    lead = directory.is_lead(intent.by, site, intent.known)
    reader: Reader = "lead" if lead else "raiser"
    parts: list[Part] = [Heading(f"Reference {case.reference}")]
    parts.extend(told_whom(case, site, directory, intent, lead=lead) if said is None else said)
    left = left_of(case, site, intent.known, directory)
    recommendation = body(version, site, reader, left)
    if isinstance(recommendation[0], Caution):  # 999 stands before anything else
        parts = [recommendation[0], *parts]
        recommendation = recommendation[1:]
    parts.extend(recommendation)
    parts.extend(compared(before_it(case, version, directory, lead=lead), version))
    token = Subject("case", case.id, "", version.number).write()
    update = Button("update_facts", "Update the facts", token, opens_form=True)
    may_ask = not lead and not left.nobody and has_of(case.raised_by, intent.by, directory)
    ask = (ask_button(case, version.number),) if may_ask else ()
    return Form(TITLE, (*parts, *yourself(reader), Buttons((*ask, update)), *footer(case, version)))


def yourself(reader: Reader) -> tuple[Part, ...]:
    """That they may report themselves. To a raiser the recommendation's own actions say it; 999 stands at the end."""
    return (Paragraph(words.YOURSELF),) if reader == "lead" else (Paragraph(words.ANY_TIME),)


def recommendation_message(case: Case, version: Version, site: Site, *, left: Left = ALL, note: str = "") -> Message:
    """Draw the raiser's private message: recommendation, reasons and links, never the answers or notes.

    It speaks to who raised the case, whoever gave this version. `left` is whom they can ring, `note` what else is to be
    said before anything but 999.
    """
    reader: Reader = "lead" if case.versions[0].by_lead else "raiser"
    may_ask = reader == "raiser" or site.requires_two_people
    recommendation = body(version, site, reader, left)
    if first_of_all := left_to_ring.nobody_left(site) if left.nobody else note:
        first = 1 if isinstance(recommendation[0], Caution) else 0
        recommendation = (*recommendation[:first], Caution(first_of_all), *recommendation[first:])
    return Message(
        summary=ready_summary(case),
        parts=(
            *recommendation,
            *asked_line(case),
            *yourself(reader),
            *message_buttons(case, version.number, ask=may_ask and not left.nobody),
            *footer(case, version),
        ),
    )


def asked_line(case: Case) -> tuple[Part, ...]:
    """That a lead was asked to escalate, and since when."""
    if case.asked_at is None:
        return ()
    before = decided_for_raiser(case)
    asked = f"You asked the safeguarding leads to escalate at {told(case.asked_at)}. You can act yourself as well."
    return (Paragraph(f"{before} {asked}".strip()),)


def ask_button(case: Case, number: int) -> Button:
    """Ask a lead to escalate: each time it was asked, a new button, so that asking again tells them again."""
    times = "first" if case.asked_at is None else case.asked_at.strftime("%Y%m%d%H%M%S%f")
    token = Subject("case", case.id, times, number).write()
    if case.asked_at is None:
        return Button("ask_escalation", "Ask a lead to escalate", token, main=True)
    return Button("ask_escalation", "Ask the leads again", token)


def message_buttons(case: Case, number: int, *, ask: bool = True) -> tuple[Part, ...]:
    """The buttons of the raiser's message; asking a lead comes first until it was done. Who may decide asks nobody."""
    token = Subject("case", case.id, "", number).write()
    return (
        Buttons(
            (
                *((ask_button(case, number),) if ask else ()),
                Button("update_facts", "Update the facts", token, opens_form=True),
                Button("open_case", "Open", token, opens_form=True),
                Button("clear_from_chat", "Clear from chat", token),
            )
        ),
    )


def ready_summary(case: Case) -> str:
    """All that a notification shows: the reference and neutral words."""
    return f"{case.reference}: ready to read in Signpost."
