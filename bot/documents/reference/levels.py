"""How the levels of the criteria lead to an outcome and its urgency, in words. `picture.py` draws the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.documents.reference.markdown import bullets, numbered, table, text
from policy import Edition, Outcome, Urgency
from policy.compile import ALL_ADULTS, IMAGE_KNOWN, LADO, NOT_PRESSING
from policy.in_words import AGENCY_WORDS, in_words, name_of, quoted
from policy.outcome import Agency
from policy.rules import MET

URGENCY_WORDS: Final = {
    Urgency.NOW: "a lead reacts now",
    Urgency.TODAY: "a lead reacts today",
    Urgency.ROUTINE: "the same day where possible",
}


@dataclass(frozen=True, slots=True)
class Rung:
    """A question about the criteria, and what it comes to if the answer is yes and was no at every rung above."""

    asks: str
    outcome: Outcome
    urgency: Urgency


def ladder(edition: Edition) -> tuple[Rung, ...]:
    """From the most pressing down. The last rung is what is left, and asks nothing."""
    emergency, refer, review = (
        sum(one.level is level for one in edition.criteria)
        for level in (Outcome.EMERGENCY, Outcome.REFER_NOW, Outcome.DSL_REVIEW)
    )
    return (
        Rung(f"Is a criterion to call 999 met? ({emergency})", Outcome.EMERGENCY, Urgency.NOW),
        Rung(f"Is a criterion to refer now met? ({refer})", Outcome.REFER_NOW, Urgency.NOW),
        Rung("Is one of those possible, because something is not known?", Outcome.DSL_REVIEW, Urgency.TODAY),
        Rung(
            f"Is a pressing criterion for the review met? ({review - len(NOT_PRESSING)})",
            Outcome.DSL_REVIEW,
            Urgency.TODAY,
        ),
        Rung(f"Is another one for the review met? ({len(NOT_PRESSING)})", Outcome.DSL_REVIEW, Urgency.ROUTINE),
        Rung("Is it an image of someone under 18, or who may be?", Outcome.MANAGE_IN_SCHOOL, Urgency.ROUTINE),
        Rung("", Outcome.OUT_OF_SCOPE, Urgency.ROUTINE),
    )


def in_order(edition: Edition) -> str:
    """The same as the picture, as a list."""
    return numbered(
        f"{text(edition.say(rung.asks)) or 'None of these:'} "
        f"{'**Yes:** ' if rung.asks else ''}*{text(edition.say(rung.outcome.heading))}*; {URGENCY_WORDS[rung.urgency]}."
        for rung in ladder(edition)
    )


def exactly(edition: Edition) -> str:
    """What the words of the picture stand for."""
    slow = " and ".join(quoted(edition.say(name_of(MET, id_))) for id_ in NOT_PRESSING)
    return bullets(
        (
            f"Pressing is every criterion for the review but {text(slow)}.",
            f"It is an image if {text(in_words(IMAGE_KNOWN, edition.say).line)}.",
        )
    )


def levels(edition: Edition) -> str:
    """What a level means if a criterion is met, and what if it is not known whether it is."""
    review = text(edition.say(Outcome.DSL_REVIEW.heading))
    rows = []
    for level in (Outcome.EMERGENCY, Outcome.REFER_NOW, Outcome.DSL_REVIEW):
        unknown = f"at least *{review}*"
        if level >= Outcome.REFER_NOW:
            unknown += f"; {URGENCY_WORDS[Urgency.TODAY]}"
        rows.append((f"**{text(edition.say(level.heading))}**", text(edition.say(level.means)), unknown))
    return table(("level of a criterion", "if it is met", "if it is not known yet"), rows)


def agencies(edition: Edition) -> str:
    """The rules on whom a recommendation points to that stand in no criterion."""
    care, adults = edition.say(AGENCY_WORDS[Agency.SOCIAL_CARE]), AGENCY_WORDS[Agency.ADULT_SAFEGUARDING]
    own = "Whom a criterion names, and in which order, is Signpost's own. Anybody may refer at any outcome."
    return bullets(
        (
            f"To those whom its criteria to call 999 or to refer now point to. {own}",
            f"If {text(in_words(LADO, edition.say).line)}: the LADO as well, whatever the outcome.",
            f"If {text(in_words(ALL_ADULTS, edition.say).line)}: {adults} in the place of {care}.",
        )
    )
