"""The coded editions of the guidance, and which of them is in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal, assert_never

from policy.editions.england_2016 import ENGLAND_2016
from policy.editions.england_2024 import ENGLAND_2024
from policy.editions.wales_2020 import WALES_2020

if TYPE_CHECKING:
    from policy.edition import Edition

Nation = Literal["england", "wales", "scotland", "northern_ireland"]

EDITIONS: Final[tuple[Edition, ...]] = (ENGLAND_2024, ENGLAND_2016, WALES_2020)
DEFAULT: Final = ENGLAND_2024

_ENGLISH_2024_PUBLISHED = date(2024, 3, 11)
_BY_ID = {one.id: one for one in EDITIONS}


def edition(id_: str) -> Edition:
    """Give the edition with this id; raises `KeyError` if there is none."""
    return _BY_ID[id_]


def in_force(on: date, nation: Nation) -> Edition | None:
    """Give the edition for an incident that came to attention on that day, or None if the nation has no coded one.

    A day before a nation's first coded edition gets today's, the more protective text.
    """
    match nation:
        case "england":
            first, last = ENGLAND_2016.in_force
            return ENGLAND_2016 if last is not None and first <= on <= last else ENGLAND_2024
        case "wales":
            return WALES_2020
        case "scotland" | "northern_ireland":
            return None
        case _:
            assert_never(nation)


def says_for(edition: Edition, on: date) -> str:
    """The sentence to show with an edition that is used for an incident of another time; empty if there is none."""
    if edition is ENGLAND_2024 and on < _ENGLISH_2024_PUBLISHED:
        return (
            "Guidance of another date was in force when this came to attention. Signpost uses the text of March 2024, "
            "which protects more."
        )
    if edition is ENGLAND_2016:
        return "This is the guidance of August 2016, which was in force when this came to attention."
    return ""
