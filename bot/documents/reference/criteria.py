"""The criteria of an edition, for the people who must read them before Signpost is used for a real incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

from bot.documents.reference.cited import MEANING, documents, sources, standing
from bot.documents.reference.levels import agencies, exactly, in_order, levels
from bot.documents.reference.markdown import (
    anchor,
    boxes,
    bullets,
    conditioned,
    link,
    numbered,
    page,
    quote,
    table,
    text,
)
from bot.documents.reference.named import (
    ABOUT_POLICE,
    ACTIONS_PAGE,
    QUESTIONS_PAGE,
    agencies_in_order,
    heading_of,
    picture_file,
)
from policy import (
    DEFAULT,
    FIND_OUT_FIRST,
    FIND_OUT_ORDER,
    VARIANTS,
    Criterion,
    Edition,
    NotCoded,
    Outcome,
    conditions_to_manage,
    fact,
    says_for,
)
from policy.compile import IMAGE_KNOWN
from policy.in_words import in_words, quoted
from policy.sources import Mark
from policy.words import FIND_OUT_ADVICE, NOTHING_MET, REMARKS, RESTS_ON

_STEPS: Final = """\
1. Print this page, or save a copy under another name: it is written anew with each version.
2. Open the guidance beside it. Begin with what is **to be checked**.
3. For each criterion ask: Does the document say so, and where? Is it met when it should be, and only then? Is the level
   right? Is the right one rung first? Would the reason make sense to a tired colleague, and is it fair to the children?
4. Tick a box, and write your name and the date beside it. Where something should change, write what the document says,
   and where. Never a name or a detail of a real incident.
5. A police lead reads [what is said about the police]({police}) as well. It has boxes of its own.
6. Give it back to whoever asked you."""


def criteria_page(edition: Edition) -> str:
    """Everything that makes this edition recommend what it does, each criterion with boxes for a reviewer."""
    return page(
        f"The criteria: {edition.title}",
        *_opening(edition),
        "## How to review this page",
        *_how_to_review(edition),
        "## From the answers to a recommendation",
        *_levels(edition),
        "## Where “Not known” leads",
        *_not_known(edition),
        "## The criteria at a glance",
        _at_a_glance(edition),
        "## The criteria",
        *chain.from_iterable(_criterion(edition, one) for one in edition.criteria),
        "## Left to a person's judgement",
        *_left_to_judgement(edition),
        "## What stands with an outcome",
        *_with_an_outcome(edition),
        "## The documents",
        documents(chain.from_iterable(one.cite for one in edition.criteria)),
    )


def _opening(edition: Edition) -> Iterator[str]:
    guidance, (first, last) = edition.guidance, edition.in_force
    until = f"from {_day(first)} to {_day(last)}" if last else f"from {_day(first)} on"
    yield (
        "What Signpost makes of the answers, and why. The page is made from the very data that runs. A designated "
        "safeguarding lead in practice and a police lead have to read it before Signpost is used for a real incident."
    )
    facts = [
        f"**Guidance:** *{text(guidance.title)}*, {text(guidance.publisher)}, {text(guidance.edition)}",
        f"**For incidents that came to attention** {until}",
        f"**Shown as:** {text(edition.shown_as)}",
        f"**Its words:** {text(edition.term)}; {edition.lead_title}; {text(edition.social_care_name)}",
    ]
    if said := says_for(edition, first):
        facts.append(f"**Said with an incident of {_day(first)}:** {text(said)}")
    yield bullets(facts)


def _how_to_review(edition: Edition) -> Iterator[str]:
    counted = Counter(standing(one) for one in edition.criteria)
    found = {how: counted[how] for how in MEANING if counted[how]}
    yield (
        "Every reason that staff read is in Signpost's own words; none is a quotation. How far the first source of "
        f"each of the {len(edition.criteria)} criteria was checked:"
    )
    yield bullets(f"**{how}**, {count} of them: {MEANING[how]}" for how, count in found.items())
    yield _STEPS.format(police=f"{ACTIONS_PAGE}#{anchor(ABOUT_POLICE)}")


def _levels(edition: Edition) -> Iterator[str]:
    yield "Tried from the top; the first that applies decides. In brackets: how many criteria there are."
    yield f"![The same as in the list below, drawn.]({picture_file(edition)})"
    yield "In words:"
    yield in_order(edition)
    yield exactly(edition)
    yield levels(edition)
    yield boxes("The levels and their order are right. Name, date:", "They should change. How, and why:")
    yield "### Whom a recommendation points to"
    yield agencies(edition)
    yield boxes("This is right. Name, date:", "It should change. How, and why:")


def _not_known(edition: Edition) -> Iterator[str]:
    yield (
        "A question left open counts as “Not known”, and “Not known” never counts as “No”. A question that is not "
        f"asked, because of an earlier answer, counts for nothing ([when each is asked]({QUESTIONS_PAGE}))."
    )
    yield (
        "A criterion that depends on something not known is *possible*: it stands under "
        f"“{FIND_OUT_FIRST}”, and the outcome is at least the review. If it would be a reason to refer, staff read:"
    )
    yield quote(edition.say(FIND_OUT_ADVICE))
    yield "While one of these is open, nothing is managed in school. The first is to be found out first:"
    asked = (one for one in FIND_OUT_ORDER if one.id not in edition.silent_on)
    yield numbered(text(edition.say(one.question)) for one in asked)
    if edition.silent_on:
        silent = " ".join(quoted(fact(id_).question) for id_ in edition.silent_on)
        yield f"This edition is silent on {text(silent)} It is asked, and is no open question here."


def _at_a_glance(edition: Edition) -> str:
    rows = (
        (link(heading_of(edition, one), heading_of(edition, one)), _level(edition, one).split(":")[0], standing(one))
        for one in edition.criteria
    )
    return table(("criterion", "level", "source"), rows)


def _level(edition: Edition, one: Criterion) -> str:
    return edition.say(one.level.heading)


def _criterion(edition: Edition, one: Criterion) -> Iterator[str]:
    yield f"### {heading_of(edition, one)}"
    yield f"**Level:** {text(_level(edition, one))}."
    yield "**Staff read:**"
    yield quote(edition.say(one.reason))
    if one.told is not None:
        yield "**An agency is told:**" if one.told else "**An agency is told** nothing of it."
        if one.told:
            yield quote(edition.say(one.told))
    if one.told_unknown:
        yield f"**An agency is told while it is not known:** {text(edition.say(one.told_unknown))}."
    yield conditioned("**Met when**", in_words(one.met_when, edition.say))
    whom = agencies_in_order(edition, one) if one.points_to else "nobody by itself: the lead decides at the review"
    yield f"**Points to:** {text(whom)}."
    yield "**Rests on**, the first shown on the screen:" if len(one.cite) > 1 else "**Rests on:**"
    yield bullets(sources(edition, one.cite))
    if one.note:
        yield f"**Note:** {text(one.note)}"
    unchecked = any(cite.mark is Mark.UNVERIFIED for cite in one.cite)
    yield boxes(
        f"Right as it stands. Name, date{', item or page in the document' if unchecked else ''}:",
        "It should change. How, and where the document says so:",
    )
    yield f"Its name in reports and tests: `{one.id}`"


def _left_to_judgement(edition: Edition) -> Iterator[str]:
    yield "Signpost has no rule for these, on purpose."
    yield bullets(
        f"**{text(one.what[0].upper() + one.what[1:])}** ({_heading(edition, one)}). {text(edition.say(one.why))}"
        for one in edition.not_coded
    )
    yield boxes("These are rightly left to a person. Name, date:", "Also to be left to a person, or not:")


def _heading(edition: Edition, one: NotCoded) -> str:
    """The heading of such a passage, with the document where it is not one of this edition's own headings."""
    return text(one.heading if one.heading in edition.headings else f"{DEFAULT.guidance.id}: {one.heading}")


def _with_an_outcome(edition: Edition) -> Iterator[str]:
    yield "Under each heading stands whose move it is."
    yield table(
        ("outcome", "whoever raised it reads", "a lead reads"),
        (
            [text(edition.say(words)) for words in (one.heading, one.to_raiser, one.to_lead)]
            for one in reversed(Outcome)
        ),
    )
    yield f"With *{text(edition.say(Outcome.MANAGE_IN_SCHOOL.heading))}* these conditions always stand:"
    yield numbered(text(condition) for condition in conditions_to_manage(edition))
    yield f"Its reason reads *{text(NOTHING_MET)}* It rests on:"
    yield bullets(sources(edition, RESTS_ON[Outcome.MANAGE_IN_SCHOOL]))
    yield f"With *{text(Outcome.OUT_OF_SCOPE.heading)}*, by what was made or shared:"
    labels = fact(IMAGE_KNOWN.fact).label
    yield bullets(f"{text(quoted(labels(id_)))}: {text(edition.say(said))}" for id_, said in VARIANTS.items())
    yield "It rests on:"
    yield bullets(sources(edition, RESTS_ON[Outcome.OUT_OF_SCOPE]))
    for remark in REMARKS:
        yield conditioned(f"*{text(edition.say(remark.text))}* is said when", in_words(remark.when, edition.say))
    if duty := edition.duty_to_report:
        yield "### A legal duty of the person themselves"
        yield quote(edition.say(duty.text))
        yield (
            f"Shown from {_day(duty.since)} on."
            if duty.since
            else "**Not shown today:** nobody has settled whether this duty is in force. Ask a lawyer."
        )
    yield boxes("All of this is right. Name, date:", "It should change. How, and why:")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
