"""Stand-ins with dates: who is told, who may decide, and what everybody can ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from handlers.people import Account, Known, Person
from handlers.sites import StandIn
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, opened, raised, the_case
from tests.handlers.memory import ADMIN, MEMBER, SITE, TUESDAY, MemoryWork
from tests.handlers.person import Someone, text_of

STANDS_IN = Account.parse("slack:T1/USTANDIN")
BEFORE, FIRST, LAST, AFTER = (date(2026, 11, day) for day in (23, 24, 26, 27))
ENTRY = StandIn(str(LEAD), str(STANDS_IN), FIRST, LAST)


def on(day: date | None) -> Known:
    return replace(MEMBER, day=day, names={**MEMBER.names, STANDS_IN: "Wren Okafor"})


def a_covered_work(day: date = FIRST) -> MemoryWork:
    work = a_work(stand_ins=(ENTRY,))
    work.now = datetime.combine(day, TUESDAY.time(), TUESDAY.tzinfo)
    return work


def told_first(work: MemoryWork, day: date | None) -> list[Account]:
    teacher = Someone(work, TEACHER, on(day))
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    rows = [(due, delivery.to) for delivery, due in work.outbox.values() if delivery.kind == "lead_notice"]
    return [who for _, who in sorted(rows, key=lambda row: row[0])]


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_who_stands_in_hears_in_the_place_of_whoever_is_away_who_hears_last(day: date) -> None:
    assert told_first(a_covered_work(day), day) == [STANDS_IN, DEPUTY, LEAD]


@pytest.mark.parametrize("day", [BEFORE, AFTER, None])
def test_before_the_first_and_after_the_last_day_nobody_stands_in(day: date | None) -> None:
    assert told_first(a_covered_work(day or FIRST), day) == [LEAD, DEPUTY]


def test_who_stands_in_may_decide_until_the_last_day_is_over_whatever_is_on_their_screen() -> None:
    work = a_covered_work()
    raised(work)
    person = Someone(work, STANDS_IN, on(LAST))
    person.sees(opened(work).screen or pytest.fail("nothing to see"))
    person.presses("do_not_refer")
    person.known = on(AFTER)
    assert "decided" not in text_of(person.answers({"reason": "We rang them."}).presses("confirm_do_not_refer"))
    assert the_case(work).decisions == ()

    person.known = on(LAST)
    person.sees(opened(work).screen or pytest.fail("nothing to see"))
    person.presses("do_not_refer")
    assert "You decided" in text_of(person.answers({"reason": "We rang them."}).presses("confirm_do_not_refer"))


def test_whoever_is_away_keeps_their_rights() -> None:
    work = a_covered_work()
    raised(work)
    lead = Someone(work, LEAD, on(FIRST))
    lead.sees(opened(work).screen or pytest.fail("nothing to see"))
    assert "consequences" not in text_of(lead.presses("do_not_refer"))
    assert "You decided" in text_of(lead.answers({"reason": "We rang them."}).presses("confirm_do_not_refer"))


def test_everybody_of_the_site_can_ask_who_is_covering() -> None:
    work = a_covered_work()
    said = text_of(Someone(work, TEACHER, on(FIRST)).asks("show_cover"))
    lines = said.splitlines()

    assert "999" in lines[0]
    assert [line for line in lines if "stands in" in line] == [
        "Wren Okafor stands in for Priya Nair until 26 November 2026"
    ]
    assert [line for line in lines if "away until" in line] == ["Priya Nair, DSL away until 26 November 2026"]
    assert lines.index("Wren Okafor stands in for Priya Nair until 26 November 2026") < lines.index("Tom Reid ")
    assert SITE.phone in said


def test_what_is_to_come_is_said_and_what_is_over_is_not() -> None:
    coming = text_of(Someone(a_covered_work(BEFORE), TEACHER, on(BEFORE)).asks("show_cover"))
    assert "From 24 November 2026 to 26 November 2026 Wren Okafor stands in for Priya Nair." in coming
    over = text_of(Someone(a_covered_work(AFTER), TEACHER, on(AFTER)).asks("show_cover"))
    assert "Wren Okafor" not in over


def test_who_has_no_site_reads_no_name_and_an_admin_reads_all_sites() -> None:
    work = a_covered_work()
    outsider = Account.parse("slack:T7/UOTHER")
    assert "Priya" not in text_of(Someone(work, outsider, on(FIRST)).asks("show_cover"))
    assert SITE.name in text_of(Someone(work, ADMIN, on(FIRST)).asks("show_cover"))


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ((), "A safeguarding lead; reached by Signpost on Slack, which does not say their name just now"),
        ((Person((DEPUTY,), "", "Deputy DSL", "01632 960003"),),
         "Deputy DSL, 01632 960003; reached by Signpost on Slack, which does not say their name just now"),
        ((Person((DEPUTY,), "Tom Reid", "", "01632 960003"),), "Tom Reid, 01632 960003"),
    ],
    ids=["nothing", "role and number", "name"],
)  # fmt: skip
def test_a_lead_whose_name_the_platform_does_not_say_is_said_by_how_they_are_reached(
    person: tuple[Person, ...], says: str
) -> None:
    work = a_covered_work()
    work.directory = replace(work.directory, persons=person)
    unnamed = replace(on(FIRST), names={LEAD: "Priya Nair"})
    said = text_of(Someone(work, TEACHER, unnamed).asks("show_cover")).splitlines()
    assert says in [line.strip("• ") for line in said]
    before = a_covered_work(BEFORE)
    before.directory = replace(before.directory, persons=())
    coming = text_of(Someone(before, TEACHER, replace(on(BEFORE), names={})).asks("show_cover"))
    somebody = "somebody on Slack whose name is not known just now"
    assert f"{somebody} stands in for {somebody}." in coming
