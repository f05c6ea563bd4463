"""A case is opened by typing its reference; and who may raise reads at which site they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.asking.groups import NotAsked, route_with_groups
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Standing
from handlers.screens import Caution, Form, Message, Paragraph, buttons_of
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, raised, the_case
from tests.handlers.memory import DIRECTORY, MEMBER, SITE, TEACHER_ON_TEAMS, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V18

OTHER = Account.parse("slack:T1/UOTHER")
MADE_UP = "SP-ZZZZ-ZZ"
SOUTHSIDE = replace(SITE, id="southside", name="Southside College", leads=(str(OTHER),), staff=(str(OTHER),))
BOTH = replace(DIRECTORY, sites=(SITE, SOUTHSIDE))


def types(work: MemoryWork, who: Account, reference: str, *, name: str = "open_case") -> Someone:
    person = Someone(work, who)
    person.asks(name, subject=Subject("reference", reference).write())
    return person


# --- a reference -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", [TEACHER, TEACHER_ON_TEAMS, LEAD, DEPUTY])
def test_a_reference_opens_the_case_for_whoever_may_see_it(who: Account) -> None:
    work = a_work()
    case = raised(work, V18)
    shown = types(work, who, case.reference)

    assert isinstance(shown.screen, Form)
    assert f"{case.reference}: Waiting for a lead" in text_of(shown.screen)
    assert ("refer" in [one.intent for one in shown.screen_buttons()]) is (who in (LEAD, DEPUTY))


def test_who_opens_it_by_its_reference_holds_it_as_by_the_button() -> None:
    work = a_work()
    types(work, DEPUTY, raised(work, V18).reference)
    assert the_case(work).opened_by == DEPUTY


@pytest.mark.parametrize("name", ["open_case", "find_case"])
def test_for_a_real_and_a_made_up_reference_the_answer_is_the_same(name: str) -> None:
    work = a_work()
    case = raised(work, V18)
    real = types(work, OTHER, case.reference, name=name).screen
    before = len(work.recorded)
    invented = types(work, OTHER, MADE_UP, name=name).screen

    assert real == invented
    assert "There is nothing here for you" in text_of(real)
    assert work.recorded[before - 1] == work.recorded[before] == ("case.refused", {"intent": name})
    assert case.reference not in repr(work.recorded)


def test_a_lead_whom_the_raiser_left_out_finds_nothing_by_the_reference() -> None:
    work = a_work()
    case = raised(work, V18)
    work.keep_case(replace(case, left_out=(LEAD,)))
    assert "There is nothing here for you" in text_of(types(work, LEAD, case.reference).screen)


def test_where_no_window_can_be_opened_the_case_stands_as_in_the_list_with_its_button() -> None:
    work = a_work()
    case = raised(work, V18)
    shown = types(work, LEAD, case.reference, name="find_case")

    assert isinstance(shown.screen, Message)
    assert "Nobody has opened it yet" in text_of(shown.screen)
    assert "What was answered" not in text_of(shown.screen)
    assert the_case(work).opened_by is None
    (button,) = buttons_of(shown.screen)
    assert (button.intent, button.opens_form) == ("open_case", True)
    assert "refer" in [one.intent for one in shown.sees(shown.presses("open_case")).screen_buttons()]


def test_a_group_of_leads_is_asked_about_for_a_reference_as_for_a_button() -> None:
    work = a_work(leads=("slack:T1/S1",))
    case = raised(work, V18)
    intent = Intent("open_case", LEAD, MEMBER, Surface.COMMAND, Subject("reference", case.reference))
    with pytest.raises(NotAsked) as missing:
        route_with_groups(intent, work)
    assert missing.value.refs == {"slack:T1/S1"}

    known = Known(Standing(member=True), groups={"slack:T1/S1": (LEAD,)}, asked=frozenset({"slack:T1/S1"}))
    shown = route_with_groups(replace(intent, known=known), work)
    assert "What was answered" in text_of(shown)


def test_a_guest_who_types_a_reference_is_told_that_they_are_one() -> None:
    work = a_work()
    case = raised(work, V18)
    person = Someone(work, OTHER, Known(Standing(member=False, why_not="guest")))
    shown = person.asks("open_case", subject=Subject("reference", case.reference).write())
    assert "Guests of this workspace cannot use Signpost." in text_of(shown)


# --- at which site ---------------------------------------------------------------------------------------------------
def test_every_page_names_the_site_beneath_its_first_words_where_there_are_several() -> None:
    work = MemoryWork(directory=BOTH)
    teacher = Someone(work)
    teacher.opens_form()
    pages = [teacher.screen]
    for _ in range(3):
        teacher.answers(V18).presses("next_page")
        pages.append(teacher.screen)

    assert "Check your answers" in text_of(pages[-1])
    for screen in pages:
        assert screen is not None
        first = screen.parts[0]
        assert isinstance(first, Caution)
        assert first.text.startswith("In danger now? Call 999")
        assert screen.parts[1] == Paragraph("This report is for Northside Academy.")


def test_who_may_raise_at_one_site_alone_reads_which() -> None:
    work = MemoryWork(directory=BOTH)
    assert "This report is for Southside College." not in text_of(Someone(work).opens_form())
    teacher = Someone(work, OTHER)
    teacher.opens_form()
    teacher.answers({"site": "southside"}).presses("start_report")
    assert "This report is for Southside College." in text_of(teacher.screen)
    teacher.answers({"notes": "https://a.example"}).presses("next_page")
    teacher.presses("next_page")
    assert "https://" in str(teacher.presses("next_page").parts), "a page that comes back with what is wrong"
    assert "This report is for Southside College." in text_of(teacher.screen)


def test_where_there_is_one_site_it_is_not_named() -> None:
    assert "This report is for" not in text_of(Someone(MemoryWork()).opens_form())
