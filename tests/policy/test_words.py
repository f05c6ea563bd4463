"""Rules for wording, over every text that the policy can show."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import chain

import pytest

from policy import EDITIONS, FACTS, TEXT_VERSION, Edition, Facts, Outcome, assess, police_notice
from policy.actions import ACTIONS
from policy.nations import signpost_for
from policy.version import texts

_UNCODED = [found.words for nation in ("scotland", "northern_ireland") if (found := signpost_for(nation))]
TEXTS = sorted({*texts(), *chain.from_iterable(_UNCODED)})
RAISER = [action.text for action in ACTIONS if action.for_raiser] + [outcome.to_raiser for outcome in Outcome]
REASONS = [one.reason for edition in EDITIONS for one in edition.criteria]
NOTICE = " ".join(point.text for point in police_notice(EDITIONS[0]).points)


def holding(pattern: str, among: list[str] = TEXTS) -> list[str]:
    return [text for text in among if re.search(pattern, text, re.IGNORECASE)]


def test_the_texts_are_all_there() -> None:
    assert len(TEXTS) > 300
    assert {one.question for one in FACTS} | {action.text for action in ACTIONS} | set(REASONS) <= set(TEXTS)


@pytest.mark.parametrize(
    "pattern",
    [
        r"child porn",
        r"\bvictims?\b",
        r"\bjust\b",
        r"\bmerely\b",
        r"\bplease\b",
        r"\boops\b",
        r"\binvalid\b",
        r"\berrors?\b",
        r"\bwhy did\b",
        r"\bkiddie\b",
        r"\bscore\b",
        r"\b\d+ (seconds|minutes) left\b",
    ],
)
def test_this_is_said_nowhere(pattern: str) -> None:
    assert holding(pattern) == []


def test_the_helpline_s_own_name_is_the_only_place_for_its_words() -> None:
    assert holding(r"revenge porn(?! Helpline)") == []


def test_perpetrator_is_said_of_adults_alone() -> None:
    assert holding(r"perpetrator") == ["adults as perpetrators"]


def test_consensual_stands_in_no_sentence_of_ours() -> None:
    assert set(holding(r"consensual")) <= {"§1 'The law: non-consensual image sharing'"}


def test_the_raiser_is_never_ordered_to_find_out() -> None:
    assert holding(r"^(ask|find out|question|investigate|establish)\b", RAISER) == []
    assert holding(r"\bfind out\b", RAISER) == []


def test_what_is_the_lead_s_is_said_to_be_the_lead_s() -> None:
    referring = [text for text in RAISER if re.search(r"\b(rings?|refers?)\b", text)]

    assert len(referring) >= 3
    assert [text for text in referring if not re.search(r"DSL|lead|yourself", text)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(need|should|must|do) not (be )?(tell|told|call|contact|involve|inform)\b[^.]*(police|social care)",
        r"(police|social care)[^.]*(need|should|must) not\b",
        r"no need",
        r"before (you )?(contact|call|tell)\w* the police",
        r"only (a|the) (lead|DSL) (may|can)",
        r"wait (for|until) (the|a) (lead|DSL|approval)",
        r"without (the DSL's |a lead's )?(permission|approval)",
    ],
)
def test_nothing_says_that_police_need_not_be_told_or_discourages_reporting(pattern: str) -> None:
    allowed = {
        "A child is in danger right now. Call 999. Do not wait for this tool, for the DSL or for an approval.",
    }

    assert set(holding(pattern)) <= allowed


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_recommendation_says_that_anyone_may_report(edition: Edition) -> None:
    for answers in ({}, {"harm_now": "in_danger_now"}, {"what_was_shared": "all_adults", "harm_now": "no"}):
        (duty,) = [one for one in assess(Facts.of(answers), edition).actions if one.id == "own_duty"]

        assert duty.for_raiser
        assert duty.text.startswith("You may contact the police or ")
        assert "Nobody may stop you" in duty.text


def test_no_source_is_quoted_at_length() -> None:
    for edition in EDITIONS:
        for one in edition.criteria:
            assert len(edition.source(one.cite).ref.split()) <= 25


def test_the_notice_informs_and_does_not_deter() -> None:
    notice = police_notice(EDITIONS[0])

    assert notice.opening.endswith("None of this is a reason to hold back.")
    assert "will not appear" not in NOTICE
    assert "may be recorded as a person involved" in NOTICE


def test_the_notice_has_a_new_version_when_its_words_change() -> None:
    notice = police_notice(EDITIONS[0])
    words = "\n".join((notice.opening, *(f"{point.title} {point.text}" for point in notice.points)))

    assert (notice.version, sha256(words.encode()).hexdigest()[:16]) == ("police-notice-1", "3c2e371c3999bb79")


def test_the_text_version_is_made_of_the_texts() -> None:
    assert "texts-" + sha256("\0".join(texts()).encode()).hexdigest()[:12] == TEXT_VERSION
