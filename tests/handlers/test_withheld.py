"""A message to a contact that was removed or changed before it went out is held back in words of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.contact_names import to_keep
from handlers.ports import Delivery
from handlers.referring.trouble import trouble
from handlers.screens import Message
from tests.handlers.deciding import (
    CARE,
    DEPUTY,
    LEAD,
    POLICE,
    ROOM,
    TEACHER,
    a_work,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of

FACTS = "The facts changed"
ITS_OWN = (
    "The contact was removed, changed or taken out of use before it went out. Ring, or refer again to another one."
)
CHANGES = {
    "removed": (CARE,),
    "moved": (replace(POLICE, destination="T1/C10"), CARE),
    "now a mailbox": (replace(POLICE, kind="mail", destination="desk@force.police.uk", organisations=()), CARE),
    "out of use": (replace(POLICE, suspended="not_private"), CARE),
}


def of_contacts(work: MemoryWork, *contacts: object) -> None:
    (site,) = work.directory.sites
    work.directory = replace(work.directory, sites=(replace(site, contacts=contacts),))  # type: ignore[arg-type]


def withheld(how: str) -> MemoryWork:
    """A lead refers; before the message goes out the contact is another one."""
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    of_contacts(work, *CHANGES[how])
    work.passes()
    assert work.at(ROOM) == []
    return work


def in_the_list(work: MemoryWork, who: object = LEAD) -> str:
    person = Someone(work, who)  # type: ignore[arg-type]
    return text_of(person.asks("list_cases"))


@pytest.mark.parametrize("how", CHANGES)
def test_the_alarm_the_opened_case_and_the_list_say_what_happened(how: str) -> None:
    work = withheld(how)
    for who in (LEAD, DEPUTY):
        alarm = text_of(work.at(who)[-1])
        assert "is not confirmed. Ring now" in alarm
        assert ITS_OWN in alarm
        assert FACTS not in alarm
        shown = text_of(opened(work, who).screen)
        assert ITS_OWN in shown
        assert FACTS not in shown
        listed = in_the_list(work, who)
        assert "(it was not sent: the contact was removed, changed or taken out of use)" in listed
        assert FACTS not in listed


def test_nothing_is_offered_that_could_not_be_done() -> None:
    work = withheld("removed")
    offered = [one.intent for one in opened(work).screen_buttons()]
    assert "resend" not in offered
    assert {"phone_instead", "write_down_call", "refer"} <= set(offered)


def test_where_the_facts_changed_that_is_still_what_is_said() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    teacher = Someone(work)
    teacher.sees(work.at(TEACHER)[0]).presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")
    work.passes()
    assert work.at(ROOM) == []
    said = [text_of(one) for one in work.at(LEAD)]
    assert [one for one in said if "The facts changed before it went out" in one]
    assert not [one for one in said if ITS_OWN in one]


def test_facts_that_change_afterwards_do_not_change_why_it_was_held_back() -> None:
    work = withheld("removed")
    teacher = Someone(work)
    teacher.sees(work.at(TEACHER)[0]).presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")
    shown = text_of(opened(work).screen)
    assert ITS_OWN in shown
    assert "The facts changed before it went out" not in shown


def test_what_an_earlier_release_held_back_is_read_as_what_it_was() -> None:
    """It noted one word for both: facts that are still those that were approved cannot have changed."""
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    case = the_case(work)
    (site,) = work.directory.sites
    decision = replace(case.decisions[0], told=to_keep(site, ("police",)))
    of_contacts(work, CARE)
    sent = Delivery("referral", ROOM, case.id, 1, extra="1:police", id="d1", state="dropped", why="overtaken")
    (site,) = work.directory.sites
    drawn: Message = trouble(case, decision, site, "police", sent)
    assert ITS_OWN in text_of(drawn)
