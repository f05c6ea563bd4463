"""A lead refers: told before, bound to what was shown, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.case import State
from handlers.screens import Form, Question, TextBox, buttons_of
from policy import edition, police_notice
from tests.handlers.deciding import (
    DEPUTY,
    LEAD,
    POLICE,
    ROOM,
    TEACHER,
    opened,
    raised,
    referrals,
    referring,
    the_case,
)
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, errors_on, questions_on, text_of


def test_the_first_screen_of_a_case_offers_a_lead_what_they_can_decide(work: MemoryWork) -> None:
    raised(work)
    offered = [button.intent for button in opened(work).screen_buttons()]

    assert offered[:4] == ["refer", "do_not_refer", "ask_for_facts", "update_facts"]


def test_before_referring_a_lead_is_told_what_follows(work: MemoryWork) -> None:  # SR-21
    raised(work)
    person = opened(work)
    shown = text_of(person.presses("refer"))

    notice = police_notice(edition(the_case(work).latest.edition))
    assert "None of this is a reason to hold back. The guidance says: refer." in shown
    for point in notice.points:
        assert point.text in shown
    assert notice.version in shown
    assert "adults as perpetrators" in shown
    assert questions_on(person.screen) == ["contact", "reason", "consequences_read"]
    assert "notice.shown" in [event for event, _ in work.audit]


def test_nothing_is_approved_unread_or_for_nobody(work: MemoryWork) -> None:
    raised(work)
    person = referring(work).answers({"consequences_read": None, "contact": ("nobody",), "reason": "   "})

    assert set(errors_on(person.presses("confirm_refer"))) == {"consequences_read", "contact", "reason"}
    assert the_case(work).decisions == ()
    assert referrals(work) == []


@pytest.mark.parametrize("decision", ["refer", "do_not_refer", "ask_for_facts"])
def test_what_has_to_be_there_says_so_and_no_client_demands_it(decision: str, work: MemoryWork) -> None:
    raised(work)
    window = opened(work).presses(decision)

    assert isinstance(window, Form)
    asked = [part for part in window.parts if isinstance(part, Question | TextBox)]
    assert asked
    assert [part.id for part in asked if not part.help.startswith(("Needed.", "At least one."))] == []
    assert not any(part.needed for part in asked)  # the server answers, so that nothing typed is lost


def test_what_reaches_the_contact_is_what_the_window_showed(work: MemoryWork) -> None:  # SR-19
    raised(work)
    person = referring(work)
    shown = text_of(person.screen)
    person.presses("confirm_refer")
    work.passes()

    assert referrals(work) == [(str(ROOM), "1:police")]
    (message,) = work.at(ROOM)
    assert [button.intent for button in buttons_of(message)] == ["acknowledge"]
    for line in text_of(message).splitlines():
        assert line in shown


def test_the_record_says_who_decided_on_what(work: MemoryWork) -> None:
    raised(work)
    referring(work).answers({"reason": "An adult is involved."}).presses("confirm_refer")

    (decision,) = the_case(work).decisions
    assert (decision.kind, decision.by, decision.by_name, decision.reason) == (
        "refer",
        LEAD,
        "Priya Nair",
        "An adult is involved.",
    )
    assert (decision.version, decision.notice, decision.contacts) == (1, "police-notice-1", ("police",))
    assert not decision.alone
    assert the_case(work).state is State.REFERRED


def test_a_reason_left_as_it_is_are_the_criteria_that_are_met(work: MemoryWork) -> None:
    raised(work)
    referring(work).answers({"reason": None}).presses("confirm_refer")

    assert the_case(work).decisions[0].reason.startswith("Someone aged 18 or over is involved.")


def test_pressed_fifty_times_by_two_leads_it_is_one_decision(work: MemoryWork) -> None:  # SR-17
    raised(work)
    first, second = referring(work), referring(work, DEPUTY)
    declines = opened(work, DEPUTY)
    declines.presses("do_not_refer")
    declines.answers({"reason": "Nothing in it."})
    for _ in range(17):
        for person, name in ((first, "confirm_refer"), (second, "confirm_refer"), (declines, "confirm_do_not_refer")):
            window = person.screen
            said = text_of(person.presses(name))
            assert ("You decided" if person is first else "Priya Nair decided at 16:55") in said
            person.sees(window)  # type: ignore[arg-type]

    assert len(the_case(work).decisions) == 1
    assert referrals(work) == [(str(ROOM), "1:police")]


def test_facts_that_changed_void_an_approval_that_was_not_used(work: MemoryWork) -> None:  # SR-20
    raised(work)
    person = referring(work)
    teacher = Someone(work)
    teacher.sees(work.at(TEACHER)[0]).presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")

    shown = person.presses("confirm_refer")
    assert "The facts changed" in text_of(shown)
    assert "Facts version 2" in text_of(shown)
    assert the_case(work).decisions == ()
    assert isinstance(shown, Form)
    (tick,) = [part for part in shown.parts if isinstance(part, Question) and part.id == "consequences_read"]
    stale = person.answers({"consequences_read": ("yes",)}).presses("confirm_refer")
    assert set(errors_on(stale)) == {"consequences_read"}, "Slack keeps a tick that was set under the old text"
    assert the_case(work).decisions == ()
    person.answers({"consequences_read": (tick.options[0].value,)}).presses("confirm_refer")
    assert the_case(work).decisions[0].version == 2


def test_a_contact_that_changed_voids_it_too(work: MemoryWork) -> None:  # SR-20
    raised(work)
    person = referring(work)
    (site,) = work.directory.sites
    moved = replace(site, contacts=(replace(POLICE, destination="T1/C10"),))
    work.directory = replace(work.directory, sites=(moved,))

    assert "The contacts changed" in text_of(person.presses("confirm_refer"))
    assert the_case(work).decisions == ()


def test_a_contact_that_changed_after_the_approval_is_sent_nothing_and_the_lead_hears(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    (site,) = work.directory.sites
    work.directory = replace(work.directory, sites=(replace(site, contacts=(replace(POLICE, destination="T1/C10"),)),))
    work.passes()

    assert work.at(ROOM) == []
    assert "is not confirmed. Ring now" in text_of(work.at(LEAD)[-1])


def test_a_reason_that_we_wrote_ourselves_is_that_of_the_facts_that_are_referred(work: MemoryWork) -> None:
    raised(work)
    person = referring(work)
    before = person.fields()["reason"]
    teacher = Someone(work)
    teacher.sees(work.at(TEACHER)[0]).presses("update_facts")
    teacher.answers({"age_depicted": "under_13"}).presses("recommend_now")
    shown = person.presses("confirm_refer")
    (tick,) = [part for part in shown.parts if isinstance(part, Question) and part.id == "consequences_read"]
    person.answers({"consequences_read": (tick.options[0].value,), "reason": before}).presses("confirm_refer")
    (decision,) = the_case(work).decisions
    assert decision.reason != before
    assert "13" in decision.reason


@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
def test_a_reason_that_points_to_a_person_is_warned_about_once(work: MemoryWork, kind: str) -> None:
    raised(work)
    person = opened(work)
    person.presses(kind)
    typed = {"reason": "Ring 07700 900123 about it.", "consequences_read": ("yes",)}
    warned = person.answers(typed).presses(f"confirm_{kind}")
    assert "a phone number" in errors_on(warned)["reason"]
    assert the_case(work).decisions == ()
    assert person.fields()["reason"] == typed["reason"], "nothing typed is lost"
    person.presses(f"confirm_{kind}")
    assert the_case(work).decisions[0].reason == typed["reason"]
