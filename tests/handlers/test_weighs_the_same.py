"""Not to refer weighs no less than to refer; a word is explained before it is used; a tick is called what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from handlers.deciding.fields import TOO_SHORT
from handlers.deciding.what_follows import NOTHING_KNOWN, what_follows
from handlers.intents import Value
from handlers.screens import Bullets, Form, Paragraph, Question
from handlers.words import marked
from policy import FEATURES, OUTCOME_21_WORDS, Facts, edition, police_notice
from tests.handlers.deciding import a_work, opened, raised, referring, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import errors_on, text_of
from tests.handlers.stories import V01, V05, V07, V18

PLACE = "UKCIS-2024, §2 'Initial review meeting'"


def declining(answers: Mapping[str, Value], reason: str) -> tuple[MemoryWork, dict[str, str], str]:
    work = a_work()
    raised(work, answers)
    person = opened(work)
    shown = text_of(person.presses("do_not_refer"))
    return work, errors_on(person.answers({"reason": reason}).presses("confirm_do_not_refer")), shown


@pytest.mark.parametrize("answers", [V07, V05], ids=["refer now", "emergency"])
@pytest.mark.parametrize("reason", ["x", "No.", "  fine  "])
def test_a_short_word_is_no_reason_not_to_refer_what_the_guidance_says_to_refer(
    answers: Mapping[str, Value], reason: str
) -> None:
    work = a_work()
    raised(work, answers)
    person = opened(work)
    person.presses("do_not_refer")
    screen = person.answers({"reason": reason}).presses("confirm_do_not_refer")
    assert errors_on(screen) == {"reason": TOO_SHORT}
    assert person.fields()["reason"] == reason, "nothing that was typed is lost"
    assert the_case(work).decisions == ()
    person.answers({"reason": "They told the police."}).presses("confirm_do_not_refer")
    assert the_case(work).decisions[0].reason == "They told the police."


@pytest.mark.parametrize(
    ("answers", "reason"), [(V07, "Known already"), (V07, "Because."), (V18, "x"), (V05, "It is not so.")]
)
def test_more_than_that_is_never_asked_for(answers: Mapping[str, Value], reason: str) -> None:
    work, errors, _ = declining(answers, reason)
    assert errors == {}
    assert the_case(work).decisions[0].reason == reason


def test_whoever_does_not_refer_reads_that_the_guidance_says_to_and_where() -> None:
    _, _, shown = declining({**V07, "coercion": "not_known", "spread": "not_known"}, "x")
    assert "The guidance says: refer." in shown
    assert f"whatever the child agreed to. {PLACE}" in shown
    assert "Whether a child was pressured, tricked, threatened, blackmailed or groomed" in shown
    assert "gone beyond those it was meant for" not in shown, "by itself that would be no reason to refer"


def test_at_a_review_the_guidance_is_not_said_to_say_so() -> None:
    _, _, shown = declining(V18, "x")
    assert "The guidance says: refer." not in shown


def test_a_crime_is_recorded_then_what_outcome_21_is_then_when_it_may_be_considered() -> None:
    work = a_work()
    raised(work, V07)
    shown = text_of(referring(work).screen)
    in_order = (
        "A crime will be recorded.", "Outcome 21 is one of the codes", OUTCOME_21_WORDS, "adults as perpetrators known",
        "with no evidence of what is listed above",
    )  # fmt: skip
    places = [shown.index(one) for one in in_order]
    assert places == sorted(places)
    assert shown.index("Outcome 21") == shown.index("Outcome 21 is one of the codes"), "used before it is explained"


LISTED = {"none": V01, "some": V07, "messages alone": {**V01, "what_was_shared": "text_only"}, "all open": {}}


@pytest.mark.parametrize("answers", LISTED.values(), ids=LISTED)
def test_what_stands_in_the_way_of_outcome_21_is_listed_whole_whatever_is_known_of_it(
    answers: Mapping[str, Value],
) -> None:
    work = a_work()
    latest = replace(raised(work).latest, facts=Facts.of(dict(answers)))
    shown = what_follows(latest, police_notice(edition(latest.edition)))
    place = shown.index(Paragraph(OUTCOME_21_WORDS))
    listed = shown[place + 1]
    assert isinstance(listed, Bullets)
    assert [one.text for one in listed.items] == [one.text for one in FEATURES]
    assert {one.note for one in listed.items} <= {"known", "not known yet", NOTHING_KNOWN}
    if answers is V01:
        assert {one.note for one in listed.items} == {NOTHING_KNOWN}


def test_every_point_of_the_notice_stands_there_once_and_in_its_order() -> None:
    work = a_work()
    raised(work, V07)
    screen = referring(work).screen
    assert isinstance(screen, Form)
    lines = [line.text for part in screen.parts if isinstance(part, Bullets) for line in part.items]
    points = [f"{one.title} {one.text}" for one in police_notice(edition(the_case(work).latest.edition)).points]
    assert [one for one in lines if one in points] == points


def test_the_tick_has_a_name_of_its_own_and_the_error_says_it() -> None:
    work = a_work()
    raised(work, V07)
    screen = referring(work).answers({"consequences_read": None}).presses("confirm_refer")
    assert isinstance(screen, Form)
    (tick,) = [part for part in screen.parts if isinstance(part, Question) and part.id == "consequences_read"]
    assert tick.label == "Confirm that you have read it"
    assert text_of(screen).splitlines().count(tick.label) == 1
    assert f"'{tick.label}'" in marked(screen)
