"""What criteria and actions are called on the pages, so that one page can link to another."""

from __future__ import annotations

from typing import Final

from bot.documents.reference.markdown import link
from policy import EDITIONS, Criterion, Edition, Fact
from policy.condition import atoms
from policy.in_words import AGENCY_WORDS, first_sentence

QUESTIONS_PAGE: Final = "questions.md"
ACTIONS_PAGE: Final = "actions-and-links.md"
ABOUT_POLICE: Final = "What a lead reads before referring to the police"
"""A heading on the page of actions and links."""


def criteria_file(edition: Edition) -> str:
    """The file of an edition's page."""
    return f"criteria-{edition.id}.md"


def picture_file(edition: Edition) -> str:
    """The file of the picture on that page."""
    return f"criteria-{edition.id}.svg"


def heading_of(edition: Edition, one: Criterion) -> str:
    """The heading of a criterion on its edition's page: its number there, and how its reason begins."""
    return f"{edition.criteria.index(one) + 1}. {edition.say(first_sentence(one.reason))}"


def agencies_in_order(edition: Edition, one: Criterion) -> str:
    """Whom a criterion points to, the one to ring first in front."""
    first, *others = (edition.say(AGENCY_WORDS[agency]) for agency in one.points_to)
    return f"{first} first, then {' and '.join(others)}" if others else first


def criteria_with(asked: Fact) -> list[str]:
    """Links to the criteria that look at a question, each on the page of the first edition that has it."""
    found: dict[str, str] = {}
    for edition in EDITIONS:
        for one in edition.criteria:
            if one.id not in found and any(atom.fact == asked.id for atom in atoms(one.met_when)):
                heading = heading_of(edition, one)
                found[one.id] = link(heading.split(". ", 1)[1], heading, of=criteria_file(edition))
    return list(found.values())
