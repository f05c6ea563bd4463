"""What stands on the reference pages is what the policy does, and a reviewer finds all of it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from bot.documents.reference.criteria import criteria_page
from bot.documents.reference.levels import Rung, ladder
from bot.documents.reference.markdown import conditioned, text
from bot.documents.reference.picture import picture
from policy import EDITIONS, FACTS, Edition, Facts, Outcome, Recommendation, assess
from policy.actions import ACTIONS
from policy.consistency import CONTRADICTIONS
from policy.in_words import Words, in_words
from policy.sources import Mark
from tests.policy.given import any_edition, any_facts

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
REFERS = (Outcome.REFER_NOW, Outcome.EMERGENCY)


def by_heading(page: str) -> dict[str, str]:
    return {part.split("\n", 1)[0]: part for part in re.split(r"^#{2,3} ", page, flags=re.MULTILINE)[1:]}


def climbed(rungs: tuple[Rung, ...], facts: Facts, told: Recommendation) -> Rung:
    """The first rung whose question is answered with yes, by somebody who has the findings and the picture."""
    levels = [one.level for one in told.met]
    slow = {"added_vulnerability", "not_enough_known"}
    yes = (
        Outcome.EMERGENCY in levels,
        Outcome.REFER_NOW in levels,
        any(one.level in REFERS for one in told.possible),
        any(one.level is Outcome.DSL_REVIEW and one.id not in slow for one in told.met),
        any(one.id in slow for one in told.met),
        facts.what_was_shared == "image_under_18",
        True,
    )
    return next(rung for rung, holds in zip(rungs, yes, strict=True) if holds)


@settings(deadline=None)
@given(facts=any_facts, edition=any_edition)
def test_the_picture_leads_to_the_outcome_and_urgency_that_are_recommended(facts: Facts, edition: Edition) -> None:
    told = assess(facts, edition)
    rung = climbed(ladder(edition), facts, told)

    assert (rung.outcome, rung.urgency) == (told.outcome, told.urgency)


@each_edition
def test_the_figures_in_the_picture_count_every_criterion_once(edition: Edition) -> None:
    figures = [int(figure) for rung in ladder(edition) for figure in re.findall(r"\((\d+)\)", rung.asks)]

    assert sum(figures) == len(edition.criteria)


@each_edition
def test_the_drawing_is_whole_and_every_line_in_it_stays_inside(edition: Edition) -> None:
    drawn = ET.fromstring(picture(edition))  # noqa: S314  # it is ours
    words = " ".join(drawn.itertext())
    width, height = (float(drawn.attrib[name]) for name in ("width", "height"))

    for rung in ladder(edition):
        assert all(word in words for word in edition.say(f"{rung.asks} {rung.outcome.heading}").split())
    for box in drawn.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.attrib.get("x", 0)) + float(box.attrib["width"].replace("100%", "0")) <= width
        assert float(box.attrib.get("y", 0)) + float(box.attrib["height"].replace("100%", "0")) <= height


@each_edition
def test_every_criterion_has_what_a_reviewer_needs_in_the_order_of_the_edition(edition: Edition) -> None:
    parts = by_heading(criteria_page(edition))
    shown = [part for heading, part in parts.items() if re.match(r"\d+\. ", heading)]

    assert len(shown) == len(edition.criteria)
    for one, part in zip(edition.criteria, shown, strict=True):
        assert f"`{one.id}`" in part
        assert f"> {text(edition.say(one.reason))}" in part
        assert f"**Level:** {edition.say(one.level.heading)}" in part
        assert conditioned("**Met when**", in_words(one.met_when, edition.say)) in part
        assert text(one.note) in part
        assert all(text(cite.source.ref) in part and cite.document.id in part for cite in one.cite)
        assert ("Signpost's protective rule" in part) is not bool(one.cite)
        assert part.count("**To be checked**") == sum(cite.mark is Mark.UNVERIFIED for cite in one.cite)
        assert part.count("- [ ] ") == 2


@each_edition
def test_a_place_that_nobody_has_checked_is_on_no_page_as_a_number(edition: Edition) -> None:
    page = criteria_page(edition)
    numbers = {cite.number for one in edition.criteria for cite in one.cite if cite.mark is Mark.UNVERIFIED}

    assert [number for number in numbers if number and number in page] == []


@each_edition
def test_what_is_left_to_judgement_is_on_the_page_with_its_reason(edition: Edition) -> None:
    part = by_heading(criteria_page(edition))["Left to a person's judgement"]

    assert edition.not_coded
    for passage in edition.not_coded:
        assert passage.what[1:] in part
        assert edition.say(passage.why) in part
        own = passage.heading in edition.headings
        assert f"({'' if own else 'UKCIS-2024: '}{passage.heading})" in part


def test_a_condition_in_markdown_is_as_deep_as_in_words() -> None:
    """Read back from the list: what stands under which line, and no deeper."""
    conditions = [one.when for one in (*ACTIONS, *CONTRADICTIONS)] + [one.asked for one in FACTS]

    for one in conditions:
        words = in_words(one)
        first, *below = conditioned("When", words).split("\n")
        assert first == f"When {text(words.line)}{'' if words.below else '.'}"
        assert [line for line in below if line] == flat(words.below, 0)
    assert any(part.below for one in conditions for part in in_words(one).below)


def flat(parts: tuple[Words, ...], depth: int) -> list[str]:
    lines = []
    for part in parts:
        lines += [f"{'  ' * depth}- {text(part.line)}", *flat(part.below, depth + 1)]
    return lines


def test_words_with_signs_of_markdown_in_them_are_shown_as_they_are() -> None:
    markdown = pytest.importorskip("markdown_it").MarkdownIt()
    words = r"a_b_c *d* [e](f) <g> `h` | i \ j"

    assert re.sub(r"<.*?>", "", markdown.render(text(words))).strip() == words.replace("<", "&lt;").replace(">", "&gt;")
