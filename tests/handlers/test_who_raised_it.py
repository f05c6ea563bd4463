"""Leads read who raised a case and who was left out of it; nobody else does, and no notification and no contact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Person
from handlers.screens import Caution, Screen, buttons_of
from handlers.telling.deliveries import draw
from tests.handlers.deciding import DEPUTY, LEAD, ROOM, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V05, V07

AMIRA = "Amira Khan"
KNOWN = replace(MEMBER, names={**MEMBER.names, TEACHER: AMIRA})


def raises(work: MemoryWork, *left_out: Account, answers: object = V07) -> Someone:
    """Amira raises a case, by name, and leaves these out."""
    person = Someone(work, TEACHER, KNOWN)
    person.opens_form()
    person.answers({**answers, "leave_out": tuple(map(str, left_out))})  # type: ignore[dict-item]
    whole_form(person)
    person.presses("submit_report")
    work.passes()
    return person


def first_screen(screen: Screen | None) -> str:
    """The words above the first button of a window."""
    assert screen is not None
    before = next(i for i, part in enumerate(screen.parts) if getattr(part, "buttons", ()))
    return text_of(replace(screen, parts=screen.parts[:before]))


def test_a_lead_reads_who_raised_it_on_the_first_screen_also_once_the_name_is_known_no_more(work: MemoryWork) -> None:
    raises(work)
    lead = opened(work)
    assert "Raised by Amira Khan at 16:55 on Tuesday 24 November 2026." in first_screen(lead.screen)
    assert the_case(work).raised_by_name == AMIRA


def test_their_number_at_work_stands_beside_where_it_is_known(work: MemoryWork) -> None:
    work.directory = replace(work.directory, persons=(Person((TEACHER,), "Amira K.", phone="01632 960009"),))
    raises(work)
    assert "Raised by Amira K. at 16:55 on Tuesday 24 November 2026. Ring them: 01632 960009." in first_screen(
        opened(work).screen
    )


def test_whoever_raised_it_reads_you(work: MemoryWork) -> None:
    raises(work)
    teacher = Someone(work, TEACHER, KNOWN).sees(work.at(TEACHER)[0])
    said = text_of(teacher.presses("open_case"))
    assert AMIRA not in said
    assert "Raised by you" in said


def test_a_lead_who_is_asked_reads_whom_to_ring_and_the_raiser_is_named_in_no_notification(work: MemoryWork) -> None:
    raises(work)
    Someone(work, TEACHER, KNOWN).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    work.passes()
    asked = work.at(LEAD)[-1]
    said = "Amira Khan, who raised this, asks a lead to escalate it. Read it now, and speak to them. Ring"
    assert said in text_of(asked)
    for delivery, _ in work.arrived:
        drawn = draw(delivery, work)
        if drawn is not None:
            assert AMIRA not in drawn.content.summary + drawn.receipt.summary + text_of(drawn.receipt)


def test_no_contact_reads_who_raised_it_or_who_was_left_out(work: MemoryWork) -> None:
    raises(work, DEPUTY)
    window = referring(work).answers({"contact": ("police", "police_by_phone")})
    window.presses("confirm_refer")
    work.passes()
    (notice,) = work.at(ROOM)
    assert AMIRA not in text_of(notice)
    assert "Tom Reid" not in text_of(notice)


def test_a_case_of_an_earlier_release_has_no_name_and_is_drawn(work: MemoryWork) -> None:
    raised(work)
    assert the_case(work).raised_by_name == ""
    assert "Raised by the person who raised it" not in text_of(opened(work).screen)
    assert "Raised at 16:55" in first_screen(opened(work).screen)
    Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    work.passes()
    assert "The person who raised this asks a lead to escalate it." in text_of(work.at(LEAD)[-1])


@pytest.mark.parametrize("window", ["open_case", "refer", "do_not_refer"])
def test_leads_read_by_name_who_was_left_out_and_not_to_speak_to_them(work: MemoryWork, window: str) -> None:
    raises(work, LEAD, answers=V05)
    deputy = opened(work, DEPUTY)
    if window != "open_case":
        deputy.presses(window)
    assert deputy.screen is not None
    said = "Priya Nair was left out of this by whoever raised it: do not speak to them about it."
    assert said in [part.text for part in deputy.screen.parts[:6] if isinstance(part, Caution)]


def test_several_who_were_left_out_are_named_each_once_and_with_one_account(work: MemoryWork) -> None:
    third = Account.parse("slack:T1/UTHIRD")
    fourth = Account.parse("teams:TEN/fourth")
    work = a_work(leads=(str(LEAD), str(DEPUTY), str(third)))
    work.directory = replace(
        work.directory, persons=(*work.directory.persons, Person((DEPUTY, fourth), name="Tom Reid"))
    )
    raises(work, LEAD, DEPUTY)
    said = text_of(opened(work, third).screen)
    assert "Priya Nair and Tom Reid were left out of this by whoever raised it: do not speak to any of them" in said


def test_whoever_raised_it_is_not_told_whom_they_left_out_on_the_case(work: MemoryWork) -> None:
    raises(work, LEAD)
    teacher = Someone(work, TEACHER, KNOWN).sees(work.at(TEACHER)[0])
    assert "left out" not in text_of(teacher.presses("open_case"))
    assert "open_case" in {button.intent for button in buttons_of(work.at(TEACHER)[0])}
