"""Right before something of a case goes to a lead, their platform is asked whether they are a full member still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.store import Store
from bot.watching.leads import LeadWatch
from handlers.case import Case
from handlers.changes import Change
from handlers.people import Account, Known, Standing
from handlers.sites import Site
from tests.running.own_time import Arrived, Notebook, School, Time, school

TEACHER = Account("slack", "T1", "U1")
FIRST, SECOND, THIRD = (Account("slack", "T1", user) for user in ("U2", "U3", "U4"))
GROUP = "slack:T1/S1"
GUEST = Standing(member=False, why_not="guest")
LEFT = Standing(member=False, why_not="deactivated")
SILENCE = Standing(member=False, why_not="unknown")
NOBODY = "Signpost could not reach a safeguarding lead."
NOTHING_HERE = "There is nothing here for you any more."


@asynccontextmanager
async def a_school(folder: Path, *leads: str) -> AsyncIterator[tuple[School, Notebook]]:
    """A school whose leads are these, with a notebook for what arrives."""
    book = Notebook(time := Time())
    site = Site("northside", "Northside", "england", leads, serves=frozenset({"slack:T1"}))
    opened = await school(folder, site, lambda: {"slack": book}, time=time)
    yield opened, book
    await opened.store.close()


def of_cases(book: Notebook, who: Account) -> list[Arrived]:
    """What reached somebody of a case, oldest first."""
    return [one for one in book.at(who) if "SP-" in one.said]


async def changes(there: School) -> list[Change]:
    """What was noted of the set-up, oldest first."""
    return list(reversed(await there.read(lambda work: work.changes(50))))


async def told_of(there: School, case: Case, kind: str = "lead_notice") -> list[tuple[Account, str]]:
    return [(one.to, one.state) for one in await there.deliveries(case, kind)]


@pytest.mark.parametrize("why", ["guest", "deactivated", "outside", "no_account"])
async def test_the_next_lead_hears_at_once_in_the_place_of_one_who_is_none(tmp_path: Path, why: str) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, book):
        there.standings[FIRST] = Standing(member=False, why_not=why)  # type: ignore[arg-type]  # one of its words
        began = there.time.now
        await there.raises(TEACHER)
        await there.passes()
        assert of_cases(book, FIRST) == []
        assert [(one.at - began).total_seconds() < 1 for one in of_cases(book, SECOND)] == [True]


async def test_each_who_is_none_is_passed_over_and_where_nobody_is_left_the_raiser_hears(
    tmp_path: Path,
) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, book):
        there.standings.update({FIRST: GUEST, SECOND: LEFT})
        await there.raises(TEACHER)
        await there.passes()
        assert of_cases(book, FIRST) + of_cases(book, SECOND) == []
        assert NOBODY in book.at(TEACHER)[-1].said


async def test_whoever_has_a_role_again_while_nobody_knew_of_a_case_hears_of_it(tmp_path: Path) -> None:
    async with a_school(tmp_path, str(FIRST)) as (there, book):
        await there.store.run(lambda work: work.keep_not_member(FIRST, "guest"))
        there.standings[FIRST] = GUEST
        await there.raises(TEACHER)
        await there.passes(3600)
        assert book.at(FIRST) == []
        assert NOBODY in book.at(TEACHER)[1].said
        there.standings[FIRST] = Standing(member=True)
        await there.store.run(lambda work: work.keep_not_member(FIRST, ""))
        await there.passes(60)
        assert [one.buttons for one in book.at(FIRST)] == [("open_case",)]


@pytest.mark.parametrize("noted", [False, True])
async def test_a_lead_who_cannot_be_asked_about_is_told_unless_something_was_noted(tmp_path: Path, noted: bool) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, book):
        there.standings[FIRST] = SILENCE
        await there.raises(TEACHER)
        if noted:
            await there.store.run(lambda work: work.keep_not_member(FIRST, "guest"))
        await there.passes()
        assert (len(of_cases(book, FIRST)), len(of_cases(book, SECOND))) == ((0, 1) if noted else (1, 0))


async def test_a_lead_who_becomes_a_guest_gets_no_reminder_and_what_they_had_is_taken_back(tmp_path: Path) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, book):
        await there.raises(TEACHER)
        await there.passes()
        (notice,) = book.at(FIRST)
        assert "open_case" in notice.buttons
        there.standings[FIRST] = GUEST
        await there.passes(7200)
        (_, taken_back) = book.at(FIRST)
        assert NOTHING_HERE in taken_back.said
        assert list(book.pages.values()).count(notice) == 0, "the content does not stand there any more"
        assert len(book.at(SECOND)) >= 2


async def test_what_was_found_out_on_sending_is_noted_and_told_once(tmp_path: Path) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, book):
        there.standings[FIRST] = LEFT
        for _ in range(2):
            case = await there.raises(TEACHER)
            await there.passes(1)
        assert [(one.what, one.about, one.why) for one in await changes(there)] == [
            ("lead_gone", str(FIRST), "deactivated")
        ]
        assert (await there.read(lambda work: work.directory)).not_members == {FIRST: "deactivated"}
        assert await told_of(there, case) == [(SECOND, "sent")], "they had no place in the order any more"
        assert len([one for one in book.at(SECOND) if "cannot lead" in one.said]) == 1


@dataclass
class Answers:
    """What the platforms answer to the watch, and whom it asked about."""

    there: School
    groups: dict[str, tuple[Account, ...]] = field(default_factory=dict)
    asked: list[Account] = field(default_factory=list)
    groups_asked: int = 0

    async def leading(self, *, ask: bool) -> Known:
        self.groups_asked += ask
        return Known(SILENCE, groups=self.groups if ask else {}, remembered=self.groups, names={FIRST: "Priya Nair"})

    async def standing(self, account: Account) -> Standing:
        self.asked.append(account)
        return self.there.standings.get(account, Standing(member=True))


def watch(store: Store, answers: Answers, **more: float) -> LeadWatch:
    async def at_once(seconds: float) -> None:
        _ = seconds

    return LeadWatch(store, answers, sleep=at_once, clock=answers.there.time.seconds, **more)  # type: ignore[arg-type]


async def looks(there: School, watching: LeadWatch, times: int = 1) -> None:
    for _ in range(times):
        await watching.round()
        await there.passes(55)


async def test_it_is_found_out_before_anybody_raises_anything_and_told_once_by_all_processes(
    tmp_path: Path,
) -> None:
    async with a_school(tmp_path, GROUP, str(SECOND)) as (there, book):
        answers = Answers(there, {GROUP: (FIRST,)})
        first, other = watch(there.store, answers), watch(there.store, answers)
        await looks(there, first)
        assert await changes(there) == []
        there.standings[FIRST] = GUEST
        for one in (first, other, first):
            await looks(there, one)
        assert [(one.what, one.about_name, one.why) for one in await changes(there)] == [
            ("lead_gone", "Priya Nair", "guest")
        ]
        assert ["Priya Nair cannot lead" in one.said for one in book.at(SECOND)] == [True]
        assert book.at(FIRST) == []


async def test_one_reason_after_the_other_is_no_news_and_coming_back_is(tmp_path: Path) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, book):
        watching = watch(there.store, Answers(there))
        for standing in (GUEST, LEFT, SILENCE, Standing(member=True)):
            there.standings[FIRST] = standing
            await looks(there, watching)
            await there.passes(2 * 24 * 3600)
        assert [one.what for one in await changes(there)] == ["lead_gone", "lead_back"]
        assert (await there.read(lambda work: work.directory)).not_members == {}
        await there.passes(300)
        assert "is a full member again" in book.at(FIRST)[-1].said


async def test_an_account_that_comes_and_goes_is_told_of_once_a_day(tmp_path: Path) -> None:
    async with a_school(tmp_path, str(FIRST), str(SECOND)) as (there, _):
        watching = watch(there.store, Answers(there))
        for standing in (GUEST, Standing(member=True)) * 5:
            there.standings[FIRST] = standing
            await looks(there, watching)
        assert [one.what for one in await changes(there)] == ["lead_gone", "lead_back"]


async def test_where_the_last_one_goes_the_message_says_that_nobody_hears(tmp_path: Path) -> None:
    async with a_school(tmp_path, GROUP) as (there, _):
        there.standings.update({FIRST: LEFT, SECOND: LEFT})
        await looks(there, watch(there.store, Answers(there, {GROUP: (FIRST, SECOND)})))
        assert {one.why for one in await changes(there)} == {"deactivated_only"}


async def test_whoever_leads_nothing_any_more_is_forgotten(tmp_path: Path) -> None:
    async with a_school(tmp_path, GROUP, str(SECOND)) as (there, _):
        there.standings[FIRST] = GUEST
        answers = Answers(there, {GROUP: (FIRST,)})
        watching = watch(there.store, answers)
        await looks(there, watching)
        answers.groups = {}
        await looks(there, watching)
        assert FIRST in (await there.read(lambda work: work.directory)).not_members, "nobody knows who is in it"
        answers.groups = {GROUP: ()}
        await looks(there, watching)
        assert (await there.read(lambda work: work.directory)).not_members == {}


async def test_a_round_asks_about_so_many_and_the_next_goes_on_from_there(tmp_path: Path) -> None:
    leads = [Account("slack", "T1", f"U{number}") for number in range(10, 17)]
    async with a_school(tmp_path, *map(str, leads)) as (there, _):
        answers = Answers(there)
        watching = watch(there.store, answers, a_round=3)
        await looks(there, watching, 3)
        assert len(answers.asked) == 9
        assert set(answers.asked) == set(leads)
        assert answers.groups_asked == 1
        await looks(there, watching, 4)
        assert answers.groups_asked == 2, "who is in a group is asked every five minutes"
