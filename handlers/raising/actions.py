"""What a recommendation says to do and not to do, as its reader is to read it: the raiser by whom they can ring."""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.raising.left_to_ring import ALL, Left, instead, to_whom
from handlers.screens import Bullets, Heading, Line, Paragraph, Part
from handlers.sites import Site, numbers_of
from policy import Action, Recommendation, edition, fact

MOST_IN_A_LINE: Final = 3
"""Open questions that one line holds."""
LISTED: Final = "what is listed with the case as not known."


def in_place(result: Recommendation, left: Left, *, lead: bool) -> list[Part]:
    """Who takes the place of the roles that the lines below name, for a raiser who left somebody out."""
    said = "" if lead else instead(left, edition(result.edition).lead_title)
    return [Paragraph(said)] if said else []


def what_to_do(result: Recommendation, site: Site, left: Left, *, lead: bool) -> list[Part]:
    """Draw what to do, and in a box what not to do."""
    whom = ALL if lead else left
    seen = [action for action in result.actions if (action.for_lead if lead else action.for_raiser)]
    todo = tuple(Line(_worded(one, result, site, whom)) for one in seen if not one.box)
    never = tuple(Line(action.text) for action in seen if action.box)
    parts: list[Part] = [Heading("What to do now"), Bullets(todo)]
    if never:
        parts += [Heading("What not to do"), Bullets(never, boxed=True)]
    return parts


def _worded(action: Action, result: Recommendation, site: Site, left: Left) -> str:
    """With the numbers to ring. What to find out first stands with the case, a line for each, where it is long."""
    text = action.text
    if action.id == "tell_dsl":
        said = to_whom(text, left, edition(result.edition).lead_title)
        return f"{said} {site.name}: {site.phone}." if site.phone else said
    if action.id == "find_out" and len(result.ask_next) > MOST_IN_A_LINE:
        return text.replace(" ".join(fact(name).question for name in result.ask_next), LISTED)
    return f"{text} {words.number_for(action.id, numbers_of(site))}".strip()
