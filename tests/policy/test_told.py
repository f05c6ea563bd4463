"""What an agency is told of a criterion: no order to the teacher, nothing of the lead's confidence, no accusation."""

from __future__ import annotations

import re

import pytest

from policy import EDITIONS, TEXT_VERSION, Edition, Facts, assess
from policy.criterion import Criterion
from policy.version import texts

EVERY = [pytest.param(one, id=f"{edition.id}-{one.id}") for edition in EDITIONS for one in edition.criteria]
ORDER = re.compile(
    r"^(Call|Ring|Tell|Do|Do not|Stay|Ask|Refer|Wait|Hold|Check|Keep|Write|Look)\b|\b(this tool|Signpost|DSL|DSP|lead|"
    r"approval|in school|yet)\b",
)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!])\s+", text) if one]


@pytest.mark.parametrize("one", EVERY)
def test_an_agency_is_told_what_is_the_matter_and_given_no_order(one: Criterion) -> None:
    assert [said for said in sentences(one.told_met) if ORDER.search(said)] == []


@pytest.mark.parametrize("one", EVERY)
def test_what_an_agency_is_told_is_the_reason_itself_or_less_of_it(one: Criterion) -> None:
    reason = sentences(one.reason)
    assert [said for said in sentences(one.told_met) if said not in reason] == []


@pytest.mark.parametrize("one", EVERY)
def test_only_that_too_little_is_known_is_no_reason_for_an_agency(one: Criterion) -> None:
    assert bool(one.told_met) == (one.id != "not_enough_known")


@pytest.mark.parametrize("one", EVERY)
def test_what_is_not_known_is_said_as_a_question_and_never_as_a_charge(one: Criterion) -> None:
    if one.id == "not_enough_known":  # met or absent, never possible
        assert one.told_unknown == ""
    else:
        assert re.fullmatch(r"whether [^.]+", one.told_unknown)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.id)
def test_a_finding_carries_what_an_agency_is_told_of_it(edition: Edition) -> None:
    blank = assess(Facts(), edition)
    assert blank.possible
    assert all(finding.told.startswith("whether ") for finding in blank.possible)
    (only,) = blank.met
    assert (only.id, only.told) == ("not_enough_known", "")
    danger = assess(Facts(harm_now="in_danger_now"), edition)
    assert danger.met[0].reason.startswith("A child is in danger right now. Call 999.")
    assert danger.met[0].told == "A child is in danger right now."


def test_these_words_are_part_of_the_version_of_the_texts() -> None:
    assert {"A child is in danger right now.", "whether someone meant to hurt or humiliate"} <= set(texts())
    assert TEXT_VERSION
