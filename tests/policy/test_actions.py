"""Which actions and links are shown when, and to whom."""

from __future__ import annotations

from typing import Any

import pytest

from policy import Edition, Facts, Link, action, all_links, assess
from policy.actions import ACTIONS
from tests.policy.given import ALL_WELL, ENGLAND, ENGLAND_2016, WALES


def shown(answers: dict[str, Any], *, blank: bool = False) -> set[str]:
    start = Facts() if blank else ALL_WELL
    return {one.id for one in assess(start.with_answers(answers), ENGLAND).actions}


def linked(answers: dict[str, Any]) -> set[str]:
    return {one.id for one in assess(ALL_WELL.with_answers(answers), ENGLAND).links}


@pytest.mark.parametrize(
    ("answers", "there", "not_there"),
    [
        (
            {"harm_now": "in_danger_now"},
            {"call_999", "crisis_help", "refer_police"},
            {"come_back", "check_child_first"},
        ),
        ({"harm_now": "at_risk"}, {"crisis_help", "refer_social_care", "initial_review"}, {"call_999", "risk_assess"}),
        ({"harm_now": "not_known"}, {"check_child_first", "find_out", "come_back"}, {"crisis_help"}),
        ({"dsl_informed": "no"}, {"tell_dsl"}, set()),
        ({"dsl_informed": "yes"}, set(), {"tell_dsl"}),
        ({"adult_involved": "yes", "adult_role": "staff_or_trust"}, {"tell_lado", "refer_police"}, {"report_ceop"}),
        ({"adult_involved": "yes", "adult_role": "online_adult"}, {"report_ceop"}, {"tell_lado"}),
        ({"relationship": "online_only"}, {"report_ceop"}, set()),
        ({"coercion": "yes", "extortion_demand": "no"}, {"report_ceop"}, {"sextortion"}),
        ({"coercion": "not_known"}, {"sextortion"}, {"report_ceop"}),
        ({"image_location": ["device_in_school"]}, {"device_hold"}, set()),
        ({"staff_viewed": "seen_by_accident"}, {"staff_saw"}, {"staff_copied"}),
        ({"staff_viewed": "viewed_or_copied"}, {"staff_copied"}, {"staff_saw"}),
        ({"spread": "shared_on"}, {"report_remove"}, {"report_platform"}),
        ({"spread": "not_known"}, {"report_remove"}, {"report_platform"}),
        ({"image_location": ["online_public"]}, {"report_remove", "report_platform"}, set()),
        ({"parents_informed": "not_yet"}, {"tell_parents"}, {"parents_risk"}),
        ({"parents_informed": "unsafe_to_tell"}, {"parents_risk"}, {"tell_parents"}),
        ({"parents_informed": "yes"}, set(), {"tell_parents", "parents_risk"}),
        ({"vulnerability": "yes"}, {"contact_social_worker", "risk_assess"}, {"delete_when_clear"}),
        ({"age_others": "under_13"}, {"under_13_advice"}, set()),
        ({"content_shown": "sexual_acts"}, {"sexual_act_enquiry"}, set()),
        ({"agreed": "no"}, {"nonconsensual", "hsb_help"}, set()),
        ({"repeat_behaviour": "yes"}, {"hsb_help"}, {"nonconsensual"}),
        ({"ai_generated": "not_known"}, {"ai_steps"}, set()),
        ({"other_setting_involved": "yes"}, {"other_dsl"}, set()),
        (
            {},
            {"delete_when_clear", "risk_assess", "support_each", "record", "own_duty", "reassure"},
            {"initial_review"},
        ),
        ({"what_was_shared": "text_only"}, {"out_of_scope_policy", "reassure"}, {"do_not_view", "support_each"}),
        ({"what_was_shared": "all_adults"}, {"out_of_scope_policy", "own_duty"}, {"tell_parents", "other_dsl"}),
    ],
)
def test_these_actions_are_shown(answers: dict[str, Any], there: set[str], not_there: set[str]) -> None:
    found = shown(answers)

    assert there <= found
    assert not found & not_there


def test_every_action_is_shown_for_some_facts() -> None:
    everything = shown({}) | shown({}, blank=True)
    for answers in (
        {"harm_now": "in_danger_now"},
        {
            "coercion": "yes",
            "adult_involved": "yes",
            "adult_role": "staff_or_trust",
            "staff_viewed": "viewed_or_copied",
        },
        {"staff_viewed": "seen_by_accident", "image_location": ["device_in_school", "online_public"]},
        {"parents_informed": "unsafe_to_tell", "vulnerability": "yes", "age_others": "under_13", "agreed": "no"},
        {"content_shown": "sexual_acts", "ai_generated": "yes", "other_setting_involved": "yes"},
        {"what_was_shared": "adult_image"},
    ):
        everything |= shown(answers)

    assert everything == {one.id for one in ACTIONS}


def test_the_raiser_sees_what_one_can_do_in_the_next_ten_minutes() -> None:
    assert [one.id for one in ACTIONS if one.for_raiser] == [
        "call_999",
        "check_child_first",
        "crisis_help",
        "do_not_view",
        "do_not_delete",
        "do_not_question",
        "do_not_spread_word",
        "reassure",
        "tell_dsl",
        "refer_police",
        "refer_social_care",
        "tell_lado",
        "sextortion",
        "device_hold",
        "staff_saw",
        "staff_copied",
        "own_duty",
        "record",
        "come_back",
        "out_of_scope_policy",
    ]


def test_the_lead_sees_all_but_what_is_for_those_who_are_not_leads() -> None:
    assert [one.id for one in ACTIONS if not one.for_lead] == ["do_not_question"]


def test_what_not_to_do_stands_in_a_box_and_the_rule_on_viewing_is_folded_away() -> None:
    assert {one.id for one in ACTIONS if one.box} == {one.id for one in ACTIONS if one.id.startswith("do_not_")}
    assert [one.id for one in ACTIONS if one.collapsed] == ["viewing_rule"]


def test_what_to_find_out_first_is_spelt_out_in_the_order_of_ask_next() -> None:
    facts = ALL_WELL.with_answers({"agreed": "not_known", "coercion": "not_known", "extortion_demand": "no"})

    (find_out,) = [one for one in assess(facts, ENGLAND).actions if one.id == "find_out"]

    assert find_out.text.startswith(
        "The DSL finds out first: Is there reason to believe anyone was pressured, tricked, threatened, blackmailed or "
        "groomed? Did everyone agree: to it being made, to it being shared, and to getting it? Staff do not ask"
    )


def test_wales_has_its_own_titles() -> None:
    welsh = " ".join(one.text for one in assess(Facts(), WALES).actions)

    assert "DSP" in welsh
    assert "social services" in welsh
    assert "DSL" not in welsh
    assert "children's social care" not in welsh


def test_an_action_can_be_asked_for_by_itself() -> None:
    assert action("delete_when_clear", ENGLAND).text.startswith("First: the police are not to be told, or they agree")
    with pytest.raises(KeyError):
        action("panic", ENGLAND)


@pytest.mark.parametrize(
    ("answers", "there", "not_there"),
    [
        (
            {},
            {"ukcis_full", "ukcis_overview", "posh", "nspcc", "childline", "kcsie", "when_to_call"},
            {"hwb", "college"},
        ),
        ({"agreed": "no"}, {"college", "when_to_call", "shore"}, {"local_council", "samaritans"}),
        ({"coercion": "yes"}, {"college", "local_council", "ceop", "fmse"}, {"when_to_call"}),
        ({"harm_now": "at_risk"}, {"samaritans"}, set()),
        ({"spread": "wide_or_public"}, {"report_remove", "take_it_down", "iwf"}, {"ceop"}),
        ({"ai_generated": "yes"}, {"ai_guide"}, set()),
        ({"adult_involved": "yes"}, {"stop_it_now"}, {"rph"}),
        ({"what_was_shared": "all_adults"}, {"rph", "stopncii"}, {"report_remove"}),
        ({"what_was_shared": "adult_image"}, {"rph"}, {"stopncii"}),
        ({"image_location": ["device_in_school"]}, {"ssc"}, set()),
    ],
)
def test_these_links_are_shown(answers: dict[str, Any], there: set[str], not_there: set[str]) -> None:
    found = linked(answers)

    assert there <= found
    assert not found & not_there


def test_wales_links_to_its_own_guidance_and_not_to_england_s() -> None:
    found = {one.id for one in assess(ALL_WELL, WALES).links}

    assert "hwb" in found
    assert not found & {"ukcis_full", "ukcis_overview", "kcsie"}


@pytest.mark.parametrize("link", all_links(), ids=lambda link: link.id)
def test_every_link_is_https_and_says_whom_it_is_for(link: Link) -> None:
    assert link.url.startswith("https://")
    assert " " not in link.url
    assert link.title
    assert link.whose


def test_no_action_of_2016_speaks_of_what_that_edition_is_silent_on() -> None:
    found = assess(ALL_WELL.with_answers({"ai_generated": "yes"}), ENGLAND_2016)

    assert "ai_steps" not in {one.id for one in found.actions}


@pytest.mark.parametrize("edition", [ENGLAND, ENGLAND_2016, WALES], ids=lambda one: one.id)
@pytest.mark.parametrize(
    ("shared", "said"),
    [
        ("image_under_18", 'Say that you report for a school about a "nude image of a child".'),
        (
            "text_only",
            "Say that you report for a school about sexual messages that involve a child; no image is known of.",
        ),
        (
            "adult_image",
            "Say that you report for a school about pornography or an image of an adult, seen or sent by under-18s.",
        ),
        ("all_adults", "Say that you report for a school about a nude image of an adult."),
        ("not_known", 'Say that you report for a school; it may be about a "nude image of a child".'),
    ],
)
def test_what_the_police_are_told_is_what_was_answered(edition: Edition, shared: str, said: str) -> None:
    facts = ALL_WELL.with_answers({"harm_now": "in_danger_now", "what_was_shared": shared})
    (told,) = [one.text for one in assess(facts, edition).actions if one.id == "refer_police"]

    assert f"form. {said} Give the ages, and who is at risk. Names go by phone" in told
    assert told.count("image of a child") == (shared in ("image_under_18", "not_known"))


def test_what_to_do_about_ai_says_what_it_is_about_where_nobody_knows_that_it_is() -> None:
    def said(answer: str) -> str:
        (one,) = [
            one
            for one in assess(ALL_WELL.with_answers({"ai_generated": answer}), ENGLAND).actions
            if one.id == "ai_steps"
        ]
        return one.text

    assert said("yes").startswith("Deal with it as with a photograph. Note the app")
    assert said("not_known").startswith(
        "If it was made or changed with AI or editing, deal with it as with a photograph."
    )
