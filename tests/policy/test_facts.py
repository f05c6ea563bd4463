"""The answers as a value, and the questions they answer."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest
from hypothesis import given, settings

from policy import FACTS, STEPS, Fact, Facts, NotAFact, UnknownAnswer, UnknownFact, fact, page
from policy.condition import NOT_KNOWN, Truth, atoms, truth
from tests.policy.given import ALL_WELL, any_answers, any_facts


def test_there_are_24_questions_on_three_pages_of_eight() -> None:
    assert [one.step for one in FACTS] == [1] * 8 + [2] * 8 + [3] * 8
    assert len(STEPS) == 3
    assert [field.name for field in fields(Facts)] == [one.id for one in FACTS]


def test_a_lead_is_expected_to_know_the_third_page_and_everyone_the_others() -> None:
    assert {one.asked_of for one in FACTS if one.step < 3} == {"everyone"}
    assert {one.asked_of for one in FACTS if one.step == 3} == {"lead"}


@pytest.mark.parametrize("one", FACTS, ids=lambda one: one.id)
def test_every_single_choice_can_be_answered_with_not_known(one: Fact) -> None:
    offered = [answer.id for answer in one.answers]

    assert one.several == (NOT_KNOWN not in offered)
    assert len(offered) == len(set(offered))


@pytest.mark.parametrize("one", FACTS, ids=lambda one: one.id)
def test_the_order_of_concern_names_every_answer_of_a_fact_that_bears_on_the_outcome(one: Fact) -> None:
    order = sorted(one.least_to_most)

    assert order == (sorted(answer.id for answer in one.answers) if one.bears_on_outcome else [])


@pytest.mark.parametrize("one", FACTS, ids=lambda one: one.id)
def test_a_question_hangs_only_on_questions_that_come_before_it(one: Fact) -> None:
    earlier = [other.id for other in FACTS[: FACTS.index(one)]]

    assert all(atom.fact in earlier for atom in atoms(one.asked))


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("image_under_18", 24),
        ("not_known", 24),
        ("text_only", 11),
        ("adult_image", 11),
        ("all_adults", 3),
    ],
)
def test_what_was_shared_decides_how_much_is_asked(what: str, asked: int) -> None:
    facts = Facts(what_was_shared=what)

    assert sum(len(page(step, facts)) for step in (1, 2, 3)) == asked


def test_a_blank_form_draws_every_question() -> None:
    assert [one.id for step in (1, 2, 3) for one in page(step, Facts())] == [one.id for one in FACTS]


def test_ruling_out_an_adult_closes_the_question_who_it_is() -> None:
    facts = Facts(adult_involved="no", coercion="no")

    assert not facts.asked("adult_role")
    assert not facts.asked("extortion_demand")
    assert Facts(adult_involved="yes", coercion="yes").asked("extortion_demand")


@settings(deadline=None)
@given(facts=any_facts)
def test_a_question_is_asked_when_its_condition_holds(facts: Facts) -> None:
    for one in FACTS:
        assert facts.asked(one.id) == (truth(one.asked, lambda id_: getattr(facts, id_)) is Truth.YES)


@given(answers=any_answers)
def test_answers_come_back_as_they_were_given(answers: dict[str, object]) -> None:
    facts = Facts.of(answers)

    known = {id_: given for id_, given in answers.items() if given not in ("not_known", [])}
    assert {id_: sorted(given) for id_, given in facts.as_dict().items()} == {
        id_: sorted(given) for id_, given in known.items()
    }
    assert Facts.of(facts.as_dict(everything=True)) == facts
    assert all(facts.answered(id_) == (id_ in known) for id_ in answers)


@given(facts=any_facts)
def test_what_is_heard_is_what_is_asked(facts: Facts) -> None:
    heard = facts.heard()

    assert all(facts.asked(id_) for id_ in heard.as_dict())
    assert all(heard.as_dict()[id_] == given for id_, given in facts.as_dict().items() if facts.asked(id_))


def test_the_order_in_which_places_are_ticked_makes_no_difference() -> None:
    one = Facts.of({"image_location": ["deleted", "private_chat", "deleted"]})
    other = Facts.of({"image_location": ("private_chat", "deleted")})

    assert one == other
    assert hash(one) == hash(other)
    assert one.image_location == ("private_chat", "deleted")


def test_facts_cannot_be_changed_only_made_anew() -> None:
    with pytest.raises(FrozenInstanceError):
        ALL_WELL.harm_now = "at_risk"  # type: ignore[misc]

    assert ALL_WELL.with_answers({"harm_now": "at_risk"}).harm_now == "at_risk"
    assert ALL_WELL.with_answers({"harm_now": "not_known"}).answered("harm_now") is False
    assert replace(ALL_WELL, harm_now="at_risk").harm_now == "at_risk"


@pytest.mark.parametrize(
    "name", ["harm_nwo", "HARM_NOW", "", "self", "notes", "__class__", "x" * 10_000, "\ud800\n", 7]
)
def test_an_unknown_question_is_named_and_never_at_length(name: Any) -> None:
    with pytest.raises(UnknownFact) as refused:
        Facts.of({"harm_now": "no", name: "yes"})

    assert refused.value.fact.startswith(str(name)[:8].replace("\ud800\n", "??"))
    assert len(refused.value.message) < 100
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(
    "given", ["maybe", "NO", "", None, True, 1, 1.5, float("nan"), ["no"], ("no",), {"no": 1}, b"no"]
)
def test_an_answer_that_is_not_on_offer_is_refused_by_the_question_s_name(given: object) -> None:
    with pytest.raises(UnknownAnswer) as refused:
        Facts.of({"harm_now": given})

    assert refused.value.fact == "harm_now"
    assert refused.value.message == "harm_now takes one of: no, at_risk, in_danger_now, not_known."


@pytest.mark.parametrize(
    "given", ["deleted", ["nowhere"], [["deleted"]], [None], {"deleted": 1}, None, 1, ["not_known"]]
)
def test_several_choices_take_a_list_of_what_is_on_offer(given: object) -> None:
    with pytest.raises(UnknownAnswer) as refused:
        Facts.of({"image_location": given})

    assert refused.value.fact == "image_location"


def test_what_was_answered_is_never_repeated_in_a_refusal() -> None:
    secret = "Jo Bloggs of 9B"

    with pytest.raises(NotAFact) as refused:
        Facts.of({"harm_now": secret})

    assert secret not in str(refused.value) + repr(refused.value) + repr(refused.value.args)


def test_a_condition_on_an_answer_that_is_not_on_offer_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="maybe"):
        fact("harm_now").is_in("maybe")
