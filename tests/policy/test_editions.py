"""Which edition holds when, what differs between them, and nations that have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import EDITIONS, Nation, conditions_to_manage, difference, edition, in_force, says_for, signpost_for
from policy.edition import DutyToReport
from tests.policy.given import ENGLAND, ENGLAND_2016, WALES

CHANGE = date(2020, 12, 23)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2016, 8, 14), ENGLAND),  # before the first coded edition: the more protective text
        (date(2016, 8, 15), ENGLAND_2016),
        (date(2020, 12, 22), ENGLAND_2016),
        (date(2020, 12, 23), ENGLAND),
        (date(2024, 3, 10), ENGLAND),
        (date(2024, 3, 11), ENGLAND),
        (date(2026, 11, 24), ENGLAND),
    ],
)
def test_england_has_the_edition_of_the_day_on_which_it_came_to_attention(on: date, expected: object) -> None:
    assert in_force(on, "england") is expected


@given(st.dates())
def test_there_is_always_an_edition_for_england_and_wales_and_never_one_for_the_others(on: date) -> None:
    assert in_force(on, "england") in (ENGLAND, ENGLAND_2016)
    assert in_force(on, "wales") is WALES
    assert in_force(on, "scotland") is None
    assert in_force(on, "northern_ireland") is None


def test_it_is_said_when_a_later_and_more_protective_text_is_used() -> None:
    assert "which protects more" in says_for(ENGLAND, date(2022, 5, 1))
    assert says_for(ENGLAND, date(2024, 3, 11)) == ""
    assert "August 2016" in says_for(ENGLAND_2016, date(2018, 1, 1))
    assert says_for(WALES, date(2026, 1, 1)) == ""


def test_an_unknown_nation_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(AssertionError):
        in_force(date(2026, 1, 1), "france")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("nation", "whom"), [("scotland", "child protection coordinator"), ("northern_ireland", "designated teacher")]
)
def test_a_nation_without_an_edition_gets_999_whom_to_tell_and_a_link(nation: Nation, whom: str) -> None:
    found = signpost_for(nation)

    assert found is not None
    assert "999" in found.words[0]
    assert any(whom in sentence for sentence in found.words)
    assert any("does not know the procedure" in sentence for sentence in found.words)
    assert any("yourself, at any time" in sentence for sentence in found.words)
    assert found.link.url.startswith("https://")


def test_a_nation_with_an_edition_needs_no_signpost() -> None:
    assert signpost_for("england") is None
    assert signpost_for("wales") is None


def test_an_edition_is_found_by_its_id() -> None:
    assert [edition(one.id) for one in EDITIONS] == list(EDITIONS)
    with pytest.raises(KeyError):
        edition("england-2020")


def levels(first: str, second: str) -> dict[str, tuple[str, str]]:
    found = difference(edition(first), edition(second))
    return {one.id: (one.first, one.second) for one in found if one.kind == "level"}


def test_the_english_editions_differ_in_the_two_rows_that_carry_an_outcome() -> None:
    assert levels("england-2024", "england-2016") == {
        "unverified_online_contact": ("refer_now", "dsl_review"),
        "ai_generated": ("dsl_review", "not a criterion"),
    }
    (question,) = [one for one in difference(ENGLAND, ENGLAND_2016) if one.kind == "question"]
    assert (question.id, question.second) == ("ai_generated", "not an open question")


def test_wales_differs_from_england_in_adults_who_pose_as_children_and_in_its_titles() -> None:
    assert levels("england-2024", "wales-2020") == {"unverified_online_contact": ("refer_now", "dsl_review")}
    assert {one.id: one.second for one in difference(ENGLAND, WALES) if one.kind == "word"} == {
        "lead_title": "DSP",
        "social_care_name": "social services",
    }


def test_a_difference_read_backwards_is_the_same_difference() -> None:
    there, back = difference(ENGLAND, ENGLAND_2016), difference(ENGLAND_2016, ENGLAND)

    assert {(one.kind, one.id, one.first, one.second) for one in there} == {
        (one.kind, one.id, one.second, one.first) for one in back
    }
    assert difference(ENGLAND, ENGLAND) == ()


def test_a_changed_condition_is_a_difference() -> None:
    one, *others = ENGLAND.criteria
    changed = replace(ENGLAND, criteria=(replace(one, met_when=others[0].met_when), *others))

    assert [found.kind for found in difference(ENGLAND, changed)] == ["condition"]


def test_what_is_no_open_question_is_what_the_edition_s_rule_leaves_out() -> None:
    for one in EDITIONS:
        (rule,) = [criterion for criterion in one.criteria if criterion.id == "not_enough_known"]
        asked = {atom.fact for atom in rule.met_when.parts}  # type: ignore[union-attr]
        named = {
            part.fact
            for criterion in one.criteria
            if criterion is not rule
            for part in getattr(criterion.met_when, "parts", (criterion.met_when,))
        }

        assert asked == named | {"what_was_shared"}
        assert not asked & set(one.silent_on)


def test_the_duty_to_report_is_off_until_somebody_dates_it() -> None:
    today = date(2026, 11, 24)
    assert [one.duty_text(today) for one in EDITIONS] == [None, None, None]
    assert ENGLAND.duty_to_report is not None

    dated = replace(ENGLAND, duty_to_report=DutyToReport(today, ENGLAND.duty_to_report.text))

    assert dated.duty_text(today - timedelta(days=1)) is None
    assert (dated.duty_text(today) or "").endswith("A DSL's decision does not discharge it.")


def test_managing_in_school_stands_on_four_conditions_in_the_edition_s_words() -> None:
    assert len(conditions_to_manage(ENGLAND)) == 4
    assert conditions_to_manage(WALES)[0] == "The DSP has enough information to assess the risk."
