"""Nations whose procedure is not coded: whom to tell there, and where the guidance is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

from policy.recommendation import Link

if TYPE_CHECKING:
    from policy.editions import Nation

UncodedNation = Literal["scotland", "northern_ireland"]


@dataclass(frozen=True, slots=True)
class NoEdition:
    """What to show instead of a recommendation: sentences in order, whom to tell, and the nation's own guidance."""

    nation: UncodedNation
    lead_title: str
    words: tuple[str, ...]
    link: Link


def signpost_for(nation: Nation) -> NoEdition | None:
    """Give the words and the link for a nation without a coded edition; None for one that has it."""
    match nation:
        case "scotland":
            return _SCOTLAND
        case "northern_ireland":
            return _NORTHERN_IRELAND
        case "england" | "wales":
            return None
        case _:
            assert_never(nation)


def _words(name: str, lead_title: str, social_care: str) -> tuple[str, ...]:
    return (
        "In danger now? Call 999, and stay with the child.",
        f"Signpost does not know the procedure of {name}, so it recommends nothing here.",
        f"Tell the {lead_title} now, in person or by phone.",
        f"You may contact the police (101) or {social_care} yourself, at any time. Nobody may stop you.",
        "Do not look at, copy, print, share, store or save the image, not even to check.",
    )


_SCOTLAND = NoEdition(
    "scotland",
    "child protection coordinator",
    _words("Scotland", "child protection coordinator", "social work"),
    Link(
        "scot",
        "National Guidance for Child Protection in Scotland",
        "https://www.gov.scot/publications/national-guidance-child-protection-scotland-2021-updated-2023/",
        ("all",),
        checked=False,
    ),
)
_NORTHERN_IRELAND = NoEdition(
    "northern_ireland",
    "designated teacher",
    _words("Northern Ireland", "designated teacher", "social services"),
    Link("ni", "SBNI online safety hub", "https://onlinesafetyhub.safeguardingni.org/", ("all",)),
)
