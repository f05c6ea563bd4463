"""The list of cases tells a lead who holds each, and what is due."""

from __future__ import annotations

from dataclasses import replace

from handlers.screens import Item, Paragraph
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, acknowledges, opened, raised, referring, the_case
from tests.handlers.deciding import ROOM as POLICE_ROOM
from tests.handlers.memory import SITE, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V18


def row(work: MemoryWork, who: object = LEAD) -> str:
    screen = Someone(work, who).asks("list_cases")  # type: ignore[arg-type]  # an account
    (text,) = [part.text for part in screen.parts if isinstance(part, Item)]
    return text


def test_until_somebody_opens_it_the_row_says_who_hears_next_and_when() -> None:
    work = a_work()
    raised(work, V18)
    assert "Nobody has opened it yet: the next lead hears at 17:55 on Tuesday 24 November 2026." in row(work)
    work.passes(60)
    assert "Nobody has opened it yet: all leads hear again at 18:55 on Tuesday 24 November 2026." in row(work)


def test_who_opened_it_holds_it_until_a_decision_that_is_due() -> None:
    work = a_work()
    raised(work, V18)
    opened(work, DEPUTY)
    assert "Held by Tom Reid. A decision is due by 20:55 on Tuesday 24 November 2026." in row(work)
    work.passes(241)
    assert "Held by Tom Reid. A decision is overdue." in row(work)


def test_once_decided_the_row_says_by_whom_and_who_has_not_acknowledged() -> None:
    work = a_work()
    raised(work, V18)
    referring(work).presses("confirm_refer")
    work.passes()
    assert (
        "Decided by Priya Nair at 16:55 on Tuesday 24 November 2026. Not acknowledged yet, due by 10:00 on Wednesday"
        in row(work)
    )
    assert "Police, Slack channel." in row(work)
    acknowledges(work, work.at(POLICE_ROOM)[-1])
    assert "Everyone who was told has it." in row(work)
    assert the_case(work).reference not in row(work)


def test_the_raiser_reads_neither_who_holds_it_nor_what_is_due() -> None:
    work = a_work()
    raised(work, V18)
    opened(work, DEPUTY)
    assert "Held" not in row(work, TEACHER)
    assert "due" not in row(work, TEACHER)


def test_new_facts_make_it_nobodys_until_it_is_opened_again() -> None:
    work = a_work()
    raised(work)
    opened(work, DEPUTY)
    teacher = Someone(work).sees(work.at(TEACHER)[-1])
    teacher.presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")
    assert the_case(work).opened_by is None
    assert "Held" not in row(work)


def test_where_there_are_several_sites_a_case_says_at_which_it_is() -> None:
    work = a_work()
    case = raised(work, V18)
    assert row(work).startswith("Today. Raised")
    other = replace(SITE, id="southside", name="Southside College", leads=(str(DEPUTY),), contacts=())
    work.directory = replace(work.directory, sites=(*work.directory.sites, other))
    assert row(work).startswith(f"{SITE.name}. Today. Raised")
    assert row(work, TEACHER).startswith(f"{SITE.name}. Raised")
    shown = opened(work).screen
    assert SITE.name in [part.text for part in shown.parts if isinstance(part, Paragraph)]
    assert case.reference in text_of(shown)
