"""After new facts nobody reads that nobody opened a case which a lead opened or decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.people import Account
from handlers.screens import Item
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, opened, raised, referring
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05, V18

DAY = "on Tuesday 24 November 2026"
NOBODY = ("Nobody has opened", "No safeguarding lead has opened")


def new_facts(work: MemoryWork, **answers: str) -> None:
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers(answers or {"coercion": "yes"}).presses("recommend_now")
    work.passes()


def row(work: MemoryWork, who: Account = LEAD) -> str:
    screen = Someone(work, who, MEMBER).asks("list_cases")
    (text,) = [part.text for part in screen.parts if isinstance(part, Item)]
    return text


def refers(work: MemoryWork) -> None:
    referring(work).presses("confirm_refer")
    work.passes()


def declines(work: MemoryWork) -> None:
    person = opened(work)
    person.presses("do_not_refer")
    person.answers({"reason": "We rang them all."}).presses("confirm_do_not_refer")
    work.passes()


def opens(work: MemoryWork) -> None:
    opened(work)


@pytest.mark.parametrize(
    ("before", "decided", "raiser"),
    [
        (opens, "", ""),
        (refers, f"Priya Nair decided at 16:55 {DAY}: refer.", f"It was referred at 16:55 {DAY}, and stays referred."),
        (
            declines,
            f"Priya Nair decided at 16:55 {DAY}: do not refer.",
            f"A lead decided at 16:55 {DAY} not to refer it: that was before your update.",
        ),
    ],
)
def test_an_update_that_nobody_read_is_called_that(
    before: Callable[[MemoryWork], None], decided: str, raiser: str
) -> None:
    work = a_work()
    raised(work, V05)
    before(work)
    work.passes(2)
    new_facts(work)
    work.passes(25)
    for who in (LEAD, DEPUTY):
        (said,) = [one for one in map(text_of, work.at(who)) if "Open it now." in one]
        assert f"Nobody has read the update of 16:57 {DAY} yet. Open it now." in said
        assert decided in said
    (told,) = [one for one in map(text_of, work.at(TEACHER)) if "being told once more" in one]
    assert (
        f"No safeguarding lead has read your update of 16:57 {DAY} yet. All of them are being told once more." in told
    )
    assert raiser in told
    for who in (LEAD, DEPUTY, TEACHER):
        assert not [one for one in map(text_of, work.at(who)) if any(words in one for words in NOBODY)]


def test_its_row_says_so_and_keeps_what_was_decided_and_by_whom(work: MemoryWork) -> None:
    raised(work, V18)
    refers(work)
    work.passes(2)
    new_facts(work)
    said = row(work)
    assert "Referred. Decided by Priya Nair at 16:55" in said
    assert f"The update of 16:57 {DAY} has not been read yet: the next lead hears at 17:07" in said
    assert not any(words in said for words in NOBODY)
    assert "Referred." in row(work, TEACHER)


def test_where_nobody_ever_opened_it_that_is_said(work: MemoryWork) -> None:
    raised(work, V05)
    new_facts(work)
    work.passes(25)
    assert "Nobody has opened this yet. Open it now." in text_of(work.at(DEPUTY)[-1])
    assert "Nobody has opened it yet" in row(work)


def test_an_update_that_is_read_and_not_decided_keeps_what_was(work: MemoryWork) -> None:
    raised(work, V05)
    refers(work)
    work.passes(2)
    new_facts(work)
    opened(work, DEPUTY)
    said = row(work)
    assert "Decided by Priya Nair at 16:55" in said
    assert "Held by Tom Reid. A decision is due by" in said
    work.passes(31)
    told = text_of(work.at(LEAD)[-1])
    assert f"nobody has decided on the update of 16:57 {DAY} yet" in told
    assert f"Priya Nair decided at 16:55 {DAY}: refer." in told
    raiser = next(one for one in map(text_of, work.at(TEACHER)) if "has not decided" in one)
    assert f"A safeguarding lead has read your update of 16:57 {DAY} and has not decided on it yet." in raiser
    assert f"It was referred at 16:55 {DAY}, and stays referred." in raiser


def test_who_asks_again_after_a_decline_leaves_it_in_sight(work: MemoryWork) -> None:
    raised(work, V18)
    declines(work)
    work.passes(1)
    Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    said = row(work)
    assert "Not referred. Decided by Priya Nair at 16:55" in said
    assert "Held by Priya Nair." in said
