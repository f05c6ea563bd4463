"""What a recommendation says to do and not to do, as its reader is to read it: the raiser by whom they can ring."""

from __future__ import annotations

from handlers import words
from handlers.raising.left_to_ring import ALL, Left, instead, to_whom
from handlers.screens import Bullets, Heading, Line, Paragraph, Part
from handlers.sites import Site, numbers_of
from policy import Recommendation, edition


def in_place(result: Recommendation, left: Left, *, lead: bool) -> list[Part]:
    """Who takes the place of the roles that the lines below name, for a raiser who left somebody out."""
    said = "" if lead else instead(left, edition(result.edition).lead_title)
    return [Paragraph(said)] if said else []


def what_to_do(result: Recommendation, site: Site, left: Left, *, lead: bool) -> list[Part]:
    """Draw what to do, and in a box what not to do."""
    title, whom = edition(result.edition).lead_title, ALL if lead else left
    seen = [action for action in result.actions if (action.for_lead if lead else action.for_raiser)]
    todo = tuple(Line(_with_number(one.id, one.text, site, whom, title)) for one in seen if not one.box)
    never = tuple(Line(action.text) for action in seen if action.box)
    parts: list[Part] = [Heading("What to do now"), Bullets(todo)]
    if never:
        parts += [Heading("What not to do"), Bullets(never, boxed=True)]
    return parts


def _with_number(action: str, text: str, site: Site, left: Left, title: str) -> str:
    if action == "tell_dsl":
        said = to_whom(text, left, title)
        return f"{said} {site.name}: {site.phone}." if site.phone else said
    return f"{text} {words.number_for(action, numbers_of(site))}".strip()
