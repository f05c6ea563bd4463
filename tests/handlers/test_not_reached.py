"""Somebody does not have Signpost in their chat: who reads it, and what they are sent once they have it."""

from __future__ import annotations

from dataclasses import replace

from handlers.case import State
from handlers.intents import Subject, Surface
from handlers.people import Account
from handlers.screens import Caution
from handlers.telling.chase import remind
from handlers.telling.not_reached import HOW, NOT_ADDED, send_again
from tests.handlers.deciding import a_work, acknowledges, referring, the_case
from tests.handlers.memory import DEPUTY, LEAD, MEMBER, TEACHER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07


def raised_without(work: MemoryWork, *who: Account, why: str = NOT_ADDED) -> None:
    """A case is raised, and nothing reaches these people."""
    person = Someone(work, TEACHER)
    person.opens_form()
    person.answers(V07).presses("recommend_now")
    time_passes(work, *who, why=why)


def time_passes(work: MemoryWork, *who: Account, minutes: float = 0, why: str = NOT_ADDED) -> None:
    work.passes(minutes, ends=lambda one: "failed" if one.to in who else "sent")
    for key, (one, due) in work.outbox.items():
        if one.to in who and one.state == "failed" and not one.why:
            work.outbox[key] = (replace(one, why=why), due)


def adds_it(work: MemoryWork, who: Account) -> list[str]:
    """Somebody gets the app; the messages that reach them for that."""
    before = len(work.at(who))
    send_again(who, MEMBER, work)
    work.passes()
    return [text_of(message) for message in work.at(who)[before:]]


def window(work: MemoryWork, who: Account) -> str:
    """What stands in the case's window for somebody."""
    subject = Subject("case", the_case(work).id, "", 1).write()
    return text_of(Someone(work, who).asks("open_case", surface=Surface.MESSAGE, subject=subject))


# --- what is sent again ----------------------------------------------------------------------------------------------
def test_a_lead_who_gets_the_app_afterwards_gets_the_notice_of_an_open_case_once() -> None:
    work = a_work()
    raised_without(work, LEAD)
    assert work.at(LEAD) == []

    (notice,) = adds_it(work, LEAD)
    assert the_case(work).latest.recommendation().outcome.heading in notice
    assert adds_it(work, LEAD) == []
    assert work.audit.count(("delivery.again", the_case(work).id)) == 1


def test_of_two_replicas_that_hear_of_it_at_once_one_queues_it() -> None:
    """Neither sees what the other has queued: the key is what only one of them can write."""
    work = a_work()
    raised_without(work, LEAD)
    (missed,) = [one for one, _ in work.outbox.values() if one.to == LEAD and one.state == "failed"]

    send_again(LEAD, MEMBER, work)

    assert work.applied(f"{missed.id}:again") is not None


def test_a_notice_that_fails_again_can_be_made_good_again() -> None:
    work = a_work()
    raised_without(work, LEAD)
    send_again(LEAD, MEMBER, work)
    time_passes(work, LEAD)

    assert len(adds_it(work, LEAD)) == 1


def test_where_it_was_decided_meanwhile_they_hear_that_instead() -> None:
    work = a_work()
    raised_without(work, LEAD)
    referring(work, DEPUTY).presses("confirm_refer")
    time_passes(work, LEAD)

    (told,) = adds_it(work, LEAD)
    assert "decided at" in told
    assert "Open it to decide" not in told


def test_the_raiser_gets_the_recommendation_of_the_facts_as_they_are_now() -> None:
    work = a_work()
    raised_without(work, TEACHER)
    person = Someone(work, TEACHER)
    person.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
    person.answers({"harm_now": "at_risk"}).presses("recommend_now")
    time_passes(work, TEACHER)

    (message,) = adds_it(work, TEACHER)
    assert "Version 2" in message


def test_nothing_is_sent_of_a_case_that_is_closed_or_to_somebody_who_was_left_out() -> None:
    for change in ({"state": State.CLOSED}, {"left_out": (LEAD,)}):
        work = a_work()
        raised_without(work, LEAD)
        work.keep_case(replace(the_case(work), **change))  # type: ignore[arg-type]

        send_again(LEAD, MEMBER, work)
        assert [one for one, _ in work.outbox.values() if one.to == LEAD and one.state == "queued"] == []


def test_what_failed_for_another_reason_is_not_sent_again() -> None:
    work = a_work()
    raised_without(work, LEAD, why="channel_not_found")

    assert adds_it(work, LEAD) == []


def test_what_did_arrive_is_not_sent_again() -> None:
    work = a_work()
    raised_without(work)

    for who in (TEACHER, LEAD, DEPUTY):
        assert adds_it(work, who) == []


def test_the_call_that_nobody_made_yet_is_asked_for_again_until_somebody_acknowledged() -> None:
    for acknowledged in (False, True):
        work = a_work()
        raised_without(work)
        referring(work, LEAD).presses("confirm_refer")
        work.passes()
        remind((LEAD,), "phone:1:police", the_case(work), work)
        time_passes(work, LEAD)
        if acknowledged:
            (sent,) = [message for one, message in work.arrived if one.kind == "referral"]
            acknowledges(work, sent)
            time_passes(work, LEAD)

        missed = adds_it(work, LEAD)
        assert any("Ring now, and write it down." in one for one in missed) is not acknowledged


def test_a_reminder_of_what_has_been_done_since_is_not_sent_again() -> None:
    work = a_work()
    raised_without(work)
    remind((LEAD,), "unopened", the_case(work), work)
    time_passes(work, LEAD)
    window(work, DEPUTY)

    assert adds_it(work, LEAD) == []


# --- what is said of it ----------------------------------------------------------------------------------------------
def test_who_has_no_app_reads_how_to_add_it_in_the_window_of_the_case() -> None:
    work = a_work()
    raised_without(work, TEACHER, LEAD)

    for who in (TEACHER, LEAD):
        assert "Signpost is not added for you here" in window(work, who)
        assert HOW in window(work, who)
        assert window(work, who).startswith("In danger now? Call 999")


def test_others_read_which_lead_was_not_told_and_that_they_should_ring() -> None:
    work = a_work()
    raised_without(work, LEAD)

    for who in (TEACHER, DEPUTY):
        assert "Not told through Signpost, which is not added for them: Priya Nair. Ring them." in window(work, who)
        assert "not added for you" not in window(work, who)


def test_a_lead_reads_nothing_of_the_raisers_chat() -> None:
    work = a_work()
    raised_without(work, TEACHER)

    assert "not added" not in window(work, LEAD)


def test_once_something_arrived_nothing_is_said_any_more() -> None:
    work = a_work()
    raised_without(work, TEACHER, LEAD)
    adds_it(work, TEACHER)
    adds_it(work, LEAD)

    for who in (TEACHER, LEAD, DEPUTY):
        assert "not added" not in window(work, who)


def test_a_contacts_room_is_not_spoken_of_as_a_person() -> None:
    work = a_work()
    raised_without(work)
    referring(work).presses("confirm_refer")
    room = next(one.to for one, _ in work.outbox.values() if one.kind == "referral")
    time_passes(work, room)

    subject = Subject("case", the_case(work).id, "", 1).write()
    screen = Someone(work, LEAD).asks("open_case", surface=Surface.MESSAGE, subject=subject)
    assert not [part for part in screen.parts if isinstance(part, Caution) and "not added" in part.text]
