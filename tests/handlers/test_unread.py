"""A group could not be read: what is said, to whom, and what nobody learns by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Account, Known
from handlers.screens import Caution, Form, Question
from tests.handlers.deciding import the_case
from tests.handlers.memory import DEPUTY, DIRECTORY, LEAD, MEMBER, SITE, TEACHER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07

LEADS, STAFF = "slack:T1/SLEADS", "slack:T1/SSTAFF"
READ = replace(MEMBER, groups={LEADS: (LEAD, DEPUTY), STAFF: (TEACHER,)}, asked=frozenset({LEADS, STAFF}))
UNREAD = replace(READ, groups={}, remembered=READ.groups)
LATELY = replace(UNREAD, read_lately=READ.groups)
NOT_ASKED = "Slack could not be asked just now who may do this"
NOTHING = "There is nothing here for you"
STRANGER = Account.parse("slack:T1/USTRANGER")


@pytest.fixture
def work() -> MemoryWork:
    site = replace(SITE, leads=(LEADS,), staff=(STAFF,))
    return MemoryWork(directory=replace(DIRECTORY, sites=(site,)))


def begins(work: MemoryWork, known: Known, who: Account = TEACHER) -> str:
    return text_of(Someone(work, who, known).opens_form())


def test_who_cannot_be_told_from_staff_is_told_so_with_999_and_whoever_was_staff_lately_raises(
    work: MemoryWork,
) -> None:
    said = begins(work, UNREAD)
    assert NOT_ASKED in said
    assert "999" in said
    assert "not set up" not in said
    assert "Step 1" in begins(work, LATELY)
    assert "Step 1" in begins(work, LATELY, LEAD)
    assert NOT_ASKED in begins(work, LATELY, STRANGER)
    assert "no form for you here" in begins(work, READ, STRANGER)


def test_a_first_page_that_meets_the_silence_comes_back_with_what_was_chosen(work: MemoryWork) -> None:
    person = Someone(work, TEACHER, READ)
    person.opens_form()
    person.known = UNREAD

    shown = person.answers({"harm_now": "at_risk"}).presses("next_page")

    assert isinstance(shown, Form)
    assert any(isinstance(part, Caution) and NOT_ASKED in part.text for part in shown.parts)
    assert [part.chosen for part in shown.parts if isinstance(part, Question) and part.chosen] == [("at_risk",)]
    person.known = READ
    assert "Step 2" in text_of(person.presses("next_page"))


def press(work: MemoryWork, who: Account, known: Known, name: str = "open_case", case: str = "") -> str:
    token = Subject("case", case or the_case(work).id, "", 1).write()
    return text_of(Someone(work, who, known).asks(name, surface=Surface.MESSAGE, subject=token))


def report(work: MemoryWork, *left_out: Account) -> None:
    """The teacher raises a case while everything can be read."""
    person = Someone(work, TEACHER, READ)
    person.opens_form()
    person.answers(V07).presses("recommend_now")
    case = the_case(work)
    work.cases[case.id] = replace(case, left_out=left_out)


def test_a_case_stays_shut_for_a_lead_and_the_words_say_why(work: MemoryWork) -> None:
    report(work)
    for name in ("open_case", "refer", "do_not_refer", "confirm_do_not_refer", "update_facts"):
        assert NOT_ASKED in press(work, LEAD, LATELY, name)
    assert the_case(work).opened_at is None
    assert NOT_ASKED not in press(work, TEACHER, LATELY), "the raiser needs no group"


def test_a_lead_who_was_left_out_does_not_learn_that_there_is_a_case(work: MemoryWork) -> None:
    report(work, LEAD)
    assert NOTHING in press(work, LEAD, READ)
    for known in (READ, UNREAD, LATELY):
        assert press(work, LEAD, known) == press(work, LEAD, known, case="no-such-case")


def test_a_lead_in_the_middle_of_an_update_reads_that_nobody_could_be_asked_and_loses_nothing(work: MemoryWork) -> None:
    report(work)
    person = Someone(work, LEAD, READ)
    person.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
    person.known = LATELY
    shown = person.answers({"harm_now": "at_risk"}).presses("next_page")
    assert NOT_ASKED in text_of(shown)
    assert ("at_risk",) in [part.chosen for part in shown.parts if isinstance(part, Question)]
    resumed = person.asks("continue_draft", subject=person.screen.token if isinstance(person.screen, Form) else "")
    assert NOT_ASKED in text_of(resumed)
    refused = [("draft.refused", {"intent": name, "why": "not_asked"}) for name in ("next_page", "continue_draft")]
    assert work.recorded[-2:] == refused
    assert not [part for part in resumed.parts if isinstance(part, Question)], "an empty page would overwrite the draft"
    person.known = READ
    person.sees(shown)
    assert "Step 2" in text_of(person.presses("next_page"))
    work.keep_case(replace(the_case(work), left_out=(LEAD,)))
    person.known = LATELY
    assert NOTHING in text_of(person.presses("next_page"))


def test_a_list_that_may_lack_cases_says_so_to_whoever_led_and_to_nobody_else(work: MemoryWork) -> None:
    report(work)
    lacks = "cases of sites that you lead may be missing"
    for name in ("list_cases", "show_home"):
        listed = text_of(Someone(work, LEAD, LATELY).asks(name))
        assert lacks in listed
        assert "SP-" not in listed
        assert "here are none" not in listed
        assert "None that are open" not in listed
        own = text_of(Someone(work, TEACHER, LATELY).asks(name))
        assert "SP-" in own
        assert lacks not in own
        assert lacks in text_of(Someone(work, LEAD, replace(LATELY, remembered={})).asks(name)), "never read at all"


def test_a_group_of_a_platform_where_somebody_has_no_account_is_nothing_to_them() -> None:
    other = "teams:TEN/group:LEADS"
    site = replace(SITE, leads=(LEADS, other), staff=(STAFF,))
    work = MemoryWork(directory=replace(DIRECTORY, sites=(site,)))
    known = replace(READ, asked=READ.asked | {other})  # Teams is not connected

    assert "no form for you here" in begins(work, known, STRANGER)
    report(work)
    assert "may be missing" not in text_of(Someone(work, DEPUTY, known).asks("list_cases"))
    assert NOTHING in press(work, STRANGER, known)


def test_the_start_card_and_home_do_not_say_that_nothing_is_set_up(work: MemoryWork) -> None:
    for name in ("show_start", "show_home"):
        said = text_of(Someone(work, TEACHER, UNREAD).asks(name))
        assert NOT_ASKED in said
        assert "not set up" not in said
        assert "not set up for your site" in text_of(Someone(work, STRANGER, READ).asks(name))
