"""What the editions see differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.documents.reference.markdown import link, page, table, text
from bot.documents.reference.named import agencies_in_order, criteria_file, heading_of
from policy import Criterion, Difference, Edition, Outcome, difference, edition, fact
from policy.difference import NOT_A_CRITERION
from policy.in_words import Words, first_sentence, in_words

_COMPARED: Final = (("england-2016", "england-2024"), ("england-2024", "wales-2020"))


def differences_page() -> str:
    """England of 2016 beside England of 2024, and that beside Wales."""
    return page(
        "What differs between the editions",
        "Everything that makes two editions recommend differently, found by comparing the data. What is not here is "
        "the same in both: the questions, the other criteria with their conditions and levels, the actions. Sources "
        "and links are each edition's own.",
        *(block for pair in _COMPARED for block in _compared(edition(pair[0]), edition(pair[1]))),
    )


def _compared(first: Edition, second: Edition) -> Iterator[str]:
    yield f"## {first.title}, and {second.title}"
    rows = ((_subject(one, first, second), *_sides(one, first, second)) for one in difference(first, second))
    heads = (f"[{text(one.title)}]({criteria_file(one)})" for one in (first, second))
    yield table(("what", *heads), rows)
    for one in (first, second):
        notes = [criterion for criterion in one.criteria if criterion.note]
        changed = {each.id for each in difference(first, second) if each.kind == "level"}
        for criterion in notes:
            if criterion.id in changed:
                heading = heading_of(one, criterion)
                named = link(first_sentence(criterion.reason), heading, of=criteria_file(one))
                yield f"{named}, in {text(one.title)}: {text(criterion.note)}"


def _subject(one: Difference, first: Edition, second: Edition) -> str:
    match one.kind:
        case "question":
            return f"Left open: {text(fact(one.id).question)}"
        case "word":
            return f"Word: {text(one.subject.lower())}"
        case _:
            reason = next(each.reason for each in (*second.criteria, *first.criteria) if each.id == one.id)
            what = {"level": "Level of", "condition": "When it is met:", "points_to": "Whom it points to:"}[one.kind]
            return f"{what} “{text(first_sentence(reason))}”"


def _sides(one: Difference, first: Edition, second: Edition) -> tuple[str, str]:
    match one.kind:
        case "level":
            here, there = (_level(side, each) for side, each in ((one.first, first), (one.second, second)))
        case "condition":
            here, there = (_on_a_line(in_words(_of(each, one.id).met_when, each.say)) for each in (first, second))
        case "points_to":
            here, there = (_agencies(each, _of(each, one.id)) for each in (first, second))
        case _:
            here, there = one.first, one.second
    return text(here), text(there)


def _level(side: str, of: Edition) -> str:
    return side if side == NOT_A_CRITERION else of.say(Outcome.of(side).heading)


def _agencies(of: Edition, one: Criterion) -> str:
    return agencies_in_order(of, one) if one.points_to else "nobody in particular"


def _of(one: Edition, id_: str) -> Criterion:
    return next(criterion for criterion in one.criteria if criterion.id == id_)


def _on_a_line(words: Words) -> str:
    """A condition in a cell of a table, where no list can stand: what is counted up is put in brackets."""
    if not words.below:
        return words.line
    return f"{words.line} ({'; '.join(_on_a_line(each) for each in words.below)})"
