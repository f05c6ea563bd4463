"""Why a recommendation is what it is: the reasons with their places, what is not known, and the four conditions."""

from __future__ import annotations

from typing import Final, Literal

from handlers.screens import Bullets, Heading, Line, Paragraph, Part
from policy import (
    DO_NOT_ASK_THE_CHILD,
    ESCALATE_AT_ANY_TIME,
    FIND_OUT_FIRST,
    LEAD_WILL_WANT_TO_KNOW,
    NOTHING_MET,
    Finding,
    Outcome,
    Recommendation,
    Source,
    conditions_to_manage,
    edition,
    fact,
    rests_on,
)

Reader = Literal["raiser", "lead"]
RAISER_ASKS: Final = 3
"""How many open questions the raiser is shown; the lead sees all (policy-spec.md §5)."""
STILL_OPEN: Final = "Still open: it need not hold you up"
REFER_WITHOUT: Final = "Refer without it. Whoever you refer to reads what is not known yet."


def reasons(result: Recommendation, reader: Reader, *, decided: bool = False) -> tuple[list[Part], list[Part]]:
    """Why, what is not known yet, and which answers do not go together; then what a lead need not wait for."""
    if reader == "lead" and (decided or result.outcome >= Outcome.REFER_NOW):
        return [*why(result), *_look_again(result)], _still_open(result, decided=decided)
    return [*why(result), *_not_known(result, reader), *_look_again(result)], []


def why(result: Recommendation) -> list[Part]:
    """Each criterion that is met, with its place; where none is, that, and where to look that up."""
    met = tuple(Line(finding.reason, place(finding)) for finding in result.met)
    return [Heading("Why"), Bullets(met or (Line(NOTHING_MET, _rests_on(result)),))]


def conditions(result: Recommendation) -> list[Part]:
    """What must be true where a school may manage it, with its place; nothing anywhere else."""
    if result.outcome is not Outcome.MANAGE_IN_SCHOOL:
        return []
    lines = tuple(Line(condition) for condition in conditions_to_manage(edition(result.edition)))
    only_if = f"Only if all four of these are true ({_rests_on(result)}):"
    return [Paragraph(only_if), Bullets(lines), Paragraph(ESCALATE_AT_ANY_TIME)]


def place(finding: Finding) -> str:
    """Where a reason comes from: the document and the place in it."""
    return _named(finding.source)


def _rests_on(result: Recommendation) -> str:
    return _named(rests_on(result.outcome, edition(result.edition)))


def _named(source: Source) -> str:
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


def _still_open(result: Recommendation, *, decided: bool) -> list[Part]:
    """What is open where a lead is to refer at once, or has decided: nothing of it comes first."""
    if not result.ask_next:
        return []
    questions = Bullets(tuple(Line(fact(name).question) for name in result.ask_next))
    return [Heading(STILL_OPEN), questions, *(() if decided else (Paragraph(REFER_WITHOUT),))]


def _look_again(result: Recommendation) -> list[Part]:
    if not result.contradictions:
        return []
    lines = tuple(Line(one.text) for one in result.contradictions)
    return [Heading("Look at these answers again"), Bullets(lines)]
