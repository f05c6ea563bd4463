"""How a report begins: resume a draft, choose a site, or say plainly why there is no form."""

from __future__ import annotations

from typing import Final

from handlers import broken, words
from handlers.access import note_refused
from handlers.case import Draft
from handlers.clocks import today
from handlers.intents import Intent, Surface
from handlers.people import Standing
from handlers.ports import Work
from handlers.raising import drafts, pages
from handlers.raising.other_school import for_this_school, staff_elsewhere
from handlers.screens import (
    Button,
    Caution,
    Form,
    Heading,
    Link,
    Links,
    Option,
    Paragraph,
    Part,
    Question,
    Screen,
)
from handlers.sites import Site
from policy import in_force, signpost_for

TITLE: Final = pages.TITLE
OVERVIEW: Final = Links(
    (
        Link(
            "What all staff do, and never do (UKCIS overview)",
            "https://www.gov.uk/government/publications/sharing-nudes-and-semi-nudes-advice-for-education-settings-"
            "working-with-children-and-young-people/sharing-nudes-and-semi-nudes-how-to-respond-to-an-incident-overview",
        ),
    )
)
DO_NOTS: Final = (
    "Do not look at, copy, send or delete the image, and do not ask a child to show or send it. Listen, do not "
    "question, do not promise secrecy, and tell the DSL or a deputy now, by phone or in person."
)


NOT_HERE: Final = (
    "Needed. Is yours not here? Choose none: tell its DSL now, by phone or in person, and your IT that it is missing."
)
"""Not every site is served everywhere, and in a hurry a neighbour is taken for one's own. None is named."""


def start(intent: Intent, work: Work) -> Screen:
    """Open page 1; first ask about a draft that is waiting, and which site, where there is something to ask."""
    sites = work.directory.sites_on_offer(intent.by, intent.known)
    if intent.surface is not Surface.FORM:
        begun = drafts.unsent(intent.by, work)
        if begun:
            return drafts.waiting(begun, intent, work, note=_note(intent))
    if not sites and work.directory.sites_unread(intent.by, intent.known):
        return broken.again(intent, words.could_not_ask(intent.by.platform))
    if not sites:
        note_refused("account", intent, work, why="no_site")
        return no_site()
    alone = len(sites) == 1 and not staff_elsewhere(intent.by, work.directory, intent.known)
    site = sites[0] if alone else _chosen(intent, sites)
    if site is None:
        wrong = intent.surface is Surface.FORM and "site" in intent.fields
        return choose_site(sites, note=_note(intent), wrong=wrong)
    if in_force(today(work.now), site.nation) is None:
        return other_nation(site)
    draft = Draft(work.chance.id(), intent.by, site.id, "page/1", 0, work.now)
    lead = work.directory.is_lead(intent.by, site, intent.known)
    form = pages.page(draft, 1, lead=lead, note=_note(intent), at=pages.named(site, work.directory))
    return for_this_school(form, site, work.directory) if alone else form


def _note(intent: Intent) -> str:
    """What to say of something that came along with the wish to begin."""
    if intent.has_file:
        return NOT_TAKEN
    return NOT_READ if intent.extra_text else ""


NOT_TAKEN: Final = (
    "A chat message cannot be passed on here. Nothing of it was read and nothing kept. Answer the questions instead; "
    "leave the message where it is."
)
NOT_READ: Final = (
    "What you typed after the command was not read and not kept. Answer the questions here instead; describe nothing "
    "in a message. Signpost understands a case's reference alone, or: home, cases, who, help."
)


def _chosen(intent: Intent, sites: tuple[Site, ...]) -> Site | None:
    value = intent.fields.get("site")
    return next((site for site in sites if site.id == value), None)


def choose_site(sites: tuple[Site, ...], *, note: str, wrong: bool) -> Form:
    """Ask which site it is about: only where somebody may raise for several."""
    parts: list[Part] = [Caution(words.FIRST_WORDS)]
    if note:
        parts.append(Caution(note))
    options = tuple(Option(site.id, site.name[:75]) for site in sites)
    parts.append(Question("site", "Which site is this about?", options, NOT_HERE))
    errors = (("site", "Choose one of the sites on offer."),) if wrong else ()
    return Form(TITLE, tuple(parts), submit=Button("start_report", "Continue", main=True), errors=errors)


def other_nation(site: Site) -> Form:
    """Scotland and Northern Ireland: the criteria are not run; the nation's own guidance is shown."""
    away = signpost_for(site.nation)
    if away is None:
        return no_site()
    return Form(
        TITLE,
        (
            words.emergency_first(),
            Heading("This nation's procedure is its own"),
            *(Paragraph(sentence) for sentence in away.words[1:]),
            Paragraph(words.whom_to_ring(site, away.lead_title)),
            Links((Link(away.link.title, away.link.url),)),
        ),
    )


GONE_SINCE: Final = (
    "This report was discarded or has expired since you opened it, and with it the answers of its other pages. Nothing "
    "was sent. What stood on this page is kept: answer page 1 again, then go on."
)


def update_gone() -> Form:
    """An update that was discarded or has expired: the case is as it was."""
    return Form(
        TITLE,
        (
            words.emergency_first(),
            Heading("This update is gone"),
            Paragraph(
                "It was discarded or has expired since you opened it. The case is as it was, and nothing was sent. "
                "Press 'Update the facts' again where you found it."
            ),
            Paragraph(words.YOURSELF),
        ),
    )


def no_site() -> Form:
    """Nobody has set this workspace up, or this person may not raise: help all the same."""
    return Form(
        TITLE,
        (
            words.emergency_first(),
            Heading("Signpost has no form for you here"),
            Paragraph(
                "It is not set up for your site, or not for your account. That must not hold you up: tell the DSL or "
                "a deputy now, by phone or in person. Nobody there: the head, a senior leader, or children's social "
                "care. You may call 101 yourself."
            ),
            Paragraph(DO_NOTS),
            Paragraph("Ask your school's IT to add you or your site to Signpost."),
            OVERVIEW,
        ),
    )


def no_standing(standing: Standing) -> Form:
    """A guest, a deactivated account or somebody from outside gets an answer and no form."""
    why = {
        "guest": "Guests of this workspace cannot use Signpost.",
        "deactivated": "This account is not active.",
        "outside": "Your account belongs to another organisation.",
    }.get(standing.why_not, "Signpost could not check your account just now. Try again in a minute.")
    return Form(
        TITLE,
        (
            words.emergency_first(),
            Heading("There is no form for this account"),
            Paragraph(f"{why} That must not hold you up: tell the school's DSL now, by phone or in person."),
            Paragraph("You may call 101, or the council's children's social care, yourself at any time."),
            Paragraph(DO_NOTS),
            OVERVIEW,
        ),
    )


def not_yours() -> Form:
    """What somebody sees who may not see a thing: the same for one that is there, is gone, or was never there."""
    return Form(
        TITLE,
        (
            words.emergency_first(),
            Heading("There is nothing here for you"),
            Paragraph(
                "It may have expired, it may be closed, or it is not yours to see. To raise something, start a new "
                "report."
            ),
            Paragraph(words.YOURSELF),
        ),
    )
