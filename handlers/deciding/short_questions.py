"""A question in the width of an option, and whole. Whoever is asked reads it as the form has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy import fact

SHORT: Final[Mapping[str, str]] = {
    "coercion": "Was anyone pressured, tricked, threatened, blackmailed or groomed?",
    "extortion_demand": "Was anything demanded to keep it private: money, images, a favour?",
    "agreed": "Did everyone agree: to it being made, shared, and to getting it?",
    "profit_motive": "Did anyone get something for it: money, gifts, followers, favours?",
}
"""Of those whose own words are longer than an option may be."""


def short(name: str) -> str:
    """The question of a fact in at most `LABEL_LIMIT` characters."""
    return SHORT.get(name) or fact(name).question
