"""SR-26: documents and criteria cover each other, and nothing unverified is shown as a place in a document."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from policy import EDITIONS, Edition, Facts, assess
from policy.actions import ACTIONS
from policy.criterion import Criterion
from policy.notice import police_notice
from policy.outcome_21 import FEATURES
from policy.sources import SIGNPOST, UKCIS_2024, UNVERIFIED, Citation, Source
from tests.policy.given import ENGLAND, ENGLAND_2016, WALES

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
ALL = [pytest.param(edition, one, id=f"{edition.id} {one.id}") for edition in EDITIONS for one in edition.criteria]


def cited(edition: Edition) -> list[Citation]:
    """Every citation of the edition's own documents, by a criterion or an action."""
    of_actions = (cite for action in ACTIONS for cite in action.cite if cite.document in edition.documents)
    return [*chain.from_iterable(one.cite for one in edition.criteria), *of_actions]


def shown(edition: Edition) -> list[Source]:
    points = chain.from_iterable(point.cite for point in police_notice(edition).points)
    return [
        *(edition.source(one.cite) for one in edition.criteria),
        *(edition.source(action.cite) for action in ACTIONS),
        *(cite.source for cite in points),
        *(feature.source for feature in FEATURES),
    ]


@pytest.mark.parametrize(("edition", "one"), ALL)
def test_each_criterion_has_a_source_of_its_own_edition_or_says_that_the_rule_is_ours(
    edition: Edition, one: Criterion
) -> None:
    source = edition.source(one.cite)

    assert all(cite.document in edition.documents for cite in one.cite)
    assert source.document in {document.id for document in (*edition.documents, SIGNPOST)}
    assert source.edition
    assert source.ref


def test_these_rules_are_ours_where_the_edition_has_no_source() -> None:
    def ours(edition: Edition) -> set[str]:
        return {one.id for one in edition.criteria if edition.source(one.cite).document == "SIGNPOST"}

    assert ours(ENGLAND) == set()
    assert ours(ENGLAND_2016) == {
        "unverified_online_contact",
        "under_13_involved",
        "sexual_act_shown",
        "not_enough_known",
    }
    assert ours(WALES) == {
        "at_risk_of_harm",
        "capacity_to_agree",
        "unusual_or_violent_content",
        "under_13_sexual_act",
        "unverified_online_contact",
        "shared_further",
        "repeat_behaviour",
        "added_vulnerability",
        "under_13_involved",
        "not_enough_known",
    }


def test_a_rule_of_ours_is_called_that_and_for_wales_says_where_it_comes_from() -> None:
    assert ENGLAND_2016.source(()).ref == "Signpost's protective rule"
    assert WALES.source(()).ref == "Signpost's protective rule, from the English edition"


@each_edition
def test_each_heading_of_the_edition_is_used_or_left_to_judgement_with_a_reason(edition: Edition) -> None:
    used = {cite.heading for cite in cited(edition)} | {passage.heading for passage in edition.not_coded}

    assert set(edition.headings) <= used


@each_edition
def test_each_citation_of_the_guidance_names_a_heading_that_the_edition_lists(edition: Edition) -> None:
    assert {cite.heading for cite in cited(edition) if cite.document is edition.guidance} <= set(edition.headings)


@each_edition
def test_each_passage_that_is_not_coded_says_what_is_left_to_a_person_and_why(edition: Edition) -> None:
    assert len(edition.not_coded) == 7
    assert all(passage.heading and passage.what and passage.why.endswith(".") for passage in edition.not_coded)


@each_edition
def test_no_number_that_nobody_has_checked_is_shown(edition: Edition) -> None:
    for source in shown(edition):
        place = source.ref.replace("para 165", "")  # reported by a secondary source
        assert not re.search(r"\b(item|page|p\.|para|paragraph)\b|\d\.\d|\d\(", place), source


def test_a_number_is_shown_only_beside_a_citation_that_was_checked() -> None:
    assert UKCIS_2024.at("'Heading'", "list item 4", mark=UNVERIFIED).source.ref == "'Heading'"
    assert [cite.source.ref for cite in cited(ENGLAND) if cite.number and cite.mark is not UNVERIFIED] == [
        "areas of risk: conduct, para 165"
    ]


@each_edition
def test_every_action_that_is_shown_carries_a_source(edition: Edition) -> None:
    for action in assess(Facts(), edition).actions:
        assert action.source.document
        assert action.source.ref
