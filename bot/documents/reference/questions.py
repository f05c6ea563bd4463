"""The questions in page order, with all that the form knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.documents.reference.markdown import bullets, conditioned, page, quote, text
from bot.documents.reference.named import criteria_with
from policy import DEFAULT, EDITIONS, FACTS, STEPS, Fact
from policy.condition import ALWAYS
from policy.in_words import in_words, quoted

_EXPECTED = {"everyone": "everyone", "lead": "a lead, at the review; staff answer if they already know"}


def questions_page() -> str:
    """Each question with its help, its answers, when it is asked, why, and which criteria look at it."""
    return page("The questions", *_opening(), *chain.from_iterable(_step(number) for number in range(1, 4)))


def _opening() -> Iterator[str]:
    yield (
        f"The {len(FACTS)} questions of the form, on its {len(STEPS)} pages. Every one may be left open, which is the "
        "same as “Not known”. None asks for a name, a link, a picture or free text."
    )
    others = [one for one in EDITIONS if (one.lead_title, one.social_care_name) != _words_here()]
    yield bullets(
        f"In *{text(one.title)}* it says {one.lead_title} for {DEFAULT.lead_title}, and {text(one.social_care_name)} "
        f"for {text(DEFAULT.social_care_name)}."
        for one in others
    )


def _words_here() -> tuple[str, str]:
    return DEFAULT.lead_title, DEFAULT.social_care_name


def _step(number: int) -> Iterator[str]:
    yield f"## Page {number}. {STEPS[number - 1]}"
    for place, one in enumerate(FACTS, 1):
        if one.step == number:
            yield from _question(place, one)


def _question(place: int, one: Fact) -> Iterator[str]:
    yield f"### {place}. {one.question}"
    if one.help:
        yield quote(one.help)
    yield "Answers, of which several may be chosen:" if one.several else "Answers:"
    yield bullets(text(answer.label) for answer in one.answers)
    if one.asked == ALWAYS:
        yield "**Asked** always."
    else:
        yield conditioned("**Asked when**", in_words(one.asked))
    yield f"**Who is expected to know:** {_EXPECTED[one.asked_of]}."
    yield f"**Why:** {text(one.why)}"
    if used := criteria_with(one):
        yield "**Criteria that look at it:**"
        yield bullets(used)
        if one.least_to_most:
            order = " → ".join(quoted(one.label(id_)) for id_ in one.least_to_most)
            yield f"**From the least to the most concerning:** {text(order)}. A later one never lowers the outcome."
    else:
        yield "**Criteria that look at it:** none. It never moves the outcome."
    yield f"Its name in files and tests: `{one.id}`"
